"""Lists in a column of structs become rows of their own table, each with the number of the row that holds it."""

from __future__ import annotations

import polars as pl

from sopb_rules.diagnostics import Code
from sopb_rules.population.drafts import Draft, flattened
from sopb_rules.population.layout import Table
from sopb_rules.population.matching import Matched
from sopb_rules.states.scalars import Mistake


def unfolded(draft: Draft, table: Table, matched: Matched, read: frozenset[str], lists: frozenset[str]) -> Draft:
    """The draft of the elements of the lists in a column.

    Args:
        read: the columns of the elements that are read.
        lists: the tables of lists that are read.
    """
    column = draft.raw[table.name]
    held = pl.DataFrame({"#lists": _as_lists(column)}).with_row_index("#holder")
    held = held.filter(pl.col("#lists").list.len() > 0)
    rows = held.with_columns(pl.int_ranges(1, pl.col("#lists").list.len() + 1, dtype=pl.UInt32).alias("#element"))
    rows = rows.explode("#lists", "#element")
    structs = rows["#lists"]
    piece = structs.struct.unnest() if isinstance(structs.dtype, pl.Struct) else pl.DataFrame()
    found = Draft(
        table,
        draft.source,
        draft.first,
        flattened(piece, matched, read, lists),
        rows.height,
        draft.currency,
        draft,
        rows["#holder"],
        rows["#element"],
    )
    if structs.null_count():
        mistake = Mistake("an element of the list is null", f"the facts of a {table.entity.name}")
        found.problem("", structs.is_null(), Code.ROW_WRONG_VALUE, "the element is null", lambda _: mistake)
    return found


def _as_lists(column: pl.Series) -> pl.Series:
    if isinstance(column.dtype, pl.Array):
        return column.arr.to_list()
    return column if isinstance(column.dtype, pl.List) else column.cast(pl.List(pl.Null))
