"""Answers that stand for all others: values on both sides of each border that a condition draws.

They are what the look-ahead tries, each as likely as the next, and no answer that is typed is ever held against them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sopb_rules.model import vocabulary as v
from sopb_rules.predicates.dates import add_days
from sopb_rules.states.records import ABSENT, State

#: How many entries are tried for a list, and how many records for a reference.
LENGTHS = (0, 1, 2)
_REFERRED = 3
_USUAL_DAY = datetime.date(2026, 6, 1)


def usual(fact: v.Fact, state: State, borders: Iterable[Any] = ()) -> tuple[Any, ...]:
    """The answers that stand for all that can be stated of a fact, as slots of records hold them.

    Args:
        state: whose records a reference may lead to.
        borders: values at and beside which conditions turn.
    """
    found: Sequence[Any]
    match fact.type:
        case v.YesNo() | v.Judgement():
            found = (True, False)
        case v.KindType(kind):
            found = tuple(kind.values)
        case v.Reference(entity):
            found = tuple(state.records(entity))[:_REFERRED]
        case v.Contained() | v.ListOf() | v.Inverse():
            return ()  # there are no values to be tried, only records of which nothing is known
        case type_:
            found = tuple(sorted({_exact(type_, each) for each in borders if _fits(type_, each)})) or _plain(type_)
    return (*found, ABSENT) if fact.optional else tuple(found)


def _plain(type_: v.FactType) -> tuple[Any, ...]:
    """Two values of a type of which conditions ask no particular one."""
    match type_:
        case v.Date():
            return (add_days(_USUAL_DAY, -400), _USUAL_DAY)
        case v.Text():
            return ("one", "another")
        case v.Percent():
            return (Decimal("0.25"), Decimal("0.75"))
        case v.Number() | v.Money():
            return (Decimal(10), Decimal(100))
        case _:
            return (10, 100)


def _fits(type_: v.FactType, given: Any) -> bool:
    """Whether a number or a date is one that can be stated for the type."""
    match type_:
        case v.Count() | v.Days() | v.Months():
            return bool(given == int(given) and given >= 0)
        case _:
            return True


def _exact(type_: v.FactType, given: Any) -> Any:
    return int(given) if isinstance(type_, v.Count | v.Days | v.Months) else given
