"""Questions answered by trying every state: slow, and too simple to be wrong.

It reads nothing of how the analysis works. A policy set has one listed entity, of which a state has one record; facts are yes
or no, values of a kind, judgements, contained entities, lists up to a length, and counts and dates out of a few that are
given. Only what conditions read is stated.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Any

import attrs

from sopb_rules.analysis.questions import Kind, Question, Status
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import facts_of
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.evaluate import Environment, evaluate_decision, evaluate_norm, truth
from sopb_rules.predicates.verdicts import Verdict

Data = dict[str, Any]
Path = tuple[Any, ...]

#: Duties from the weakest to the strongest.
STRENGTH = {"encouraged": 0, "should": 1, "should not": 1, "must": 2, "must not": 2}


@attrs.frozen
class Slot:
    """Something that a state states, with all that it can be stated to be.

    Args:
        path: where it stands; for a list the number of its elements, for an optional entity whether it is there.
        act: whether acting decides it.
    """

    path: Path
    options: tuple[Any, ...]
    act: bool


@attrs.frozen
class Row:
    """One state, and what comes of it.

    Args:
        situation: what no act decides, the date included.
        verdicts: of each norm, by the path of each record that is there.
        values: of each decision: the values that it gives, `no_case` and `conflict`.
        active: the cases that give their value, by decision and case; for each record the set of them.
        truths: of each definition.
    """

    situation: tuple[Any, ...]
    verdicts: Mapping[str, Mapping[str, Verdict]]
    values: Mapping[str, frozenset[str]]
    active: tuple[frozenset[tuple[str, str]], ...]
    truths: Mapping[str, frozenset[bool]]

    @cached_property
    def kept(self) -> frozenset[str]:
        """The norms that no record leaves unmet or exceeds."""
        broken = {Verdict.UNMET, Verdict.EXCEEDED}
        return frozenset(id for id, found in self.verdicts.items() if broken.isdisjoint(found.values()))

    def used(self, id: str) -> Iterator[str]:
        """The records that use a permission."""
        return (path for path, verdict in self.verdicts[id].items() if verdict is Verdict.USED)


class Brute:
    """All states of a policy set.

    Args:
        days: the dates that `today` and each date can be.
        counts: what each count can be.
        longest: the most elements of a list.
    """

    def __init__(
        self, policies: PolicySet, days: Sequence[datetime.date], counts: Sequence[int] = (), longest: int = 0
    ) -> None:
        self.policies = policies
        self.days = tuple(days)
        self.counts = tuple(counts)
        self.longest = longest
        model = policies.model
        (self.entity,) = model.vocabulary.listed()
        self._read = set(facts_of(*model.conditions()))
        for statement in model.statements:
            self._read |= set(_holding(statement.entity))
        self._acted = {
            (node.subject.entity.name, node.key)
            for condition in model.conditions()
            for node in e.walk(condition)
            if isinstance(node, e.Judged) and any(fact.act for fact in facts_of(node.comparison))
        }

    # ---- states ------------------------------------------------------------------------------------------

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Everything that is stated."""
        return tuple(self._slots(self.entity, ()))

    @property
    def size(self) -> int:
        """How many states there are."""
        size = len(self.days)
        for slot in self.slots:
            size *= len(slot.options)
        return size

    def _slots(self, entity: v.Entity, path: Path) -> Iterator[Slot]:
        for fact in entity.facts.values():
            if fact in self._read:
                yield from self._fact_slots(fact, (*path, fact.name))
        for key in self.policies.model.judgement_keys.get(entity.name, ()):
            yield Slot((*path, "judgements", key), (True, False), (entity.name, key) in self._acted)

    def _fact_slots(self, fact: v.Fact, path: Path) -> Iterator[Slot]:
        match fact.type:
            case v.Contained(entity):
                yield Slot(path, (True, False) if fact.optional else (True,), fact.act)
                yield from self._slots(entity, path)
            case v.ListOf(entity):
                yield Slot(path, tuple(range(self.longest + 1)), fact.act)
                for number in range(self.longest):
                    yield from self._slots(entity, (*path, number))
            case type_:
                yield Slot(path, (*self._options(type_), *([None] if fact.optional else [])), fact.act)

    def _options(self, type_: v.FactType) -> Iterable[Any]:
        match type_:
            case v.YesNo() | v.Judgement():
                return (True, False)
            case v.KindType(kind):
                return kind.values
            case v.Count():
                return self.counts
            case v.Date():
                return self.days
        raise AssertionError(type_)

    def _record(self, entity: v.Entity, path: Path, chosen: Mapping[Path, Any]) -> Data:
        data: Data = {}
        for fact in entity.facts.values():
            if fact not in self._read:
                continue
            place = (*path, fact.name)
            value = chosen[place]
            match fact.type:
                case v.Contained(inner):
                    data[fact.name] = self._record(inner, place, chosen) if value else None
                case v.ListOf(inner):
                    data[fact.name] = [self._record(inner, (*place, number), chosen) for number in range(value)]
                case v.Judgement():
                    data[fact.name] = _judged(value)
                case _:
                    data[fact.name] = value
        keys = self.policies.model.judgement_keys.get(entity.name, ())
        if keys:
            data["judgements"] = {key: _judged(chosen[(*path, "judgements", key)]) for key in keys}
        return data

    @cached_property
    def rows(self) -> list[Row]:
        """Every state."""
        found = []
        for day in self.days:
            for values in product(*(slot.options for slot in self.slots)):
                chosen = {slot.path: value for slot, value in zip(self.slots, values, strict=True)}
                fixed = (value for slot, value in zip(self.slots, values, strict=True) if not slot.act)
                found.append(self._row((day, *fixed), self._record(self.entity, (), chosen), day))
        return found

    def _row(self, situation: tuple[Any, ...], data: Data, day: datetime.date) -> Row:
        model = self.policies.model
        state = self.policies.state({self.entity.name: [{"id": "only", **data}]})
        verdicts = {
            norm.id: {record.path: evaluate_norm(norm, record, day).verdict for record in state.records(norm.entity)}
            for norm in model.norms.values()
        }
        assert all(Verdict.UNKNOWN not in found.values() for found in verdicts.values())
        values: dict[str, frozenset[str]] = {}
        active = []
        for decision in model.decisions.values():
            records = list(state.records(decision.entity))
            decided = [evaluate_decision(decision, record, day) for record in records]
            values[decision.name] = frozenset(each.value or each.verdict.value for each in decided)
            for record in records:
                env = Environment({decision.variable: record}, day)
                active.append(
                    frozenset((decision.name, case.id) for case in decision.cases if truth(decision.active(case), env))
                )
        truths = {
            f"{definition.entity.name}.{definition.name}": frozenset(
                bool(truth(definition.condition, Environment({definition.variable: record}, day)))
                for record in state.records(definition.entity)
            )
            for definition in model.definitions.values()
        }
        return Row(situation, verdicts, values, tuple(active), truths)

    @cached_property
    def situations(self) -> Mapping[tuple[Any, ...], list[Row]]:
        """The states by what no act decides."""
        found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row.situation].append(row)
        return found

    # ---- questions ---------------------------------------------------------------------------------------

    def status(self, question: Question) -> Status | None:
        """What comes of a question; None where another question tells it already."""
        first = question.ids[0]
        match question.kind:
            case Kind.NEVER_APPLIES:
                return _found(not self._applies(first))
            case Kind.CANNOT_BE_MET:
                return _found(not self._comes_to(first, Verdict.MET, Verdict.USED)) if self._applies(first) else None
            case Kind.CANNOT_BE_UNMET:
                broken = self._comes_to(first, Verdict.UNMET, Verdict.EXCEEDED)
                return _found(not broken) if self._applies(first) else None
            case Kind.GAP:
                return _found(any(Verdict.NO_CASE.value in row.values[first] for row in self.rows))
            case Kind.OVERLAP:
                return _found(any(Verdict.CONFLICT.value in row.values[first] for row in self.rows))
            case Kind.IDLE_CASE:
                return _found(not any(question.ids in each for row in self.rows for each in row.active))
            case Kind.ALWAYS_TRUE:
                return _found(not any(False in row.truths[first] for row in self.rows))
            case Kind.ALWAYS_FALSE:
                return _found(not any(True in row.truths[first] for row in self.rows))
            case Kind.CONFLICT:
                return _found(any(True for _ in self.clashing(question.ids)))
            case Kind.FORBIDS_PERMITTED:
                return _found(self._forbids(*question.ids))
            case Kind.IMPLIED:
                unmet = any(first not in row.kept for row in self.rows)
                return _found(self.implied(first, self.stronger(first))) if unmet else None

    def _comes_to(self, id: str, *verdicts: Verdict) -> bool:
        return any(verdict in verdicts for row in self.rows for verdict in row.verdicts[id].values())

    def _applies(self, id: str) -> bool:
        return any(verdict is not Verdict.NOT_APPLICABLE for row in self.rows for verdict in row.verdicts[id].values())

    def clashing(self, ids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """The situations in which no act keeps all of some duties."""
        wanted = frozenset(ids)
        for situation, rows in self.situations.items():
            if not any(wanted <= row.kept for row in rows):
                yield situation

    def smallest_clashes(self, ids: Sequence[str]) -> set[frozenset[str]]:
        """The sets of duties that clash in some situation while none of them can be left out there."""
        found = set()
        for situation in self.clashing(ids):
            rows = self.situations[situation]
            sets = (frozenset(id for id, there in zip(ids, mask, strict=True) if there) for mask in _masks(len(ids)))
            clashing = {each for each in sets if not any(each <= row.kept for row in rows)}
            found |= {each for each in clashing if not any(other < each for other in clashing)}
        return found

    def _forbids(self, permission: str, duty: str) -> bool:
        """Whether one can use the permission, or keep the duty, but not both."""
        for rows in self.situations.values():
            if not any(duty in row.kept for row in rows):
                continue
            for path in {path for row in rows for path in row.used(permission)}:
                if not any(path in row.used(permission) and duty in row.kept for row in rows):
                    return True
        return False

    def stronger(self, id: str) -> list[str]:
        """The other duties of no less force that have a fact in common with it, or with another one of these."""
        first = self.policies.model.norms[id]
        left = [
            norm
            for norm in self.policies.model.norms.values()
            if norm is not first and not norm.is_permission and STRENGTH[norm.force] >= STRENGTH[first.force]
        ]
        found: list[str] = []
        facts = set(facts_of(*first.parts))
        while near := [norm for norm in left if facts & set(facts_of(*norm.parts))]:
            left = [norm for norm in left if norm not in near]
            found += [norm.id for norm in near]
            facts |= {fact for norm in near for fact in facts_of(*norm.parts)}
        return found

    def implied(self, id: str, others: Iterable[str]) -> bool:
        """Whether every state that keeps the others keeps a duty."""
        kept = frozenset(others)
        return not any(kept <= row.kept and id not in row.kept for row in self.rows)


def _holding(entity: v.Entity) -> Iterator[v.Fact]:
    """The facts that hold what a statement is about."""
    for holder, fact in entity.holders:
        yield fact
        yield from _holding(holder)


def _masks(length: int) -> Iterator[tuple[bool, ...]]:
    return product((False, True), repeat=length)


def _found(there: bool) -> Status:
    return Status.FOUND if there else Status.CLEAR


def _judged(value: bool | None) -> Data | None:
    return None if value is None else {"value": value, "by": "somebody", "on": datetime.date(2026, 1, 1)}
