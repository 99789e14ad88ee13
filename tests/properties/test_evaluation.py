"""What else holds of every evaluation: it never fails, it is plain, possible verdicts are possible, sharing is safe."""

from __future__ import annotations

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.model import vocabulary as v
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.verdicts import DUTY, PERMISSION, Verdict
from sopb_rules.states.records import Record
from sopb_rules.testing.some_states import Data, States
from sopb_rules.testing.strategies import policy_sets, states
from tests.properties.support import (
    Statement,
    choices,
    evaluated,
    few,
    fewer,
    finding,
    ids,
    outcome,
    records,
    settled,
    slots,
    until,
)  # fmt: skip

#: The most completions of a state that are tried one by one.
COMPLETIONS = 200


@fewer
@given(st.data())
def test_an_evaluation_never_fails_and_its_report_is_plain(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    for _ in range(2):
        report = policies.evaluate(data.draw(states(policies)))
        plain = report.as_dict()
        assert json.loads(json.dumps(plain)) == plain
        for each in report.findings:
            _consistent(each)
        for decision in report.decisions:
            assert (decision.verdict is Verdict.UNKNOWN) is (len(decision.outcome.possible) > 1)
            assert (decision.value is not None) is (decision.verdict is Verdict.DECIDED)
            assert decision.value is None or decision.outcome.possible == {decision.value}


def _consistent(each: Finding) -> None:
    """A finding's parts, which are computed apart, agree with each other."""
    assert each.possible == {each.verdict} if each.verdict is not Verdict.UNKNOWN else len(each.possible) > 1
    applies, acts, provided = each.applies.value_or_none, [], []
    for clause in each.clauses:
        (acts if clause.part == "act" else provided).append(clause.truth.value_or_none)
    permission = each.model.is_permission
    expected = PERMISSION[applies, acts[0], _all(provided)] if permission else DUTY[applies, _all(acts)]
    assert expected.for_subject(each.record.hypothetical) == each.outcome


def _all(truths: list[bool | None]) -> bool | None:
    return False if False in truths else None if None in truths else True


# ---- the table of verdicts, by trying ------------------------------------------------------------------------


def test_every_completion_of_what_is_missing_leads_to_a_possible_verdict() -> None:
    tried = reached = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal tried, reached
        policies = data.draw(policy_sets())
        for _ in range(6):
            plain = data.draw(states(policies))
            state = policies.state(plain)
            assert state.as_of is not None
            for statement, record in evaluated(policies, state):
                found = finding(policies, statement, record, state.as_of)
                if settled(found.outcome) or record.hypothetical:
                    continue
                seen = _completed(policies, plain, statement, record, found)
                tried += len(seen)
                reached += seen == found.outcome.possible
                assert seen <= set(found.outcome.possible), (statement, record)

    until(hold, lambda: tried >= 2 and reached >= 1)
    assert tried >= 2
    assert reached >= 1


def _completed(
    policies: PolicySet, plain: Data, statement: Statement, record: Record, found: Finding | DecisionFinding
) -> set[Any]:
    """What every completion of the missing facts comes to, within a small domain of each; nothing where there are too many."""
    wanted = {each.path for each in found.missing}
    chosen = [slot for slot in slots(policies.model, plain) if slot.path in wanted]
    domains = [_domain(policies, slot.of) for slot in chosen]
    size = 1
    for domain in domains:
        size *= len(domain)
    if not 0 < size <= COMPLETIONS or len(chosen) < len(wanted):
        return set()
    seen: set[Any] = set()
    for values in product(*domains):
        complete = copy.deepcopy(plain)
        by_path = {at: each for each, at in records(policies.model, complete)}
        for slot, value in zip(chosen, values, strict=True):
            owner, _, _ = slot.path.rpartition(f'.judgements["{slot.key}"]' if slot.of is None else f".{slot.key}")
            holder = by_path[owner]
            (holder.setdefault("judgements", {}) if slot.of is None else holder)[slot.key] = value
        state = policies.state(complete)
        assert state.as_of is not None
        (same,) = (
            each for other, each in evaluated(policies, state) if other is statement and each.path == record.path
        )
        came = outcome(statement, same, state.as_of)
        if settled(came):
            seen |= came.possible
    return seen


_JUDGEMENTS = tuple({"value": value, "by": "the assessor", "on": "2026-05-01"} for value in (True, False))


def _domain(policies: PolicySet, of: v.Fact | v.Entity | None) -> list[Any]:
    """A few values of each sort; none for a list or an entity, whose facts would be unknown again."""
    if of is None:
        return list(_JUDGEMENTS)
    if isinstance(of, v.Entity):
        return []
    absent = [None] if of.optional else []
    match of.type:
        case v.YesNo():
            return [True, False, *absent]
        case v.Judgement():
            return list(_JUDGEMENTS)
        case v.KindType(kind):
            return [*kind.values, *absent]
        case v.Count():
            return [0, 1, 3, *absent]
        case v.Date():
            return ["2024-02-29", "2026-11-01", *absent]
        case _:
            return []


# ---- sharing -------------------------------------------------------------------------------------------------


@fewer
@given(st.data())
def test_pickled_policies_give_equal_predicates_and_verdicts(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    again: PolicySet = pickle.loads(pickle.dumps(policies))
    assert again == policies
    assert hash(again) == hash(policies)
    assert list(again.norms) == list(policies.norms)
    for id, norm in policies.norms.items():
        copied = pickle.loads(pickle.dumps(norm))
        assert copied == norm == again.norm(id)
        assert hash(copied) == hash(norm)
    plain = data.draw(states(policies))
    assert again.evaluate(plain).as_dict() == policies.evaluate(plain).as_dict()


@few
@given(st.data())
def test_threads_that_share_a_policy_set_agree(data: st.DataObject) -> None:
    """Nothing was asked of the set before, so that the threads make what it keeps at the same time."""
    policies = data.draw(policy_sets())
    several = [data.draw(states(policies)) for _ in range(2)]
    copied: PolicySet = pickle.loads(pickle.dumps(policies))
    expected = [copied.evaluate(each).as_dict() for each in several]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda each: policies.evaluate(each).as_dict(), several * 2))
    assert found == expected * 2


@fewer
@given(st.data())
def test_evaluating_changes_nothing(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    plain = data.draw(states(policies))
    state = policies.state(plain)
    before = ids(policies.model, plain)
    first = policies.evaluate(state).as_dict()
    assert policies.evaluate(state).as_dict() == first
    assert ids(policies.model, plain) == before


@fewer
@given(st.data())
def test_what_the_strategies_state_can_be_stated(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    complete = States(choices(data), policies.model, complete=True, ids=True).data()
    state = policies.state(complete)
    stated = [slot for slot in slots(policies.model, complete) if slot.unknown]
    references = [slot for slot in stated if isinstance(slot.of, v.Fact) and isinstance(slot.of.type, v.Reference)]
    assert stated == references  # a reference is left out only where there is nothing that it could lead to
    assert state.as_of == complete["as_of"]
