"""Text to tree and back: reading policy files, explaining what could not be read, and formatting."""
