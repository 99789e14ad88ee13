"""Whatever is masked, and wherever it was stated: no masked value occurs anywhere in a decision log."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from typing import Any

import attrs
from hypothesis import given, note
from hypothesis import strategies as st

from sopb_rules.findings.decision_log import DecisionLog
from sopb_rules.model import vocabulary as v
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source
from sopb_rules.testing.strategies import policy_sets, states
from tests.apps import sample
from tests.properties.support import fewer, slots

TIME = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)

State = dict[str, Any]


#: Policies whose organizations have a name, which stands for them in reports.
NAMED = PolicySet(compile_policies([Source("vocabulary", sample.VOCABULARY), Source("article", sample.ARTICLE)]))


@fewer
@given(st.data())
def test_no_masked_value_occurs_in_the_log(data: st.DataObject) -> None:
    _none_occurs(data, data.draw(policy_sets()))


@fewer
@given(st.data())
def test_nor_does_a_masked_name(data: st.DataObject) -> None:
    _none_occurs(data, NAMED)


def _none_occurs(data: st.DataObject, policies: PolicySet) -> None:
    state = _marked(data.draw(states(policies, ids=True)), policies)
    vocabulary = policies.model.vocabulary
    names = [*sorted({name for entity in vocabulary.entities.values() for name in _facts(entity)}), "id", "judgements"]
    dotted = [f"{entity.name}.{name}" for entity in vocabulary.entities.values() for name in [*_facts(entity), "id"]]
    masked = data.draw(st.lists(st.sampled_from([*names, *dotted]), min_size=1, max_size=3))
    people = data.draw(st.booleans())
    text = _log(policies, state, masked, people)
    note(text)
    hidden = set(_Hidden(frozenset(masked), people).of(policies, state))
    assert not [value for value in hidden if re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", text)]


@fewer
@given(st.data())
def test_without_masks_values_do_occur(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    state = _marked(data.draw(states(policies, ids=True)), policies)
    report = policies.evaluate(state)
    text = _log(policies, state, [], False)
    assert all(finding.subject.path in text for finding in report.findings)
    assert "***" not in text


def _facts(entity: v.Entity) -> list[str]:
    return [fact.name for fact in entity.facts.values() if not isinstance(fact.type, v.Inverse)]


def _log(policies: PolicySet, state: State, masked: list[str], people: bool) -> str:
    stream = io.StringIO()
    DecisionLog(stream, policies.masks(*masked, people=people)).write(policies.evaluate(state), TIME)
    return stream.getvalue()


def _marked(state: State, policies: PolicySet) -> State:
    """The state with a value at each place that is found nowhere else, as far as its type has enough values."""
    for number, slot in enumerate(slots(policies.model, state)):
        if slot.unknown or slot.data[slot.key] is None:
            continue
        marker = 7_310_000 + number
        match slot.of.type if isinstance(slot.of, v.Fact) else slot.of:
            case None | v.Judgement():
                slot.data[slot.key] |= {"by": f"person-{marker}", "on": _day(number)}
            case v.Text():
                slot.data[slot.key] = f"text-{marker}"
            case v.Count() | v.Number() | v.Money():
                slot.data[slot.key] = marker * 1_000_003
            case v.Date():
                slot.data[slot.key] = _day(number)
    return state


def _day(number: int) -> datetime.date:
    return datetime.date(7000, 1, 1) + datetime.timedelta(days=number)


@attrs.frozen
class _Hidden:
    """The values that must not occur, by walking through the data as it was stated."""

    masked: frozenset[str]
    people: bool

    def of(self, policies: PolicySet, state: State) -> Iterator[str]:
        for entity in policies.model.vocabulary.listed():
            for record in state.get(entity.name, ()):
                yield from self.record(entity, record, False)

    def hides(self, entity: v.Entity, name: str) -> bool:
        return bool(self.masked & {name, f"{entity.name}.{name}"})

    def record(self, entity: v.Entity, record: State, inside: bool) -> Iterator[str]:
        if "id" in record and (inside or self.hides(entity, "id")):
            yield record["id"]
        for name, value in record.items():
            if name in entity.facts:
                yield from self.fact(entity.facts[name], value, inside or self.hides(entity, name))
        for judged in record.get("judgements", {}).values():
            yield from self.judgement(judged, inside or self.hides(entity, "judgements"))

    def fact(self, fact: v.Fact, value: Any, hidden: bool) -> Iterator[str]:
        if isinstance(fact.type, v.Contained | v.ListOf) and isinstance(value, dict | list):
            for each in [value] if isinstance(value, dict) else value:
                yield from self.record(fact.type.entity, each, hidden)
        elif isinstance(value, dict):
            yield from self.judgement(value, hidden)
        elif hidden and isinstance(fact.type, _UNIQUE) and isinstance(value, str | int | datetime.date):
            yield str(value)

    def judgement(self, value: State, hidden: bool) -> Iterator[str]:
        if hidden or self.people:
            yield value["by"]
        if hidden:
            yield value["on"].isoformat()


#: The types of which there are enough values for each to be found once.
_UNIQUE = v.Text | v.Count | v.Number | v.Money | v.Reference | v.Date
