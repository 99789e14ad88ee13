"""Terms of a wanted type at a place: facts, constants, parameters, sums, shares, counts of lists, dates and periods."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from sopb_rules.model import vocabulary as v
from sopb_rules.model.expressions import Variable
from sopb_rules.model.scope import Scope
from sopb_rules.syntax import tree as t
from sopb_rules.testing import nodes
from sopb_rules.testing.drawing import Choices
from sopb_rules.testing.nodes import NOWHERE, Names
from sopb_rules.testing.some_vocabulary import CURRENCY

if TYPE_CHECKING:
    from sopb_rules.model.norms import Parameter

#: Paths that exist, as they are written.
Known = frozenset[Names]

#: Days on which something about the calendar changes, the ordinary ones first.
DAYS = tuple(
    map(
        datetime.date.fromisoformat,
        (
            "2026-11-01", "2024-01-31", "2024-02-29", "2023-02-28", "2024-03-31", "2023-12-31", "2000-02-29", "1900-02-28",
            "2024-04-30", "2025-01-01", "0001-01-01", "9999-12-31", "0001-03-31", "9999-10-31",
        ),
    )
)  # fmt: skip
NUMBERS = ("1", "3", "0", "2", "2.5", "0.5", "10", "0.000000000000000000000000000001", "123456789012345678901234567890")
PERCENTS = ("40%", "0%", "100%", "33.3%", "12.3456789012345678901234567891%", "250%")
AMOUNTS = ("500", "0", "499.99", "1", "123456789012345678901234567890.000000000000000000000000000001")
PERIODS_IN_DAYS = ("30 days", "0 days", "1 day", "365 days", "999999999 days")
PERIODS_IN_MONTHS = ("6 months", "1 month", "0 months", "1 year", "2 years", "12 months", "99999 years")
TEXTS = ("red", "blue", "", "three (3), “four” # |")
_VARIABLES = ("each", "x", "some_element", "y", "count_of")


def type_key(type_: v.FactType) -> str:
    """What a thing can be compared with: all things of the same key."""
    match type_:
        case v.YesNo() | v.Judgement():
            return "truth"
        case v.Count() | v.Number():
            return "number"
        case v.KindType(kind):
            return f"kind {kind.name}"
        case v.Contained(entity) | v.Reference(entity):
            return f"entity {entity.name}"
        case v.ListOf() | v.Inverse():
            return "list"
        case _:
            return type(type_).__name__.lower()


@attrs.frozen
class Way:
    """A path that can be written at a place.

    Args:
        optional: whether what it leads to may be absent.
        guards: the parts of it that may be absent.
    """

    names: Names
    type: v.FactType
    optional: bool = False
    guards: tuple[Names, ...] = ()

    @property
    def to_read(self) -> tuple[Names, ...]:
        """All that must exist where its value is read."""
        return (*self.guards, self.names) if self.optional else self.guards

    @property
    def entity(self) -> v.Entity:
        """The entity that it leads to, or the one in the list that it leads to."""
        assert isinstance(self.type, v.Contained | v.Reference | v.ListOf | v.Inverse)
        return self.type.entity


@attrs.frozen(slots=False)
class Place:
    """A place for a condition: what it is about, and the elements of the lists around it."""

    scope: Scope

    @classmethod
    def about(cls, entity: v.Entity) -> Place:
        """The place of a statement about an entity."""
        return cls(Scope(Variable(entity.name, entity), ""))

    def inside(self, variable: str, entity: v.Entity) -> Place:
        """The place of a list's condition."""
        return Place(self.scope.inside(Variable(variable, entity)))

    @property
    def subject(self) -> v.Entity:
        """The entity that the statement is about."""
        return self.scope.subject.entity

    @property
    def in_list(self) -> bool:
        """Whether a list is around it."""
        return bool(self.scope.variables)

    @cached_property
    def roots(self) -> dict[str, v.Entity]:
        """The entities that can be named. A fact of the subject comes before an entity of the same name."""
        found = {name: steps[-1].entity if steps else root.entity for name, (root, steps) in self.scope.roots().items()}  # type: ignore[union-attr]
        facts = self.subject.facts
        return {name: entity for name, entity in found.items() if name in self.scope.variables or name not in facts}

    @cached_property
    def ways(self) -> dict[str, list[Way]]:
        """All paths that can be written, by the key of their type; those to elements of lists come first."""
        found: dict[str, list[Way]] = {}
        roots = sorted(self.roots, key=lambda name: name not in self.scope.variables)
        facts = list(_facts((), self.subject, (), 2))
        for name in roots:
            way = Way((name,), v.Contained(self.roots[name]))
            facts[: 0 if name in self.scope.variables else len(facts)] = [
                way,
                *_facts((name,), self.roots[name], (), 1),
            ]
        for way in facts:
            found.setdefault(type_key(way.type), []).append(way)
            if way.optional:
                found.setdefault("optional", []).append(way)
        return found


def _facts(names: Names, entity: v.Entity, guards: tuple[Names, ...], depth: int) -> Iterator[Way]:
    for fact in entity.facts.values():
        way = Way((*names, fact.name), fact.type, fact.optional, guards)
        yield way
        if depth and isinstance(fact.type, v.Contained | v.Reference):
            yield from _facts(way.names, fact.type.entity, way.to_read, depth - 1)


@attrs.define
class Atom:
    """A single condition while it is written.

    Args:
        needed: what must exist for it to be read.
    """

    place: Place
    known: Known
    depth: int
    needed: list[Names] = attrs.field(factory=list)

    def read(self, way: Way) -> t.Path:
        """The path to a value that is read."""
        self.needed += way.to_read
        return nodes.path(way.names)


class Terms:
    """Writes terms.

    Args:
        body: writes the condition on the elements of a list.

    Attributes:
        may_judge: whether a comparison with an open parameter may stand at the place.
        judged: whether one was written.
    """

    def __init__(
        self, choices: Choices, parameters: tuple[Parameter, ...], body: Callable[[Place, Known, int], t.Expression]
    ) -> None:
        self.choices = choices
        self.parameters = parameters
        self.body = body
        self.may_judge = False
        self.judged = False

    def keys(self, place: Place) -> list[str]:
        """The types of the terms that can be compared at a place."""
        numeric = ("number", "date", "percent", "money", "days", "months")
        return [key for key in numeric if key in place.ways or self.usable(key, place)] or ["date"]

    def term(self, key: str, atom: Atom) -> t.Term:
        """A term of a type."""
        if key == "date":
            return self._date(atom)
        first = self.simple(key, atom)
        if not self.choices.chance(4) or key not in ("number", "percent", "money", "days", "months"):
            return first
        return self._sum(first, [self.simple(key, atom) for _ in range(self.choices.between(1, 2))])

    def simple(self, key: str, atom: Atom) -> t.Term:
        """A term that is no sum."""
        ways = atom.place.ways.get(key, ())
        lists = atom.place.ways.get("list", ()) if key == "number" and atom.depth else ()
        parameters = self.usable(key, atom.place)
        options: list[Callable[[], t.Term]] = []
        if ways:
            options += 3 * [lambda: self._read(key, ways, atom)]
        options.append(lambda: self.constant(key))
        if lists:
            options += 2 * [lambda: self._number_of(lists, atom)]
        if parameters:
            options += 2 * [lambda: self.parameter(parameters)]
        return self.choices.one(options)()

    # ---- facts and parameters ----------------------------------------------------------------------------

    def _read(self, key: str, ways: list[Way] | tuple[Way, ...], atom: Atom) -> t.Term:
        path = atom.read(self.choices.one(ways))
        if key not in ("number", "percent", "money"):
            return path
        form = self.choices.below(8)
        if form == 7:
            return t.Share(nodes.constant("percent", self.choices.one(PERCENTS)), path, span=NOWHERE)
        if form == 6:
            return t.Multiple(nodes.number(self.choices.one(NUMBERS)), path, span=NOWHERE)
        return path

    def usable(self, key: str, place: Place) -> list[Parameter]:
        """The parameters of a type that may stand at a place."""
        judge = self.may_judge and not place.in_list
        return [p for p in self.parameters if type_key(p.type) == key and (judge or not p.may_be_open)]

    def parameter(self, parameters: list[Parameter]) -> t.Term:
        """One of the parameters."""
        chosen = self.choices.one(parameters)
        self.judged = self.judged or chosen.may_be_open
        return nodes.path((chosen.name,))

    def _number_of(self, lists: list[Way] | tuple[Way, ...], atom: Atom) -> t.Term:
        way = self.choices.one(lists)
        if self.choices.chance(3):
            atom.needed += way.guards
            return t.NumberOf(nodes.path(way.names), span=NOWHERE)
        variable, path, condition = self.elements(way, atom)
        return t.NumberOf(path, span=NOWHERE, variable=variable, condition=condition)

    def elements(self, way: Way, atom: Atom) -> tuple[t.Name, t.Path, t.Expression]:
        """A variable, a list, and a condition on the elements of the list."""
        atom.needed += way.guards
        taken = {*atom.place.scope.roots(), *atom.place.subject.facts}
        names = (
            way.entity.name,
            *_VARIABLES,
            *(holder.name for holder, _ in way.entity.holders),
            *_targets(way.entity),
        )
        variable = self.choices.one([each for each in names if each not in taken])
        may_judge, self.may_judge = self.may_judge, False
        inner = self.body(atom.place.inside(variable, way.entity), atom.known.union(atom.needed), atom.depth - 1)
        self.may_judge = may_judge
        return nodes.name(variable), nodes.path(way.names), inner

    # ---- constants and sums ------------------------------------------------------------------------------

    def constant(self, key: str) -> t.Constant:
        """A constant of a type that has any."""
        one = self.choices.one
        match key:
            case "number":
                return nodes.number(one(NUMBERS))
            case "percent":
                return nodes.constant("percent", one(PERCENTS))
            case "money":
                return nodes.constant("amount", one(AMOUNTS), CURRENCY)
            case "date":
                return nodes.date(one(DAYS))
            case "days":
                return nodes.constant("period", one(PERIODS_IN_DAYS))
            case "months":
                return nodes.constant("period", one(PERIODS_IN_MONTHS))
            case "text":
                return nodes.constant("text", one(TEXTS))
        raise AssertionError(key)

    def _date(self, atom: Atom) -> t.Term:
        first = t.Today(span=NOWHERE) if self.choices.chance(3) else self.simple("date", atom)
        if not self.choices.chance(3):
            return first
        periods = ("days", "months")
        return self._sum(
            first, [self.simple(self.choices.one(periods), atom) for _ in range(self.choices.between(1, 2))]
        )

    def _sum(self, first: t.Term, rest: list[t.Term]) -> t.Sum:
        signs = ("plus", *(self.choices.one(("plus", "minus")) for _ in rest))
        return t.Sum(signs, (first, *rest), span=NOWHERE)


def _targets(entity: v.Entity) -> list[str]:
    """The names of the entities that an entity refers to or contains: tempting names for a variable."""
    return [fact.type.entity.name for fact in entity.facts.values() if isinstance(fact.type, v.Reference | v.Contained)]
