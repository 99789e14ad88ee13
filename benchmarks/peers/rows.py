"""What the peers share that take one organization at a time."""

from __future__ import annotations

import datetime

import pandas as pd
import polars as pl

from benchmarks.peers.facts import LEADERSHIP_TERM_MONTHS, NEWLY_ESTABLISHED_MONTHS, NORMS, TODAY, VERDICT

#: How many rows they are given at most; their time grows with the rows, so that more would show nothing else.
ROWS = 5_000


def months_before_today(months: int) -> datetime.date:
    """A day by the calendar, for the engines that have no months."""
    day: datetime.date = (pd.Timestamp(TODAY) - pd.DateOffset(months=months)).date()
    return day


LEADERSHIP_FROM = months_before_today(LEADERSHIP_TERM_MONTHS)
NEW_FROM = months_before_today(NEWLY_ESTABLISHED_MONTHS)


def instant(day: datetime.date) -> datetime.datetime:
    """The midnight at which a day begins, for the engines that have no days."""
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)


def verdict_frame(results: list[dict[str, str]]) -> pl.DataFrame:
    """The verdicts of all rows, as a frame to compare."""
    return pl.DataFrame(results, schema=dict.fromkeys(NORMS, VERDICT))
