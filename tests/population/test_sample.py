"""Populations that are made up: the same for a seed, valid, and with verdicts of all sorts."""

from __future__ import annotations

import datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import sopb_rules
from sopb_rules.diagnostics import RulesError
from sopb_rules.policy_set import PolicySet
from sopb_rules.population import chance
from sopb_rules.population.evaluate import evaluate_table
from sopb_rules.population.layout import layout
from sopb_rules.population.nested import nested
from sopb_rules.population.rows_as_state import rows_as_state
from sopb_rules.population.sample import LEAST_RELATED, PER_RELATED, Sample, sample
from sopb_rules.population.tables import Population
from sopb_rules.testing.strategies import policy_sets

DAY = datetime.date(2026, 11, 1)


@pytest.fixture(scope="module")
def policies() -> PolicySet:
    return sopb_rules.load_policies()


@pytest.fixture(scope="module")
def tables(policies: PolicySet) -> dict[str, pl.DataFrame]:
    return sample(policies, 10_000, 1, as_of=DAY)


def test_the_bits_of_a_row_are_those_that_splitmix64_gives() -> None:
    def mixed(number: int) -> int:
        x = (number * 0x9E3779B97F4A7C15 + 99) % 2**64
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        x = (x ^ x >> 27) * 0x94D049BB133111EB % 2**64
        return x ^ x >> 31

    numbers = [0, 1, 2**31, 2**63, 2**64 - 1]
    found = pl.DataFrame({"n": pl.Series(numbers, dtype=pl.UInt64)}).select(chance.mixed(pl.col("n"), 99))
    assert found.to_series().to_list() == [mixed(each) for each in numbers]


def test_the_same_is_made_in_whatever_pieces(policies: PolicySet) -> None:
    made = Sample.of(policies, 60, 7, as_of=DAY)
    for table in made.tables:
        whole = pl.concat(made.pieces(table))
        assert_frame_equal(pl.concat(made.pieces(table, rows=25)), whole)
        assert whole.schema == made.schema(table)
    assert len(list(made.pieces("organization", rows=25))) == made.piece_count("organization", rows=25)


def test_what_was_made_once_is_made_for_ever(policies: PolicySet) -> None:
    rows = sample(policies, 3, 1, as_of=DAY, only=["8.1", "leading_body"])["organization"]
    told = rows.select("id", "kind", "level", "formal_members", "party_organization.exists").rows()
    assert told == [
        ("organization-1", "private_non_enterprise_unit", "township", 9, True),
        ("organization-2", "other_social_organization", "township", 0, True),
        ("organization-3", None, "township", 0, False),
    ]


def test_another_seed_or_another_share_makes_other_rows(policies: PolicySet) -> None:
    first, second = (sample(policies, 50, seed, as_of=DAY)["organization"] for seed in (1, 2))
    assert not first.equals(second)
    known = sample(policies, 200, 1, as_of=DAY, unknown=0)["organization"]
    assert known["larger"].null_count() == 0
    nothing = sample(policies, 200, 1, as_of=DAY, unknown=1)["organization"]
    assert all(series.null_count() == 200 for series in nothing if series.name not in ("id", *_lists(nothing)))


def _lists(frame: pl.DataFrame) -> list[str]:
    return [name for name in frame.columns if name.endswith(".known")]


def test_about_as_much_is_unknown_as_is_asked_for(tables: dict[str, pl.DataFrame]) -> None:
    rows = tables["organization"]
    shares = [rows[name].null_count() / rows.height for name in ("larger", "formal_members", "registered_on", "kind")]
    assert all(0.08 < share < 0.13 for share in shares)


def test_kinds_are_unequally_frequent(tables: dict[str, pl.DataFrame]) -> None:
    counts = tables["organization"]["kind"].drop_nulls().value_counts(sort=True)["count"].to_list()
    assert len(counts) == 6
    assert counts[0] > 4 * counts[-1]


def test_rows_lie_on_both_sides_of_borders_and_on_them(tables: dict[str, pl.DataFrame]) -> None:
    members = tables["organization"]["formal_members"].drop_nulls()
    assert all((members == each).mean() > 0.04 for each in (2, 3, 4))
    assert (members > 10).any()


def test_related_tables_are_much_smaller_and_references_lead_to_rows(policies: PolicySet) -> None:
    made = Sample.of(policies, 90_000, 1, as_of=DAY, only=["leading_body"])
    assert made.drawing.sizes["region"] == 90_000 // PER_RELATED
    assert Sample.of(policies, 150, 1, as_of=DAY).drawing.sizes["region"] == LEAST_RELATED
    rows, regions = (pl.concat(made.pieces(name)) for name in ("organization", "community"))
    named = rows["community"].drop_nulls()
    assert named.is_in(regions["id"].implode()).all()
    assert rows.height == 90_000


def test_every_norm_comes_to_verdicts_of_several_sorts(policies: PolicySet, tables: dict[str, pl.DataFrame]) -> None:
    found: dict[str, set[str]] = {}
    committees = sample(policies, 3_000, 1, as_of=DAY, entity="local_party_committee")  # few in the other population
    for population in (tables, committees):
        evaluation = evaluate_table(policies, population, DAY)
        for table in evaluation.tables:
            verdicts = evaluation.verdicts(table)
            for outcome in evaluation.outcomes(table):
                found.setdefault(outcome.name, set()).update(verdicts[outcome.name].drop_nulls().cast(pl.String))
    duties = [id for id, norm in policies.norms.items() if norm.force != "may"]
    named = {name: name.rpartition(" ")[2] for name in found}
    rare = [name for name, words in found.items() if len(words - {"unknown"}) < 2]
    rare += [name for name, words in found.items() if named[name] in duties and not {"met", "unmet"} <= words]
    assert rare == []


def test_rows_are_states(policies: PolicySet) -> None:
    tables = sample(policies, 60, 5, as_of=DAY)
    tables_of_it = layout(policies.model.vocabulary, policies.model.judgement_keys)
    state = policies.state(rows_as_state(tables_of_it, tables, DAY))
    assert [len(records or ()) for records in state.lists.values()] == [60] * len(state.lists)
    engine_form = Population.of(tables_of_it, tables).whole().tables
    assert policies.state(rows_as_state(tables_of_it, engine_form, DAY)).digest == state.digest
    inside = {name: nested(tables_of_it, name, tables) for name in state.lists}
    from_lists = Population.of(tables_of_it, inside).whole().tables
    assert policies.state(rows_as_state(tables_of_it, from_lists, DAY)).digest == state.digest
    row = policies.evaluate(state, DAY)
    verdicts = evaluate_table(policies, tables, DAY).verdicts("organization")
    told = {(each.record.id, each.norm): each.verdict.value for each in row.findings}
    for id, verdict in verdicts.select("id", "8.1").iter_rows():
        assert told[id, "8.1"] == verdict


@given(st.data())
def test_whatever_the_policies_are_rows_are_valid(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    listed = [each.name for each in policies.model.vocabulary.listed()]
    entity = data.draw(st.sampled_from(listed))
    unknown = data.draw(st.sampled_from([0, 0.1, 0.5, 1]))
    tables = sample(policies, 9, data.draw(st.integers(0, 9)), as_of=DAY, entity=entity, unknown=unknown)
    tables_of_it = layout(policies.model.vocabulary, policies.model.judgement_keys)
    read = Population.of(tables_of_it, tables).whole().tables
    state = policies.state(rows_as_state(tables_of_it, read, DAY))
    assert len(state.lists[entity] or ()) == 9
    inside = {name: nested(tables_of_it, name, tables) for name in listed}
    again = Population.of(tables_of_it, inside).whole().tables
    assert policies.state(rows_as_state(tables_of_it, again, DAY)).digest == state.digest


def test_only_what_norms_read_is_stated(policies: PolicySet) -> None:
    made = Sample.of(policies, 10, as_of=DAY, only=["8.3"])
    assert [each.name for each in made.columns("organization")] == ["id", "changes.known"]
    assert "organization.changes" in made.tables
    assert "organization.leaders" not in made.tables


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"size": -1}, "a table cannot have -1 rows"),
        ({"unknown": 1.5}, "the share of unknown facts cannot be 1.5"),
        ({"entity": "organisation"}, "there is no listed entity organisation"),
        ({"only": ["8.99"]}, "there is no norm 8.99"),
    ],
)
def test_what_cannot_be_made_is_told(policies: PolicySet, given: dict[str, object], problem: str) -> None:
    with pytest.raises(RulesError, match=problem):
        sample(policies, **{"size": 3, "as_of": DAY, **given})  # type: ignore[arg-type]


def test_counts_are_those_of_the_verdicts(policies: PolicySet) -> None:
    evaluation = evaluate_table(policies, sample(policies, 300, 2, as_of=DAY), DAY)
    counted: dict[tuple[str, str, str], int] = {}
    for table, statement, place, outcome, count in evaluation.counts().iter_rows():
        counted[table, f"{place}: {statement}" if place else statement, outcome] = count
    for table in evaluation.tables:
        verdicts = evaluation.verdicts(table)
        for outcome in evaluation.outcomes(table):
            for word in verdicts[outcome.name].dtype.categories:
                assert counted[table, outcome.name, word] == (verdicts[outcome.name] == word).sum(), (
                    table,
                    outcome.name,
                    word,
                )
