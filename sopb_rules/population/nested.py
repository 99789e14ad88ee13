"""Tables with their lists inside: a column of lists of structs for each list, so that one file holds all that rows say."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from sopb_rules.population.layout import HOLDER, ID, Layout, Table


def nested(layout: Layout, table: str, frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The rows of a table with the rows of its lists inside.

    Args:
        frames: flat tables by their names; a list of which there is none is left as its column `known` says.
    """
    asked = layout.tables[table]
    frame = frames[table]
    for name in frames:
        if layout.tables[name].parent is asked:
            frame = _with_list(frame, layout.tables[name], nested(layout, name, frames))
    return frame


def _with_list(frame: pl.DataFrame, table: Table, elements: pl.DataFrame) -> pl.DataFrame:
    """Rows with the elements of a list in place of the column that says whether it is known; null where it is not."""
    assert table.above is not None
    assert table.list_fact is not None
    column = table.above.column(table.list_fact.name)
    known = f"{column}.known"
    held = elements.group_by(HOLDER, maintain_order=True).agg(pl.struct(pl.exclude(HOLDER)).alias(column))
    rows = frame.join(held, left_on=ID, right_on=HOLDER, how="left", maintain_order="left")
    empty = pl.lit([], dtype=held.schema[column])
    return rows.with_columns(pl.when(pl.col(known)).then(pl.col(column).fill_null(empty))).drop(known)
