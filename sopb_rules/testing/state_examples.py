"""Examples from states: what a state says of a subject as the givens of an example, and what statements come to in it.

A state can say more than an example: of lists that hold the subject an example says nothing, and it has no ids but those that
it refers to. So the example is read again and evaluated, and is none where something else comes out.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from sopb_rules.diagnostics import RulesError
from sopb_rules.model import vocabulary as v
from sopb_rules.model.expressions import Variable
from sopb_rules.model.norms import Policies, Statement, depend_on_date
from sopb_rules.model.scope import Scope
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source, Span
from sopb_rules.states.records import ABSENT, Record
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.parse import parse
from sopb_rules.syntax.parts import format_example
from sopb_rules.testing.candidates import literal
from sopb_rules.testing.givens import SUBJECT_ID
from sopb_rules.testing.trials import Trial, aims, outcome_as_written, settled

Items = tuple[t.GivenItem, ...]


def example_of(
    policies: PolicySet,
    targets: Sequence[Statement],
    record: Record,
    today: datetime.date,
    title: str,
    shows: Callable[[Trial], bool] | None = None,
) -> t.Example | None:
    """An example that says of a record what a state says of it, with what statements come to there.

    Nothing is given that could be left out without another outcome.

    Args:
        targets: the statement that the example is to stand in, and others that it also names, as far as they speak of the
            same record, of one that holds it or of the only one of its sort.
        record: the subject of the first of them, in a checked state.
        shows: what the example has to show besides, of what it tries of the first of them.

    Returns:
        The example, which `format_example` writes; None where an example cannot say what the state says, or the outcome is not
        settled there.
    """
    trials = [each for target in targets if (each := _trial(target, record, today)) is not None and settled(each)]
    if not trials or trials[0].target is not targets[0]:
        return None
    asked = _Asked(policies.model, trials, title, shows)
    items = tuple(_Saying(record, policies.model.vocabulary.currency, targets[0].span).all(today, asked.dated))
    if not asked.holds(items):
        return None
    example = asked.example(asked.least(items))
    return example if asked.reads(format_example(example)) else None


def _trial(target: Statement, record: Record, today: datetime.date) -> Trial | None:
    """What a statement has to do with a subject: it is about it, about what holds it, or about the only one of its sort."""
    found: Record | None = record
    while found is not None and found.entity is not target.entity:
        found = found.holder
    if found is None:
        records = list(record.state.records(target.entity))
        found = records[0] if len(records) == 1 else None
    return None if found is None else Trial(target, found, today)


@attrs.frozen
class _Asked:
    """What an example is to show: the first of the trials is of the statement that it stands in."""

    model: Policies
    trials: Sequence[Trial]
    title: str
    shows: Callable[[Trial], bool] | None

    @property
    def owner(self) -> Statement:
        """The statement that the example stands in."""
        return self.trials[0].target

    @property
    def dated(self) -> bool:
        """Whether the example has to say what today is."""
        return any(depend_on_date(*trial.target.parts) for trial in self.trials)

    def example(self, items: Items) -> t.Example:
        """The example that gives some things."""
        outcomes = tuple(map(outcome_as_written, self.trials))
        return t.Example(t.Label(self.title, span=self.owner.span), items, outcomes, span=self.owner.span)

    def holds(self, items: Items) -> bool:
        """Whether the example comes out as it says."""
        return self._comes_out(self.example(items))

    def reads(self, text: str) -> bool:
        """Whether the text of the example is read as one that comes out as it says."""
        around = (
            f"define it about {self.owner.entity.name}\n  means it\n\n"  # what it stands in makes no difference to it
        )
        file, mistakes = parse(Source("example.policy", around + text))
        read = [example for statement in file.statements for example in getattr(statement, "examples", ())]
        return not mistakes and len(read) == 1 and self._comes_out(read[0])

    def _comes_out(self, example: t.Example) -> bool:
        try:
            aimed = aims(self.model, self.owner, example)
        except RulesError:
            return False
        same = [settled(trial) for _, trial in aimed] == [settled(trial) for trial in self.trials]
        return same and (self.shows is None or self.shows(aimed[0][1]))

    def least(self, items: Items) -> Items:
        """What is given, without all that could be left out; what was said last goes first."""
        for index in reversed(range(len(items))):
            while (fewer := self._fewer(items, index)) is not None:
                items = fewer
        return items

    def _fewer(self, items: Items, index: int) -> Items | None:
        """With one given left out or shortened, if that still holds."""
        if index < len(items):
            for less in _less(items[index]):
                fewer = (*items[:index], *less, *items[index + 1 :])
                if self.holds(fewer):
                    return fewer
        return None


def _less(item: t.GivenItem) -> Iterator[Items]:
    """A given left out; or with an element less, or with less said of an element."""
    yield ()
    if not isinstance(item, t.GivenRecords):
        return
    for index, record in enumerate(item.records):
        before, behind = item.records[:index], item.records[index + 1 :]
        shorter: list[tuple[Items, ...]] = [()] if before or behind else []
        if len(record) > 1:
            shorter += [((*record[:place], *record[place + 1 :]),) for place in reversed(range(len(record)))]
        yield from ((attrs.evolve(item, records=(*before, *each, *behind)),) for each in shorter)


class _Saying:
    """Says in givens what a state says of a record, of what holds it, and of what it refers to."""

    def __init__(self, record: Record, currency: str | None, span: Span) -> None:
        self._record = record
        self._currency = currency
        self._span = span
        self._ids = {record: SUBJECT_ID}
        self._told = {record}
        self._named = Counter(_referred(record.state.lists.values()))

    def all(self, today: datetime.date, dated: bool) -> Iterator[t.GivenItem]:
        """All that can be given."""
        if dated:
            yield t.GivenToday(t.Constant("date", today.isoformat(), span=self._span), span=self._span)
        inner, holders = self._record, list(self._holders())
        yield from self._items(inner, ())
        for holder in holders:
            yield from self._items(holder, (holder.entity.name,), inner.holder_fact)
            inner = holder
        for record in (self._record, *holders):
            for key, value in record.judged.items():
                if value is not None:
                    yield t.GivenJudgement(key, value, span=self._span)

    def _holders(self) -> Iterator[Record]:
        """What holds the subject and can be named by an example."""
        named = Scope(Variable(self._record.entity.name, self._record.entity), "").roots()
        holder = self._record.holder
        while holder is not None and holder.entity.name in named:
            self._ids[holder] = f"{SUBJECT_ID}-{holder.entity.name}"
            self._told.add(holder)
            yield holder
            holder = holder.holder

    def _items(self, record: Record, names: tuple[str, ...], but: v.Fact | None = None) -> Iterator[t.GivenItem]:
        """What is stated of a record at the end of some names."""
        for fact in record.entity.facts.values():
            if fact is not but:
                yield from self._fact(record, fact, (*names, fact.name))

    def _fact(self, record: Record, fact: v.Fact, names: tuple[str, ...]) -> Iterator[t.GivenItem]:
        value = record.get(fact.name)
        match fact.type, value:
            case v.Inverse(), _:
                yield from self._inverse(record, fact.type, names)
            case _, None:
                return
            case _, bool():
                yield self._given(names, t.Word("yes" if value else "no", span=self._span))
            case v.ListOf(), tuple():
                yield self._list(names, value)
            case v.Reference(), Record():
                yield from self._reference(value, names)
            case v.Contained(), Record():
                yield from tuple(self._items(value, names)) or (self._given(names, "exists"),)
            case _ if value is ABSENT:
                yield self._given(names, "absent")
            case _ if (said := literal(value, fact.type, self._currency, self._span)) is not None:
                yield self._given(names, said)

    def _reference(self, to: Record, names: tuple[str, ...]) -> Iterator[t.GivenItem]:
        """That it refers to a record, and what is stated of that; by its id where something else refers to it too."""
        if to in self._ids or self._named[to] > 1:
            yield self._given(names, t.Constant("text", self._ids.get(to, to.id), span=self._span))
        elif to.entity.listed:
            yield self._given(names, "exists")
        if to not in self._told:
            self._told.add(to)
            yield from self._items(to, names)

    def _inverse(self, record: Record, type_: v.Inverse, names: tuple[str, ...]) -> Iterator[t.GivenItem]:
        """The records that refer to one, but for those that are told of anyway."""
        listed = record.state.lists.get(type_.entity.name)
        if listed is None or record.holder is not None:
            return
        back = [each for each in listed if each.get(type_.by) is record and each not in self._told]
        self._told.update(back)
        yield self._list(names, back, type_.reference)

    def _list(self, names: tuple[str, ...], records: Iterable[Record], but: v.Fact | None = None) -> t.GivenItem:
        told = tuple(tuple(self._items(each, (), but)) or self._nothing(each, but) for each in records)
        path = self._path(names)
        return t.GivenRecords(path, told, span=self._span) if told else self._given(names, "none")

    def _nothing(self, record: Record, but: v.Fact | None) -> Items:
        """An element of which nothing is stated; an example has to say something of it."""
        first = next((name for name, fact in record.entity.facts.items() if fact is not but), "")
        return (self._given((first,), "unknown"),)

    def _given(self, names: tuple[str, ...], value: t.Literal | str) -> t.GivenItem:
        return t.Given(self._path(names), value, span=self._span)

    def _path(self, names: tuple[str, ...]) -> t.Path:
        return t.Path(tuple(t.Name(name, span=self._span) for name in names), span=self._span)


def _referred(lists: Iterable[tuple[Record, ...] | None]) -> Iterator[Record]:
    """What records refer to, as often as they do."""
    for records in lists:
        for record in records or ():
            yield from _referred_by(record)


def _referred_by(record: Record) -> Iterator[Record]:
    for fact in record.entity.facts.values():
        value = record.get(fact.name)
        match fact.type:
            case v.Reference() if isinstance(value, Record):
                yield value
            case v.Contained() if isinstance(value, Record):
                yield from _referred_by(value)
            case v.ListOf() if isinstance(value, tuple):
                for each in value:
                    yield from _referred_by(each)
