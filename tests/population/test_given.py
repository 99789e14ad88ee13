"""What follows from the columns that a database has: the same as for tables in memory."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from typing import Any

import polars as pl
import pytest

from sopb_rules import load_policies
from sopb_rules.diagnostics import RulesError
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.population import sql
from sopb_rules.population.evaluate import evaluate_table
from sopb_rules.population.given import Given
from sopb_rules.population.layout import Layout, Says, layout
from sopb_rules.population.translate import program
from sopb_rules.source import Source
from tests.population.agreement import World
from tests.population.as_stored import as_stored
from tests.population.engines import Engines


def thinned(dice: random.Random, tables: Layout, frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Tables without some of the columns that say whether something is there or known, and without some facts."""
    found = {}
    for name, frame in frames.items():
        says = {column: tables.columns[name][column].says for column in frame.columns}
        often = {Says.EXISTS: 2, Says.KNOWN: 2, Says.VALUE: 8, Says.JUDGEMENT: 4}
        kept = [column for column in frame.columns if says[column] not in often or dice.randrange(often[says[column]])]
        found[name] = frame.select(kept)
    return found


@pytest.mark.parametrize("seed", [*range(1, 16), 0])
def test_what_is_there_follows_from_what_is_stated(engines: Engines, seed: int) -> None:
    try:
        world = World.rolled(seed, 40, None if seed else load_policies())
    except RulesError:
        pytest.skip("no table can hold these numbers")
    if not world.frames:
        pytest.skip("nothing is listed")
    engine = engines.get("duckdb")
    frames = thinned(random.Random(seed), world.layout, as_stored(world.layout, world.frames))
    given = Given.of(world.layout, sql.dialect_of("duckdb"), {name: frame.columns for name, frame in frames.items()})
    made = program(world.policies.model, world.day, given.readable())
    wanted = evaluate_table(world.policies, frames, world.day)
    assert wanted.population.columns.keys() == given.readable().keys()
    for name, readable in given.readable().items():
        more = wanted.population.columns[name] - readable  # a text may say `absent`, which a database does not look at
        assert more == wanted.population.columns[name] ^ readable
        assert {frames[name].schema[column.removesuffix(".exists")] for column in more} <= {pl.String()}
    engine.load(frames)
    for table in made.tables:
        got = Counter(engine.query(sql.text(sql.query(made, table, given), given.dialect)))
        assert got == Counter(wanted.verdicts(table.name).rows()), table.name


VOCABULARY = """vocabulary firms
entity firm "firm"
  branch  branch
entity branch "branch"
  closed  yes/no
  shops   list of shop by under
entity shop "shop"
  under  reference to branch
"""
NORM = """article 1 "One"
norm 1.1 about branch
  | It has to be so.
  the branch must
    "have a shop"
        number of shops is at least 1
"""


def test_whom_no_column_gives_an_id_nobody_refers_to(engines: Engines) -> None:
    policies = PolicySet(compile_policies([Source("v.policy", VOCABULARY), Source("article_01.policy", NORM)]))
    frames = {
        "firm": pl.DataFrame({"id": ["f"], "branch.closed": [True]}),
        "shop": pl.DataFrame({"id": ["s"], "under": [None]}, schema_overrides={"under": pl.String}),
    }
    tables, day = layout(policies.model.vocabulary, policies.model.judgement_keys), datetime.date(2026, 11, 1)
    known = Given.of(tables, sql.dialect_of("duckdb"), {name: frame.columns for name, frame in frames.items()})
    made, engine = program(policies.model, day, known.readable()), engines.get("duckdb")
    engine.load(frames)
    got = engine.query(sql.text(sql.query(made, made.tables[0], known), known.dialect))
    assert got == evaluate_table(policies, frames, day).verdicts("firm").rows() == [("f", "unknown")]


def given(columns: Any = None, names: Any = None, dialect: str = "postgres") -> Given:
    policies = load_policies()
    tables = layout(policies.model.vocabulary, policies.model.judgement_keys)
    return Given.of(tables, sql.dialect_of(dialect), columns, names)


def test_mistakes_are_told_together() -> None:
    with pytest.raises(RulesError) as error:
        given({"organization": ["formal_membrs"], "organization.changes": ["id"], "regions": ["id"]}, {"area1": "x"})
    said = [diagnostic.message for diagnostic in error.value.diagnostics]
    assert said == [
        "there is no table area1",
        "the table organization has a column formal_membrs, which says nothing",
        "the table organization has no column `id`",
        "the table organization.changes has no column `holder`",
        "there is no table regions",
    ]


def test_there_is_no_such_dialect() -> None:
    with pytest.raises(RulesError, match="there is no dialect duckd") as error:
        sql.dialect_of("duckd")
    assert "did you mean `duckdb`" in str(error.value)


def test_names_that_a_database_cuts_off_have_to_differ_before() -> None:
    from sopb_rules.population.sql import _check_names

    long = "x" * 63
    _check_names([f"{long}a", f"{long}b"], sql.dialect_of("duckdb"))
    with pytest.raises(RulesError, match=r"cannot tell x+a from x+b"):
        _check_names([f"{long}a", f"{long}b"], sql.dialect_of("postgres"))
