"""Populations that are made up: tables with rows that are valid and plausible, the same for a seed wherever they are made.

What a condition asks for is drawn often enough that verdicts of all sorts occur: values lie around the borders of comparisons
(`compared`, `likely`), and subjects differ in how much they keep and in how much is known of them, so that also what needs many facts
together is met by some. Each row follows from its number alone (`chance`).
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

import attrs
import polars as pl

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.model import vocabulary as v
from sopb_rules.population.chance import ALL, below, drawn, halves, key, mixed, share
from sopb_rules.population.compared import Compared, compared
from sopb_rules.population.layout import HOLDER, ID, Column, Layout, Place, Says, Table, layout
from sopb_rules.population.likely import CELLS, cells, lengths

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet

#: How many rows of the main table share one of any other listed entity, and how many of these there are at least.
PER_RELATED, LEAST_RELATED = 300, 40
#: How many rows are drawn at a time: what a processor keeps at hand.
PIECE = 65_536
#: The most rows of a table.
MOST = 10**9

#: In how many cases something optional is absent.
_ABSENT = 0.2
#: How often subjects are of a sort, up to which share; how much they keep of what is asked; and how much more is unknown of them.
_SORTS = ((0.35, 0.97, 0.4), (0.75, 0.8, 1.0), (1.0, 0.35, 2.05))
#: How often a circumstance is there: each has one of these.
_CIRCUMSTANCES = (0.3, 0.5, 0.7)

_BITS, _LOW, _HIGH, _NUMBER, _UNKNOWN, _KEPT = "#bits", "#low", "#high", "#number", "#unknown", "#kept"
_OWN = (_BITS, _LOW, _HIGH, _UNKNOWN, _KEPT)


def sample(
    policies: PolicySet,
    size: int,
    seed: int = 0,
    *,
    as_of: datetime.date,
    entity: str | None = None,
    unknown: float = 0.1,
    only: Collection[str] | None = None,
) -> dict[str, pl.DataFrame]:
    """A population that is made up, as flat tables by their names in the layout.

    Args:
        size: how many rows the main table has.
        seed: what the rows are drawn from: the same for all that is given alike.
        as_of: the day around which dates lie.
        entity: the listed entity of the main table; the one with the most facts where it is left out.
        unknown: how many of the facts are unknown, from 0 to 1.
        only: ids of norms and names of decisions that alone are asked about; only facts that they read are then stated.

    Raises:
        RulesError: the size or the share is out of bounds, or there is no such entity, norm or decision.
    """
    drawing = Sample.of(policies, size, seed, as_of=as_of, entity=entity, unknown=unknown, only=only)
    return {name: pl.concat(drawing.pieces(name)) for name in drawing.tables}


@attrs.frozen(slots=False)
class Sample:
    """A population that is made up as it is asked for: whole tables are never held.

    Args:
        main: the name of the main table.
        sizes: by listed entity, how many rows its table has.
        unknown: how many of the facts are unknown.
        facts: the facts that are stated; None for all.
    """

    layout: Layout
    main: str
    sizes: Mapping[str, int]
    seed: int
    as_of: datetime.date
    unknown: float
    compared: Compared = attrs.field(repr=False)
    facts: frozenset[v.Fact] | None = attrs.field(repr=False)

    @classmethod
    def of(
        cls,
        policies: PolicySet,
        size: int,
        seed: int = 0,
        *,
        as_of: datetime.date,
        entity: str | None = None,
        unknown: float = 0.1,
        only: Collection[str] | None = None,
    ) -> Sample:
        """A population, as for `sample`.

        Raises:
            RulesError: as for `sample`.
        """
        model = policies.model
        tables = layout(model.vocabulary, model.judgement_keys)
        main = _main(tables, entity)
        _check(size, unknown)
        related = min(size, max(LEAST_RELATED, size // PER_RELATED))
        sizes = {each.name: size if each.name == main else related for each in model.vocabulary.listed()}
        facts = None if only is None else _read(policies, only)
        return cls(tables, main, sizes, seed, as_of, unknown, compared(model, as_of), facts)

    # ---- what there is -----------------------------------------------------------------------------------

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables; with `only` also of those in which nothing is read, which others may refer to."""
        return tuple(name for name, table in self.layout.tables.items() if self._wanted_list(table))

    def columns(self, table: str) -> tuple[Column, ...]:
        """The columns of a table that are stated."""
        return tuple(each for each in self.layout.columns[table].values() if self._wanted(each))

    def pieces(self, table: str, rows: int = PIECE) -> Iterator[pl.DataFrame]:
        """The rows of a table, in pieces: of so many rows of the listed entity that they belong to."""
        size = self.sizes[self.layout.tables[table].top.name]
        for first in range(0, size, rows):
            yield self.frame(table, first, min(first + rows, size))

    def schema(self, table: str) -> pl.Schema:
        """The columns of a table and their types."""
        return self.frame(table, 0, 0).schema

    def frame(self, table: str, first: int, last: int) -> pl.DataFrame:
        """The rows of a table that belong to some rows of a listed entity.

        Args:
            first: the number of the first of these, from 0.
            last: the number after the last of these.
        """
        asked = self.layout.tables[table]
        base = self._base(asked, first, last)
        for place in asked.places():
            base = base.with_columns(self._exists(place).alias(_there(place)))
        return base.select(self._column(asked, each).alias(each.name) for each in self.columns(table))

    def _wanted(self, column: Column) -> bool:
        return self.facts is None or column.fact is None or column.fact in self.facts

    def _wanted_list(self, table: Table) -> bool:
        if self.facts is None or table.above is None:
            return True
        return table.list_fact in self.facts and self._wanted_list(table.above.table)

    # ---- the rows ----------------------------------------------------------------------------------------

    def _base(self, table: Table, first: int, last: int) -> pl.DataFrame:
        """The bits of each row, its id, and of what sort the subject is that it belongs to."""
        if table.above is None:
            rows = pl.DataFrame({_NUMBER: pl.int_range(first, last, dtype=pl.UInt64, eager=True)})
            bits = mixed(pl.col(_NUMBER), self._key(table.name))
            rows = rows.with_columns(bits.alias(_BITS), pl.format(f"{table.name}-{{}}", pl.col(_NUMBER) + 1).alias(ID))
            return _halved(rows).with_columns(self._sorts())
        above = table.above
        holders = self._base(above.table, first, last)
        length = self._length(table).alias("#length")
        if above.exists is not None:
            for place in (*reversed(list(_holders(above))), above):
                holders = holders.with_columns(self._exists(place).alias(_there(place)))
            length = pl.when(pl.col(_there(above))).then(self._length(table)).otherwise(None).alias("#length")
        rows = (
            holders.select(*_OWN, pl.col(ID).alias(HOLDER), length)
            .filter(pl.col("#length") > 0)
            .with_columns(pl.int_ranges(pl.col("#length"), dtype=pl.UInt64).alias(_NUMBER))
            .drop("#length")
            .explode(_NUMBER, empty_as_null=False)
        )
        way = table.name.removeprefix(above.table.name)
        id = pl.format(f"{{}}{way}-{{}}", pl.col(HOLDER), pl.col(_NUMBER) + 1)
        bits = mixed(pl.col(_BITS) ^ mixed(pl.col(_NUMBER), self._key(table.name)), self._key(table.name, "element"))
        return _halved(rows.with_columns(bits.alias(_BITS), id.alias(ID)))

    def _sorts(self) -> list[pl.Expr]:
        """Below which number a draw leaves a fact unknown, and from which one on what is asked is not kept."""
        sort = drawn(pl.col(_LOW), self._key("sort"))
        unknown = kept = pl.when(pl.lit(False)).then(pl.lit(0, dtype=pl.UInt32))
        most = max(more for _, _, more in _SORTS)
        for up_to, keeps, more in _SORTS:
            less = self.unknown * more if self.unknown * most <= 1 else self.unknown
            unknown = unknown.when(sort <= share(up_to)).then(pl.lit(share(less), dtype=pl.UInt32))
            kept = kept.when(sort <= share(up_to)).then(pl.lit(share(keeps), dtype=pl.UInt32))
        return [unknown.alias(_UNKNOWN), kept.alias(_KEPT)]

    def _key(self, *parts: object) -> int:
        return key(self.seed, *parts)

    def _drawn(self, table: Table, *parts: object, low: str = _LOW, high: str = _HIGH) -> pl.Expr:
        """A draw for each row, unlike any other of the table."""
        number = self._key(table.name, *parts)
        return drawn(pl.col(low if number >> 63 else high), number)

    # ---- what is there -----------------------------------------------------------------------------------

    def _known(self, table: Table, *parts: object) -> pl.Expr:
        """Whether something is known; with a share of 0 all is, and with 1 nothing."""
        if self.unknown in (0, 1):
            return pl.lit(self.unknown == 0)
        return self._drawn(table, *parts, "known") >= pl.col(_UNKNOWN)

    def _exists(self, place: Place) -> pl.Expr:
        """Whether what a place stands for is there; null where it is unknown. The places that hold it come first."""
        if place.holder is None or place.fact is None:
            return pl.lit(True)
        known = self._known(place.table, place.prefix)
        if not place.fact.optional:
            return pl.when(pl.col(_there(place.holder)) & known).then(pl.lit(True))
        there = self._drawn(place.table, place.prefix) >= share(_ABSENT)
        return pl.when(pl.col(_there(place.holder)) & known).then(there)

    def _list_known(self, table: Table) -> pl.Expr:
        assert table.above is not None
        return self._known(table.above.table, table.name)

    def _length(self, table: Table) -> pl.Expr:
        """How many elements a list has where its holder is there; null where that is unknown."""
        assert table.above is not None
        assert table.list_fact is not None
        asked = self.compared.lengths.get(table.list_fact, frozenset())
        found = lengths(asked, Random(self._key(table.name, "lengths")))  # noqa: S311 - nobody is to be kept from guessing
        length = pl.lit(found).gather(self._drawn(table.above.table, table.name, "length") // (ALL // CELLS))
        return pl.when(self._list_known(table)).then(length)

    # ---- columns -----------------------------------------------------------------------------------------

    def _column(self, table: Table, column: Column) -> pl.Expr:
        if column.name in (ID, HOLDER):
            return pl.col(column.name)
        place, there = self._places[table.name, column.name]
        found = self._stated(table, place, column)
        if place.holder is None or (column.says is Says.EXISTS and column.name == place.exists):
            return found
        return pl.when(there).then(found)

    @cached_property
    def _places(self) -> Mapping[tuple[str, str], tuple[Place, pl.Expr]]:
        """By table and column: the place that the column is about."""
        found: dict[tuple[str, str], tuple[Place, pl.Expr]] = {}
        for table in self.layout.tables.values():
            places = sorted(table.places(), key=lambda place: -len(place.prefix))
            for name in self.layout.columns[table.name]:
                place = next(each for each in places if name.startswith(each.prefix))
                found[table.name, name] = place, pl.col(_there(place))
        return found

    def _stated(self, table: Table, place: Place, column: Column) -> pl.Expr:
        """What a column says where its place is there."""
        match column.says:
            case Says.ID:
                return pl.format(f"{{}}.{place.prefix[:-1]}", pl.col(ID))
            case Says.EXISTS if column.name == place.exists:
                return pl.col(_there(place))
            case Says.EXISTS:
                return self._there_of(table, column.name)
            case Says.KNOWN:
                assert column.fact is not None
                return self._list_known(place.lists[column.fact.name])
            case Says.JUDGEMENT:
                return self._yes_no(table, column.name, True)
            case _:
                return self._value(table, column)

    def _there_of(self, table: Table, name: str) -> pl.Expr:
        """Whether an optional fact is there, by the name of the column that says so; it is said of all that are known."""
        there = self._drawn(table, name) >= share(_ABSENT)
        return pl.when(self._known(table, name)).then(there)

    def _value(self, table: Table, column: Column) -> pl.Expr:
        fact = column.fact
        assert fact is not None
        match fact.type:
            case v.YesNo() | v.Judgement():
                found = self._yes_no(table, column.name, self.compared.kept.get(fact))
            case v.Reference(entity):
                found = self._reference(table, column.name, entity)
            case v.Text() if fact.name == "name":
                found = pl.format(f"{self._owner(table, column)} {{}}", self._shown_number())
            case _:
                found = self._cell(table, column, fact)
        if fact.optional:
            return pl.when(self._there_of(table, f"{column.name}.exists")).then(found)
        return found if isinstance(fact.type, v.YesNo | v.Judgement) else self._if_known(table, column.name, found)

    def _if_known(self, table: Table, name: str, found: pl.Expr) -> pl.Expr:
        return pl.when(self._known(table, name)).then(found)

    def _owner(self, table: Table, column: Column) -> str:
        return self._places[table.name, column.name][0].entity.label.replace("{", "(").replace("}", ")")

    def _shown_number(self) -> pl.Expr:
        return pl.col(ID).str.extract(r"^[^-]*-(.*)$")

    def _cell(self, table: Table, column: Column, fact: v.Fact) -> pl.Expr:
        borders = self.compared.borders.get(fact, frozenset())
        chance = Random(self._key(table.name, column.name, "cells"))  # noqa: S311 - as above
        found = cells(fact.type, borders, self.as_of, chance)
        return pl.lit(found).gather(self._drawn(table, column.name) // (ALL // CELLS))

    def _yes_no(self, table: Table, name: str, kept: bool | None) -> pl.Expr:
        """Yes or no: where norms want one of them, as often as the subject keeps what is asked, else as a circumstance."""
        number = self._drawn(table, name)
        if kept is not None:
            found = (number <= pl.col(_KEPT)) == pl.lit(kept)
        else:
            found = number <= share(_CIRCUMSTANCES[self._key(table.name, name, "often") % len(_CIRCUMSTANCES)])
        return self._if_known(table, name, found)

    # ---- references --------------------------------------------------------------------------------------

    def _reference(self, table: Table, name: str, entity: v.Entity) -> pl.Expr:
        """The id of a row that exists; of the same table an earlier one, so that no chain is a circle."""
        targets = self.layout.places(entity)
        place = next((each for each in targets if each.table.above is None), None)
        if place is None:  # only in lists: whether an element is there is not told by the number of a row
            return pl.lit(None, dtype=pl.String)
        size = self.sizes[place.table.name]
        number = self._drawn(table, name)
        own = place.table is table
        row = below(number, pl.col(_NUMBER) if own else size)
        id = pl.format(f"{place.table.name}-{{}}", row + 1)
        if own:
            id = pl.when(pl.col(_NUMBER) > 0).then(id)
        if place.holder is None:
            return id
        return pl.when(self._at(place, row)).then(pl.format(f"{{}}.{place.prefix[:-1]}", id))

    def _at(self, place: Place, row: pl.Expr) -> pl.Expr:
        """Whether what a place stands for is there in another row."""
        low, high = halves(mixed(row, self._key(place.table.name)))
        rows = pl.struct(low.alias(_LOW), high.alias(_HIGH))
        del rows
        raise NotImplementedError


def _halved(rows: pl.DataFrame) -> pl.DataFrame:
    low, high = halves(pl.col(_BITS))
    return rows.with_columns(low.alias(_LOW), high.alias(_HIGH))


def _there(place: Place) -> str:
    return f"#there {place.prefix}"


def _holders(place: Place) -> Iterator[Place]:
    while place.holder is not None:
        place = place.holder
        yield place


def _main(tables: Layout, entity: str | None) -> str:
    listed = [table.name for table in tables.tables.values() if table.above is None]
    if entity is None:
        return max(listed, key=lambda name: len(tables.columns[name]))
    if entity not in listed:
        help = suggestion(entity, listed, "entities that are listed")
        raise RulesError([Diagnostic(Code.BAD_USAGE, f"there is no listed entity {entity}", help=help)])
    return entity


def _check(size: int, unknown: float) -> None:
    if not 0 <= size <= MOST:
        raise RulesError([Diagnostic(Code.BAD_USAGE, f"a table cannot have {size} rows", expected=f"0 to {MOST:,}")])
    if not 0 <= unknown <= 1:
        message = f"the share of unknown facts cannot be {unknown}"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, expected="0 to 1")])


def _read(policies: PolicySet, only: Collection[str]) -> frozenset[v.Fact]:
    """The facts that norms and decisions read."""
    decisions = policies.model.decisions
    read = (decisions[name] if name in decisions else policies.norm(name).model for name in only)
    return frozenset(fact for statement in read for fact in statement.facts)
