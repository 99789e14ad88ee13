"""An explanation proves its verdict: from it alone, the verdict and what is possible follow; and every change is noticed.

Also: it says what the state states, it is the same after JSON, and nothing that is needed was left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.diagnostics import RulesError
from sopb_rules.findings.explain import explain_definition
from sopb_rules.findings.explanation import Explanation
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.findings.leaves import fact_of, value_of
from sopb_rules.findings.reasons import Compared, Exists, Fact, FactValue, Holds, Judged, Value
from sopb_rules.findings.replay import disagreements, replay
from sopb_rules.model import vocabulary as v
from sopb_rules.policy_set import subjects
from sopb_rules.predicates.evaluate import Environment, truth
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import Record, State
from sopb_rules.testing.drawing import Choices
from sopb_rules.testing.strategies import policy_sets, states
from tests.properties.support import choices, evaluated, few, fewer, finding, until

Explained = tuple[State, Finding | DecisionFinding, Explanation]


def explained(data: st.DataObject, times: int = 2) -> Iterator[Explained]:
    """Findings on generated policies and states, with their explanations."""
    policies = data.draw(policy_sets())
    for _ in range(times):
        state = policies.state(data.draw(states(policies)))
        assert state.as_of is not None
        for statement, record in evaluated(policies, state):
            found = finding(policies, statement, record, state.as_of)
            yield state, found, found.explain()


def test_the_verdict_and_what_is_possible_follow_from_the_explanation_alone() -> None:
    settled = unknown = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal settled, unknown
        for _, found, explanation in explained(data):
            written = json.loads(json.dumps(explanation.as_dict()))
            again = Explanation.from_dict(written)
            assert again == explanation
            assert again.as_dict() == written
            for each in (explanation, again):
                replayed = replay(each)
                assert (replayed.verdict, replayed.possible) == (found.verdict, found.possible), (found, each)
                assert isinstance(found, Finding) or replayed.value == found.value
            assert again.outline() == explanation.outline()
            assert all(line.text for line in explanation.outline())
            settled += len(found.possible) == 1
            unknown += len(found.possible) > 1

    until(hold, lambda: settled >= 25 and unknown >= 12)
    assert settled >= 25
    assert unknown >= 12


@fewer
@given(st.data())
def test_the_truth_of_definitions_follows_too(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    state = policies.state(data.draw(states(policies)))
    assert state.as_of is not None
    for definition in policies.model.definitions.values():
        for record in subjects(state, definition.entity):
            explanation = explain_definition(definition, record, state.as_of)
            env = Environment({definition.variable: record}, state.as_of)
            assert replay(explanation).truth is Truth.of(truth(definition.condition, env))
            assert Explanation.from_dict(json.loads(json.dumps(explanation.as_dict()))) == explanation
            assert explanation.outline()


# ---- every change is noticed --------------------------------------------------------------------------------

Way = tuple[str | int, ...]


def parts(node: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:
    """Everything in an explanation, with the way to it."""
    yield way, node
    if isinstance(node, tuple):
        for index, each in enumerate(node):
            yield from parts(each, (*way, index))
    elif attrs.has(type(node)):
        for field in attrs.fields(type(node)):
            yield from parts(getattr(node, field.name), (*way, field.name))


def replaced(node: Any, way: Way, new: Any) -> Any:
    """The same with something else in one place."""
    if not way:
        return new
    first, *rest = way
    if isinstance(first, int):
        return (*node[:first], replaced(node[first], tuple(rest), new), *node[first + 1 :])
    return attrs.evolve(node, **{first: replaced(getattr(node, first), tuple(rest), new)})


def changed(choose: Choices, explanation: Explanation) -> tuple[Any, Explanation] | None:
    """An explanation in which one thing is otherwise that its verdict rests on; None where nothing can be."""
    places: list[tuple[Way, Any]] = []
    nodes = dict(parts(explanation))
    for way, node in nodes.items():
        match node:
            case Fact() if isinstance(nodes.get(way[:-1]), Exists):
                pass  # that it is there rests on no value
            case Truth():
                places += [(way, each) for each in Truth if each is not node]
            case Fact(value=Value(value=bool(held)) as value) if node.reached:
                places.append((way, attrs.evolve(node, value=attrs.evolve(value, value=not held))))
            case Verdict():
                places += [(way, each) for each in (Verdict.MET, Verdict.USED, Verdict.CONFLICT) if each is not node]
            case int() if way[-1] == "size":
                places.append((way, node + 1))
            case _:
                pass
        if isinstance(node, Holds | Exists | Judged) and node.truth is not Truth.UNKNOWN:
            places.append(((*way, "fact"), attrs.evolve(node.fact, value=None)))
        if isinstance(node, Compared) and node.truth is not Truth.UNKNOWN and isinstance(node.left, FactValue):
            places.append(((*way, "left", "fact"), attrs.evolve(node.left.fact, value=None)))
    if not places:
        return None
    way, new = choose.one(places)
    return (way, new), replaced(explanation, way, new)


def test_one_thing_that_is_otherwise_is_noticed() -> None:
    tried = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal tried
        for _, found, explanation in explained(data):
            for _ in range(3):
                other = changed(choices(data), explanation)
                if other is None:
                    continue
                what, told = other
                tried += 1
                assert disagreements(told), (found, what, explanation)
                with pytest.raises(RulesError, match="does not hold"):
                    told.replay()

    until(hold, lambda: tried >= 50)
    assert tried >= 50


# ---- what it shows is stated --------------------------------------------------------------------------------


def stated(state: State) -> dict[str, Any]:
    """All that a state states, by path, as an explanation tells it."""
    told: dict[str, Any] = {
        name: value_of(records, v.ListOf(state.vocabulary.entities[name]), "")
        for name, records in state.lists.items()
        if records is not None
    }

    def tell(record: Record) -> None:
        for name, fact in record.entity.facts.items():
            told[f"{record.path}.{name}"] = fact_of(record, fact).value
        for key, judged in record.judged.items():
            told[f'{record.path}.judgements["{key}"]'] = None if judged is None else Value("judgement", judged)

    for entity in state.vocabulary.entities.values():
        for record in state.records(entity):
            tell(record)
    return told


def test_every_fact_that_is_shown_is_what_the_state_states() -> None:
    shown = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal shown
        for state, _, explanation in explained(data):
            told = stated(state)
            for _, node in parts(explanation):
                if isinstance(node, Fact):
                    shown += node.value is not None
                    assert node.value == told.get(node.path), node

    until(hold, lambda: shown >= 50)
    assert shown >= 50


# ---- why not ------------------------------------------------------------------------------------------------


@few
@given(st.data())
def test_something_stands_against_every_other_verdict(data: st.DataObject) -> None:
    for _, found, _ in explained(data):
        for expected in _expectable(found):
            why_not = found.why_not(expected)  # type: ignore[arg-type]
            value = expected.value if isinstance(expected, Verdict) else expected
            reached = found.value if isinstance(found, DecisionFinding) and found.value else found.verdict.value
            possible = {each.value if isinstance(each, Verdict) else each for each in found.comes_to}
            assert why_not.is_found is (value == reached)
            assert bool(why_not.obstacles) is not why_not.is_found, (found, value)
            assert why_not.possible is (value in possible or why_not.is_found)
            open_ = why_not.possible and not why_not.is_found
            assert bool(why_not.missing) is (open_ and len(possible) > 1)
            assert json.loads(json.dumps(why_not.as_dict()))["expected"] == value
            assert why_not.outline()


def _expectable(found: Finding | DecisionFinding) -> tuple[Verdict | str, ...]:
    if isinstance(found, DecisionFinding):
        return (*found.model.values, Verdict.NO_CASE, Verdict.CONFLICT, Verdict.UNKNOWN)
    if found.model.is_permission:
        return (Verdict.OPEN, Verdict.USED, Verdict.EXCEEDED, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN)
    return (Verdict.MET, Verdict.UNMET, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN)
