"""The values of a number, a date or a text that comparisons tell apart: one for each stretch between their borders.

With all other facts fixed, the truth of a comparison changes only at a border of the fact. Between two borders, and beyond
the first and the last, one value stands for all; for whole numbers and dates the first and the last of each stretch are
given, so that the nearest one to any value is among them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any

from sopb_rules.completions.mentions import Bound
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.literals import moved
from sopb_rules.predicates.dates import add_days, add_months
from sopb_rules.predicates.evaluate import Environment, Range, value
from sopb_rules.predicates.relevance import Reading, of_path
from sopb_rules.states.records import Record

#: The most whole numbers that a count of list elements is tried at.
WIDEST = 50
#: The largest number and the longest period that a state may state, and the most digits after a point.
MOST, LONGEST, DIGITS = 10**30 - 1, 10**9 - 1, 30
#: A date moved by months is at most so many days away from where its border lies.
_CLIPPED = 3
_PLACES = 6


def bordered(type: v.FactType) -> bool:
    """Whether comparisons part the values of a type into stretches."""
    return isinstance(type, v.Count | v.Number | v.Percent | v.Money | v.Date | v.Days | v.Months | v.Text)


class Borders:
    """The borders of one fact.

    Attributes:
        found: numbers as fractions, dates, or texts.
        exact: whether these are all: False where another unknown fact stands on the other side.
    """

    def __init__(self, slot: Reading, type_: v.FactType, bound: Iterable[Bound]) -> None:
        self.slot = slot
        self.type = type_
        self.found: set[Any] = set()
        self.exact = True
        for atom, env in bound:
            if isinstance(atom, e.Membership):
                self.found |= {_exact(each) for each in atom.values}
                continue
            sides = [(self._reads(side, env), side) for side in (atom.left, atom.right)]
            if all(reads for reads, _ in sides):
                self._of_both(atom, env)
                continue
            for (reads, term), (_, other) in zip(sides, reversed(sides), strict=True):
                if reads:
                    self._of_comparison(term, value(other, env), env)

    def _of_both(self, atom: e.Comparison, env: Environment) -> None:
        """The borders where the fact stands on both sides: of the difference against 0."""
        if isinstance(atom.left, e.Read) and isinstance(atom.right, e.Read):
            return  # compared with itself
        if isinstance(self.type, v.Date | v.Text):
            self.exact = False
            return
        self.found |= set(self._of_sum([*_flat(atom.left, 1), *_flat(atom.right, -1)], 0, env))

    def _reads(self, term: e.Term, env: Environment) -> bool:
        """Whether the fact stands in a term itself, and not only in a condition on elements of a list."""
        match term:
            case e.Read(path):
                return self.slot in of_path(path, env)
            case e.Tally():
                return False
            case _:
                return any(self._reads(part, env) for part in e.children(term))  # type: ignore[arg-type]

    def _of_comparison(self, term: e.Term, other: Range | None, env: Environment) -> None:
        if other is None:
            self.exact = False
            return
        for target in _between(other):
            self.found |= set(self._solved(term, target, env))

    def _solved(self, term: e.Term, target: Any, env: Environment) -> Iterator[Any]:
        """The values of the fact for which a term comes to a target, or nearly."""
        match term:
            case e.Read():
                yield target
            case e.Linear(terms):
                yield from self._of_sum(terms, target, env)
            case e.Shift(date, sign, period):
                yield from self._of_shift(date, sign, period, target, env)
            case _:
                pass

    def _of_sum(self, terms: Sequence[tuple[Any, e.Term]], target: Any, env: Environment) -> Iterator[Any]:
        own = [(factor, part) for factor, part in terms if self._reads(part, env)]
        rest = [(factor, value(part, env)) for factor, part in terms if not self._reads(part, env)]
        if any(known is None for _, known in rest) or any(not isinstance(part, e.Read) for _, part in own):
            self.exact = False
            return
        factor = sum((Fraction(each) for each, _ in own), Fraction())
        if not factor:
            return
        for low in (True, False):
            known = sum(
                (Fraction(f) * Fraction(r.low if (f > 0) is low else r.high) for f, r in rest if r is not None),
                Fraction(),
            )
            yield (Fraction(target) - known) / factor
        if any(r is not None and r.low != r.high for _, r in rest):
            self.exact = False  # a count of elements of which some are unknown

    def _of_shift(
        self, date: e.Term, sign: int, period: e.Term, target: datetime.date, env: Environment
    ) -> Iterator[Any]:
        in_days = isinstance(period.type, v.Days)
        if self._reads(date, env):
            length = value(period, env)
            if length is None or not isinstance(date, e.Read):
                self.exact = False
                return
            moved = (add_days if in_days else add_months)(target, -sign * length.low)
            near = 0 if in_days else _CLIPPED
            yield from (add_days(moved, days) for days in range(-near, near + 1))
        else:
            start = value(date, env)
            if start is None or not isinstance(period, e.Read):
                self.exact = False
                return
            months = (target.year - start.low.year) * 12 + target.month - start.low.month
            needed = sign * ((target - start.low).days if in_days else months)
            yield from (Fraction(needed + each) for each in ((0,) if in_days else (-1, 0, 1)))

    def representatives(self, allowed: Sequence[Any] = ()) -> list[Any]:
        """A value for each stretch that the borders part, in their order; with more that are worth trying."""
        borders = sorted({*self.found, *map(_exact, allowed)})
        match self.type:
            case v.Date():
                dates = {add_days(each, days) for each in borders for days in (-1, 0, 1)}
                return sorted(dates) or [datetime.date(2026, 1, 1)]
            case v.Text():
                return [*filter(None, borders), _fresh_text(borders)]  # a state cannot state an empty text
            case v.Count() | v.Days() | v.Months():
                most = MOST if isinstance(self.type, v.Count) else LONGEST
                whole = {floor(each) + step for each in borders for step in (-1, 0, 1)}
                return sorted(each for each in whole if 0 <= each <= most) or [1]
            case _:
                return [each for each in _decimals(borders) if _statable(each)] or [Decimal(1)]


def _flat(term: e.Term, factor: int | Fraction) -> list[tuple[Any, e.Term]]:
    """A term as a sum."""
    if isinstance(term, e.Linear):
        return [each for own, part in term.terms for each in _flat(part, factor * Fraction(own))]
    return [(factor, term)]


def _between(other: Range) -> Iterable[Any]:
    """What a term may be: the one value, or the whole numbers between two."""
    if other.low == other.high or isinstance(other.low, str | Record | datetime.date):
        return {_exact(other.low), _exact(other.high)}
    low, high = floor(other.low), floor(other.high)
    return {*map(Fraction, range(low, min(high, low + WIDEST) + 1)), _exact(other.low), _exact(other.high)}


def _exact(number: Any) -> Any:
    return Fraction(number) if isinstance(number, int | Decimal) and not isinstance(number, bool) else number


def _decimals(borders: Sequence[Fraction]) -> list[Any]:
    """Decimals at the borders that are decimals, and just inside both ends of each stretch."""
    if not borders:
        return [Decimal(1)]
    gaps = [Fraction(1), *(upper - lower for lower, upper in pairwise(borders)), Fraction(1)]
    found: set[Decimal] = set()
    for border, below, above in zip(borders, gaps, gaps[1:], strict=False):
        exact = decimal(border)
        if exact is not None:
            found.add(exact)
        found |= {_inside(border, -below), _inside(border, above)}
    return sorted(found)


def _statable(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return abs(number) <= MOST and isinstance(exponent, int) and -exponent <= DIGITS


def decimal(number: Fraction) -> Decimal | None:
    """The number as a decimal; None for one that no decimal is."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return None
    places = 0
    while number.denominator != 1:
        number, places = number * 10, places + 1
    return moved(Decimal(number.numerator), -places)


def _inside(border: Fraction, gap: Fraction) -> Decimal:
    """A short decimal just beyond a border, in the direction of a gap and within it."""
    step = min(abs(gap) / 3, Fraction(1, 100))
    places = _PLACES
    while Fraction(1, 10**places) > step:
        places += 1
    places = next(each for each in range(places + 1) if Fraction(1, 10**each) <= step)
    scaled = border * 10**places
    whole = floor(scaled) + 1 if gap > 0 else -(floor(-scaled) + 1)
    return moved(Decimal(whole), -places)


def _fresh_text(texts: Iterable[str]) -> str:
    taken = set(texts)
    return next(each for each in ("another", *(f"another {number}" for number in range(2, 99))) if each not in taken)
