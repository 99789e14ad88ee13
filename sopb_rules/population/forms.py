"""Whether two programs compute the same of the same tables: told by the form of their nodes, without looking at any row.

What has the same form is the same computation over columns that are read alike, so that it comes to the same in each row. The
opposite does not hold: what is written otherwise may still mean the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import attrs

from sopb_rules.model import vocabulary as v
from sopb_rules.population.layout import Column, Layout, Place
from sopb_rules.population.outcomes import words
from sopb_rules.population.program import Join, Node, Outcomes, Program, Rows
from sopb_rules.population.wanted import wanted


class Forms:
    """Numbers for the forms of nodes, the same for all programs that it is asked about: equal numbers, equal forms."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._known: dict[int, tuple[Node, int]] = {}

    def of(self, program: Program, columns: Mapping[str, frozenset[str]] | None) -> dict[Outcomes, Hashable]:
        """The form of each outcome, with that of all columns on which it rests.

        Args:
            columns: by table, those that say something; None where all columns are read alike for all programs.
        """
        for node in program.nodes():
            self._number(node)
        return {each: self._outcome(program, each, columns) for each in program.outcomes}

    def _outcome(self, program: Program, outcome: Outcomes, columns: Mapping[str, frozenset[str]] | None) -> Hashable:
        truths = tuple((self._number(each.true), self._number(each.false)) for each in (outcome.there, *outcome.truths))
        told = frozenset() if columns is None else _read(program, outcome, columns)
        return (outcome.place.table.name, outcome.place.prefix, words(outcome), truths, told)

    def _number(self, node: Node) -> int:
        known = self._known.get(id(node))
        if known is not None:
            return known[1]
        fields = tuple(self._value(getattr(node, each.name)) for each in attrs.fields(type(node)))
        number = self._numbers.setdefault((type(node).__name__, fields), len(self._numbers))
        self._known[id(node)] = (node, number)  # which is kept, so that no other node gets its place in memory
        return number

    def _value(self, value: object) -> Hashable:
        match value:
            case Rows(table):
                return ("rows", table.name)
            case Join(left, key, right, on, loose):
                return ("join", *map(self._value, (left, key, right, on, loose)))
            case Place(table, _, prefix):
                return (table.name, prefix)
            case tuple():
                return tuple(map(self._value, value))
            case _ if isinstance(value, Node):
                return self._number(value)
            case _ if isinstance(value, v.FactType):
                return _type(value)
            case _:
                return (type(value).__name__, value)  # since True is 1


def _read(program: Program, outcome: Outcomes, columns: Mapping[str, frozenset[str]]) -> frozenset[Hashable]:
    """The columns on which an outcome rests, also those by which others are believed."""
    asked = attrs.evolve(program, outcomes=(outcome,)).columns()
    read = wanted(program.layout, columns, {name: needed for name, needed in asked.items() if name in columns}).read
    return frozenset(
        (table, _column(program.layout, program.layout.columns[table][name]))
        for table, names in read.items()
        for name in names & columns.get(table, frozenset())
    )


def alike(one: Layout, other: Layout) -> bool:
    """Whether two vocabularies have the same tables with the same columns, so that rows are read once for both."""
    return _tables(one) == _tables(other)


def _tables(layout: Layout) -> Hashable:
    named = frozenset(
        (table, _column(layout, each)) for table, columns in layout.columns.items() for each in columns.values()
    )
    return (tuple(layout.tables), named)


def _column(layout: Layout, column: Column) -> Hashable:
    """All that a cell of a column can say, and how it is read."""
    optional = column.fact is not None and column.fact.optional
    currency = layout.vocabulary.currency if isinstance(column.type, v.Money) else None
    return (column.name, column.says, _type(column.type), optional, currency)


def _type(type_: object) -> Hashable:
    match type_:
        case v.KindType(kind):
            return ("kind", kind.name, tuple(kind.values))
        case v.Reference(entity) | v.Contained(entity) | v.ListOf(entity):
            return (type(type_).__name__, entity.name)
        case v.Inverse(entity, by):
            return ("Inverse", entity.name, by)
        case _:
            return type(type_).__name__
