"""Answers that stand for all others: values on both sides of each border that a condition draws.

They are what the look-ahead tries, each as likely as the next, and no answer that is typed is ever held against them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.literals import moved
from sopb_rules.predicates.dates import add_days, add_months
from sopb_rules.predicates.evaluate import Environment, value
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


# ---- borders ------------------------------------------------------------------------------------------------


def borders(condition: e.Comparison, env: Environment) -> Iterator[tuple[e.Path, Any]]:
    """The values of facts at, just below and just above the borders of a comparison, with the paths to these facts.

    Where the other side of a comparison is a fact that is known, its value is the border.
    """
    for term, other in ((condition.left, condition.right), (condition.right, condition.left)):
        known = value(other, env)
        if known is not None and known.low == known.high:
            for target in _near(known.low, other.type):
                yield from _solved(term, target, env)


def _near(border: Any, type_: v.FactType) -> Sequence[Any]:
    match border:
        case datetime.date():
            return (add_days(border, -1), border, add_days(border, 1))
        case str():
            return (border, f"not {border}") if isinstance(type_, v.Text) else ()
        case int() | Decimal():
            step = Decimal("0.01") if isinstance(type_, v.Percent) else 1
            return (border - step, border, border + step)
        case _:
            return ()


def _solved(term: e.Term, target: Any, env: Environment) -> Iterator[tuple[e.Path, Any]]:
    """The value of a fact with which a term has a value, or is as near to it as it can be."""
    match term:
        case e.Read(path):
            yield path, target
        case e.Shift(date, sign, period):
            yield from _moved(date, sign, period, target, env)
        case e.Linear(terms):
            for index, (factor, part) in enumerate(terms):
                rest = [(f, value(other, env)) for f, other in (*terms[:index], *terms[index + 1 :])]
                if factor and all(each is not None and each.low == each.high for _, each in rest):
                    known = sum((Fraction(f) * Fraction(each.low) for f, each in rest if each), Fraction())
                    for exact in _rounded((Fraction(target) - known) / Fraction(factor), part.type):
                        yield from _solved(part, exact, env)
        case _:
            pass


def _moved(
    date: e.Term, sign: int, period: e.Term, target: datetime.date, env: Environment
) -> Iterator[tuple[e.Path, Any]]:
    start, length = value(date, env), value(period, env)
    in_days = isinstance(period.type, v.Days)
    if length is not None:
        move = add_days if in_days else add_months
        yield from _solved(date, move(target, -sign * length.low), env)
    elif start is not None:
        months = (target.year - start.low.year) * 12 + target.month - start.low.month
        yield from _solved(period, sign * ((target - start.low).days if in_days else months), env)


def _rounded(number: Fraction, type_: v.FactType) -> Sequence[int | Decimal]:
    """A number as values of its type: exact, or else the nearest ones on both sides."""
    whole_type = isinstance(type_, v.Count | v.Days | v.Months)
    places = 0 if whole_type else 4
    whole = round(number * 10**places)
    steps = (whole,) if Fraction(whole, 10**places) == number else (whole - 1, whole, whole + 1)
    return steps if whole_type else [moved(Decimal(step), -places) for step in steps]
