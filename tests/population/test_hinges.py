"""Which unknown facts verdicts hinge on: some for each unknown verdict, and none where all is settled."""

from __future__ import annotations

import contextlib
import datetime
from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules import load_policies
from sopb_rules.diagnostics import RulesError
from sopb_rules.model.vocabulary import Inverse, Reference
from sopb_rules.policy_set import PolicySet
from sopb_rules.population.columns import Plan
from sopb_rules.population.evaluate import evaluate_table
from sopb_rules.population.layout import layout
from sopb_rules.population.outcomes import verdict
from sopb_rules.population.stated import tables_of
from sopb_rules.population.translate import program
from sopb_rules.testing.strategies import policy_sets, states
from tests.properties.support import fewer, until


def test_an_unknown_verdict_hinges_on_something_and_a_settled_one_on_nothing() -> None:
    found: Counter[bool] = Counter()

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        policies = data.draw(policy_sets())
        drawn = data.draw(states(policies))
        with contextlib.suppress(RulesError):  # a number has more digits than a table can hold
            found.update(_hinging(policies, drawn))

    until(hold, lambda: min(found[True], found[False]) > 0)
    assert found[True]  # so that neither half of the property holds of nothing
    assert found[False]


def _hinging(policies: PolicySet, drawn: object) -> Counter[bool]:
    state = policies.state(drawn)
    assert state.as_of is not None
    frames = tables_of(layout(policies.model.vocabulary, policies.model.judgement_keys), state)
    columns = {name: frame.columns for name, frame in frames.items()}
    plan = Plan(program(policies.model, state.as_of, columns, hinges=True))
    computed = plan.run(frames)
    found: Counter[bool] = Counter()
    for outcome in plan.program.outcomes:
        hinges = [computed.expression(node).alias(str(name)) for name, node in outcome.hinges.items()]
        some = pl.any_horizontal(pl.lit(False), *hinges).alias("hinges")
        rows = computed.select(outcome.place.table, [verdict(outcome, computed.planes(outcome)), some])
        # Whether all records of an entity are known stands in no column.
        in_columns = not any(isinstance(fact.type, Inverse | Reference) for fact in outcome.statement.facts)
        for word, hinging in rows.iter_rows():
            assert word == "unknown" or not hinging, (outcome.name, word)
            assert word != "unknown" or hinging or not in_columns, (outcome.name, word)
            found[hinging] += 1
    return found


DAY = datetime.date(2026, 11, 1)
TABLE = {"id": ["a", "b", "c"], "formal_members": [1, None, None], "party_organization.exists": [False, False, None]}


def test_what_blocks_most_comes_first() -> None:
    found = load_policies().evaluate_table(pl.DataFrame(TABLE), as_of=DAY, only=["8.1"]).blocking()
    assert found.rows() == [
        ("organization", "formal_members", "8.1", "", 2),
        ("organization", "judgements.8.1 (d)", "8.1", "", 1),
        ("organization", "party_organization.exists", "8.1", "", 1),
    ]


@pytest.mark.parametrize("ids", [[], ["a"], ["a", "b", "c"]])
def test_a_column_that_is_missing_blocks_in_each_row(ids: list[str]) -> None:
    table = pl.DataFrame({"id": ids}, schema={"id": pl.String})
    spelled = table.with_columns(pl.lit(None, dtype=pl.Int64).alias("formal_members"))
    found, again, pieces = (
        evaluate_table(load_policies(), {"organization": each}, DAY, only=["8.1"], rows=rows).blocking()
        for each, rows in ((table, 100), (spelled, 100), (table, 1))
    )
    assert found.rows() == again.rows() == pieces.rows()
    names = ["formal_members", "judgements.8.1 (d)", "party_organization.exists"] if ids else []
    assert [(name, count) for _, name, _, _, count in found.rows()] == [(name, len(ids)) for name in names]


FULL = {
    "formal_members": 3, "party_organization.exists": True, "party_organization.approved": True,
    "party_organization.form_appropriate": True, "judgements.8.1 (d)": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "other"), [("formal_members", 1), ("judgements.8.1 (d)", False), ("party_organization.exists", False)]
)
def test_of_what_blocks_two_values_give_two_verdicts(column: str, other: object) -> None:
    """The definition, for the last row above: two completions of it that differ in the column alone."""
    below = (
        {} if column != "party_organization.exists" else {name: None for name in FULL if "party_organization." in name}
    )
    table = pl.DataFrame([{"id": "c", **FULL}, {"id": "d", **FULL, **below, column: other}])
    verdicts = load_policies().evaluate_table(table, as_of=DAY, only=["8.1"]).verdicts()["8.1"]
    assert verdicts.n_unique() == 2
    assert "unknown" not in verdicts
