"""What settling a norm is likely to take: for each unknown fact, how likely it is that it will have to be asked.

A condition is thought of as evaluated part by part: a conjunction until a part is false, a disjunction until one is true,
and first the parts that are likely to end it for few questions (the order that is best for parts without common facts). With
how likely each part is to be reached, each unknown fact of it gets a chance. Of records that may not be there, a blank one
is looked at, half as likely.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from sopb_rules.completions.borders import Borders, bordered
from sopb_rules.interview.answers import LENGTHS, usual
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.predicates.evaluate import Environment, follow, truth
from sopb_rules.predicates.relevance import Reading, of_path
from sopb_rules.states.records import Record, blank
from sopb_rules.states.scratch import Scratch

#: By path: the chance that a place has to be asked.
Chances = Mapping[str, float]
_NONE: Chances = {}


@attrs.frozen
class Prospect:
    """How a condition is likely to come out.

    Args:
        true: the chance that it is true.
        false: the chance that it is false; what is left is the chance that nobody can say.
        asks: what has to be asked to find out.
    """

    true: float
    false: float
    asks: Chances = _NONE

    @property
    def negated(self) -> Prospect:
        """The prospect of the opposite."""
        return Prospect(self.false, self.true, self.asks)


_TRUE, _FALSE, _EVEN = Prospect(1, 0), Prospect(0, 1), Prospect(0.5, 0.5)


def joined(first: Chances, then: Chances, reach: float = 1) -> Chances:
    """The chances that a place is asked for the one, or for the other, which is reached with a chance of its own."""
    if not then or not reach:
        return first
    chances = dict(first)
    for path, chance in then.items():
        chances[path] = 1 - (1 - chances.get(path, 0)) * (1 - chance * reach)
    return chances


class Outlook:
    """Looks at conditions on the scratch of a state, and notes the borders that they draw.

    Args:
        borders: by path of a fact, the values at and beside which a condition on it turns; more are added on the way.
    """

    def __init__(self, scratch: Scratch, today: datetime.date, borders: dict[str, set[Any]]) -> None:
        self.scratch = scratch
        self.today = today
        self.borders = borders

    # ---- norms and decisions -----------------------------------------------------------------------------

    def chances(self, statement: Norm | Decision, record: Record) -> Chances:
        """The chance of each place to be asked for a norm or a decision on a record of the scratch."""
        there, reach = self._presence(record)
        env = Environment({statement.variable: record}, self.today)
        if isinstance(statement, Norm):
            return joined(there, self._norm(statement, env), reach)
        for given in statement.values:
            there = joined(there, self.condition(statement.gives(given), env).asks, reach)
        return there

    def _norm(self, norm: Norm, env: Environment) -> Chances:
        applies = self.condition(norm.applies, env)
        reach = 1 - applies.false
        if not norm.is_permission:
            return joined(applies.asks, self.condition(norm.satisfied, env).asks, reach) if reach else applies.asks
        act = self.condition(norm.act, env)
        asks = joined(applies.asks, act.asks, reach)
        return joined(asks, self.condition(norm.conditions, env).asks, reach * (1 - act.false))

    def _presence(self, record: Record) -> tuple[Chances, float]:
        """What has to be asked to know whether a record is there, and how likely it is."""
        asks, reach = _NONE, 1.0
        while record.hypothetical:
            assert record.holder is not None
            assert record.holder_fact is not None
            above = Reading(record.holder, record.holder_fact.name)
            if above.stated.unknown:
                reach = 0
            elif not always_there(record.holder_fact):
                asks = joined({above.path: 1.0}, asks, 0.5)
                reach *= 0.5 if isinstance(record.holder_fact.type, v.Contained) else 2 / 3
            record = record.holder
        return asks, reach

    # ---- conditions --------------------------------------------------------------------------------------

    def condition(self, node: e.Condition, env: Environment) -> Prospect:
        """The prospect of a condition."""
        match node:
            case e.Always():
                return _TRUE
            case e.All(parts):
                return self._all(self.condition(part, env) for part in parts)
            case e.Some(parts):
                return self._all(self.condition(part, env).negated for part in parts).negated
            case e.Negation(part):
                return self.condition(part, env).negated
            case e.Quantifier():
                return self._quantifier(node, env)
            case e.Judged(key, subject, _, _, parameters, comparison):
                if all(parameter.on(env.today) is not None for parameter in parameters):
                    return self.condition(comparison, env)
                return self._single(node, Reading(env.records[subject], key, node), env)
            case e.Defined() | e.NormIs() | e.Decided():
                return self._applied(node, env)
            case _:
                return self._atom(node, env)

    def _all(self, parts: Iterable[Prospect]) -> Prospect:
        """A conjunction, tested in the order in which it is likely to be settled soonest."""
        asks, reach, true = _NONE, 1.0, 1.0
        for part in sorted(parts, key=_price):
            asks = joined(asks, part.asks, reach)
            reach *= 1 - part.false
            true *= part.true
        return Prospect(true, 1 - reach, asks)

    def _quantifier(self, node: e.Quantifier, env: Environment) -> Prospect:
        elements, asks = self._elements(node.source, env)
        if elements is None:
            return attrs.evolve(_EVEN, asks=asks)
        inner = [self.condition(node.condition, env.binding(node.variable, each)) for each in elements]
        if not node.every:
            inner = [each.negated for each in inner]
        found = self._all(inner) if not asks else self._of_some_length(inner, asks)
        return found if node.every else found.negated

    def _of_some_length(self, inner: list[Prospect], asks: Chances) -> Prospect:
        """A conjunction over a list whose length is not known, each of the usual lengths being as likely."""
        lengths = [self._all(inner * length) for length in LENGTHS]
        share = 1 / len(lengths)
        inside = {path: sum(each.asks.get(path, 0) for each in lengths) * share for path in lengths[-1].asks}
        asks = joined(asks, inside)
        return Prospect(sum(each.true for each in lengths) * share, sum(each.false for each in lengths) * share, asks)

    def _elements(self, source: e.Path, env: Environment) -> tuple[tuple[Record, ...] | None, Chances]:
        """The elements of a list, and what has to be asked to know them.

        Of a list that is not stated: an element that may be there; None of one that the state says nowhere.
        """
        elements = follow(source, env)
        if isinstance(elements, tuple):
            return elements, _NONE
        slots = tuple(_unknown(source, env))
        asks = _all_of(slots)
        fact = slots[-1].fact if slots else None
        if fact is None or fact is not source.fact or not isinstance(fact.type, v.ListOf) or not asks:
            return None, asks
        element = blank(fact.type.entity, slots[-1].record, fact)
        element.index = 1  # the first that the list may hold, as in a scratch
        return (element,), asks

    def _applied(self, node: e.Applied, env: Environment) -> Prospect:
        asked = follow(node.subject, env)
        if isinstance(asked, Record):
            return self.condition(node.body, Environment({node.variable: asked}, env.today))
        return Prospect(0.5, 0.5, _all_of(_unknown(node.subject, env)))

    # ---- conditions without parts ------------------------------------------------------------------------

    def _atom(self, node: e.Condition, env: Environment) -> Prospect:
        settled = truth(node, env)
        if settled is not None:
            return _TRUE if settled else _FALSE
        if isinstance(node, e.Comparison):
            self._note_borders(node, env)
        slots = [slot for path in _paths(node) for slot in _unknown(path, env)]
        if len(set(slots)) == 1:
            return self._single(node, slots[0], env)
        asks = _all_of(slots)
        for tally in _tallies(node):
            elements, elsewhere = self._elements(tally.source, env)
            asks = joined(asks, elsewhere)
            for each in elements or ():
                asks = joined(asks, self.condition(tally.condition, env.binding(tally.variable, each)).asks)
        even = 0.0 if any(slot.stated.unknown for slot in slots) else 0.5
        return Prospect(even, even, asks)

    def _single(self, node: e.Condition, slot: Reading, env: Environment) -> Prospect:
        """A condition that waits for one place: how many of the usual answers make it true."""
        if slot.stated.unknown:
            return Prospect(0, 0)
        asks = {slot.path: 1.0}
        fact = slot.fact
        tried = usual(fact, self.scratch.state, self.borders.get(slot.path, ())) if fact is not None else ()
        if not tried:
            return attrs.evolve(_EVEN, asks=asks)
        found = []
        for answer in tried:
            with self.scratch.trial():
                self.scratch.set(slot.record, slot.name, answer)
                found.append(truth(node, env))
        open_ = found.count(None) / 2
        return Prospect((found.count(True) + open_) / len(found), (found.count(False) + open_) / len(found), asks)

    def _note_borders(self, node: e.Comparison, env: Environment) -> None:
        for path in _paths(node):
            for reading in of_path(path, env):
                if (
                    path.fact is None
                    or reading.fact is not path.fact
                    or not reading.unknown
                    or not bordered(path.fact.type)
                ):
                    continue
                borders = Borders(reading, path.fact.type, [(node, env)])
                if borders.found:
                    self.borders.setdefault(reading.path, set()).update(borders.representatives())


def _price(part: Prospect) -> float:
    """What it costs, on average, to end a conjunction by this part."""
    cost = sum(part.asks.values())
    return cost / part.false if part.false else cost * 1e9


def always_there(fact: v.Fact) -> bool:
    """Whether a fact holds an entity that is there in any case, so that only the facts of it can be asked."""
    return isinstance(fact.type, v.Contained) and not fact.optional


# ---- unknown places -----------------------------------------------------------------------------------------


def _unknown(path: e.Path, env: Environment) -> Iterator[Reading]:
    """The unknown places on a path, the outer ones first; what may not be there is gone through as a blank record."""
    record: Any = env.records[path.root]
    for index, step in enumerate(path.steps):
        if not isinstance(record, Record):
            return
        if isinstance(step, e.Holder):
            record = record.holder
            continue
        if isinstance(step.type, v.Inverse):
            rest = e.Path(path.root, path.steps[: index + 1])
            yield from (reading for reading in of_path(rest, env) if reading.unknown)
            return
        value = record.get(step.name)
        if value is None:
            if not always_there(step):
                yield Reading(record, step.name)
            value = blank(step.type.entity, record, step) if isinstance(step.type, v.Contained) else None
        record = value


def _all_of(slots: Iterable[Reading]) -> Chances:
    """All the places asked, unless they have been."""
    return {slot.path: 1.0 for slot in slots if not slot.stated.unknown}


def _paths(node: e.Node) -> Iterator[e.Path]:
    """The paths that a condition without parts reads, but for those of counted lists."""
    if not isinstance(node, e.Tally):
        yield from e.paths(node)
        for child in e.children(node):
            yield from _paths(child)


def _tallies(node: e.Node) -> Iterator[e.Tally]:
    if isinstance(node, e.Tally):
        yield node
        return
    for child in e.children(node):
        yield from _tallies(child)
