"""What may be stated of a fact: one value for each that a norm tells apart, and what stands for more than a value.

Of an entity or a list that nobody stated, blank records are tried, whose own facts are unknown and tried in turn. A fact of
such a record belongs to the entity or list that somebody would state as a whole: its owner.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from sopb_rules.completions.borders import Borders
from sopb_rules.completions.mentions import Bound, mentions
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.predicates.evaluate import Environment
from sopb_rules.predicates.relevance import Reading
from sopb_rules.states.records import ABSENT, Record, record_classes
from sopb_rules.states.scratch import Scratch

#: The longest list that is tried, and the most listed entities that a reference is tried with.
LONGEST_LIST, MOST_TARGETS = 4, 24


@attrs.frozen
class Options:
    """Values to try for a fact.

    Args:
        values: as in a slot of a record.
        exact: whether they stand for all that can be stated.
    """

    values: Sequence[Any]
    exact: bool = True


@attrs.frozen
class Assumption:
    """Something stated for a trial.

    Args:
        path: the fact's path in the state.
        label: what it says, in the vocabulary's words.
        value: as it would be stated; for a list, how many entries it has; for all entities of a sort, their ids; for an entity, `True` (it is there); for a
            reference, an id, which is ``new`` where the state does not list what may be referred to.
        type: of the fact; None for the list of all entities of a sort.
    """

    path: str
    label: str
    value: Any
    type: v.FactType | None


class Trial:
    """One subject of a norm or a decision in a scratch, where facts are set to see what comes of it.

    Attributes:
        record: the subject in the scratch.
        env: what its conditions are evaluated in.
        holding: what must be stated for the subject to be there, and what it must hold, from the outermost inwards; empty
            for a subject that the state states.
    """

    def __init__(self, model: Norm | Decision, record: Record, today: datetime.date, scratch: Scratch) -> None:
        self.model = model
        self.scratch = scratch
        self.record = scratch.record(record)
        self.env = Environment({model.variable: self.record}, today)
        self.conditions = model.parts
        self.holding = _holding(self.record)
        self._mentions: Mapping[Reading, list[Bound]] | None = None
        self._fresh: list[tuple[Record, Reading]] = []

    def set(self, slot: Reading, value: Any) -> None:
        """State a fact."""
        if slot.judged is not None:
            self.scratch.judge(slot.record, slot.name, value)
        elif slot.fact is not None:
            self.scratch.set(slot.record, slot.name, value)
        else:
            self.scratch.set_list(slot.name, value)
        if isinstance(value, Record | tuple) or value is None:
            self._mentions = None  # there are other elements now

    def undo(self, mark: int) -> None:
        """Take back what was set since a mark of the scratch."""
        self.scratch.undo(mark)
        self._mentions = None

    def of(self, slot: Reading, before: Any = None) -> Options:
        """What to try for a fact, given what is stated now; of numbers and dates, those nearest to `before` first."""
        if slot.judged is not None:
            return Options((True, False))
        fact = slot.fact
        if fact is None:
            entity = next(each for each in slot.record.state.vocabulary.listed() if each.name == slot.name)
            return self._lists(entity, slot, None)
        options = self._of_type(slot, fact, before)
        return attrs.evolve(options, values=(*options.values, ABSENT)) if fact.optional else options

    def _of_type(self, slot: Reading, fact: v.Fact, before: Any) -> Options:
        match fact.type:
            case v.YesNo() | v.Judgement():
                return Options((True, False))
            case v.KindType(kind):
                return Options(tuple(kind.values))
            case v.Contained(entity):
                return Options((self.blank(entity, slot, fact),))
            case v.ListOf(entity):
                return self._lists(entity, slot, fact)
            case v.Reference(entity):
                return self._targets(entity, slot, fact)
            case _:
                borders = self.borders(slot)
                return Options(_nearest(borders.representatives(), before), borders.exact)

    def borders(self, slot: Reading) -> Borders:
        """The borders of a number, a date or a text, given what is stated now."""
        if self._mentions is None:
            self._mentions = mentions(self.conditions, self.env)
        return Borders(slot, slot.record.entity.facts[slot.name].type, self._mentions.get(slot, ()))

    def owner(self, slot: Reading) -> Reading:
        """What somebody would state so that the fact is stated: of a record that may not be there, whether it is."""
        record = slot.record
        if not record.hypothetical:
            return slot
        while record.holder is not None and record.holder.hypothetical:
            record = record.holder
        if record.holder is not None and record.holder_fact is not None:
            return Reading(record.holder, record.holder_fact.name)
        return self.owner(next(reading for fresh, reading in self._fresh if fresh is record))

    def blank(self, entity: v.Entity, slot: Reading, fact: v.Fact | None, index: int = 0) -> Record:
        """A record of which nothing is known: part of the one that the fact is about, or listed at the top of the state."""
        record_class = record_classes(slot.record.state.vocabulary)[entity.name]
        state = slot.record.state
        if fact is not None and not isinstance(fact.type, v.Reference):
            record = record_class(state, holder=slot.record, holder_fact=fact, index=index)
        else:
            number = sum(1 for _ in self._meant(entity)) + max(index, 1)
            record = record_class(state, id="new" if number == 1 else f"new-{number}")
            self._fresh.append((record, slot))
        record.hypothetical = True
        return record

    def _lists(self, entity: v.Entity, slot: Reading, fact: v.Fact | None) -> Options:
        """No entry, and one, two … blank ones, as many as the conditions can tell apart."""
        needed = _entries(self.conditions, entity)
        blanks = [self.blank(entity, slot, fact, index + 1) for index in range(min(needed, LONGEST_LIST))]
        meant = () if fact is not None else tuple(self._meant(entity))
        lists = tuple((*meant, *blanks[:length]) for length in range(len(blanks) + 1))
        return Options(lists, needed <= LONGEST_LIST)

    def _targets(self, entity: v.Entity, slot: Reading, fact: v.Fact) -> Options:
        """What a reference may lead to: each listed entity, and a new one where the state does not list them."""
        state = slot.record.state
        there = tuple(state.records(entity))
        stated = tuple(record for record in there if record.id)  # nothing refers to what has no id
        exact = len(stated) <= MOST_TARGETS and not any(record.hypothetical and not record.id for record in there)
        if state.all_records(entity) is not None:
            return Options(stated[:MOST_TARGETS], exact)
        if not entity.listed:
            return Options(stated[:MOST_TARGETS], False)
        return Options((*stated[:MOST_TARGETS], *self._meant(entity), self.blank(entity, slot, fact)), exact)

    def _meant(self, entity: v.Entity) -> Iterator[Record]:
        """The new listed entities that references lead to now."""
        return (record for record, slot in self._fresh if record.entity is entity and slot.value is record)


def _nearest(values: Sequence[Any], before: Any) -> Sequence[Any]:
    if isinstance(before, int | Decimal | datetime.date):
        return sorted(values, key=lambda value: (abs(value - before), value))
    return values


def _holding(record: Record) -> tuple[tuple[Reading, Record], ...]:
    """By which facts of the records above a record is there that may not be."""
    if not record.hypothetical:
        return ()
    assert record.holder is not None
    assert record.holder_fact is not None
    return (*_holding(record.holder), (Reading(record.holder, record.holder_fact.name), record))


def _entries(conditions: Iterable[e.Condition], entity: v.Entity) -> int:
    """How many entries a list of an entity needs so that every answer about its entries can be met."""
    return max(1, sum(_asked(node, entity) for condition in conditions for node in e.walk(condition)))


def _asked(node: e.Node, entity: v.Entity) -> int:
    match node:
        case e.Quantifier(variable=variable):
            return int(variable.entity is entity)
        case e.Comparison():
            tallies = [side for side in (node.left, node.right) if _counts(side, entity)]
            limits = [each.value for each in (node.left, node.right) if isinstance(each, e.Value)]
            whole = [limit for limit in limits if isinstance(limit, int)]
            return (max(whole, default=2) + 1) * len(tallies)
        case _:
            return 0


def _counts(term: e.Term, entity: v.Entity) -> bool:
    return any(
        isinstance(each, e.Tally) and each.variable.entity is entity for each in e.walk(term, into_applied=False)
    )


def assumed(slot: Reading, value: Any) -> Assumption:
    """What was set, as people see it."""
    if slot.judged is not None:
        return Assumption(slot.path, slot.label, value, v.YesNo())
    type_ = slot.fact.type if slot.fact is not None else None
    match value:
        case Record():
            shown: Any = value.id if isinstance(type_, v.Reference) else True
        case tuple():
            shown = len(value) if type_ is not None else tuple(each.id for each in value)
        case _:
            shown = value
    return Assumption(slot.path, slot.label, shown, type_)
