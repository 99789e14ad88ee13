"""Property 4: over tables each norm comes to what the reference evaluator says, unknowns and absences included."""

from __future__ import annotations

import contextlib
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.diagnostics import RulesError
from sopb_rules.policy_set import PolicySet
from sopb_rules.population.columns import Plan
from sopb_rules.population.layout import layout
from sopb_rules.population.outcomes import verdict
from sopb_rules.population.stated import tables_of
from sopb_rules.population.translate import program
from sopb_rules.testing.strategies import policy_sets, states
from tests.population.rows import expected, records_of_rows


def compare(policies: PolicySet, data: object) -> Counter[object]:
    state = policies.state(data)
    assert state.as_of is not None
    found: Counter[object] = Counter()
    tables = layout(policies.model.vocabulary, policies.model.judgement_keys)
    frames = tables_of(tables, state)
    columns = {name: frame.columns for name, frame in frames.items()}
    plan = Plan(program(policies.model, state.as_of, columns))
    tables = plan.program.layout
    computed = plan.run(frames)
    records = records_of_rows(tables, state)
    for outcome in plan.program.outcomes:
        table = outcome.place.table
        got = computed.select(table, [verdict(outcome, computed.planes(outcome))]).to_series().to_list()
        assert got == list(expected(outcome, records[table.name], state.as_of)), outcome.name
        found.update(got)
    return found


def test_columns_come_to_what_the_reference_evaluator_says() -> None:
    found: Counter[object] = Counter()

    @given(st.data())
    def hold(data: st.DataObject) -> None:
        policies = data.draw(policy_sets())
        drawn = data.draw(states(policies))
        with contextlib.suppress(RulesError):  # a number has more digits than a table can hold
            found.update(compare(policies, drawn))

    hold()
    assert len(found) > 3  # not all examples are about nothing
