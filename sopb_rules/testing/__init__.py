"""For those who test policies: the runner of examples, and hypothesis strategies for policies and states."""
