"""This package: one organization by compiled norms and as findings, a table of them by columns.

`evaluated`, `table_verdicts` and `table_counts` are the only places that know how a table is evaluated.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.peers.facts import NORMS, POLICIES, TODAY, VERDICT, organization, records
from benchmarks.peers.peer import Peer
from sopb_rules import State, load_policies
from sopb_rules.population.evaluate import evaluate_table, load_table
from sopb_rules.predicates.evaluate import evaluate_norm

ENTITY = "organization"
#: How many rows it is given one by one.
ROWS = 5_000

policies = load_policies(POLICIES)
predicates = policies.norms


# ---- a table -------------------------------------------------------------------------------------------------


def evaluated(table: Any) -> Any:
    """The result for a table, which may be a frame or the path of a Parquet file."""
    return evaluate_table(policies, table, as_of=TODAY)


def table_verdicts(table: Any) -> pl.DataFrame | pl.LazyFrame:
    """A column of verdicts for each norm, beside the id."""
    return evaluated(table).verdicts(ENTITY)


def table_counts(table: Any) -> Any:
    """How many organizations have each verdict on each norm."""
    return evaluated(table).counts()


def table_population(table: Any) -> pl.DataFrame:
    return table_verdicts(table).lazy().collect()


def table_one(facts: dict[str, Any]) -> dict[str, str]:
    found = table_population(pl.DataFrame([organization(facts)])).select(NORMS)
    return found.row(0, named=True)


def write_verdicts(source: Path, target: Path) -> None:
    """The verdicts on the organizations in a Parquet file, written into another."""
    evaluated(source).scan(ENTITY).sink_parquet(target)


TABLE = Peer(
    name="sopb_rules, tables",
    unknowns=True,
    one=table_one,
    native=lambda table: load_table(policies, table),
    population=table_population,
    frame=lambda found: found.select(pl.col(NORMS).cast(pl.String).cast(VERDICT)),
    remark="all cores",
)


# ---- one organization ----------------------------------------------------------------------------------------


def state(table: pl.DataFrame) -> State:
    """The organizations of a table as a checked state; their ids are the numbers of the rows."""
    stated = [organization(facts) | {"id": str(row)} for row, facts in enumerate(records(table))]
    return policies.state({ENTITY: stated}, as_of=TODAY)


def verdicts(state: State) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {norm: [] for norm in NORMS}
    for norm, _, outcome in policies.verdicts(state):
        found[norm.id].append(outcome.verdict.value)
    return found


def one(facts: dict[str, Any]) -> dict[str, str]:
    checked = policies.state({ENTITY: [organization(facts)]}, as_of=TODAY)
    return {norm.id: outcome.verdict.value for norm, _, outcome in policies.verdicts(checked)}


def findings(facts: dict[str, Any]) -> dict[str, str]:
    checked = policies.state({ENTITY: [organization(facts)]}, as_of=TODAY)
    return {norm: predicates[norm](checked).verdict.value for norm in NORMS}


def report(state: State) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {norm: [] for norm in NORMS}
    for finding in policies.evaluate(state).findings:
        found[finding.norm].append(finding.verdict.value)
    return found


def frame(found: dict[str, list[str]]) -> pl.DataFrame:
    return pl.DataFrame(found, schema=dict.fromkeys(NORMS, VERDICT))


def reference(state: State) -> pl.DataFrame:
    """The verdicts of the reference evaluator, which all others have to give."""
    models = policies.model.norms
    rows = list(state.lists[ENTITY] or ())
    return frame({norm: [evaluate_norm(models[norm], row, TODAY).verdict.value for row in rows] for norm in NORMS})


COMPILED = Peer(
    name="sopb_rules, verdicts of a state",
    unknowns=True,
    one=one,
    native=state,
    population=verdicts,
    frame=frame,
    limit=ROWS,
    remark="row by row",
)
FINDINGS = Peer(
    name="sopb_rules, findings of a state",
    unknowns=True,
    one=findings,
    native=state,
    population=report,
    frame=frame,
    limit=ROWS,
    remark="row by row, with reasons and standing",
)
