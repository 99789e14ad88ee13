"""Property 4: over tables each norm comes to what the reference evaluator says, unknowns and absences included."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.diagnostics import RulesError
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.population.columns import Plan
from sopb_rules.population.layout import layout
from sopb_rules.population.outcomes import verdict
from sopb_rules.population.stated import tables_of
from sopb_rules.population.translate import program
from sopb_rules.source import Source
from sopb_rules.testing.strategies import policy_sets, states
from tests.population.agreement import thinned
from tests.population.rows import expected, records_of_rows
from tests.properties.support import until


def compare(policies: PolicySet, data: object, thinly: random.Random | None = None) -> Counter[object]:
    state = policies.state(data)
    assert state.as_of is not None
    found: Counter[object] = Counter()
    tables = layout(policies.model.vocabulary, policies.model.judgement_keys)
    frames = tables_of(tables, state)
    if thinly is not None:
        frames = thinned(thinly, tables, frames)
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

    until(hold, lambda: len(found) > 5)
    assert len(found) > 5


@given(st.data(), st.randoms(use_true_random=False))
def test_columns_and_tables_that_say_nothing_may_be_missing(data: st.DataObject, dice: random.Random) -> None:
    policies = data.draw(policy_sets())
    drawn = data.draw(states(policies))
    with contextlib.suppress(RulesError):
        compare(policies, drawn, dice)


VOCABULARY = """vocabulary firms
entity firm "firm"
  shops   list of shop
entity shop "shop"
  part   part
  under  reference to town
entity part "part"
  under  reference to town
entity town "town"
  shops  list of shop by under
  parts  list of part by under
"""
NORMS = """article 1 "One"
norm 1.1 about town
  | It has to be so.
  the town must
    "have a shop"
        number of shops is at least 1
norm 1.2 about town
  | It has to be so, too.
  the town must
    "have a part"
        number of parts is fewer than 1
"""
STATES = (
    {"town": [{"id": "t"}], "firm": [{"id": "f"}]},
    {"town": [{"id": "t"}], "firm": []},
    {"town": [{"id": "t"}]},
    {"town": [{"id": "t"}], "firm": [{"id": "f", "shops": []}]},
    {"town": [{"id": "t"}], "firm": [{"id": "f", "shops": [{}]}]},
    {"town": [{"id": "t"}], "firm": [{"id": "f", "shops": [{"under": "t", "part": {"under": "t"}}]}]},
)


@pytest.mark.parametrize("state", STATES)
def test_whether_all_who_may_refer_are_known_needs_no_column(state: Mapping[str, object]) -> None:
    policies = PolicySet(compile_policies([Source("v.policy", VOCABULARY), Source("article_01.policy", NORMS)]))
    for seed in range(8):
        assert compare(policies, {"as_of": "2026-11-01", **state}, random.Random(seed))
