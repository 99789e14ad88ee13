"""What would have to be true for an outcome to be another one: each verdict, and each value of a decision, as a condition."""

from __future__ import annotations

from itertools import combinations

from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.predicates.verdicts import Verdict


def goal(model: Norm | Decision, outcome: Verdict | str) -> e.Condition:
    """The condition that is true exactly where a norm or a decision comes to an outcome.

    Args:
        outcome: one of `outcomes_of` the model.
    """
    if isinstance(model, Decision):
        return _of_decision(model, outcome)
    if outcome is Verdict.NOT_APPLICABLE:
        return e.Negation(model.applies)
    if not model.is_permission:
        return e.All((model.applies, model.satisfied if outcome is Verdict.MET else e.Negation(model.satisfied)))
    if outcome is Verdict.OPEN:
        return e.All((model.applies, e.Negation(model.act)))
    lawful = model.conditions if outcome is Verdict.USED else e.Negation(model.conditions)
    return e.All((model.applies, model.act, lawful))


def _of_decision(decision: Decision, outcome: Verdict | str) -> e.Condition:
    given = {value: decision.gives(value) for value in decision.values}
    if outcome == "conflict":
        return e.Some(tuple(e.All(pair) for pair in combinations(given.values(), 2)))
    return e.All(tuple(gives if value == outcome else e.Negation(gives) for value, gives in given.items()))


def outcomes_of(model: Norm | Decision) -> tuple[Verdict | str, ...]:
    """All that a norm or a decision can come to: verdicts; values, ``no_case`` and ``conflict``."""
    if isinstance(model, Decision):
        return (*model.values, "no_case", *(("conflict",) if len(model.values) > 1 else ()))
    if model.is_permission:
        return (Verdict.NOT_APPLICABLE, Verdict.OPEN, Verdict.USED, Verdict.EXCEEDED)
    return (Verdict.NOT_APPLICABLE, Verdict.MET, Verdict.UNMET)
