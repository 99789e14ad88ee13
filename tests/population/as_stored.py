"""Tables in the form in which databases have them, from those in engine form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from sopb_rules.model import vocabulary as v
from sopb_rules.population.layout import Layout
from sopb_rules.population.program import DECIMALS, DIGITS


def as_stored(layout: Layout, frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Decimals as decimals, kinds as texts, and holders by their ids alone."""
    return {
        name: pl.DataFrame(
            [
                _stored(frame[column], layout.columns[name][column].type)
                for column in frame.columns
                if not column.startswith("#")
            ]
        )
        for name, frame in frames.items()
    }


def _stored(series: pl.Series, type_: v.FactType) -> pl.Series:
    match type_:
        case v.Number() | v.Percent() | v.Money():
            values = [None if value is None else Decimal(value).scaleb(-DECIMALS) for value in series.to_list()]
            return pl.Series(series.name, values, dtype=pl.Decimal(DIGITS + DECIMALS, DECIMALS))
        case v.KindType(kind):
            names = list(kind.values)
            words = [None if value is None else names[value] for value in series.to_list()]
            return pl.Series(series.name, words, dtype=pl.String)
        case _:
            return series
