"""Typed conditions with every read guarded: what the checker accepts, written by somebody who knows its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from sopb_rules.model import vocabulary as v
from sopb_rules.syntax import tree as t
from sopb_rules.testing import nodes
from sopb_rules.testing.nodes import NOWHERE, Names
from sopb_rules.testing.some_terms import Atom, Known, Place, Terms, Way

if TYPE_CHECKING:
    from sopb_rules.model.norms import Parameter
    from sopb_rules.testing.drawing import Choices

_NUMBERS = ("is at least", "is", "is more than", "is fewer than", "is at most", "is less than", "is not")
_DATES = ("is on or after", "is", "is before", "is after", "is on or before", "is not")
_ORDERED = ("is", "is at least", "is not", "is above", "is below", "is at most")
_IDENTITIES = ("is", "is not")
_VERBS = ("applies", "is met", "is unmet")

# The most parts that a condition may have with all that it refers to, and the longest row of references; the checker
# refuses statements with 5,000 parts and rows of more than 10.
_SIZE, _CHAIN = 600, 8


@attrs.frozen
class Target:
    """A norm, a definition or a decision that a condition may refer to.

    Args:
        size: about how many parts it has, with all that it refers to.
        chain: how many targets it refers to in a row, itself counted.
    """

    name: str
    entity: v.Entity
    size: int
    chain: int
    kind: v.Kind | None = None


class Conditions:
    """Writes conditions. What is written later may refer to what was written before.

    Attributes:
        size: about how many parts the conditions have that were written since `begin`.
        chain: how many targets they refer to in a row.
    """

    def __init__(self, choices: Choices, parameters: tuple[Parameter, ...]) -> None:
        self.choices = choices
        self.terms = Terms(choices, parameters, self._condition)
        self.norms: list[Target] = []
        self.definitions: list[Target] = []
        self.decisions: list[Target] = []
        self.begin()

    def begin(self) -> None:
        """Begin with a new statement."""
        self.size = self.chain = 0

    def target(self, name: str, entity: v.Entity, kind: v.Kind | None = None) -> Target:
        """What was written since `begin`, as something that later conditions may refer to."""
        uses = 1 if kind is None else 4  # a decision's cases are asked for each of its values
        return Target(name, entity, uses * self.size + 8, self.chain + 1, kind)

    def at(self, place: Place, known: Known = frozenset()) -> t.Expression:
        """The condition of one place: it may have one comparison with an open parameter."""
        self.terms.may_judge, self.terms.judged = True, False
        return self._condition(place, known, 2)

    def _condition(self, place: Place, known: Known, depth: int) -> t.Expression:
        form = self.choices.below(10) if depth > 0 else 0
        if form < 5:
            return self._guarded(place, known, depth)
        if form < 7:
            return self._joined(place, known, depth, conjunction=True)
        if form < 9:
            return self._joined(place, known, depth, conjunction=False)
        return nodes.negation(self._condition(place, known, depth - 1))

    def _joined(self, place: Place, known: Known, depth: int, conjunction: bool) -> t.Expression:
        parts: list[t.Expression] = []
        for _ in range(self.choices.between(2, 3)):
            part = self._condition(place, known, depth - 1)
            if_true, if_false = proved(part)
            known = known | (if_true if conjunction else if_false)
            same = t.Conjunction if conjunction else t.Disjunction
            parts += part.parts if isinstance(part, same) and self.choices.chance(2) else (part,)
        return nodes.conjunction(parts) if conjunction else nodes.disjunction(parts)

    # ---- single conditions -------------------------------------------------------------------------------

    def _guarded(self, place: Place, known: Known, depth: int) -> t.Expression:
        """A single condition, with the existence of what it reads asked before."""
        atom = Atom(place, known, depth)
        self.size += 4
        condition = self._atom(atom)
        if self.terms.judged:
            self.terms.may_judge = False
        needed = [each for each in dict.fromkeys(atom.needed) if each not in known]
        if not needed:
            return condition
        if self.choices.chance(3):
            return nodes.disjunction([*map(self._absence, needed), condition])
        return nodes.conjunction([*map(self._existence, needed), condition])

    def _existence(self, names: Names) -> t.Expression:
        return nodes.negation(nodes.absent(names)) if self.choices.chance(4) else nodes.exists(names)

    def _absence(self, names: Names) -> t.Expression:
        return nodes.negation(nodes.exists(names)) if self.choices.chance(4) else nodes.absent(names)

    def _atom(self, atom: Atom) -> t.Expression:
        ways = atom.place.ways
        options: list[Callable[[Atom], t.Expression]] = [self._holds] if "truth" in ways else []
        options += 2 * [self._compare]
        if kinds := [key for key in ways if key.startswith("kind ")]:
            options += [lambda atom: self._compare_kinds(kinds, atom), lambda atom: self._one_of(kinds, atom)]
        if "text" in ways:
            options.append(self._compare_texts)
        if "optional" in ways:
            options.append(self._exists)
        if "list" in ways and atom.depth > 0:
            options += 3 * [self._quantified]
        if same := [key for key, found in ways.items() if key.startswith("entity ") and len(found) > 1]:
            options.append(lambda atom: self._same(same, atom))
        if norms := self._fitting(self.norms, list(atom.place.roots.values())):
            options += 2 * [lambda _: self._norm_reference(norms)]
        entities = [atom.place.subject, *(way.entity for way in self._entities(atom.place))]
        if definitions := self._fitting(self.definitions, entities):
            options += 2 * [lambda atom: self._defined(definitions, atom)]
        if decisions := self._fitting(self.decisions, entities):
            options += 2 * [lambda atom: self._decided(decisions, atom)]
        return self.choices.one(options)(atom)

    def _fitting(self, targets: list[Target], entities: Sequence[v.Entity]) -> list[Target]:
        room = _SIZE - self.size
        fitting = (each for each in targets if each.size <= room and each.chain <= _CHAIN)
        return [each for each in fitting if any(each.entity is entity for entity in entities)]

    def _holds(self, atom: Atom) -> t.Expression:
        holds: t.Expression = t.Holds(atom.read(self.choices.one(atom.place.ways["truth"])), span=NOWHERE)
        return nodes.negation(holds) if self.choices.chance(4) else holds

    def _compare(self, atom: Atom) -> t.Expression:
        key = self.choices.one(self.terms.keys(atom.place))
        operator = self.choices.one(_DATES if key == "date" else _NUMBERS)
        return nodes.compare(self.terms.term(key, atom), operator, self.terms.term(key, atom))

    def _compare_texts(self, atom: Atom) -> t.Expression:
        left = atom.read(self.choices.one(atom.place.ways["text"]))
        return nodes.compare(left, self.choices.one(_IDENTITIES), self.terms.simple("text", atom))

    def _compare_kinds(self, keys: list[str], atom: Atom) -> t.Expression:
        way, kind = self._of_kind(keys, atom)
        left = atom.read(way)
        operator = self.choices.one(_ORDERED if kind.ordered else _IDENTITIES)
        parameters = self.terms.usable(f"kind {kind.name}", atom.place)
        match self.choices.below(4):
            case 3 if parameters:
                return nodes.compare(left, operator, self.terms.parameter(parameters))
            case 2:
                return nodes.compare(left, operator, atom.read(self.choices.one(atom.place.ways[f"kind {kind.name}"])))
            case _:
                return nodes.compare(left, operator, nodes.path((self.choices.one(list(kind.values)),)))

    def _one_of(self, keys: list[str], atom: Atom) -> t.Expression:
        way, kind = self._of_kind(keys, atom)
        parameters = self.terms.usable(f"kind {kind.name}", atom.place)
        term = self.terms.parameter(parameters) if parameters and self.choices.chance(4) else atom.read(way)
        return t.OneOf(term, self._values(kind), span=NOWHERE)

    def _of_kind(self, keys: list[str], atom: Atom) -> tuple[Way, v.Kind]:
        way = self.choices.one(atom.place.ways[self.choices.one(keys)])
        assert isinstance(way.type, v.KindType)
        return way, way.type.kind

    def _values(self, kind: v.Kind) -> tuple[t.Word, ...]:
        return tuple(map(nodes.word, self.choices.some(list(kind.values), 1, 3)))

    def _exists(self, atom: Atom) -> t.Expression:
        way = self.choices.one(atom.place.ways["optional"])
        atom.needed += way.guards
        return nodes.absent(way.names) if self.choices.chance(2) else nodes.exists(way.names)

    def _same(self, keys: list[str], atom: Atom) -> t.Expression:
        left, right = self.choices.some(atom.place.ways[self.choices.one(keys)], 2, 2)
        return nodes.compare(atom.read(left), self.choices.one(_IDENTITIES), atom.read(right))

    def _quantified(self, atom: Atom) -> t.Expression:
        way = self.choices.one(atom.place.ways["list"])
        variable, path, condition = self.terms.elements(way, atom)
        return t.Quantified(self.choices.chance(2), variable, path, condition, span=NOWHERE)

    # ---- references --------------------------------------------------------------------------------------

    def _used(self, target: Target) -> Target:
        self.size += target.size
        self.chain = max(self.chain, target.chain)
        return target

    def _norm_reference(self, targets: list[Target]) -> t.Expression:
        target = self._used(self.choices.one(targets))
        return t.NormReference(nodes.name(target.name), self.choices.one(_VERBS), span=NOWHERE)

    def _defined(self, targets: list[Target], atom: Atom) -> t.Expression:
        return t.Holds(self._applied(self.choices.one(targets), atom), span=NOWHERE)

    def _decided(self, targets: list[Target], atom: Atom) -> t.Expression:
        target = self.choices.one(targets)
        path = self._applied(target, atom)
        assert target.kind is not None
        if self.choices.chance(3):
            return t.OneOf(path, self._values(target.kind), span=NOWHERE)
        value = nodes.path((self.choices.one(list(target.kind.values)),))
        return nodes.compare(path, self.choices.one(_IDENTITIES), value)

    def _applied(self, target: Target, atom: Atom) -> t.Path:
        """The name of a definition or decision, behind the way to the entity that it is asked of."""
        self._used(target)
        ways = [way for way in self._entities(atom.place) if way.entity is target.entity]
        if target.entity is atom.place.subject and not (ways and self.choices.chance(3)):
            return nodes.path((target.name,))
        way = self.choices.one(ways)
        atom.read(way)
        return nodes.path((*way.names, target.name))

    @staticmethod
    def _entities(place: Place) -> list[Way]:
        return [way for key, ways in place.ways.items() if key.startswith("entity ") for way in ways]


def proved(condition: t.Expression) -> tuple[Known, Known]:
    """The paths that exist if a condition is true, and if it is false."""
    match condition:
        case t.Exists(t.Path() as path):
            return frozenset({_names(path)}), frozenset()
        case t.IsAbsent(t.Path() as path):
            return frozenset(), frozenset({_names(path)})
        case t.Not(inner):
            if_true, if_false = proved(inner)
            return if_false, if_true
        case t.Parenthesis(inner):
            return proved(inner)
        case t.Conjunction(parts):
            return frozenset().union(*(proved(each)[0] for each in parts)), _shared(proved(each)[1] for each in parts)
        case t.Disjunction(parts):
            return _shared(proved(each)[0] for each in parts), frozenset().union(*(proved(each)[1] for each in parts))
        case _:
            return frozenset(), frozenset()


def _shared(known: Iterable[Known]) -> Known:
    return frozenset.intersection(*known)


def _names(path: t.Path) -> Names:
    return tuple(each.text for each in path.names)
