"""An explanation proves its verdict: from it alone, the verdict and what is possible follow; and every change is noticed.

Also: it says what the state states and where, it is the same after JSON, and nothing that is needed was left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.findings.explain import explain_definition
from sopb_rules.findings.explanation import Explanation
from sopb_rules.findings.finding import Finding
from sopb_rules.findings.outline import Line
from sopb_rules.findings.replay import replay
from sopb_rules.policy_set import PolicySet, subjects
from sopb_rules.predicates.evaluate import Environment, truth
from sopb_rules.predicates.truth import Truth
from sopb_rules.testing.strategies import policy_sets, states
from tests.properties.support import evaluated, finding


def explained(data: st.DataObject, times: int = 2) -> Iterator[tuple[PolicySet, dict[str, Any], Any, Explanation]]:
    """Findings on generated policies and states, with their explanations."""
    policies = data.draw(policy_sets())
    for _ in range(times):
        plain = data.draw(states(policies))
        state = policies.state(plain)
        assert state.as_of is not None
        for statement, record in evaluated(policies, state):
            found = finding(policies, statement, record, state.as_of)
            yield policies, plain, found, found.explain()


def test_the_verdict_and_what_is_possible_follow_from_the_explanation_alone() -> None:
    settled = unknown = 0

    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal settled, unknown
        for _, _, found, explanation in explained(data, 3):
            written = json.loads(json.dumps(explanation.as_dict()))
            again = Explanation.from_dict(written)
            assert again == explanation
            assert again.as_dict() == written
            for each in (explanation, again):
                replayed = replay(each)
                assert (replayed.verdict, replayed.possible) == (found.verdict, found.possible), (found, each)
                assert isinstance(found, Finding) or replayed.value == found.value
            assert again.outline() == explanation.outline()
            assert all(isinstance(line, Line) and line.text for line in explanation.outline())
            settled += len(found.possible) == 1
            unknown += len(found.possible) > 1

    hold()
    assert settled >= 100
    assert unknown >= 50


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
