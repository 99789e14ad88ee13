"""One pass over tables: drafts of their rows, from the cells to what is there, and the frames that are handed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import attrs
import polars as pl

from sopb_rules.population.cells import engine_type
from sopb_rules.population.drafts import Draft, flattened, read_columns
from sopb_rules.population.keys import Doubled, check_ids, check_references, find_holders
from sopb_rules.population.layout import HOLDER, ID, Layout, Says, Table
from sopb_rules.population.matching import Matched
from sopb_rules.population.settle import settle
from sopb_rules.population.sources import Source
from sopb_rules.population.unfold import unfolded
from sopb_rules.population.wanted import Wanted

HOLDER_ROW = "#holder"

Drafts = Mapping[str, Draft]


@attrs.define(slots=False)
class Reading:
    """A pass.

    Args:
        doubled_ids: by the group of ids that have to differ, those that do not.
    """

    layout: Layout
    sources: Mapping[str, Source]
    matched: Mapping[str, Matched]
    wanted: Wanted
    doubled_ids: Mapping[str, pl.Series]
    doubled: dict[str, Doubled] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.doubled = {name: Doubled(ids) for name, ids in self.doubled_ids.items()}

    def needed(self, source: str) -> list[str]:
        """The columns of a source that are read."""
        matched = self.matched[source]
        lists = self._lists(matched)
        ways = [way for name, way in matched.ways.items() if name in self.wanted.read[source]]
        ways += [way for name, (way, _) in matched.lists.items() if name in lists]
        return list(dict.fromkeys(way[0] for way in ways))

    def _lists(self, matched: Matched) -> frozenset[str]:
        """The lists of a table of which it is needed whether they are known, or more."""
        read = self.wanted.read.get(matched.table.name, frozenset())
        return frozenset(name for name in matched.lists if self._known(self.layout.tables[name]) in read)

    def _known(self, table: Table) -> str:
        assert table.above is not None
        assert table.list_fact is not None
        return table.above.column(f"{table.list_fact.name}.known")

    # ---- drafts ------------------------------------------------------------------------------------------

    def drafts(self, pieces: Mapping[str, pl.DataFrame], first: int, others: Drafts) -> dict[str, Draft]:
        """The drafts of pieces, with those of the lists in them, and all mistakes noted.

        Args:
            pieces: by name, rows of sources.
            first: how many rows of the source came before.
            others: the drafts of other tables, to which references may lead.
        """
        found: dict[str, Draft] = {}
        for name, piece in pieces.items():
            for draft in self._drafts(name, piece, first):
                found[draft.table.name] = draft
                if draft.elements is None and draft.table.parent is not None:
                    draft.above = found[draft.table.parent.name]
                    find_holders(draft)
        for name, draft in found.items():
            if draft.above is not None and draft.holders is not None:
                draft.above.held[name] = _marked(draft.holders, draft.above.height)
        for name, draft in found.items():
            columns = self.layout.columns[name]
            settle(draft, self.wanted.read[name], columns)
            check_references(self.layout, draft, {**others, **found}, self._missing)
        return found

    def _drafts(self, name: str, piece: pl.DataFrame, first: int) -> Iterator[Draft]:
        source, matched = self.sources[name], self.matched[name]
        table, currency = self.layout.tables[name], self.layout.vocabulary.currency
        raw = flattened(piece, matched, self.wanted.read[name], self._lists(matched))
        yield from self._read(Draft(table, source, first, raw, piece.height, currency), matched)

    def _read(self, draft: Draft, matched: Matched) -> Iterator[Draft]:
        """A draft with its cells read, and those of the lists in it."""
        name = draft.table.name
        read_columns(draft, self.layout.columns[name])
        check_ids(self.layout, draft, self.doubled)
        yield draft
        for inner_name, (_, inner) in matched.lists.items():
            if inner_name in draft.raw and inner_name in self.wanted.read:
                read = self.wanted.read[inner_name]
                below = unfolded(draft, self.layout.tables[inner_name], inner, read, self._lists(inner))
                yield from self._read(below, inner)

    @cached_property
    def _missing(self) -> frozenset[str]:
        """The tables of which nothing is given."""
        given = {each for matched in self.matched.values() for each in matched.listed}
        return frozenset(self.layout.tables.keys() - given)

    # ---- what is handed on -------------------------------------------------------------------------------

    def leave_out(self, drafts: Drafts) -> int:
        """Note as bad also whoever holds a bad row, and whatever a bad row holds; how many records that leaves out."""
        for draft in reversed(list(drafts.values())):
            if draft.bad is not None and draft.above is not None and draft.holders is not None:
                holders = draft.holders.filter(draft.bad).drop_nulls()
                draft.above.mark(_marked(holders, draft.above.height))
        for draft in drafts.values():
            if draft.above is not None and draft.above.bad is not None and draft.holders is not None:
                draft.mark(draft.above.bad.gather(draft.holders).fill_null(True))
        return sum(int(draft.bad.sum()) for draft in drafts.values() if draft.above is None and draft.bad is not None)

    def frames(self, drafts: Drafts) -> dict[str, pl.DataFrame]:
        """The frames of drafts, without bad rows; and empty ones for lists of which nothing is given."""
        found: dict[str, pl.DataFrame] = {}
        for name, asked in self.wanted.given.items():
            table = self.layout.tables[name]
            if name in drafts:
                found[name] = self._frame(drafts[name], asked)
            elif table.parent is not None and table.parent.name in found:
                found[name] = self._empty(table, asked)
        return {name: found[name] for name in self.wanted.given if name in found}

    def _frame(self, draft: Draft, asked: tuple[str, ...]) -> pl.DataFrame:
        columns = self.layout.columns[draft.table.name]
        data = {name: draft.values.get(name) for name in (ID, *asked)}
        if draft.above is not None and draft.holders is not None:
            ids = draft.above.values.get(ID)
            data[HOLDER] = None if ids is None else ids.gather(draft.holders)
            data[HOLDER_ROW] = draft.holders
        series = [
            _nulls(name, engine_type(columns[name].type), draft.height) if values is None else values.alias(name)
            for name, values in data.items()
        ]
        frame = pl.DataFrame(series, height=draft.height)
        for column in asked:  # a list of which nothing is given is not known
            if columns[column].says is Says.KNOWN and draft.values.get(column) is None:
                frame = frame.with_columns(pl.lit(False).alias(column))
        return _without(frame, draft)

    def _empty(self, table: Table, asked: tuple[str, ...]) -> pl.DataFrame:
        columns = self.layout.columns[table.name]
        schema = {name: engine_type(columns[name].type) for name in dict.fromkeys((ID, *asked, HOLDER))}
        return pl.DataFrame(schema={**schema, HOLDER_ROW: pl.UInt32()})


def _without(frame: pl.DataFrame, draft: Draft) -> pl.DataFrame:
    """A frame without the bad rows; holders are counted without theirs."""
    above = draft.above
    if above is not None and above.bad is not None:
        numbers = ((~above.bad).cum_sum() - 1).cast(pl.Int64)
        assert draft.holders is not None
        frame = frame.with_columns(numbers.gather(draft.holders).cast(pl.UInt32, strict=False).alias(HOLDER_ROW))
    return frame if draft.bad is None else frame.filter(~draft.bad)


def _nulls(name: str, dtype: pl.DataType, height: int) -> pl.Series:
    return pl.Series(name, [None], dtype=dtype).new_from_index(0, height)


def _marked(rows: pl.Series, height: int) -> pl.Series:
    """True in the rows that are named."""
    return pl.Series([False]).new_from_index(0, height).scatter(rows.drop_nulls().unique(), True)
