"""Queries for norms that are put so that something in them is special, against the reference evaluator."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest

from sopb_rules.model import expressions as e
from sopb_rules.model.load import compile_policies
from sopb_rules.model.norms import Norm
from sopb_rules.policy_set import PolicySet
from sopb_rules.population import sql
from sopb_rules.population.evaluate import evaluate_table
from sopb_rules.population.given import Given
from sopb_rules.population.layout import layout
from sopb_rules.population.stated import tables_of
from sopb_rules.population.translate import program
from sopb_rules.predicates.evaluate import evaluate_norm
from sopb_rules.source import Source
from tests.population.as_stored import as_stored
from tests.population.engines import Engine, Engines, each_of

VOCABULARY = """vocabulary clubs
ordered kind level from low to high
  low, middle, high
entity club "club"
  share number
  members count
  level level
  aim level
  founded date
  ended date
  term period in days
  notice period in months
"""

NORM = """article 1 "One"
norm 1.1 about club
  | It has to be so.
  the club must
    "see to it"
        {}
"""

CLUBS: list[dict[str, Any]] = [
    {
        "share": Decimal("0.000000003"),
        "members": 3,
        "level": "low",
        "aim": "high",
        "founded": "2024-01-31",
        "ended": "2024-02-29",
    },
    {"share": 3, "members": 3, "level": "high", "aim": "middle", "founded": "9999-12-01", "ended": "9999-12-31"},
    {"share": 0, "members": 0, "level": "middle", "aim": "middle", "founded": "0001-01-01", "ended": "0001-01-01"},
    {"members": 5, "aim": "low", "founded": "2026-11-01"},
    {"share": Decimal("2.5"), "level": "high", "ended": "2026-11-01"},
    {},
]
PERIODS: list[dict[str, Any]] = [
    {"term": "30 days", "notice": "1 month"},
    {"term": "999999999 days", "notice": "999999999 months"},
    {"notice": "0 months"},
]

CONDITIONS = [
    "share is 0.0000001% of members",  # a decimal and a whole number that count the same: in units of the decimal
    "share is less than members",
    "share plus members is at least 5",
    "level is at least middle",
    "level is above high",  # nothing is
    "level is below aim",
    "aim is level",
    "level is one of low, high",
    "founded plus term is on or after ended",
    "ended minus notice is before founded",
    "founded plus 1 month is ended",
    "founded plus 30 days is not ended",
    "founded is not 2024-01-31",
    "founded plus 999999999 days is on or after ended",
    "ended minus 999999999 days is before founded",
    "ended minus 999999999 months is before founded",
    "founded plus 999999999 years is on or after ended",
    "2024-01-31 plus term is on or after ended",
    "today minus notice is before founded",
    "founded plus term minus notice is ended",
]


@pytest.mark.parametrize("dialect", each_of("duckdb", "postgres"))
@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition(engines: Engines, dialect: str, condition: str) -> None:
    hold(engines.get(dialect), [condition])


def test_all_conditions_together(engine: Engine) -> None:
    hold(engine, CONDITIONS)


@pytest.mark.parametrize(
    "condition", ["founded plus term is on or after ended", "ended minus notice is before founded"]
)
def test_a_period_may_be_a_sum(engine: Engine, condition: str) -> None:
    hold(engine, [condition], _longer)


def _longer(norm: Norm) -> Norm:
    """A norm in which a period is so long that 64 bits do not hold it, which no policy can say."""
    (clause,) = norm.clauses
    comparison = clause.condition
    assert isinstance(comparison, e.Comparison)
    assert isinstance(comparison.left, e.Shift)
    period = e.Linear(((10**12, comparison.left.period),), comparison.left.period.type)
    longer = attrs.evolve(comparison, left=attrs.evolve(comparison.left, period=period))
    return attrs.evolve(norm, clauses=(attrs.evolve(clause, condition=longer),))


def hold(engine: Engine, conditions: list[str], change: Callable[[Norm], Norm] | None = None) -> None:
    norms = [NORM.format(each).replace("1.1", f"1.{number + 1}") for number, each in enumerate(conditions)]
    text = norms[0] + "".join(each.split("\n", 1)[1] for each in norms[1:])
    model = compile_policies([Source("v.policy", VOCABULARY), Source("article_01.policy", text)])
    if change is not None:
        model = attrs.evolve(model, norms={name: change(norm) for name, norm in model.norms.items()})
    policies = PolicySet(model)
    clubs = [{"id": f"{n}-{m}", **club, **period} for n, club in enumerate(CLUBS) for m, period in enumerate(PERIODS)]
    state = policies.state({"as_of": "2026-11-01", "club": clubs})
    assert state.as_of is not None
    tables = layout(policies.model.vocabulary, policies.model.judgement_keys)
    frames = as_stored(tables, tables_of(tables, state))
    given = Given.of(tables, sql.dialect_of(engine.dialect), {"club": frames["club"].columns})
    made = program(policies.model, state.as_of, given.readable())
    engine.load(frames)
    got = set(engine.query(sql.text(sql.query(made, made.tables[0], given), given.dialect)))
    assert got == set(evaluate_table(policies, frames, state.as_of).verdicts("club").rows())
    norms_of = policies.model.norms.values()
    wanted = {
        (club.id, *(evaluate_norm(norm, club, state.as_of).verdict.value for norm in norms_of))
        for club in state.lists["club"]
    }
    assert got == wanted
    assert any("unknown" in row for row in got)
