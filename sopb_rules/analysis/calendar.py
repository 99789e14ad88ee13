"""Dates for the solver: the calendar of `sopb_rules.predicates.dates` in linear arithmetic, exact from 0001 to 9999.

A day is year, month (0 to 11) and day of the month. Its code, (12·year + month)·32 + day, keeps the order and makes moving by
months linear, but for the last day of the month. Moving by days goes through its ordinal, as `datetime` counts it.
"""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Any

import attrs
import z3

from sopb_rules.analysis.logic import Formula, both, choose, either

#: A whole number: a Python int where it is fixed, else a z3 expression of sort Int.
Whole = Any

_FIRST, _LAST = datetime.date.min, datetime.date.max
_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)  # days of a common year before each month
_SHORT = (3, 5, 8, 10)


@attrs.frozen(eq=False, slots=False)
class Day:
    """A date by year, month from 0, and day of the month."""

    year: Whole
    month: Whole
    day: Whole

    @cached_property
    def code(self) -> Whole:
        """A number that keeps the order of dates."""
        return (12 * self.year + self.month) * 32 + self.day

    @cached_property
    def ordinal(self) -> Whole:
        """The number of the day, 1 for 0001-01-01."""
        past = self.year - 1
        leaps = _div(past, 4) - _div(past, 100) + _div(past, 400)
        leap_day = choose(both(self.month > 1, _is_leap(self.year)), 1, 0)
        return 365 * past + leaps + _table(self.month) + leap_day + self.day


@attrs.frozen
class Nth:
    """A date by its ordinal: what moving by days leads to."""

    ordinal: Whole


Date = Day | Nth


def fixed(date: datetime.date) -> Day:
    """A certain date."""
    return Day(date.year, date.month - 1, date.day)


def some_day(name: str, ctx: z3.Context) -> tuple[Day, Formula]:
    """Any date, and what makes it one."""
    day = Day(*(z3.Int(f"{name}.{part}", ctx) for part in ("year", "month", "day")))
    return day, _is_day(day)


def _is_day(day: Day) -> Formula:
    bounds = (day.year >= 1, day.year <= 9999, day.month >= 0, day.month <= 11, day.day >= 1)
    return both(*bounds, day.day <= 31, either(day.day <= 28, day.day <= _length(day.year, day.month)))


def moved_by_days(date: Date, days: Whole) -> Date:
    """The date so many days later; one out of range is its nearest end."""
    last = _LAST.toordinal()
    ordinal = date.ordinal + days
    return Nth(choose(ordinal < 1, 1, choose(ordinal > last, last, ordinal)))


def moved_by_months(date: Day, months: Whole) -> Day:
    """The date so many months later; a day that the month lacks becomes its last, one out of range is its nearest end."""
    if isinstance(months, int):  # no division is needed
        years, rest = divmod(months, 12)
        over = False if rest == 0 else date.month + rest >= 12
        year, month = date.year + years + choose(over, 1, 0), date.month + rest - choose(over, 12, 0)
    else:
        total = 12 * date.year + date.month + months
        year, month = _div(total, 12), total % 12
    day = choose(date.day <= 28, date.day, _least(date.day, _length(year, month)))
    early, late = year < 1, year > 9999

    def clamped(part: Whole, first: int, last: int) -> Whole:
        return choose(early, first, choose(late, last, part))

    return Day(
        clamped(year, _FIRST.year, _LAST.year),
        clamped(month, _FIRST.month - 1, _LAST.month - 1),
        clamped(day, _FIRST.day, _LAST.day),
    )


def split(date: Date, name: str, ctx: z3.Context) -> tuple[Day, Formula]:
    """A date by year, month and day, and what makes it the same one."""
    if isinstance(date, Day):
        return date, True
    day, is_day = some_day(name, ctx)
    return day, both(is_day, day.ordinal == date.ordinal)


def order(one: Date, other: Date) -> tuple[Whole, Whole]:
    """Two numbers that are in the same order as two dates."""
    if isinstance(one, Day) and isinstance(other, Day):
        return one.code, other.code
    return one.ordinal, other.ordinal


def next_day(date: Date) -> Date:
    """The day after, which the last day of the calendar does not have."""
    if isinstance(date, Nth):
        return Nth(date.ordinal + 1)
    ends = both(date.day >= 28, date.day == _length(date.year, date.month))
    over = both(ends, date.month == 11)
    month = choose(over, 0, choose(ends, date.month + 1, date.month))
    return Day(choose(over, date.year + 1, date.year), month, choose(ends, 1, date.day + 1))


def either_date(condition: Formula, one: Date, other: Date) -> Date:
    """The first where the condition holds, else the second."""
    if isinstance(one, Day) and isinstance(other, Day):
        return Day(*(choose(condition, *pair) for pair in zip(_parts(one), _parts(other), strict=True)))
    return Nth(choose(condition, one.ordinal, other.ordinal))


def _parts(day: Day) -> tuple[Whole, Whole, Whole]:
    return day.year, day.month, day.day


def _is_leap(year: Whole) -> Formula:
    return both(year % 4 == 0, either(year % 100 != 0, year % 400 == 0))


def _length(year: Whole, month: Whole) -> Whole:
    """The days of a month."""
    short = either(*(month == each for each in _SHORT))
    return choose(month == 1, choose(_is_leap(year), 29, 28), choose(short, 30, 31))


def _table(month: Whole) -> Whole:
    if isinstance(month, int):
        return _BEFORE[month]
    days: Whole = _BEFORE[11]
    for number in range(10, -1, -1):
        days = z3.If(month == number, _BEFORE[number], days)
    return days


def _least(one: Whole, other: Whole) -> Whole:
    return choose(one <= other, one, other)


def _div(number: Whole, by: int) -> Whole:
    """Whole division, as Python does it; z3 does the same for a positive divisor."""
    return number // by if isinstance(number, int) else number / by
