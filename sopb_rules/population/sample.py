"""Populations that are made up: tables with rows that are valid and plausible, the same for a seed wherever they are made.

What a condition asks for is drawn often enough that verdicts of all sorts occur: values lie around the borders of comparisons
(`compared`, `likely`), and subjects differ in how much they keep and in how much is known of them, so that also what needs many facts
together is met by some. Each row follows from its number alone (`chance`).
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import attrs
import polars as pl

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.population.compared import compared
from sopb_rules.population.drawing import Drawing, way
from sopb_rules.population.layout import HOLDER, ID, Column, Layout, Says, Table, layout
from sopb_rules.population.nested import nested

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet

#: How many rows of the main table share one of any other listed entity, and how many of these there are at least.
PER_RELATED, LEAST_RELATED = 300, 100
#: How many rows are drawn at a time: what a processor keeps at hand.
PIECE = 131_072
#: The most rows of a table.
MOST = 10**9


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
        facts: the facts that are stated, and the keys of judgements in place of open parameters; None for all.
    """

    main: str
    drawing: Drawing
    facts: frozenset[v.Fact | str] | None = attrs.field(repr=False)

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
        return cls(main, Drawing(tables, sizes, seed, as_of, unknown, compared(model, as_of)), facts)

    # ---- what there is -----------------------------------------------------------------------------------

    @property
    def layout(self) -> Layout:
        """The tables that the vocabulary has."""
        return self.drawing.layout

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables; with `only` also of those in which nothing is read, which others may refer to."""
        return tuple(name for name, table in self.layout.tables.items() if self._wanted_list(table))

    def columns(self, table: str) -> tuple[Column, ...]:
        """The columns of a table that are stated."""
        return tuple(each for each in self.layout.columns[table].values() if self._wanted(table, each))

    def pieces(self, table: str, rows: int = PIECE) -> Iterator[pl.DataFrame]:
        """The rows of a table, in pieces: of so many rows of the listed entity that they belong to."""
        size = self.drawing.sizes[self.layout.tables[table].top.name]
        for first in range(0, max(size, 1), rows):  # no rows are a piece, too
            yield self.frame(table, first, min(first + rows, size))

    def nested_pieces(self, table: str, rows: int = PIECE) -> Iterator[pl.DataFrame]:
        """The same with the rows of lists inside."""
        below = [name for name in self.tables if name == table or name.startswith(f"{table}.")]
        size = self.drawing.sizes[self.layout.tables[table].top.name]
        for first in range(0, max(size, 1), rows):
            last = min(first + rows, size)
            yield nested(self.layout, table, {name: self.frame(name, first, last) for name in below})

    def piece_count(self, table: str, rows: int = PIECE) -> int:
        """How many pieces there are."""
        return max(1, -(-self.drawing.sizes[self.layout.tables[table].top.name] // rows))

    def schema(self, table: str) -> pl.Schema:
        """The columns of a table and their types."""
        return self.frame(table, 0, 0).schema

    def nested_schema(self, table: str) -> pl.Schema:
        """The columns of a table with its lists inside, and their types."""
        below = [name for name in self.tables if name == table or name.startswith(f"{table}.")]
        return nested(self.layout, table, {name: self.frame(name, 0, 0) for name in below}).schema

    def frame(self, table: str, first: int, last: int) -> pl.DataFrame:
        """The rows of a table that belong to some rows of a listed entity.

        Args:
            first: the number of the first of these, from 0.
            last: the number after the last of these.
        """
        asked = self.layout.tables[table]
        base = self.drawing.base(asked, first, last)
        there, columns = self._expressions(table)
        for each in there:  # what holds another place comes first
            base = base.with_columns(each)
        return base.select(columns)

    def _expressions(self, table: str) -> tuple[list[pl.Expr], list[pl.Expr]]:
        """What says which places of a table are there, and its columns."""
        if table not in self._kept:
            asked, wanted = self.layout.tables[table], self.columns(table)
            columns = [self.drawing.column(asked, each) for each in wanted]
            places = {self.drawing.places[table, each.name] for each in wanted}
            held = {place for each in places for place in way(each)}
            self._kept[table] = [self.drawing.there(each) for each in asked.places() if each in held], columns
        return self._kept[table]

    @cached_property
    def _kept(self) -> dict[str, tuple[list[pl.Expr], list[pl.Expr]]]:
        return {}

    def _wanted(self, table: str, column: Column) -> bool:
        if self.facts is None or column.name in (ID, HOLDER):
            return True
        place = self.drawing.places[table, column.name]
        if not all(each.fact in self.facts for each in way(place) if each.prefix):
            return False
        if column.says is Says.JUDGEMENT:
            return column.name.removeprefix(place.judgement("")) in self.facts
        return column.fact is None or column.fact in self.facts

    def _wanted_list(self, table: Table) -> bool:
        if self.facts is None or table.above is None:
            return True
        return table.list_fact in self.facts and self._wanted_list(table.above.table)


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


def _read(policies: PolicySet, only: Collection[str]) -> frozenset[v.Fact | str]:
    """The facts that norms and decisions read, those that hold their subjects, and the keys of judgements that they ask for."""
    found: set[v.Fact | str] = set()
    for name in only:
        statement = policies.model.decisions.get(name) or policies.norm(name).model
        found.update(statement.facts)
        found.update(fact.type.reference for fact in statement.facts if isinstance(fact.type, v.Inverse))
        reached = (fact.type.entity for fact in statement.facts if isinstance(fact.type, v.Reference))
        for entity in (statement.entity, *reached):
            found.update(_holding(entity))
        nodes = (node for part in statement.parts for node in e.walk(part))
        found.update(node.key for node in nodes if isinstance(node, e.Judged))
    return frozenset(found)


def _holding(entity: v.Entity) -> Iterator[v.Fact]:
    """The facts that hold records of an entity, and whoever holds these."""
    for holder, fact in entity.holders:
        yield fact
        yield from _holding(holder)
