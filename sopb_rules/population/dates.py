"""Moved dates and fixed ones: since moving keeps the order of dates, a comparison can be asked of the date itself."""

from __future__ import annotations

import datetime
from collections.abc import Callable

_FIRST, _LAST = datetime.date.min.toordinal(), datetime.date.max.toordinal()


def first_where(holds: Callable[[datetime.date], bool]) -> datetime.date | None:
    """The first date of which something holds that holds of all later ones, too; None where it holds of none.

    >>> first_where(lambda date: date.year >= 2000)
    datetime.date(2000, 1, 1)
    """
    low, high = _FIRST, _LAST + 1
    while low < high:
        middle = (low + high) // 2
        if holds(datetime.date.fromordinal(middle)):
            high = middle
        else:
            low = middle + 1
    return None if low > _LAST else datetime.date.fromordinal(low)


def first_in_year(year: int, months: int) -> datetime.date | None:
    """The first date that so many months later (earlier, if negative) is in a year, or in one after it."""
    return first_where(lambda date: date.year * 12 + date.month - 1 + months >= year * 12)
