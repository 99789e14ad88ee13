"""From tree to checked model: every name an object, every comparison typed, every read guarded."""
