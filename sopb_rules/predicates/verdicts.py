"""Verdicts, and the outcome that truth values have: the table of the language, computed once.

An outcome carries the set of verdicts that are still possible; it is settled when there is only one.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from itertools import product

import attrs


class Verdict(enum.Enum):
    """What an evaluation of a norm, or of a decision, comes to."""

    NOT_APPLICABLE = "not_applicable"
    MET = "met"
    UNMET = "unmet"
    OPEN = "open"
    USED = "used"
    EXCEEDED = "exceeded"
    UNKNOWN = "unknown"
    # of decisions
    DECIDED = "decided"
    NO_CASE = "no_case"
    CONFLICT = "conflict"


@attrs.frozen
class Outcome:
    """A verdict, and the verdicts that stating more facts could still lead to."""

    verdict: Verdict
    possible: frozenset[Verdict]

    def for_subject(self, hypothetical: bool) -> Outcome:
        """The outcome for a subject; of one that may not be there, it stays possible that nothing applies to it."""
        return _outcome({*self.possible, Verdict.NOT_APPLICABLE}) if hypothetical else self


def _outcome(possible: Iterable[Verdict]) -> Outcome:
    verdicts = frozenset(possible)
    return Outcome(next(iter(verdicts)) if len(verdicts) == 1 else Verdict.UNKNOWN, verdicts)


def _completions(value: bool | None) -> tuple[bool, ...]:
    return (True, False) if value is None else (value,)


def duty_verdict(applies: bool, satisfied: bool) -> Verdict:
    """The verdict on a duty whose truth values are known."""
    if not applies:
        return Verdict.NOT_APPLICABLE
    return Verdict.MET if satisfied else Verdict.UNMET


def permission_verdict(applies: bool, act: bool, provided: bool) -> Verdict:
    """The verdict on a permission whose truth values are known."""
    if not applies:
        return Verdict.NOT_APPLICABLE
    if not act:
        return Verdict.OPEN
    return Verdict.USED if provided else Verdict.EXCEEDED


_VALUES = (True, False, None)
#: The outcome of a duty by (applies, satisfied).
DUTY: Mapping[tuple[bool | None, ...], Outcome] = {
    key: _outcome(duty_verdict(*each) for each in product(*map(_completions, key)))
    for key in product(_VALUES, repeat=2)
}
#: The outcome of a permission by (applies, act, provided).
PERMISSION: Mapping[tuple[bool | None, ...], Outcome] = {
    key: _outcome(permission_verdict(*each) for each in product(*map(_completions, key)))
    for key in product(_VALUES, repeat=3)
}


@attrs.frozen
class DecisionOutcome:
    """What a decision comes to.

    Args:
        value: the value that it gives; None unless the verdict is `DECIDED`.
        possible: the values, `no_case` and `conflict` that are still possible.
    """

    verdict: Verdict
    value: str | None
    possible: frozenset[str]


def decision_outcome(given: Mapping[str, bool | None]) -> DecisionOutcome:
    """The outcome of a decision from the truth of each of its values being given by an active case."""
    certain = [value for value, truth in given.items() if truth is True]
    candidates = [value for value, truth in given.items() if truth is not False]
    possible = set()
    if not certain:
        possible.add("no_case")
    possible |= {value for value in candidates if not certain or certain == [value]}
    if len(candidates) > 1:
        possible.add("conflict")
    if len(certain) > 1:
        return DecisionOutcome(Verdict.CONFLICT, None, frozenset({"conflict"}))
    if len(possible) > 1:
        return DecisionOutcome(Verdict.UNKNOWN, None, frozenset(possible))
    (only,) = possible
    if only == "no_case":
        return DecisionOutcome(Verdict.NO_CASE, None, frozenset(possible))
    return DecisionOutcome(Verdict.DECIDED, only, frozenset(possible))
