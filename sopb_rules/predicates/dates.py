"""Dates moved by periods, by the calendar and without ever failing."""

from __future__ import annotations

import datetime
from calendar import monthrange

_FIRST, _LAST = datetime.date.min, datetime.date.max


def add_days(date: datetime.date, days: int) -> datetime.date:
    """The date so many days later (earlier, if negative); a date out of the calendar's range is its nearest end."""
    ordinal = date.toordinal() + days
    if ordinal < 1:
        return _FIRST
    return _LAST if ordinal > _LAST.toordinal() else datetime.date.fromordinal(ordinal)


def add_months(date: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; a day that the month lacks becomes its last day."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if year < 1:
        return _FIRST
    if year > 9999:
        return _LAST
    month += 1
    day = date.day if date.day <= 28 else min(date.day, monthrange(year, month)[1])
    return datetime.date(year, month, day)
