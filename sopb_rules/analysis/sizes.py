"""How many records a world needs, so that nothing is lost by looking at no more.

A condition that asks whether some element of a list is so needs one to be so, one that counts to three needs four: all other
elements can be left out of a state without a change of any truth. So lists of the sum of what conditions ask for are enough.
Where a list is asked about inside a question about another one, or counted against something that is no fixed number, that
does not follow, and the bound says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import attrs

from sopb_rules.analysis.questions import Bound
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v

#: The most elements of a list that a condition counts.
MOST_COUNTED = 64
#: The most elements of a list where nobody knows how many are enough, and the most records that references lead to.
MOST_OTHERWISE = 3
MOST_REFERRED = 4


@attrs.frozen
class _Ask:
    """That a condition asks about a list: for how many elements, and whether these are enough."""

    source: e.Path
    elements: int
    enough: bool


def sizes(conditions: Iterable[e.Condition], subjects: Iterable[v.Entity], vocabulary: v.Vocabulary) -> Sizes:
    """What a world needs for some conditions.

    Args:
        subjects: what the conditions are about; a world has one of each at least.
    """
    conditions = list(conditions)
    found = Sizes(vocabulary)
    for entity in subjects:
        found.need(entity)
    for condition in conditions:
        for ask in _asks(condition, None):
            found.ask(ask)
    for condition in conditions:
        found.refer(condition)
    found.settle()
    return found


@attrs.define
class Sizes:
    """The most elements of each list, by entity for lists at the top of a state and by `entity.fact` for others.

    Attributes:
        most: by the name of the list.
    """

    vocabulary: v.Vocabulary
    most: Counter[str] = attrs.field(factory=Counter)
    _unsure: set[str] = attrs.field(factory=set)
    _asked: set[str] = attrs.field(factory=set)
    _references: dict[tuple[str, str], str] = attrs.field(factory=dict)

    def bounds(self) -> tuple[Bound, ...]:
        """The lists that conditions ask about, or whose size is not proved to be enough."""
        names = [name for name in self.most if name in self._asked or name in self._unsure]
        return tuple(Bound(name, self.most[name], name not in self._unsure) for name in names)

    def need(self, entity: v.Entity) -> None:
        """One record more of an entity, with what holds it."""
        if entity.listed:
            self.most[entity.name] += 1
            return
        for holder, fact in entity.holders:
            if isinstance(fact.type, v.ListOf):
                self.most[f"{holder.name}.{fact.name}"] += 1
            if not self._count(holder):
                self.need(holder)

    def ask(self, ask: _Ask) -> None:
        """What a condition needs of a list."""
        type_ = ask.source.type
        fact = ask.source.fact
        assert fact is not None
        if isinstance(type_, v.ListOf):
            owners = [holder for holder, each in type_.entity.holders if each is fact]
            names = [f"{owner.name}.{fact.name}" for owner in owners]
        else:
            assert isinstance(type_, v.Inverse)
            entity = type_.entity
            names = (
                [entity.name] if entity.listed else [f"{holder.name}.{each.name}" for holder, each in entity.holders]
            )
        for name in names:
            self.most[name] = min(self.most[name] + ask.elements, MOST_COUNTED)
            self._asked.add(name)
            if not ask.enough or self.most[name] == MOST_COUNTED:
                self._unsure.add(name)

    def refer(self, condition: e.Condition) -> None:
        """The references that a condition follows."""
        own: set[tuple[e.Variable, v.Fact]] = set()
        nodes = list(e.walk(condition))
        for node in nodes:
            if isinstance(node, e.Quantifier | e.Tally) and isinstance(node.source.type, v.Inverse):
                own.add((node.variable, node.source.type.reference))
        for node in nodes:
            for path in e.paths(node):
                for owner, step in path.owned():
                    if isinstance(step, v.Fact) and isinstance(step.type, v.Reference):
                        belongs = len(path.steps) == 1 and (path.root, step) in own
                        if not belongs:
                            self._references[owner.name, step.name] = step.type.entity.name

    def settle(self) -> None:
        """Let every reference have a record to lead to, and every list a record to be in."""
        for name in list(self.most):
            self._hold(name)
        base = Counter(self.most)
        for _ in range(MOST_REFERRED):
            wanted = Counter(base)
            for (owner, _), target in self._references.items():
                entity = self.vocabulary.entities[target]
                count = max(1, self._count(self.vocabulary.entities[owner]))
                if entity.listed:
                    wanted[target] += count
                elif not self._count(entity):
                    self.need(entity)
                    self._unsure.update(f"{holder.name}.{each.name}" for holder, each in entity.holders)
            for name in {*self._references.values()} & {*wanted}:
                most = max(base[name], MOST_REFERRED)
                if wanted[name] > most:
                    self._unsure.add(name)
                wanted[name] = min(wanted[name], most)
            if all(self.most[name] == count for name, count in wanted.items()):
                break
            for name, count in wanted.items():
                self.most[name] = max(self.most[name], count)

    def _hold(self, name: str) -> None:
        holder = self.vocabulary.entities[name.partition(".")[0]]
        if "." in name and not self._count(holder):
            self.need(holder)

    def _count(self, entity: v.Entity) -> int:
        """How many records of an entity a world has."""
        if entity.listed:
            return self.most[entity.name]
        total = 0
        for holder, fact in entity.holders:
            each = self.most[f"{holder.name}.{fact.name}"] if isinstance(fact.type, v.ListOf) else 1
            total += self._count(holder) * each
        return total


def _asks(condition: e.Node, inside: frozenset[e.Variable] | None) -> Iterator[_Ask]:
    """What a condition asks of lists.

    Args:
        inside: the names for the element of the innermost list that is being asked about; None outside of all lists.
    """
    match condition:
        case e.Quantifier(_, source, variable, body):
            yield _Ask(source, 1, _independent(source, inside))
            yield from _asks(body, frozenset({variable}))
        case e.Comparison(_, left, right):
            for term, other in ((left, right), (right, left)):
                if isinstance(term, e.Tally):
                    most = _most(other)
                    sure = most is not None and _independent(term.source, inside)
                    yield _Ask(term.source, MOST_OTHERWISE if most is None else most + 1, sure)
                    yield from _asks(term.condition, frozenset({term.variable}))
                else:
                    yield from _asks(term, inside)
        case e.Tally(source, variable, body):
            yield _Ask(source, MOST_OTHERWISE, False)
            yield from _asks(body, frozenset({variable}))
        case e.Defined() | e.NormIs() | e.Decided():
            subject = condition.subject
            own = inside is not None and subject.root in inside and _within(subject.steps)
            names = None if inside is None else frozenset({condition.variable}) if own else frozenset()
            yield from _asks(condition.body, names)
        case _:
            for part in e.children(condition):
                yield from _asks(part, inside)


def _independent(source: e.Path, inside: frozenset[e.Variable] | None) -> bool:
    """Whether a list belongs to nothing that is itself one of many, or to each of these alone."""
    if inside is None:
        return True
    return isinstance(source.type, v.ListOf) and source.root in inside and _within(source.steps[:-1])


def _within(steps: Iterable[Any]) -> bool:
    return all(isinstance(step, v.Fact) and isinstance(step.type, v.Contained) for step in steps)


def _most(term: e.Term) -> int | None:
    """The largest fixed number that a term comes to; None where it is no fixed number."""
    match term:
        case e.Value(int() | Decimal() as value):
            return max(0, int(value))
        case e.ParameterValue(parameter) if all(isinstance(value, int) for _, value in parameter.values):
            return max((int(value) for _, value in parameter.values if isinstance(value, int)), default=0)
        case _:
            return None
