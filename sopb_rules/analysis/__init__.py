"""Questions about policies that a solver answers for all states at once, each answer with a state that shows it.

`questions` says what can be asked and `ask` answers; `encode` and `world` write the language down for the solver, `decode`
reads its answer as a state, and `replay` holds that state against the reference evaluator.
"""
