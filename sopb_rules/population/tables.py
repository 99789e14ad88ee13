"""A population: tables as they were given, checked and handed on in engine form, whole or in pieces.

A row's number is its position in its frame. A frame has the column `id`, those that were asked for (null in each row where the
table does not have them), and for the rows of a list `holder` and ``#holder``, the number of the row that holds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

import attrs
import polars as pl

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.population.keys import find_doubled
from sopb_rules.population.layout import ID, Layout
from sopb_rules.population.matching import Matched, match
from sopb_rules.population.problems import Told
from sopb_rules.population.reading import Reading
from sopb_rules.population.sources import Source, named_sources, schema_of
from sopb_rules.population.wanted import Columns, targets, wanted

#: What is done about rows that are wrong.
BadRows = Literal["error", "skip"]
#: How many rows of the main table are read at a time.
BATCH_ROWS = 250_000


@attrs.frozen
class Batch:
    """Rows in engine form that belong together.

    Args:
        tables: by name; a listed entity of which nothing is given has none, and its list is unknown.
        rows_read: how many rows of listed entities were read for it.
        rows_skipped: how many of them were left out, for themselves or for an element of a list of theirs.
        skipped: what was wrong, a line for each wrong cell (`sopb_rules.population.problems.SKIPPED`).
    """

    tables: Mapping[str, pl.DataFrame]
    rows_read: int
    rows_skipped: int
    skipped: pl.DataFrame


@attrs.frozen(slots=False)
class Population:
    """Tables that fit a layout.

    Args:
        sources: the tables as they were given, by name.
        skip: whether rows that are wrong are left out; otherwise they are mistakes.
    """

    layout: Layout
    sources: Mapping[str, Source]
    matched: Mapping[str, Matched]
    skip: bool

    @classmethod
    def of(cls, layout: Layout, tables: Any, bad_rows: BadRows = "error") -> Population:
        """The population that tables say.

        Args:
            tables: one table, or a mapping from the names of the layout to tables; each a path, a data frame of Polars or
                pandas, or anything that hands out Arrow data.
            bad_rows: what is done about rows that are wrong.

        Raises:
            RulesError: a file is not there, it cannot be told which table one is, or a column says nothing that can be read.
        """
        return cls.of_sources(layout, named_sources(layout, tables), bad_rows)

    @classmethod
    def of_sources(cls, layout: Layout, sources: Mapping[str, Source], bad_rows: BadRows = "error") -> Population:
        """The population that opened tables say, by their names.

        Raises:
            RulesError: a column says nothing that can be read.
        """
        if bad_rows not in ("error", "skip"):
            message = f"`bad_rows` cannot be {bad_rows!r}"
            raise RulesError([Diagnostic(Code.BAD_USAGE, message, expected='"error" or "skip"')])
        found: dict[str, Matched] = {}
        mistakes: list[Diagnostic] = []
        for name, source in sources.items():
            table = layout.tables[name]
            found[name], wrong = match(layout, table, schema_of(source, table, layout), source.label)
            mistakes += wrong
        mistakes += [*_twice(found), *_without_holders(layout, found)]
        if mistakes:
            raise RulesError(mistakes)
        return cls(layout, sources, found, bad_rows == "skip")

    # ---- how much there is -------------------------------------------------------------------------------

    def height(self, table: str) -> int | None:
        """How many rows a table has, where that is quick to find out; else None.

        Raises:
            RulesError: the file cannot be read.
        """
        source = self.sources.get(table)
        return None if source is None or source.file is not None else source.height()

    def heights(self) -> Mapping[str, int]:
        """How many rows each table has that is given, right or wrong; all of a CSV file is looked at for it.

        Raises:
            RulesError: a file cannot be read.
        """
        return {name: source.height() for name, source in self.sources.items()}

    @cached_property
    def columns(self) -> Mapping[str, frozenset[str]]:
        """By table, the columns that may say something: those that are given, and what follows from them."""
        found: dict[str, set[str]] = {name: set() for name in self.layout.tables if name in self.matched}
        for matched in self.matched.values():
            _say(self.layout, matched, found)
        for name in found:
            table = self.layout.tables[name]
            if table.above is not None and table.list_fact is not None and table.parent is not None:
                found[table.parent.name].add(table.above.column(f"{table.list_fact.name}.known"))
        for name, columns in found.items():
            places = [place for place in self.layout.tables[name].places() if place.exists is not None]
            columns.update(
                place.column("exists")
                for place in places
                if any(column.startswith(place.prefix) for column in tuple(columns))
            )
        return {name: frozenset(columns) for name, columns in found.items()}

    def separable(self, main: str, columns: Columns | None = None) -> bool:
        """Whether the rows of a table can be handed on in pieces: no other table holds or names any of them."""
        if main not in self.sources or self.layout.tables[main].parent is not None:
            return False
        if any(name != main and self.layout.tables[name].top.name == main for name in self.sources):
            return False
        read = wanted(self.layout, self.sources, columns).read
        columns_read = (self.layout.columns[table][name] for table, names in read.items() for name in names)
        return all(place.table.top.name != main for column in columns_read for place in targets(self.layout, column))

    # ---- the rows ----------------------------------------------------------------------------------------

    def loaded(self) -> Loaded:
        """All of it, read and checked once.

        Raises:
            RulesError: rows are wrong, and not to be skipped; or a file cannot be read.
        """
        flat = (name for name in self.sources if self.separable(name) and not self.matched[name].lists)
        return Loaded(self.layout, self.columns, self.whole(self.columns), frozenset(flat))

    def whole(self, columns: Columns | None = None) -> Batch:
        """All rows of all tables.

        Args:
            columns: by table, the columns that are needed; a table that is named with none counts by its rows alone, and one
                that is not named is not read. None for everything.

        Raises:
            RulesError: rows are wrong, and not to be skipped; or a file cannot be read.
        """
        reading = self._reading(columns)
        told = Told()
        names = [name for name in self.sources if name in reading.wanted.read]
        pieces = {name: next(self.sources[name].pieces(reading.needed(name), None)) for name in names}
        drafts = reading.drafts(pieces, 0, {})
        batch = self._batch(reading, drafts, told, sum(piece.height for piece in pieces.values()))
        _refuse(told)
        assert batch is not None
        return batch

    def batches(self, main: str, rows: int = BATCH_ROWS, columns: Columns | None = None) -> Iterator[Batch]:
        """The rows of a table in pieces, each with the lists in its columns and with the whole of all other tables.

        Where the table is not `separable`, all comes as one. What the other tables have skipped is told with the first piece.

        Raises:
            RulesError: rows are wrong, and not to be skipped: when all have been looked at. Or a file cannot be read.
        """
        if not self.separable(main, columns):
            yield self.whole(columns)
            return
        reading = self._reading(columns)
        told = Told()
        names = [name for name in self.sources if name in reading.wanted.read and name != main]
        pieces = {name: next(self.sources[name].pieces(reading.needed(name), None)) for name in names}
        fixed = reading.drafts(pieces, 0, {})
        before = self._batch(reading, fixed, told, sum(piece.height for piece in pieces.values()))
        first = 0
        for piece in self._main_pieces(reading, main, rows):
            drafts = reading.drafts({main: piece}, first, fixed)
            batch = self._batch(reading, drafts, told, piece.height)
            first += piece.height
            if batch is not None and before is not None:
                yield _joined(before, batch, first == piece.height)
        _refuse(told)

    def _main_pieces(self, reading: Reading, main: str, rows: int) -> Iterator[pl.DataFrame]:
        """The pieces of the main table; one without rows where it has none."""
        empty = True
        for piece in self.sources[main].pieces(reading.needed(main), rows):
            empty = False
            yield piece
        if empty:
            yield self.sources[main].scan.select(reading.needed(main)).head(0).collect()

    def _reading(self, columns: Columns | None) -> Reading:
        needed = wanted(self.layout, self.sources, columns)
        given = [(self.sources[name], matched) for name, matched in self.matched.items()]
        return Reading(self.layout, self.sources, self.matched, needed, find_doubled(self.layout, given, needed))

    def _batch(self, reading: Reading, drafts: Any, told: Told, rows_read: int) -> Batch | None:
        """The batch that drafts make; None where something is wrong that is not skipped, or was before."""
        problems = [problem for draft in drafts.values() for problem in draft.problems]
        if not self.skip:
            told.add(problems)
            return None if told.count else Batch(reading.frames(drafts), rows_read, 0, _no_rows())
        skipped = pl.concat([_no_rows(), *(problem.frame() for problem in problems)])
        out = reading.leave_out(drafts)
        return Batch(reading.frames(drafts), rows_read, out, skipped)


@attrs.frozen
class Loaded:
    """A population that was read and checked, and is held in memory: for those who ask more than once.

    Args:
        columns: by table, the columns that may say something.
    """

    layout: Layout
    columns: Mapping[str, frozenset[str]]
    batch: Batch
    separate: frozenset[str]

    def height(self, table: str) -> int | None:
        """How many rows a table has; None where nothing is given of it."""
        frame = self.batch.tables.get(table)
        return None if frame is None else frame.height

    def heights(self) -> Mapping[str, int]:
        """How many rows each table has that is given, without those that were left out."""
        return {name: frame.height for name, frame in self.batch.tables.items()}

    def batches(self, main: str, rows: int = BATCH_ROWS, columns: Columns | None = None) -> Iterator[Batch]:  # noqa: ARG002
        """The rows of a table in pieces, with the whole of all other tables and columns; all as one where rows are not apart."""
        frame = self.batch.tables.get(main)
        if main not in self.separate or frame is None or frame.height <= rows:
            yield self.batch
            return
        for first in range(0, frame.height, rows):
            piece = frame.slice(first, rows)
            yield Batch({**self.batch.tables, main: piece}, piece.height, 0, _no_rows())


def _say(layout: Layout, matched: Matched, found: dict[str, set[str]]) -> None:
    name = matched.table.name
    absences = {f"{column}.exists" for column in matched.texts} & layout.columns[name].keys()
    found.setdefault(name, set()).update((ID, *matched.ways, *absences))
    for _, inner in matched.lists.values():
        _say(layout, inner, found)


def _no_rows() -> pl.DataFrame:
    from sopb_rules.population.problems import SKIPPED

    return pl.DataFrame(schema=SKIPPED)


def _joined(before: Batch, batch: Batch, first: bool) -> Batch:
    """A piece with the tables that are whole."""
    tables = {**before.tables, **batch.tables}
    if not first:
        return attrs.evolve(batch, tables=tables)
    skipped = pl.concat([before.skipped, batch.skipped])
    read, left_out = before.rows_read + batch.rows_read, before.rows_skipped + batch.rows_skipped
    return Batch(tables, read, left_out, skipped)


def _refuse(told: Told) -> None:
    """Raise what was told.

    Raises:
        RulesError: there is any.
    """
    if told.count:
        raise RulesError(told.all())


def _twice(found: Mapping[str, Matched]) -> Iterator[Diagnostic]:
    """Lists that are given in a column and as a table."""
    for name, matched in found.items():
        for listed in matched.listed - {name}:
            if listed in found:
                message = f"the rows of {listed} are given twice: in a column of {name}, and as a table"
                yield Diagnostic(Code.TABLE_UNKNOWN, message, help="give one of the two")


def _without_holders(layout: Layout, found: Mapping[str, Matched]) -> Iterator[Diagnostic]:
    """Tables of lists whose holders are nowhere."""
    given = {listed for matched in found.values() for listed in matched.listed}
    for name in found:
        parent = layout.tables[name].parent
        if parent is not None and parent.name not in given:
            message = f"the table {name} is given without the table {parent.name} that holds its lists"
            help = f"give both, by their names: {parent.name} and {name}"
            yield Diagnostic(Code.TABLE_UNKNOWN, message, help=help)
