"""How a vocabulary is laid out in tables: which table holds whom, and which columns say what of them.

Each listed entity has a table named by it, with its id in the column `id`. Each list has a table named by the way to it
(``organization.changes``), with the column `holder` for the id of the row that holds the list. An entity that is contained
in another is part of the row of its holder, and its facts are dotted columns (``party_organization.form``), with its id
among them where references may name it.

Null is unknown. That something is not there is said: the column ``party_organization.exists`` is false. The column
``changes.known`` says whether a list is known, which is then complete.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from functools import cached_property

import attrs

from sopb_rules.model.vocabulary import (
    Contained,
    Entity,
    Fact,
    FactType,
    Inverse,
    Judgement,
    ListOf,
    Reference,
    Text,
    Vocabulary,
    YesNo,
)

ID, HOLDER = "id", "holder"


class Says(enum.Enum):
    """What a column says."""

    ID = "the id"
    HOLDER = "the id of the holder"
    VALUE = "the value of a fact"
    EXISTS = "whether it is there"
    KNOWN = "whether the list is known"
    JUDGEMENT = "a judgement in place of an open parameter"


@attrs.frozen
class Column:
    """A column of a table.

    Args:
        name: the dotted name, as it stands in the table.
        type: what its values are: yes/no for what says whether something is there, text for ids.
        fact: the fact that it is about; None for ids and judgements in place of open parameters.
    """

    name: str
    says: Says
    type: FactType
    fact: Fact | None = None


@attrs.frozen(eq=False)
class Place:
    """Where records of an entity stand: a table, and the prefix of their columns in it.

    Args:
        prefix: "" for the rows of the table themselves, else the way from them with a dot at its end.
        holder: the place that contains it in the same table; None for the rows themselves.
        fact: the fact of the holder that contains it, also for the rows of a list; None for a listed entity.
    """

    table: Table = attrs.field(repr=False)
    entity: Entity
    prefix: str
    holder: Place | None = attrs.field(repr=False)
    fact: Fact | None
    inner: dict[str, Place] = attrs.field(factory=dict, repr=False)
    lists: dict[str, Table] = attrs.field(factory=dict, repr=False)

    def column(self, name: str) -> str:
        """The name of a column about it: of a fact, with what it says added, or of a judgement."""
        return self.prefix + name

    @property
    def exists(self) -> str | None:
        """The column that says whether it is there; None for the rows of a table, which are."""
        return f"{self.prefix}exists" if self.prefix else None

    def judgement(self, key: str) -> str:
        """The column of a judgement in place of an open parameter."""
        return f"{self.prefix}judgements.{key}"

    def outward(self) -> Iterator[Place]:
        """It, and all that contain it in the same table, from inside to outside, without the rows themselves."""
        place: Place | None = self
        while place is not None and place.exists is not None:
            yield place
            place = place.holder

    def walk(self) -> Iterator[Place]:
        """It, and all that it contains in the same table."""
        yield self
        for place in self.inner.values():
            yield from place.walk()


@attrs.frozen(eq=False)
class Table:
    """A table of the layout.

    Args:
        name: the name of the listed entity, or the way to the list from one.
        above: the place whose records hold the list; None for a listed entity.
    """

    name: str
    entity: Entity
    above: Place | None = attrs.field(repr=False)
    rows: Place = attrs.field(init=False, repr=False)

    @property
    def parent(self) -> Table | None:
        """The table with the rows that `holder` names."""
        return None if self.above is None else self.above.table

    @property
    def top(self) -> Table:
        """The table of the listed entity in which it hangs in the end."""
        return self if self.parent is None else self.parent.top

    @property
    def list_fact(self) -> Fact | None:
        """The fact whose list it holds."""
        return self.rows.fact

    def places(self) -> Iterator[Place]:
        """The rows, and all that they contain."""
        return self.rows.walk()

    @property
    def known(self) -> str:
        """Of a list, the column of the table above that says whether it is known."""
        assert self.above is not None
        assert self.list_fact is not None
        return self.above.column(f"{self.list_fact.name}.known")

    def whether_known(self) -> Iterator[str]:
        """Of a list, the columns of the table above that say whether it is known, and whether its holder is there at all."""
        assert self.above is not None
        yield self.known
        for place in self.above.outward():
            yield place.column("exists")


@attrs.frozen(eq=False, slots=False)
class Layout:
    """The tables of a vocabulary.

    Args:
        tables: by name; the table of a list comes after the one that holds it.
        judgement_keys: by entity, the keys of judgements in place of open parameters.
    """

    vocabulary: Vocabulary
    tables: Mapping[str, Table]
    judgement_keys: Mapping[str, Mapping[str, str]]

    def places(self, entity: Entity) -> tuple[Place, ...]:
        """All places of an entity, in the order of `policy_set.subjects`."""
        return self._by_entity.get(entity.name, ())

    @cached_property
    def _by_entity(self) -> Mapping[str, tuple[Place, ...]]:
        found: dict[str, list[Place]] = {}
        for table in self.tables.values():
            for place in table.places():
                found.setdefault(place.entity.name, []).append(place)
        return {name: tuple(places) for name, places in found.items()}

    @cached_property
    def named(self) -> frozenset[str]:
        """The entities that references name, of which also what is contained in a row has an id."""
        facts = (fact for entity in self.vocabulary.entities.values() for fact in entity.facts.values())
        return frozenset(fact.type.entity.name for fact in facts if isinstance(fact.type, Reference))

    @cached_property
    def columns(self) -> Mapping[str, Mapping[str, Column]]:
        """The columns that each table may have, by the name of the table and their own."""
        return {table.name: {column.name: column for column in self._columns(table)} for table in self.tables.values()}

    def _columns(self, table: Table) -> Iterator[Column]:
        yield Column(ID, Says.ID, Text())
        if table.above is not None:
            yield Column(HOLDER, Says.HOLDER, Text())
        for place in table.places():
            if place.exists is not None:
                yield Column(place.exists, Says.EXISTS, YesNo(), place.fact)
                if place.entity.name in self.named:
                    yield Column(place.column(ID), Says.ID, Text())
            for fact in place.entity.facts.values():
                yield from self._columns_of(place, fact)
            for key in self.judgement_keys.get(place.entity.name, ()):
                yield Column(place.judgement(key), Says.JUDGEMENT, YesNo())

    def _columns_of(self, place: Place, fact: Fact) -> Iterator[Column]:
        match fact.type:
            case Contained() | Inverse():
                return
            case ListOf():
                yield Column(place.column(f"{fact.name}.known"), Says.KNOWN, YesNo(), fact)
            case Judgement():
                yield Column(place.column(fact.name), Says.VALUE, YesNo(), fact)
            case _:
                yield Column(place.column(fact.name), Says.VALUE, fact.type, fact)
                if fact.optional:
                    yield Column(place.column(f"{fact.name}.exists"), Says.EXISTS, YesNo(), fact)


def layout(vocabulary: Vocabulary, judgement_keys: Mapping[str, Mapping[str, str]]) -> Layout:
    """The tables of a vocabulary."""
    tables: dict[str, Table] = {}
    for entity in vocabulary.listed():
        _add(tables, entity.name, entity, None, None)
    return Layout(vocabulary, tables, judgement_keys)


def _add(tables: dict[str, Table], name: str, entity: Entity, above: Place | None, fact: Fact | None) -> Table:
    table = Table(name, entity, above)
    tables[name] = table
    object.__setattr__(table, "rows", _place(tables, table, entity, "", None, fact))
    return table


def _place(
    tables: dict[str, Table], table: Table, entity: Entity, prefix: str, holder: Place | None, fact: Fact | None
) -> Place:
    place = Place(table, entity, prefix, holder, fact)
    for each in entity.facts.values():
        match each.type:
            case Contained(contained):
                place.inner[each.name] = _place(tables, table, contained, f"{prefix}{each.name}.", place, each)
            case ListOf(element):
                name = f"{table.name}.{prefix}{each.name}"
                place.lists[each.name] = _add(tables, name, element, place, each)
            case _:
                pass
    return place
