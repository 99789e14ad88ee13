"""The rules by which an explanation is derived again: Kleene logic, exact sums, dates, and the table of verdicts.

They are written apart from the evaluators on purpose, so that a mistake in one of the two is noticed.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from decimal import Context, Decimal
from typing import Any

from sopb_rules.findings import reasons as x
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict


def truth_of(value: bool) -> Truth:
    """The truth of something known."""
    return Truth.TRUE if value else Truth.FALSE


def opposite(truth: Truth) -> Truth:
    """True and false change places; unknown stays."""
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(truth, Truth.UNKNOWN)


def kleene(every: bool, truths: Iterable[Truth]) -> Truth:
    """Of all of them, or of some: what settles it alone, else unknown if one is unknown, else the other."""
    seen = set(truths)
    settles = truth_of(not every)
    return settles if settles in seen else Truth.UNKNOWN if Truth.UNKNOWN in seen else truth_of(every)


def norm_verdicts(applies: Truth, truths: dict[str, list[Truth]], permission: bool) -> frozenset[Verdict]:
    """The verdicts that are possible: each truth that is unknown may come out either way."""

    def ways(truth: Truth) -> tuple[bool, ...]:
        return (True, False) if truth is Truth.UNKNOWN else (truth is Truth.TRUE,)

    acts, provided = (kleene(True, truths[part]) for part in ("act", "provided"))
    found = set()
    for applied in ways(applies):
        for done in ways(acts):
            for allowed in ways(provided):
                if not applied:
                    found.add(Verdict.NOT_APPLICABLE)
                elif not permission:
                    found.add(Verdict.MET if done else Verdict.UNMET)
                else:
                    found.add(Verdict.OPEN if not done else Verdict.USED if allowed else Verdict.EXCEEDED)
    return frozenset(found)


def holds_for_all(operator: str, left: tuple[Any, Any], right: tuple[Any, Any]) -> Truth:
    """Whether a comparison holds for all that both sides may be, for none, or for some."""
    (a, b), (c, d) = left, right
    match operator:
        case "==" | "!=":
            if a == b == c == d:
                equal = Truth.TRUE
            else:
                apart = (a == b and c == d) or b < c or d < a
                equal = Truth.FALSE if apart else Truth.UNKNOWN
            return equal if operator == "==" else opposite(equal)
        case "<":
            return Truth.TRUE if b < c else Truth.FALSE if a >= d else Truth.UNKNOWN
        case ">=":
            return opposite(holds_for_all("<", left, right))
        case ">":
            return holds_for_all("<", right, left)
        case "<=":
            return opposite(holds_for_all("<", right, left))
        case _:
            raise KeyError(operator)


#: Wide enough for every sum of a policy, so that nothing is ever rounded.
_EXACT = Context(prec=100_000)


def sum_of(parts: list[tuple[Any, tuple[Any, Any] | None]]) -> tuple[Any, Any] | None:
    """The least and the most of a sum of multiples; None while a part is unknown."""
    low = high = Decimal(0)
    for factor, ends in parts:
        if ends is None:
            return None
        products = sorted(_EXACT.multiply(Decimal(factor), Decimal(end)) for end in ends)
        low, high = _EXACT.add(low, products[0]), _EXACT.add(high, products[1])
    return low, high


def is_days(period: x.Term) -> bool:
    """Whether a period is one of days; else it is one of months."""
    match period:
        case x.Constant(value):
            return value.type == "days"
        case x.FactValue(fact):
            return fact.type == "days"
        case x.ParameterValue(type=type) | x.Sum(type):
            return type == "days"
        case _:
            raise TypeError(period)


def moved(day: datetime.date, by: int, in_days: bool) -> datetime.date:
    """A date moved by days or months; a day that the month lacks becomes its last, and the calendar has two ends."""
    if in_days:
        number = day.toordinal() + int(by)
        return datetime.date.fromordinal(min(max(number, 1), datetime.date.max.toordinal()))
    months = 12 * day.year + day.month - 1 + int(by)
    if months < 12:
        return datetime.date.min
    if months >= 120_000:
        return datetime.date.max
    year, month = months // 12, months % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def spelt(said: Any) -> str:
    """What an explanation says, or what follows, in words."""
    match said:
        case Truth() | Verdict():
            return str(said.value)
        case frozenset():
            return f"{{{', '.join(sorted(map(spelt, said)))}}}"
        case tuple():
            return " to ".join(dict.fromkeys(map(str, said)))
        case None:
            return "nothing"
        case _:
            return str(said)
