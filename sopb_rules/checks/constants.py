"""The numbers and days that conditions compare with, and on which side of the border each number itself lies."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

import attrs

from sopb_rules.checks.words import Number
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_IN_MONTHS, _IN_DAYS = {"year": 12, "month": 1}, {"week": 7, "day": 1}


@attrs.frozen
class Constant:
    """A number, with the comparison that it stands in and whether it is itself on the upper side of the border there.

    Args:
        above: None where it is no comparison by order.
    """

    value: Decimal
    type: v.FactType
    comparison: e.Comparison | None
    above: bool | None


@attrs.frozen
class Constants:
    """All constants of some conditions, also of what they refer to; of a parameter, all its values.

    Args:
        numbers: with those that say the same of whole numbers: `is more than 2` has 3 as well as 2.
    """

    numbers: tuple[Constant, ...]
    days: frozenset[datetime.date]

    @classmethod
    def of(cls, conditions: Sequence[e.Condition]) -> Constants:
        """The constants of conditions."""
        numbers: list[Constant] = []
        days: set[datetime.date] = set()
        for condition in conditions:
            for node in e.walk(condition):
                if isinstance(node, e.Comparison):
                    numbers += _compared(node)
                for value, type_ in _values(node):
                    if isinstance(value, datetime.date):
                        days.add(value)
                    elif not isinstance(value, str):
                        numbers.append(Constant(Decimal(value), type_, None, None))
        return cls(tuple(numbers), frozenset(days))

    def has(self, number: Number) -> bool:
        """Whether something is compared with a number, or some count of it."""
        return any(_is(each, number) for each in self.numbers)

    def sides(self, number: Number) -> list[tuple[e.Comparison, bool]]:
        """The comparisons by order with a number, each with whether the number itself lies above the border."""
        return [
            (each.comparison, each.above)
            for each in self.numbers
            if each.comparison is not None and each.above is not None and _is(each, number)
        ]


def _is(constant: Constant, number: Number) -> bool:
    """Whether a constant is a number that a sentence says, in the unit that it says it in."""
    if number.percent is not isinstance(constant.type, v.Percent):
        return False
    match constant.type:
        case v.Months():
            wanted = number.value * _IN_MONTHS.get(number.unit, 0)
        case v.Days():
            wanted = number.value * _IN_DAYS.get(number.unit, 0)
        case v.Percent():
            wanted = number.value / 100
        case _:
            wanted = number.value
    return constant.value == wanted


def _values(node: e.Node) -> Iterator[tuple[int | Decimal | datetime.date | str, v.FactType]]:
    match node:
        case e.Value(value, type_):
            yield value, type_
        case e.ParameterValue(parameter):
            yield from ((value, parameter.type) for _, value in parameter.values)
        case e.Linear(terms):
            # `40% of income` and `2 times members` are factors
            yield from ((each, kind) for each, _ in terms if abs(each) != 1 for kind in (v.Number(), v.Percent()))
        case _:
            pass


def _compared(comparison: e.Comparison) -> Iterator[Constant]:
    """The constants of a comparison by order: its sides, and the periods by which they are moved."""
    operator = comparison.operator
    if operator not in _FLIPPED:
        return
    for term, way in ((comparison.right, operator), (comparison.left, _FLIPPED[operator])):
        if isinstance(term, e.Shift):
            # what lies a period before a day is nearer to it the later it is
            way = way if term.sign > 0 else _FLIPPED_BORDER[way]
            # Months differ in length: a day before the third month is over is no second month.
            yield from _bordered(term.period, way, comparison, steps=term.period.type != v.Months())
        else:
            yield from _bordered(term, way, comparison)


#: With `minus`, the other sort of comparison has the period itself inside.
_FLIPPED_BORDER = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


def _bordered(term: e.Term, way: str, comparison: e.Comparison, steps: bool = True) -> Iterator[Constant]:
    """`x is at least 3` and `x is fewer than 3` have 3 above the border between them, `is more than 3` has it below."""
    above = way in (">=", "<")
    for value, type_ in _values(term):
        if isinstance(value, int | Decimal):
            yield Constant(Decimal(value), type_, comparison, above)
            if steps and isinstance(type_, v.Count | v.Days | v.Months):
                # of whole numbers, `is more than 2` and `is at least 3` are one
                yield Constant(Decimal(value) + (-1 if above else 1), type_, comparison, not above)
