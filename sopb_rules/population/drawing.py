"""What is drawn for the rows of populations that are made up: the bits of each row, and for each column the expression that
makes its values of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from random import Random

import attrs
import polars as pl

from sopb_rules.model import vocabulary as v
from sopb_rules.population.chance import ALL, below, drawn, halves, key, mixed, share
from sopb_rules.population.compared import Compared
from sopb_rules.population.layout import HOLDER, ID, Column, Layout, Place, Says, Table
from sopb_rules.population.likely import CELLS, cells, lengths

#: In how many cases something optional is absent.
_ABSENT = 0.2
#: How often subjects are of a sort, up to which share; how much they keep of what is asked; and how much more is unknown of them.
_SORTS = ((0.35, 0.97, 0.4), (0.75, 0.8, 1.0), (1.0, 0.35, 2.05))
#: How often a circumstance is there: each has one of these.
_CIRCUMSTANCES = (0.3, 0.5, 0.7)

#: One in how many rows is named by few others only, and by about how many.
_FEW, _NAMED_BY = 5, 2

_BITS, _LOW, _HIGH, _NUMBER, _UNKNOWN, _KEPT = "#bits", "#low", "#high", "#number", "#unknown", "#kept"
_OWN = (_BITS, _LOW, _HIGH, _UNKNOWN, _KEPT)


@attrs.frozen
class Bits:
    """What is drawn from: 64 bits of a row in two halves, and below which number a draw leaves a fact of it unknown."""

    low: pl.Expr
    high: pl.Expr
    unknown: pl.Expr


_ROW = Bits(pl.col(_LOW), pl.col(_HIGH), pl.col(_UNKNOWN))


@attrs.frozen(slots=False)
class Drawing:
    """What populations are drawn from.

    Args:
        sizes: by listed entity, how many rows its table has.
        unknown: how many of the facts are unknown, from 0 to 1.
    """

    layout: Layout
    sizes: Mapping[str, int]
    seed: int
    as_of: datetime.date
    unknown: float
    compared: Compared = attrs.field(repr=False)

    # ---- the rows ----------------------------------------------------------------------------------------

    def base(self, table: Table, first: int, last: int) -> pl.DataFrame:
        """The bits of each row, its id, and of what sort the subject is that it belongs to."""
        if table.above is None:
            rows = pl.DataFrame({_NUMBER: pl.int_range(first, last, dtype=pl.UInt64, eager=True)})
            bits = mixed(pl.col(_NUMBER), self._key(table.name))
            rows = rows.with_columns(bits.alias(_BITS), pl.format(f"{table.name}-{{}}", pl.col(_NUMBER) + 1).alias(ID))
            return _halved(rows).with_columns(self._sorts(pl.col(_LOW)))
        above = table.above
        holders = self.base(above.table, first, last)
        for place in way(above):
            holders = holders.with_columns(self.there(place))
        length = pl.when(pl.col(_there(above))).then(self._length(table)).alias("#length")
        rows = (
            holders.select(*_OWN, pl.col(ID).alias(HOLDER), length)
            .filter(pl.col("#length") > 0)
            .with_columns(pl.int_ranges(pl.col("#length"), dtype=pl.UInt64).alias(_NUMBER))
            .drop("#length")
            .explode(_NUMBER, empty_as_null=False)
        )
        step = table.name.removeprefix(above.table.name)  # with a dot before it
        id = pl.format(f"{{}}{step}-{{}}", pl.col(HOLDER), pl.col(_NUMBER) + 1)
        bits = mixed(pl.col(_BITS) ^ mixed(pl.col(_NUMBER), self._key(table.name)), self._key(table.name, "element"))
        return _halved(rows.with_columns(bits.alias(_BITS), id.alias(ID)))

    def _sorts(self, low: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
        """Below which number a draw leaves a fact unknown, and up to which one what is asked is kept."""
        sort = drawn(low, self._key("sort"))
        most = max(more for _, _, more in _SORTS)
        unknown = kept = pl.lit(0, dtype=pl.UInt32)
        for up_to, keeps, more in reversed(_SORTS):
            less = self.unknown * (more if self.unknown * most <= 1 else 1)
            unknown = pl.when(sort <= share(up_to)).then(pl.lit(share(less), dtype=pl.UInt32)).otherwise(unknown)
            kept = pl.when(sort <= share(up_to)).then(pl.lit(share(keeps), dtype=pl.UInt32)).otherwise(kept)
        return unknown.alias(_UNKNOWN), kept.alias(_KEPT)

    def _key(self, *parts: object) -> int:
        return key(self.seed, *parts)

    def _drawn(self, table: Table, *parts: object, bits: Bits = _ROW) -> pl.Expr:
        """A draw for each row, unlike any other of the table."""
        number = self._key(table.name, *parts)
        return drawn(bits.low if number >> 63 else bits.high, number)

    # ---- what is there -----------------------------------------------------------------------------------

    def _known(self, table: Table, *parts: object, bits: Bits = _ROW) -> pl.Expr:
        """Whether something is known; with a share of 0 all is, and with 1 nothing."""
        if self.unknown in (0, 1):
            return pl.lit(self.unknown == 0)
        return self._drawn(table, *parts, "known", bits=bits) >= bits.unknown

    def _exists(self, place: Place, bits: Bits = _ROW) -> pl.Expr:
        """Whether what a place stands for is there; null where it is unknown.

        Args:
            bits: those of another row; in the row itself it is worked out first for the place that holds it.
        """
        if place.holder is None or place.fact is None:
            return pl.lit(True)
        held = pl.col(_there(place.holder)) if bits is _ROW else self._exists(place.holder, bits)
        known = self._known(place.table, place.prefix, bits=bits)
        there = pl.lit(True)
        if place.fact.optional:
            there = self._drawn(place.table, place.prefix, bits=bits) >= share(_ABSENT)
        return pl.when(held & known).then(there)

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

    def there(self, place: Place) -> pl.Expr:
        """What `column` needs in the rows of a table: whether what a place stands for is there; its holder's comes before."""
        return self._exists(place).alias(_there(place))

    def column(self, table: Table, column: Column) -> pl.Expr:
        """The values of a column."""
        if column.name in (ID, HOLDER):
            return pl.col(column.name)
        place = self.places[table.name, column.name]
        found = self._stated(table, place, column)
        if place.prefix and column.name != place.exists:
            found = pl.when(pl.col(_there(place))).then(found)
        return found.alias(column.name)

    @cached_property
    def places(self) -> Mapping[tuple[str, str], Place]:
        """By table and column: the place that the column is about."""
        found: dict[tuple[str, str], Place] = {}
        for table in self.layout.tables.values():
            places = sorted(table.places(), key=lambda place: -len(place.prefix))
            for name in self.layout.columns[table.name]:
                found[table.name, name] = next(each for each in places if name.startswith(each.prefix))
        return found

    def _stated(self, table: Table, place: Place, column: Column) -> pl.Expr:
        """What a column says where its place is there."""
        match column.says:
            case Says.ID:
                return pl.format(f"{{}}.{place.prefix[:-1]}", pl.col(ID))
            case Says.EXISTS if column.name == place.exists:
                return pl.col(_there(place))
            case Says.EXISTS:
                assert column.fact is not None
                return self._there_of(table, column.name, column.fact)
            case Says.KNOWN:
                assert column.fact is not None
                return self._list_known(place.lists[column.fact.name])
            case Says.JUDGEMENT:
                return pl.when(self._known(table, column.name)).then(self._yes_no(table, column.name, True))
            case _:
                return self._value(table, column)

    def _there_of(self, table: Table, name: str, fact: v.Fact) -> pl.Expr:
        """Whether an optional fact is there; null where it is unknown, and so its value.

        Args:
            name: of the column that says it.
        """
        there = self._drawn(table, name) >= share(_ABSENT)
        if isinstance(fact.type, v.Reference) and self._own(table, fact.type.entity):
            there = there & (pl.col(_NUMBER) > 0)  # nobody comes before the first
        return pl.when(self._fact_known(table, name, fact)).then(there)

    def _fact_known(self, table: Table, name: str, fact: v.Fact) -> pl.Expr:
        """Whether a fact is known; a reference by which others find all that name them is, or they would never know all."""
        looked_back = fact in self._looked_back and self.unknown < 1
        return pl.lit(True) if looked_back else self._known(table, name)

    @cached_property
    def _looked_back(self) -> frozenset[v.Fact]:
        """The references that are read from the other side."""
        facts = (fact for entity in self.layout.vocabulary.entities.values() for fact in entity.facts.values())
        return frozenset(fact.type.reference for fact in facts if isinstance(fact.type, v.Inverse))

    def _value(self, table: Table, column: Column) -> pl.Expr:
        fact = column.fact
        assert fact is not None
        match fact.type:
            case v.YesNo() | v.Judgement():
                found = self._yes_no(table, column.name, self.compared.kept.get(fact))
            case v.Reference(entity):
                found = self._reference(table, column.name, entity)
            case v.Text() if fact.name == "name":
                found = self._name(table, self.places[table.name, column.name])
            case _:
                found = self._cell(table, column, fact)
        if fact.optional:
            return pl.when(self._there_of(table, f"{column.name}.exists", fact)).then(found)
        return pl.when(self._fact_known(table, column.name, fact)).then(found)

    def _name(self, table: Table, place: Place) -> pl.Expr:
        """A name that says what it is and of which row."""
        label = place.entity.label[:1].upper() + place.entity.label[1:]
        number = pl.col(_NUMBER) + 1 if table.above is None else pl.col(ID).str.strip_prefix(f"{table.top.name}-")
        return pl.concat_str(pl.lit(f"{label} "), number)

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
        return found

    # ---- references --------------------------------------------------------------------------------------

    def _reference(self, table: Table, name: str, entity: v.Entity) -> pl.Expr:
        """The id of a record that is there; of the same table one in an earlier row, so that no chain is a circle.

        Records of which the number of a row does not tell whether they are there, elements of lists, are not referred to.
        """
        place = self._target(entity)
        if place is None:
            return pl.lit(None, dtype=pl.String)
        own = place.table is table
        row = self._named(table, name, place.table)
        id = pl.format(f"{place.table.name}-{{}}{place.prefix and '.'}{place.prefix[:-1]}", row + 1)
        if place.holder is not None:
            low, high = halves(mixed(row, self._key(place.table.name)))
            id = pl.when(self._exists(place, Bits(low, high, self._sorts(low)[0]))).then(id)
        return pl.when(pl.col(_NUMBER) > 0).then(id) if own else id

    def _target(self, entity: v.Entity) -> Place | None:
        """Where the records stand that references to an entity name."""
        return next((each for each in self.layout.places(entity) if each.table.above is None), None)

    def _own(self, table: Table, entity: v.Entity) -> bool:
        """Whether references to an entity name rows of the table in which they stand."""
        place = self._target(entity)
        return place is not None and place.table is table

    def _named(self, table: Table, name: str, target: Table) -> pl.Expr:
        """The number of the row that a reference names: a fifth of the rows are named by few, so that some lists are short."""
        size = self.sizes[target.name]
        rows = pl.col(_NUMBER) if target is table else pl.lit(size, dtype=pl.UInt64)
        few, number = rows // _FEW, self._drawn(table, name)
        often = min(1.0, _NAMED_BY * (size // _FEW) / max(1, self.sizes[table.top.name]))
        rarely = (self._drawn(table, name, "few") < share(often)) & (few > 0)
        return pl.when(rarely).then(rows - 1 - below(number, few)).otherwise(below(number, rows - few))


def _halved(rows: pl.DataFrame) -> pl.DataFrame:
    low, high = halves(pl.col(_BITS))
    return rows.with_columns(low.alias(_LOW), high.alias(_HIGH))


def _there(place: Place) -> str:
    return f"#there {place.prefix}"


def way(place: Place) -> tuple[Place, ...]:
    """A place, and before it all that hold it in its row, from the row on."""
    return (place,) if place.holder is None else (*way(place.holder), place)
