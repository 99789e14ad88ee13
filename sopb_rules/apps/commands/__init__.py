"""The commands of `sopb`, one a module; heavy imports stand inside, so that `sopb --help` stays quick."""
