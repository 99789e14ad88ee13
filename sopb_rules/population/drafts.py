"""A table on its way into engine form: rows of a source, what was read of them so far, and which of them are bad.

A draft is eager: it holds one piece of the rows of a source, and everything is done by the column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs
import polars as pl

from sopb_rules.diagnostics import Code
from sopb_rules.population.cells import Cells, read_cells
from sopb_rules.population.layout import ID, Column, Table
from sopb_rules.population.matching import Matched, Way
from sopb_rules.population.problems import Problem
from sopb_rules.population.sources import Source
from sopb_rules.population.spelled import Typed
from sopb_rules.states.scalars import Mistake


@attrs.define(eq=False)
class Draft:
    """Rows of a table.

    Args:
        first: how many rows of the source come before; for elements of a list column, 0.
        raw: the columns as they were given, by their names in the layout; lists by the name of their table.
        above: the draft with the rows that hold these.
        holders: by row, the number of the row above that holds it; null where there is none.
        elements: by row, which element of its list it is, from 1, where the lists are in a column of the table above.
        values: the columns in engine form.
        absent: where a cell says that there is none.
        held: by the name of the table of a list, which rows have an element in it.
        bad: which rows cannot be believed.
    """

    table: Table
    source: Source
    first: int
    raw: dict[str, pl.Series]
    height: int
    currency: str | None
    above: Draft | None = None
    holders: pl.Series | None = None
    elements: pl.Series | None = None
    values: dict[str, pl.Series] = attrs.field(factory=dict)
    absent: dict[str, pl.Series] = attrs.field(factory=dict)
    held: dict[str, pl.Series] = attrs.field(factory=dict)
    problems: list[Problem] = attrs.field(factory=list)
    bad: pl.Series | None = None

    # ---- telling where -----------------------------------------------------------------------------------

    def position(self, row: int) -> str:
        """The row of the source, and the line of a CSV file, as people count them."""
        if self.elements is not None:
            assert self.above is not None
            return self.above.position(self._holder(row))
        number = self.first + row + 1
        line = self.source.line(number)
        return f"row {number:,}" + (f" (line {line:,})" if line is not None else "")

    def path(self, row: int, column: str) -> str:
        """The way to a column from the row of the source: ``changes[2].occurred_on``."""
        if self.elements is None or self.above is None:
            return column
        begin = f"{self.table.name.removeprefix(self.above.table.name + '.')}[{self.elements[row]}]"
        return self.above.path(self._holder(row), f"{begin}.{column}" if column else begin)

    def _holder(self, row: int) -> int:
        assert self.holders is not None
        return int(self.holders[row])

    def tops(self, rows: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The rows of the source, from 1, and their ids."""
        if self.elements is not None:
            assert self.above is not None
            assert self.holders is not None
            return self.above.tops(self.holders.gather(rows))
        ids = self.values.get(ID)
        none = pl.Series([None], dtype=pl.String).new_from_index(0, rows.len())
        return (rows.cast(pl.UInt32) + (self.first + 1)), (none if ids is None else ids.gather(rows))

    # ---- bad rows ----------------------------------------------------------------------------------------

    def mark(self, where: pl.Series) -> None:
        """Note rows as bad."""
        self.bad = where if self.bad is None else self.bad | where

    def problem(
        self,
        column: str,
        where: pl.Series | None,
        code: Code,
        summary: str,
        words: Callable[[int], Mistake],
        values: pl.Series | None = None,
    ) -> None:
        """Note rows as bad, and why; where there is none, nothing is noted."""
        if where is None or not where.any():
            return
        where = where.fill_null(False)
        values = self.raw.get(column) if values is None else values
        self.problems.append(Problem(self, column, where, values, code, summary, words))
        self.mark(where)


def flattened(
    piece: pl.DataFrame, matched: Matched, read: frozenset[str], lists: frozenset[str]
) -> dict[str, pl.Series]:
    """The columns of a source by their names in the layout, as far as they are read."""
    ways: dict[str, Way] = {name: way for name, way in matched.ways.items() if name in read}
    ways |= {name: way for name, (way, _) in matched.lists.items() if name in lists}
    return {name: piece.select(_at(way)).to_series().alias(name) for name, way in ways.items()}


def _at(way: Way) -> pl.Expr:
    """The expression of a column, or of a field in a struct."""
    found = pl.col(way[0])
    for field in way[1:]:
        found = found.struct.field(field)
    return found


# ---- cells --------------------------------------------------------------------------------------------------


def read_columns(draft: Draft, columns: Mapping[str, Column]) -> None:
    """Read the cells of a draft; bad ones are noted."""
    for name, raw in draft.raw.items():
        if name not in columns:
            continue
        column = columns[name]
        cells = read_cells(raw, column, draft.currency, draft.source.spelling)
        draft.values[name] = cells.values
        if cells.absent is not None:
            draft.absent[name] = cells.absent
        code = Code.ROW_WRONG_VALUE
        draft.problem(name, cells.bad, code, "cannot be read", _words(cells, raw, column, draft.currency))


def _words(cells: Cells, raw: pl.Series, column: Column, currency: str | None) -> Callable[[int], Mistake]:
    def words(row: int) -> Mistake:
        value = _value(raw, row)
        spelled = cells.spelled.get(value) if isinstance(value, str) else None
        return spelled if spelled is not None else Typed(value, column, currency).mistake()

    return words


def _value(raw: pl.Series, row: int) -> object:
    """A value as Python has it; a date of a year that Python does not know as its text."""
    try:
        return raw[row]
    except (ValueError, OverflowError):
        return raw.slice(row, 1).cast(pl.String).item()
