"""Dates moved by periods, against a calendar that is counted day by day."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.predicates.dates import add_days, add_months
from sopb_rules.testing.strategies import dates

DAY = datetime.timedelta(days=1)
FIRST, LAST = datetime.date.min, datetime.date.max
HUGE = 10**30
Move = Callable[[datetime.date, int], datetime.date]


def months_counted(date: datetime.date, months: int) -> datetime.date:
    """A month later or earlier, one after the other: the day in the wanted month that is nearest below the wanted one."""
    year, month = date.year, date.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        elif month == 0:
            year, month = year - 1, 12
        if year < 1:
            return FIRST
        if year > 9999:
            return LAST
    for day in range(date.day, 0, -1):
        try:
            return datetime.date(year, month, day)
        except ValueError:
            continue
    raise AssertionError((year, month))


@given(dates(), st.integers(-30, 30))
def test_months_as_counted_one_by_one(date: datetime.date, months: int) -> None:
    assert add_months(date, months) == months_counted(date, months)


@pytest.mark.parametrize("start", ["2023-01-01", "2024-01-01", "1900-01-01", "2000-01-01"])
@pytest.mark.parametrize("months", [-13, -12, -1, 0, 1, 2, 11, 12, 48])
def test_months_from_every_day_of_a_year(start: str, months: int) -> None:
    date = datetime.date.fromisoformat(start)
    for _ in range(366):
        assert add_months(date, months) == months_counted(date, months)
        date += DAY


@given(dates(), st.integers(-800, 800))
def test_days_as_counted_by_python(date: datetime.date, days: int) -> None:
    try:
        expected = date + days * DAY
    except OverflowError:
        expected = FIRST if days < 0 else LAST
    assert add_days(date, days) == expected


@pytest.mark.parametrize(
    ("date", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-03-31", -1, "2024-02-29"),
        ("1900-01-31", 1, "1900-02-28"),
        ("2000-01-31", 1, "2000-02-29"),
        ("0001-01-31", -1, "0001-01-01"),
        ("0001-02-28", -1, "0001-01-28"),
        ("9999-11-30", 1, "9999-12-30"),
        ("9999-12-01", 1, "9999-12-31"),
        ("9999-12-31", 0, "9999-12-31"),
    ],
)
def test_ends_of_months_and_of_the_calendar(date: str, months: int, expected: str) -> None:
    assert add_months(datetime.date.fromisoformat(date), months) == datetime.date.fromisoformat(expected)


@given(dates(), st.sampled_from([add_days, add_months]))
def test_the_longest_periods_end_at_the_ends_of_the_calendar(date: datetime.date, move: Move) -> None:
    assert move(date, HUGE) == LAST
    assert move(date, -HUGE) == FIRST


@given(dates(), dates(), st.integers(-40, 40), st.sampled_from([add_days, add_months]))
def test_moving_keeps_the_order(one: datetime.date, other: datetime.date, length: int, move: Move) -> None:
    earlier, later = sorted((one, other))
    assert move(earlier, length) <= move(later, length)
