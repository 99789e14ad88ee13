"""A fact outside the missing list, stated in any way, leaves what a verdict comes to as it is.

A settled verdict stays; one that is unknown can still come to the same verdicts. And the missing list is complete: what
can come to more than one verdict has something missing, and once all that is missing is stated, it comes to one.
"""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.evaluate import Environment
from sopb_rules.predicates.relevance import Reading, unknown_readings
from sopb_rules.states.records import Record
from sopb_rules.testing.some_states import Data
from sopb_rules.testing.strategies import policy_sets, states
from tests.properties.support import (
    Statement,
    choices,
    counterpart,
    evaluated,
    fewer,
    finding,
    outcome,
    settled,
    slots,
    stating,
    until,
)  # fmt: skip


def test_a_fact_that_is_not_missing_changes_nothing() -> None:
    compared = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal compared
        policies = data.draw(policy_sets())
        for _ in range(4):
            before = data.draw(states(policies))
            unknown = [slot.path for slot in slots(policies.model, before) if slot.unknown]
            if not unknown:
                continue
            path = choices(data).one(unknown)
            after = stating(choices(data), policies.model, before, [path])
            if after is not None:
                compared += _same_but_where_missing(policies, before, after, path)

    until(hold, lambda: compared >= 50)
    assert compared >= 50


def _same_but_where_missing(policies: PolicySet, before: Data, after: Data, path: str) -> int:
    """How many outcomes were compared: those of subjects for which the stated fact was not missing."""
    compared = 0
    earlier, later = policies.state(before), policies.state(after)
    assert later.as_of is not None
    for statement, record in evaluated(policies, later):
        same = counterpart(record, earlier)
        if same is None:
            continue
        found, stated = (finding(policies, statement, each, later.as_of) for each in (same, record))
        if path in {each.path for each in found.missing}:
            continue
        compared += 1
        context = (path, after, statement, record)
        if path not in _unknown_to_kleene(statement, same, later.as_of):
            assert stated.outcome == found.outcome, context
        elif found.comes_to_exactly and stated.comes_to_exactly:
            assert stated.comes_to == found.comes_to, context
    return compared


def _unknown_to_kleene(statement: Statement, record: Record, today: datetime.date) -> set[str]:
    """The unknown facts on which the truth of some part rests, whether or not they can turn the whole."""
    env = Environment({statement.variable: record}, today)
    found = set()
    for reading in unknown_readings(statement, env):
        while reading.record.hypothetical:
            holder, fact = reading.record.holder, reading.record.holder_fact
            assert holder is not None
            assert fact is not None
            reading = Reading(holder, fact.name)
        found.add(reading.path)
    while record.hypothetical:
        assert record.holder is not None
        assert record.holder_fact is not None
        found.add(f"{record.holder.path}.{record.holder_fact.name}")
        record = record.holder
    return found


def test_what_is_unknown_has_something_missing_and_what_is_settled_has_not() -> None:
    unknown = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal unknown
        policies = data.draw(policy_sets())
        for _ in range(2):
            state = policies.state(data.draw(states(policies)))
            assert state.as_of is not None
            for statement, record in evaluated(policies, state):
                found = finding(policies, statement, record, state.as_of)
                unknown += not settled(found.outcome)
                if found.comes_to_exactly:
                    assert bool(found.missing) is (len(found.comes_to) > 1), (statement, record)
                elif settled(found.outcome):
                    assert not found.missing

    until(hold, lambda: unknown >= 5)
    assert unknown >= 5


@fewer
@given(st.data())
def test_a_state_that_says_everything_leaves_nothing_unknown(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    for _ in range(2):
        state = policies.state(data.draw(states(policies, complete=True)))
        assert state.as_of is not None
        for statement, record in evaluated(policies, state):
            assert settled(outcome(statement, record, state.as_of)), (statement, record)


@fewer
@given(st.data())
def test_stating_what_is_missing_settles_a_verdict_in_the_end(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    choose = choices(data)
    plain = data.draw(states(policies, ids=True))
    pairs = [pair for pair in evaluated(policies, policies.state(plain)) if not pair[1].hypothetical]
    if not pairs:
        return
    statement, record = choose.one(pairs)
    for _ in range(60):
        found = _finding(policies, plain, statement, record)
        if len(found.comes_to) == 1:
            return
        more = stating(choose, policies.model, plain, [each.path for each in found.missing])
        if more is None:  # only a reference is missing, and there is nothing that it could lead to
            return
        plain = more
    raise AssertionError(f"{found} still misses {found.missing}")


def _finding(policies: PolicySet, plain: Data, statement: Statement, record: Record) -> Finding | DecisionFinding:
    state = policies.state(plain)
    assert state.as_of is not None
    (same,) = [each for other, each in evaluated(policies, state) if other is statement and each.path == record.path]
    return finding(policies, statement, same, state.as_of)
