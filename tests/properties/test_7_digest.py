"""The digest of a state is the same if and only if the same is stated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st

from sopb_rules.model import vocabulary as v
from sopb_rules.policy_set import PolicySet
from sopb_rules.states.records import Record, State, Stated
from sopb_rules.testing.drawing import Choices
from sopb_rules.testing.strategies import policy_sets, states
from tests.properties.support import choices, fewer, forgetting, slots, stating


@fewer
@given(st.data())
def test_order_changes_no_digest(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    for _ in range(2):
        plain = data.draw(states(policies, ids=True))
        parts = _divided(choices(data), plain)
        assert policies.state(*parts).digest == policies.state(plain).digest


@fewer
@given(st.data())
def test_two_states_have_one_digest_if_and_only_if_they_say_the_same(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    for _ in range(2):
        first = data.draw(states(policies))
        second = _changed(choices(data), policies, first)
        note(f"{first}\n{second}")
        one, other = policies.state(first), policies.state(second)
        assert (one.digest == other.digest) == (set(_said(one)) == set(_said(other)))


@fewer
@given(st.data())
def test_each_stated_value_counts(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    plain = data.draw(states(policies))
    before = policies.state(plain).digest
    for slot in [slot for slot in slots(policies.model, plain) if slot.key in slot.data]:
        value = slot.data.pop(slot.key)
        if not (
            slot.of is None and not slot.data
        ):  # the last of the judgements leaves an empty mapping, which says nothing
            assert policies.state(_without_references(policies, plain)).digest != before
        slot.data[slot.key] = value


def _divided(choose: Choices, state: dict[str, Any]) -> list[dict[str, Any]]:
    """The same state in several files, with records and facts in another order."""
    parts: list[dict[str, Any]] = [{}, {}, {"as_of": state["as_of"]}]
    for name, records in state.items():
        if name != "as_of":
            choose.one(parts)[name] = []
            for record in choose.shuffled(records):
                choose.one(parts).setdefault(name, []).append(_shuffled(choose, record))
    return choose.shuffled(parts)


def _shuffled(choose: Choices, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shuffled(choose, value[key]) for key in choose.shuffled(list(value))}
    return choose.shuffled([_shuffled(choose, each) for each in value]) if isinstance(value, list) else value


def _changed(choose: Choices, policies: PolicySet, state: dict[str, Any]) -> dict[str, Any]:
    """The state, or one that says a little less, more or something else."""
    if choose.chance(4):
        return dict(reversed(state.items()))
    less = forgetting(choose, policies.model, state, 8)
    unknown = [slot.path for slot in slots(policies.model, less) if slot.unknown]
    return (stating(choose, policies.model, less, unknown) if unknown and choose.chance(2) else None) or less


def _said(state: State) -> Iterator[tuple[object, ...]]:
    """All that a state says, thing by thing."""
    for name, records in state.lists.items():
        if records is not None:
            yield ("list", name)
    for entity in state.vocabulary.entities.values():
        for record in state.records(entity):
            yield ("record", record.path, record.id)
            yield from _facts(record)


def _facts(record: Record) -> Iterator[tuple[object, ...]]:
    for name, fact in record.entity.facts.items():
        value, stated = record.get(name), record.stated.get(name, Stated())
        if value is None and not stated.unknown:
            continue
        if isinstance(fact.type, v.Contained | v.ListOf) and isinstance(value, Record | tuple):
            value = "stated"  # what stands inside is told for itself
        elif isinstance(value, Record):
            value = value.id
        yield ("fact", record.path, name, type(value), value, stated.by, stated.on)
    for key, judged in record.judged.items():
        stated = record.judged_stated[key]
        yield ("judgement", record.path, key, judged, stated.by, stated.on)


def _without_references(policies: PolicySet, state: dict[str, Any]) -> dict[str, Any]:
    return forgetting(Choices(lambda _: 0), policies.model, state, 2)  # forgets nothing but what leads nowhere
