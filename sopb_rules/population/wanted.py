"""Which columns are read: those that are asked for, and those that tell whether they can be believed.

Whoever asks for a fact of a contained entity also needs what says that the entity is absent; whether it is there at all follows from
all that is stated of it, so all of that is read. References are held against the ids of the table that they lead to.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs

from sopb_rules.model.vocabulary import Reference
from sopb_rules.population.layout import HOLDER, ID, Column, Layout, Place, Says, Table

#: By table, the columns that are asked for; a table that is named with none counts by its rows alone.
Columns = Mapping[str, Collection[str]]


@attrs.frozen
class Wanted:
    """What is asked for and what is read for it.

    Args:
        given: by table, the columns that are handed on, in the order of the layout.
        read: by table, the columns that are read if they are there; a table that is missing is not read.
    """

    given: Mapping[str, tuple[str, ...]]
    read: Mapping[str, frozenset[str]]


def wanted(layout: Layout, sources: Collection[str], columns: Columns | None) -> Wanted:
    """What to read.

    Args:
        sources: the names of the tables that there are.
        columns: what is asked for; None for everything.
    """
    closure = _Closure(layout, sources)
    for name, table in layout.tables.items():
        if table.top.name in sources and (columns is None or name in columns):
            asked = layout.columns[name] if columns is None else columns[name]
            closure.ask(table, [each for each in layout.columns[name] if each in asked])
    order = [name for name in layout.tables if name in closure.read]
    given = {name: tuple(each for each in layout.columns[name] if each in closure.asked[name]) for name in order}
    return Wanted(given, {name: frozenset(closure.read[name]) for name in order})


class _Closure:
    def __init__(self, layout: Layout, sources: Collection[str]) -> None:
        self.layout = layout
        self.sources = sources
        self.asked: dict[str, set[str]] = {}
        self.read: dict[str, set[str]] = {}

    def ask(self, table: Table, columns: Collection[str]) -> None:
        """Columns that are handed on."""
        self._open(table)
        if table.above is not None and table.list_fact is not None:  # whether a list is known goes with its rows
            exists = [place.column("exists") for place in table.above.outward()]
            self.ask(table.above.table, [table.above.column(f"{table.list_fact.name}.known"), *exists])
        self.asked[table.name].update(columns)
        for name in columns:
            self._read(table, name)
        for place in table.places():
            if place.exists in self.asked[table.name]:
                self._below(place)

    def _open(self, table: Table) -> None:
        """Read a table at all: its ids, and whether the lists with its rows are known."""
        if table.name in self.read:
            return
        self.asked[table.name], self.read[table.name] = set(), {ID} if table.above is None else {ID, HOLDER}
        if table.above is not None and table.list_fact is not None:
            self._open(table.above.table)
            self._read(table.above.table, table.above.column(f"{table.list_fact.name}.known"))

    def _read(self, table: Table, name: str) -> None:
        known = self.layout.columns[table.name]
        if name in self.read[table.name]:
            return
        self.read[table.name].add(name)
        column = known[name]
        for companion in (f"{name}.exists", name.removesuffix(".exists")):
            if companion in known:
                self._read(table, companion)
        place = place_of(table, name)
        if place.exists is not None:
            self._read(table, place.exists)
        if column.says is Says.KNOWN and column.fact is not None:
            elements = place.lists[column.fact.name]
            if elements.name in self.sources:  # then whoever is there knows its list, and has one row or more
                self._open(elements)
                if place.exists is not None:
                    self._below(place)
        if place.holder is not None and place.holder.exists is not None:
            self._read(table, place.holder.exists)
        for target in targets(self.layout, column):
            if target.table.top.name in self.sources:
                self._open(target.table)
                self._read(target.table, target.column(ID))

    def _below(self, place: Place) -> None:
        for name in self.layout.columns[place.table.name]:
            if name.startswith(place.prefix):
                self._read(place.table, name)


def targets(layout: Layout, column: Column) -> tuple[Place, ...]:
    """The places whose ids a column names, for a reference."""
    return layout.places(column.type.entity) if isinstance(column.type, Reference) else ()


def place_of(table: Table, name: str) -> Place:
    """The place that a column is about."""
    return max((each for each in table.places() if name.startswith(each.prefix)), key=lambda each: len(each.prefix))
