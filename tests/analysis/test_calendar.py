"""The calendar of the solver against that of the evaluators: with fixed numbers all folds, with variables the solver decides."""

from __future__ import annotations

import datetime

import pytest
import z3
from hypothesis import example, given
from hypothesis import strategies as st

from sopb_rules.analysis import calendar
from sopb_rules.predicates.dates import add_days, add_months
from sopb_rules.testing.strategies import dates

FIRST, LAST = datetime.date.min, datetime.date.max
LEAP, JANUARY = datetime.date(2024, 2, 29), datetime.date(2023, 1, 31)


def date_of(date: calendar.Date) -> datetime.date:
    """The date that fixed numbers stand for."""
    if isinstance(date, calendar.Nth):
        return datetime.date.fromordinal(date.ordinal)
    return datetime.date(date.year, date.month + 1, date.day)


@given(dates())
@example(FIRST)
@example(LAST)
@example(LEAP)
def test_a_fixed_date_has_the_ordinal_of_its_day(date: datetime.date) -> None:
    day = calendar.fixed(date)
    assert date_of(day) == date
    assert day.ordinal == date.toordinal()


@given(dates(), dates())
@example(datetime.date(2023, 12, 31), datetime.date(2024, 1, 1))
@example(datetime.date(2023, 1, 31), datetime.date(2023, 2, 1))
def test_codes_and_ordinals_keep_the_order(one: datetime.date, other: datetime.date) -> None:
    days = calendar.fixed(one), calendar.fixed(other)
    assert (days[0].code < days[1].code) == (one < other)
    assert (days[0].code == days[1].code) == (one == other)
    for pair in (days, (calendar.Nth(days[0].ordinal), days[1]), (days[0], calendar.Nth(days[1].ordinal))):
        low, high = calendar.order(*pair)
        assert (low < high, low == high) == (one < other, one == other)


@given(dates(), st.one_of(st.integers(-40, 40), st.integers(-200_000, 200_000)))
@example(JANUARY, 1)
@example(LEAP, 12)
@example(LEAP, -48)
@example(LAST, 1)
@example(FIRST, -1)
@example(datetime.date(2024, 3, 31), -1)
def test_moving_by_months(date: datetime.date, months: int) -> None:
    assert date_of(calendar.moved_by_months(calendar.fixed(date), months)) == add_months(date, months)


@given(dates(), st.one_of(st.integers(-800, 800), st.integers(-4_000_000, 4_000_000)))
@example(LAST, 1)
@example(FIRST, -1)
@example(LEAP, 366)
def test_moving_by_days(date: datetime.date, days: int) -> None:
    moved = calendar.moved_by_days(calendar.fixed(date), days)
    assert date_of(moved) == add_days(date, days)
    assert date_of(calendar.moved_by_days(moved, -days)) == add_days(add_days(date, days), -days)


@given(dates().filter(lambda date: date < LAST))
@example(LEAP)
@example(datetime.date(2023, 2, 28))
@example(datetime.date(2023, 12, 31))
def test_the_next_day(date: datetime.date) -> None:
    expected = date + datetime.timedelta(days=1)
    day = calendar.fixed(date)
    assert date_of(calendar.next_day(day)) == expected
    assert date_of(calendar.next_day(calendar.Nth(day.ordinal))) == expected


@given(dates(), dates())
def test_one_of_two_dates(one: datetime.date, other: datetime.date) -> None:
    days = calendar.fixed(one), calendar.fixed(other)
    for number, nth in ((0, calendar.Nth(days[0].ordinal)), (1, calendar.Nth(days[1].ordinal))):
        pair = [*days]
        pair[number] = nth
        assert date_of(calendar.either_date(True, *pair)) == one
        assert date_of(calendar.either_date(False, *days)) == other


# ---- with variables -----------------------------------------------------------------------------------------


class Some:
    """Any date, and what the solver says of it."""

    def __init__(self) -> None:
        self.ctx = z3.Context()
        self.day, self.rule = calendar.some_day("day", self.ctx)
        self.number = z3.Int("number", self.ctx)

    def find(self, *formulas: object) -> z3.ModelRef | None:
        """What meets some formulas; None where nothing does."""
        solver = z3.Solver(ctx=self.ctx)
        solver.add(self.rule, *(each for each in formulas if each is not True))
        return solver.model() if solver.check() == z3.sat else None

    def is_(self, date: datetime.date) -> object:
        """That the day is a certain one."""
        return self.day.code == calendar.fixed(date).code

    def value(self, model: z3.ModelRef, date: calendar.Date) -> datetime.date:
        """A date in what was found."""

        def number(whole: object) -> int:
            return whole if isinstance(whole, int) else model.eval(whole, model_completion=True).as_long()

        if isinstance(date, calendar.Nth):
            return datetime.date.fromordinal(number(date.ordinal))
        return datetime.date(number(date.year), number(date.month) + 1, number(date.day))


@pytest.mark.parametrize(("year", "leap"), [(2023, False), (2024, True), (1900, False), (2000, True), (9996, True)])
def test_leap_days(year: int, leap: bool) -> None:
    some = Some()
    assert (some.find(some.day.year == year, some.day.month == 1, some.day.day == 29) is not None) is leap
    assert some.find(some.day.year == year, some.day.month == 1, some.day.day > 29) is None


ENDS = [JANUARY, LEAP, datetime.date(2023, 12, 31), FIRST, datetime.date(9999, 11, 30), LAST]


@pytest.mark.parametrize("date", ENDS, ids=str)
@pytest.mark.parametrize("by", [1, -1, 12, 13, -12])
def test_moving_a_variable(date: datetime.date, by: int) -> None:
    """By a fixed number and by a variable one, by months and by days."""
    some = Some()
    moved = [
        (calendar.moved_by_months(some.day, by), add_months(date, by)),
        (calendar.moved_by_months(some.day, some.number), add_months(date, by)),
        (calendar.moved_by_days(some.day, by), add_days(date, by)),
        (calendar.moved_by_days(some.day, some.number), add_days(date, by)),
    ]
    model = some.find(some.is_(date), some.number == by)
    assert model is not None
    assert some.value(model, some.day) == date
    for found, expected in moved:
        assert some.value(model, found) == expected


@pytest.mark.parametrize("date", [each for each in ENDS if each < LAST], ids=str)
def test_the_day_after_a_variable(date: datetime.date) -> None:
    some = Some()
    model = some.find(some.is_(date))
    assert model is not None
    assert some.value(model, calendar.next_day(some.day)) == date + datetime.timedelta(days=1)


def test_what_a_month_later_is_the_28th_of_february() -> None:
    """Four days of January of a common year are; one of a leap year is."""
    for year, last, days in ((2023, 28, {28, 29, 30, 31}), (2024, 28, {28}), (2024, 29, {29, 30, 31})):
        some = Some()
        later = calendar.moved_by_months(some.day, 1)
        to = (later.code == calendar.fixed(datetime.date(year, 2, last)).code, some.day.year == year)
        assert {day for day in range(1, 32) if some.find(*to, some.day.day == day) is not None} == days


def test_a_date_taken_apart_is_the_same() -> None:
    some = Some()
    moved = calendar.moved_by_days(some.day, 1)
    apart, rule = calendar.split(moved, "apart", some.ctx)
    model = some.find(some.is_(LEAP), rule)
    assert model is not None
    assert some.value(model, apart) == datetime.date(2024, 3, 1)
    assert calendar.split(some.day, "same", some.ctx) == (some.day, True)
