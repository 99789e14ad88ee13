"""From model and state to outcomes: the reference evaluator, which is the meaning, and the compiled one."""
