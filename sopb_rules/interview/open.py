"""What is open in a state: the norms and decisions that are not settled, each with what is missing and what it may take.

Kept from one step of an interview to the next, but for what the step changed: the norms and decisions that read the fact,
and those about records that the fact holds.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from sopb_rules.findings.finding import DecisionFinding, Finding, MissingFact
from sopb_rules.interview.places import Place, root_of
from sopb_rules.interview.prospects import Chances, Outlook
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Decision, Norm, Policies, facts_of
from sopb_rules.model.vocabulary import Entity, Fact, Inverse
from sopb_rules.states.records import Record, State
from sopb_rules.states.scratch import Scratch, scratch_of

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet

Found = Finding | DecisionFinding


@attrs.frozen
class Open:
    """A norm or a decision for one subject.

    Args:
        finding: what is found on it; kept, it may be of an earlier state that says the same of it.
        missing: what can still change it, and was not asked yet.
        chances: by path, how likely each place is to be asked until it is settled.
    """

    finding: Found
    missing: tuple[MissingFact, ...]
    chances: Chances

    @property
    def name(self) -> str:
        """The norm's id, or the decision's name."""
        return name_of(self.finding.model)


def name_of(statement: Norm | Decision) -> str:
    """How findings name a norm or a decision."""
    return statement.id if isinstance(statement, Norm) else statement.name


class Survey:
    """Finds what is open in the states of one interview, one after the other.

    Args:
        today: the date of the evaluation.
        about: the names of the norms and decisions that are asked about; None for all.
        subject: the path of the listed record that is asked about; None for all.
    """

    def __init__(
        self,
        policies: PolicySet,
        today: datetime.date,
        about: Collection[str] | None = None,
        subject: str | None = None,
    ) -> None:
        self.policies = policies
        self.today = today
        self.about = about
        self.subject = subject
        self.borders: dict[str, set[Any]] = {}
        self._kept: dict[tuple[str, str], Open] = {}
        self._readers = _readers(policies.model)

    def forget(self, place: Place) -> None:
        """Let go of what rests on a place, because something else was stated there."""
        readers, held = self._readers.get(place.of, frozenset()), place.path
        for name, path in list(self._kept):
            if name in readers or path == held or path.startswith((f"{held}[", f"{held}.")):
                del self._kept[name, path]

    def of(self, state: State) -> tuple[tuple[Open, Record], ...]:
        """All norms and decisions that are asked about, with each of their subjects; settled ones miss nothing."""
        scratch = scratch_of(state)
        found = []
        with scratch.lock:
            outlook = self.outlook(scratch)
            for statement, record in self._asked_about(state):
                key = (name_of(statement), record.path)
                kept = self._kept.get(key)
                if kept is None:
                    kept = self._kept[key] = self._open(statement, record, scratch, outlook)
                found.append((kept, record))
        return tuple(found)

    def outlook(self, scratch: Scratch) -> Outlook:
        """The outlook from a state, with the borders that were met in others."""
        return Outlook(scratch, self.today, self.borders)

    def _asked_about(self, state: State) -> Iterator[tuple[Norm | Decision, Record]]:
        from sopb_rules.policy_set import subjects

        model = self.policies.model
        records: dict[Entity, tuple[Record, ...]] = {}
        for statement in _asking(model):
            if self.about is not None and name_of(statement) not in self.about:
                continue
            if statement.entity not in records:
                every = subjects(state, statement.entity)
                records[statement.entity] = tuple(
                    each for each in every if self.subject is None or root_of(each).path == self.subject
                )
            for record in records[statement.entity]:
                yield statement, record

    def _open(self, statement: Norm | Decision, record: Record, scratch: Scratch, outlook: Outlook) -> Open:
        if isinstance(statement, Norm):
            finding: Found = self.policies.find(statement, record, self.today)
        else:
            finding = self.policies.decide(statement, record, self.today)
        missing = tuple(each for each in finding.missing if not each.asked)
        chances = outlook.chances(statement, scratch.record(record)) if missing else {}
        return Open(finding, missing, chances)


def _asking(model: Policies) -> Iterator[Norm | Decision]:
    """What an interview settles: the norms, then the decisions."""
    yield from model.norms.values()
    yield from model.decisions.values()


def _readers(model: Policies) -> Mapping[Fact | str | Entity, frozenset[str]]:
    """By fact, key of a judgement, and listed entity: the names of the norms and decisions that read it."""
    readers: dict[Fact | str | Entity, set[str]] = {}
    for statement in _asking(model):
        for what in _read(statement):
            readers.setdefault(what, set()).add(name_of(statement))
    return {what: frozenset(names) for what, names in readers.items()}


def _read(statement: Norm | Decision) -> Iterable[Fact | str | Entity]:
    """All that a norm or a decision reads, also through what it refers to."""
    for fact in facts_of(*statement.parts):
        yield fact
        if isinstance(fact.type, Inverse):
            yield from _holding(fact.type.entity)
            yield fact.type.reference
    for part in statement.parts:
        yield from (node.key for node in e.walk(part) if isinstance(node, e.Judged))


def _holding(entity: Entity) -> Iterator[Fact | Entity]:
    """What holds the records of an entity, up to the list at the top of a state."""
    if entity.listed:
        yield entity
    for holder, fact in entity.holders:
        yield fact
        yield from _holding(holder)
