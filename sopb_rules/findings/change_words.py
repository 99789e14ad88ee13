"""Changes and completions in words: ``formal_members: at least 3, now 2 (1 more)``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sopb_rules.completions import Assumption, Turn
from sopb_rules.completions.changes import Change, Stretch
from sopb_rules.findings.counting import counted
from sopb_rules.findings.leaves import type_name, value_of
from sopb_rules.findings.term_words import Naming, operator_word
from sopb_rules.findings.value_words import shown
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import ABSENT, Record

_OUTCOMES = {Verdict.NOT_APPLICABLE: "does not apply", "no_case": "no case", "conflict": "a conflict"}


def outcome_words(outcome: Verdict | str, model: Norm | Decision) -> str:
    """An outcome as a sentence says it: of a value that a decision gives, its label."""
    if isinstance(model, Decision) and isinstance(outcome, str) and outcome in model.kind.values:
        return model.kind.values[outcome]
    return _OUTCOMES.get(outcome) or (outcome.value if isinstance(outcome, Verdict) else outcome)


def change_words(change: Change, names: Naming, currency: str) -> str:
    """One change: the fact, what it would have to be, and what is stated now."""
    name = names(change.path)
    now = "not stated" if change.before is None else _value(change.before, change.type, currency)
    match change.after:
        case tuple() as entries if isinstance(change.before, tuple) and len(entries) > len(change.before):
            return f"{name}: {counted(len(entries) - len(change.before), 'more entry', 'more entries')}"
        case tuple() as entries if isinstance(change.before, tuple):
            gone = [each for each in change.before if each not in entries]
            return f"without {', '.join(names(each.path) for each in gone)}"
        case _:
            needed = _needed(change, currency)
    more = _difference(change, currency)
    return f"{name}: {needed}, now {now}{f' ({more})' if more else ''}"


def _needed(change: Change, currency: str) -> str:
    if change.stretch is None or change.type is None:
        return _value(change.after, change.type, currency)
    return stretch_words(change.stretch, change.type, currency) or f"any {type_name(change.type)}"


def stretch_words(stretch: Stretch, type: v.FactType, currency: str) -> str:
    """A stretch of numbers or dates: ``at least 3``, ``on or before 2026-12-31``; "" where it has no end."""
    if stretch.low == stretch.high and stretch.low is not None:
        return _value(stretch.low, type, currency)
    name = type_name(type)
    low, high = (">=" if stretch.low_included else ">"), ("<=" if stretch.high_included else "<")
    ends = ((low, stretch.low), (high, stretch.high))
    told = [
        f"{operator_word(operator, name)} {_value(end, type, currency)}" for operator, end in ends if end is not None
    ]
    return " and ".join(told)


def _difference(change: Change, currency: str) -> str:
    """How much more or less: of counts, numbers, amounts and periods."""
    before, after = change.before, change.after
    if change.type is None or isinstance(change.type, v.Percent) or isinstance(before, bool):
        return ""
    if not isinstance(before, int | Decimal) or not isinstance(after, int | Decimal) or isinstance(after, bool):
        return ""
    if isinstance(change.stretch, Stretch) and not (change.stretch.low_included and change.stretch.high_included):
        return ""
    word = "fewer" if isinstance(change.type, v.Count) else "less"
    return f"{_value(abs(after - before), change.type, currency)} {'more' if after > before else word}"


def turn_words(turn: Turn, model: Norm | Decision, names: Naming, currency: str) -> tuple[str, ...]:
    """The two completions: what each states of the fact and comes to, and what both state besides."""
    sides = (
        f"{', '.join(_told(side, names, currency))}: {outcome_words(outcome, model)}"
        for side, outcome in zip(turn.sides, turn.outcomes, strict=True)
    )
    besides = ", ".join(_told(turn.shared, names, currency))
    return (*sides, *([f"where {besides}"] if besides else []))


def _told(assumptions: Iterable[Assumption], names: Naming, currency: str) -> Iterable[str]:
    return (assumption_words(each, names, currency) for each in assumptions)


def assumption_words(assumed: Assumption, names: Naming, currency: str) -> str:
    """Something that is stated for a trial."""
    name = names(assumed.path)
    match assumed.value, assumed.type:
        case True, v.Contained():
            return f"{name} is there"
        case int(entries), v.ListOf():
            return f"{name} has {counted(entries, 'entry', 'entries') if entries else 'no entry'}"
        case tuple() as ids, None:
            return f"{name} lists {', '.join(ids) or 'none'}"
        case str() as id, v.Reference():
            return f"{name} is one that is not listed yet, {id}" if id.startswith("new") else f"{name} is {id}"
        case value, _:
            return f"{name} is {_value(value, assumed.type, currency)}"


def _value(value: Any, type: v.FactType | None, currency: str) -> str:
    match value:
        case Record():
            return value.id if isinstance(type, v.Reference) else "there"
        case _ if value is ABSENT or type is None:
            return "absent" if value is ABSENT else str(value)
        case tuple():
            return counted(len(value), "entry", "entries") if value else "none"
        case _:
            return shown(value_of(value, type, currency))
