"""A missing fact has two completions that differ in it alone, and they come to what is said of them; on generated policies."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.completions import Assumption
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import Record
from sopb_rules.testing.some_states import Data
from sopb_rules.testing.strategies import policy_sets, states
from tests.completions.stated import with_assumptions
from tests.properties.support import Statement, evaluated, fewer, finding, outcome, settled, until


def test_both_completions_are_replayed_from_what_they_state() -> None:
    shown = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal shown
        policies = data.draw(policy_sets())
        for _ in range(2):
            plain = data.draw(states(policies, ids=True))
            state = policies.state(plain)
            assert state.as_of is not None
            for statement, record in evaluated(policies, state):
                for each in finding(policies, statement, record, state.as_of).missing:
                    if each.turn is None:  # kept, since the search met a bound
                        continue
                    shown += 1
                    assert each.turn.outcomes[0] != each.turn.outcomes[1]
                    for side, expected in zip(each.turn.sides, each.turn.outcomes, strict=True):
                        assert side[0].path == each.path
                        came = _come_to(policies, plain, statement, record, (*each.turn.shared, *side))
                        assumed = [(one.path, one.value) for one in (*each.turn.shared, *side)]
                        assert came == {expected}, (statement.id, record, each.path, assumed)

    until(hold, lambda: shown >= 15)
    assert shown >= 15


def _come_to(
    policies: PolicySet, plain: Data, statement: Statement, record: Record, assumed: Iterable[Assumption]
) -> set[object]:
    """All that a statement may come to for a subject, as the reference evaluator has it."""
    state = policies.state(with_assumptions(policies.model, plain, assumed))
    assert state.as_of is not None
    same = [each for other, each in evaluated(policies, state) if other is statement and _same(each, record)]
    if not same:  # the subject is said not to be there
        return {Verdict.NOT_APPLICABLE}
    return set(outcome(statement, same[0], state.as_of).possible)


def _same(record: Record, stated: Record) -> bool:
    """Whether it is the same subject; of lists that were not stated, the first entry."""
    return stated.path == (record.path.replace("[#1]", "") if stated.hypothetical else record.path)


@fewer
@given(st.data())
def test_what_an_outcome_comes_to_is_within_what_seems_possible(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    state = policies.state(data.draw(states(policies)))
    assert state.as_of is not None
    for statement, record in evaluated(policies, state):
        found = finding(policies, statement, record, state.as_of)
        assert found.comes_to
        assert found.comes_to <= found.outcome.possible
        if found.comes_to_exactly:
            assert bool(found.missing) is (len(found.comes_to) > 1), (statement.id, record, found.missing)
        elif not settled(found.outcome):
            assert found.comes_to == found.outcome.possible


@fewer
@given(st.data())
def test_both_evaluators_find_the_same_missing(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    state = policies.state(data.draw(states(policies)))
    assert state.as_of is not None
    compiled: list[Finding | DecisionFinding] = [
        *policies.evaluate(state).findings,
        *policies.evaluate(state).decisions,
    ]
    for each in compiled:
        reference = finding(policies, each.model, each.record, state.as_of)
        if not each.record.hypothetical:
            assert each.missing == reference.missing
            assert each.comes_to == reference.comes_to
