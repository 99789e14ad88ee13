"""Where two explanations differ: whether one that somebody gives is what a policy set says of a state itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from sopb_rules.findings.explain import explain_decision, explain_definition, explain_norm
from sopb_rules.findings.explanation import Explanation
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.findings.reasons import Statement
from sopb_rules.model.norms import Decision, Definition, Norm, Policies
from sopb_rules.predicates.evaluate import evaluate_decision, evaluate_norm
from sopb_rules.states.records import Record


def told_of(policies: Policies, statement: Statement) -> Norm | Decision | Definition | None:
    """What an explanation is about, if the policies have it."""
    match statement.kind:
        case "norm":
            return policies.norms.get(statement.id)
        case "decision":
            return policies.decisions.get(statement.name)
        case _:
            return next((each for each in policies.definitions.values() if each.name == statement.name), None)


def unlike(told: Explanation, of: Norm | Decision | Definition, record: Record) -> tuple[str, ...]:
    """The places, as in the plain data, where an explanation is not what the reference evaluator leads to."""
    match of:
        case Norm():
            again = explain_norm(Finding(of, record, told.as_of, evaluate_norm(of, record, told.as_of)))
        case Decision():
            again = explain_decision(DecisionFinding(of, record, told.as_of, evaluate_decision(of, record, told.as_of)))
        case _:
            again = explain_definition(of, record, told.as_of)
    return tuple(_differing(told, again, ""))


def _differing(one: Any, other: Any, at: str) -> Iterator[str]:
    if one == other:
        return
    if type(one) is type(other) and attrs.has(type(one)):
        for field in attrs.fields(type(one)):
            yield from _differing(
                getattr(one, field.name), getattr(other, field.name), f"{at}.{field.name}".lstrip(".")
            )
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for index, pair in enumerate(zip(one, other, strict=True)):
            yield from _differing(*pair, f"{at}[{index}]")
    else:
        yield at
