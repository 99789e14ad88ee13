"""What the properties share: facts of plain data that can be forgotten and stated, and outcomes by subject."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs
from hypothesis import seed, settings
from hypothesis import strategies as st

from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm, Policies
from sopb_rules.policy_set import PolicySet, subjects
from sopb_rules.predicates.evaluate import evaluate_decision, evaluate_norm
from sopb_rules.predicates.verdicts import DecisionOutcome, Outcome
from sopb_rules.states.records import ABSENT, Record, State, blank
from sopb_rules.states.stating import UNKNOWN
from sopb_rules.testing.drawing import Choices
from sopb_rules.testing.some_states import Data, States

Statement = Norm | Decision

#: For properties of which one example takes long: a quarter of the examples of the profile.
fewer = settings(max_examples=max(1, settings.default.max_examples // 4))

#: For those of which one example takes very long: a tenth.
few = settings(max_examples=max(1, settings.default.max_examples // 10))


def until(hold: Callable[[], None], enough: Callable[[], bool]) -> None:
    """Ask a property again, of other examples, where one round, which is short, has shown too little; eight times at most."""
    hold()
    for again in range(7):
        if enough():
            return
        seed(again)(hold)()


def choices(data: st.DataObject) -> Choices:
    """Choices made by an interactive draw."""
    return Choices(data.draw)


# ---- evaluating ---------------------------------------------------------------------------------------------


def statements(policies: PolicySet) -> Iterator[Statement]:
    """The norms and the decisions."""
    yield from policies.model.norms.values()
    yield from policies.model.decisions.values()


def evaluated(policies: PolicySet, state: State) -> Iterator[tuple[Statement, Record]]:
    """Each norm and decision with each of its subjects, also those that nobody stated."""
    for statement in statements(policies):
        for record in subjects(state, statement.entity):
            yield statement, record


def outcome(statement: Statement, record: Record, today: datetime.date) -> Outcome | DecisionOutcome:
    """The outcome by the reference evaluator."""
    if isinstance(statement, Norm):
        return evaluate_norm(statement, record, today)
    return evaluate_decision(statement, record, today)


def finding(
    policies: PolicySet, statement: Statement, record: Record, today: datetime.date
) -> Finding | DecisionFinding:
    """The finding by the reference evaluator."""
    if isinstance(statement, Norm):
        return policies.find(statement, record, today, reference=True)
    return policies.decide(statement, record, today, reference=True)


def settled(found: Outcome | DecisionOutcome) -> bool:
    """Whether stating more can change nothing."""
    return len(found.possible) == 1


def counterpart(record: Record, earlier: State) -> Record | None:
    """The same subject in a state that says less: where its list or its place was not stated, the one standing for it."""
    if record.holder is None:
        return next((each for each in earlier.lists[record.entity.name] or () if each.id == record.id), None)
    holder = counterpart(record.holder, earlier)
    fact = record.holder_fact
    assert fact is not None
    if holder is None:
        return None
    value = holder.get(fact.name)
    if value is None:
        return blank(record.entity, holder, fact)
    assert value is not ABSENT
    return value if isinstance(value, Record) else value[record.index - 1]  # type: ignore[no-any-return]


# ---- plain data ---------------------------------------------------------------------------------------------


@attrs.frozen
class Slot:
    """A place in plain data where a fact, a judgement or a list can be stated.

    Args:
        path: as findings name it.
        of: what can be stated there: a fact, the entity of a list at the top, or None for a judgement.
    """

    path: str
    data: Data
    key: str
    of: v.Fact | v.Entity | None

    @property
    def unknown(self) -> bool:
        """Whether it says nothing."""
        return self.data.get(self.key, UNKNOWN) is UNKNOWN


def slots(policies: Policies, data: Data) -> Iterator[Slot]:
    """All the places, outer ones first."""
    for entity in policies.vocabulary.listed():
        yield Slot(entity.name, data, entity.name, entity)
        for record in data.get(entity.name, ()):
            yield from _slots(policies, entity, record, f"{entity.name}[{record['id']}]")


def _slots(policies: Policies, entity: v.Entity, data: Data, path: str) -> Iterator[Slot]:
    for fact in entity.facts.values():
        if isinstance(fact.type, v.Inverse):
            continue
        yield Slot(f"{path}.{fact.name}", data, fact.name, fact)
        value = data.get(fact.name)
        if isinstance(fact.type, v.Contained) and isinstance(value, dict):
            yield from _slots(policies, fact.type.entity, value, f"{path}.{fact.name}")
        elif isinstance(fact.type, v.ListOf) and isinstance(value, list):
            for index, each in enumerate(value, 1):
                step = f"[{each['id']}]" if "id" in each else f"[#{index}]"
                yield from _slots(policies, fact.type.entity, each, f"{path}.{fact.name}{step}")
    for key in policies.judgement_keys.get(entity.name, {}):
        yield Slot(f'{path}.judgements["{key}"]', data.get("judgements", {}), key, None)


def ids(policies: Policies, data: Data) -> dict[str, list[str]]:
    """The ids that can be referred to, by entity."""
    found: dict[str, list[str]] = {name: [] for name in policies.vocabulary.entities}

    def note(entity: v.Entity, record: Data) -> None:
        if "id" in record:
            found[entity.name].append(record["id"])
        for fact in entity.facts.values():
            inner = record.get(fact.name)
            if isinstance(fact.type, v.Contained | v.ListOf) and isinstance(inner, dict | list):
                for each in [inner] if isinstance(inner, dict) else inner:
                    note(fact.type.entity, each)

    for entity in policies.vocabulary.listed():
        for each in data.get(entity.name, ()):
            note(entity, each)
    return found


def forgetting(choose: Choices, policies: Policies, data: Data, once_in: int) -> Data:
    """The same data with some facts left out or unknown, and with all that referred to what is gone."""
    less = copy.deepcopy(data)
    for slot in list(slots(policies, less)):
        if not slot.unknown and choose.chance(once_in):
            if not isinstance(slot.of, v.Entity) and choose.chance(3):
                slot.data[slot.key] = UNKNOWN
            else:
                del slot.data[slot.key]
    _drop_dangling(policies, less)
    return less


def _drop_dangling(policies: Policies, data: Data) -> None:
    known = ids(policies, data)
    for slot in list(slots(policies, data)):
        fact = slot.of
        if not isinstance(fact, v.Fact) or not isinstance(fact.type, v.Reference):
            continue
        id = slot.data.get(slot.key)
        if isinstance(id, str) and id not in known[fact.type.entity.name]:
            del slot.data[slot.key]


def stating(choose: Choices, policies: Policies, data: Data, paths: Iterable[str]) -> Data | None:
    """The same data with one of the unknown facts stated in any way; None where that cannot be."""
    more = copy.deepcopy(data)
    wanted = set(paths)
    open_slots = [slot for slot in slots(policies, more) if slot.path in wanted and slot.unknown]
    if not open_slots:
        return None
    slot = choose.one(open_slots)
    return more if _state(choose, policies, more, slot) else None


def _state(choose: Choices, policies: Policies, data: Data, slot: Slot) -> bool:
    writer = States(choose, policies)
    writer.targets = ids(policies, data)
    fact = slot.of
    if fact is None:
        path = slot.path.rpartition('.judgements["')[0]
        record = next(record for record, at in records(policies, data) if at == path)
        record.setdefault("judgements", {})[slot.key] = writer.judgement()
    elif isinstance(fact, v.Entity):
        data[fact.name] = [writer.record(fact) for _ in range(choose.below(3))]
    elif isinstance(fact.type, v.Reference) and not writer.targets[fact.type.entity.name]:
        if not fact.optional:
            return False
        slot.data[fact.name] = None
    else:
        slot.data[fact.name] = writer.value(fact)
    writer.refer()
    return True


def records(policies: Policies, data: Data) -> Iterator[tuple[Data, str]]:
    """All the records with their paths."""
    for entity in policies.vocabulary.listed():
        for record in data.get(entity.name, ()):
            yield from _records(entity, record, f"{entity.name}[{record['id']}]")


def _records(entity: v.Entity, data: Data, path: str) -> Iterator[tuple[Data, str]]:
    yield data, path
    for fact in entity.facts.values():
        value = data.get(fact.name)
        if isinstance(fact.type, v.Contained) and isinstance(value, dict):
            yield from _records(fact.type.entity, value, f"{path}.{fact.name}")
        elif isinstance(fact.type, v.ListOf) and isinstance(value, list):
            for index, each in enumerate(value, 1):
                step = f"[{each['id']}]" if "id" in each else f"[#{index}]"
                yield from _records(fact.type.entity, each, f"{path}.{fact.name}{step}")


def without_places(report: Any) -> Any:
    """A report as plain data without the places at which facts stand in a file."""
    if isinstance(report, dict):
        return {key: without_places(value) for key, value in report.items() if key != "where"}
    return [without_places(each) for each in report] if isinstance(report, list) else report
