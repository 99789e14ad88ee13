"""Whether the examples pin a policy down: one thing is changed at a time, and some example should notice."""
