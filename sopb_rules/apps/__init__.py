"""The command line: the only place with input, output, a clock and exit codes."""
