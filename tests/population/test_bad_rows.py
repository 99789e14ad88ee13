"""Each row that is wrong is told with its place, its value and what would be right; or it is left out, and counted."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sopb_rules.diagnostics import Code, RulesError
from tests.population.reading import codes, population, refused, whole


def organization(**columns: Any) -> dict[str, pl.DataFrame]:
    return {"organization": pl.DataFrame({"id": ["a", "b"], **columns})}


def test_a_bad_value_is_told_as_people_read_it(tmp_path: Path) -> None:
    file = tmp_path / "organization.csv"
    file.write_text('id,formal_members,level\n"a",1,county\nb,-3,contry\n', "utf-8")
    assert refused(file).replace(str(tmp_path), ".").splitlines() == [
        "./organization.csv: error R004: `-3` is below 0",
        "  in row 2 (line 3), formal_members",
        "  expected: a whole number from 0 up",
        "",
        "./organization.csv: error R004: `contry` is no level",
        "  in row 2 (line 3), level",
        "  expected: one of: township, county, municipal",
        "  help: did you mean `county`?",
    ]


def test_lines_are_counted_through_breaks_in_cells(tmp_path: Path) -> None:
    file = tmp_path / "organization.csv"
    file.write_text('id,formal_members,region\n"a\nb",1,\nc,x,\n', "utf-8")
    assert "in row 2 (line 4), formal_members" in refused(file)


@pytest.mark.parametrize(
    ("column", "values", "problem"),
    [
        ("formal_members", [1, -1], "`-1` is below 0"),
        ("formal_members", [1, 10**18], "has more than 18 digits"),
        ("formal_members", [1.0, 2.5], "`2.5` is not a whole number"),
        ("formal_members", [1.0, float("inf")], "`inf` is not a number"),
        ("gross_income", [1.0, float("nan")], "`nan` is not a number"),
        ("gross_income", [1.0, 1e18], "`1e+18` has more than 18 digits before its point or more than 9 after it"),
        ("gross_income", [1.0, 0.1 + 0.2], "has more than 18 digits before its point or more than 9 after it"),
        ("gross_income", ["1", "2 euro"], "`2 euro` is not in yuan"),
        ("registered_on", pl.Series([0, 2_932_897], dtype=pl.Int32).cast(pl.Date), "is no date of the years"),
        ("registered_on", [None, datetime.datetime(2026, 1, 1, 1)], "has a time of day"),
        ("registered_on", ["", "2026-02-30"], "`2026-02-30` is no date: February 2026 has 28 days"),
        ("level", ["county", "village"], "`village` is no level"),
        ("level", ["county", "absent"], "`level` cannot be absent: the vocabulary does not call it optional"),
        ("larger", ["yes", "perhaps"], "`perhaps` is neither yes nor no"),
        ("party_organization.exists", ["yes", "absent"], "`absent` is neither yes nor no"),
        ("region", ["r", "~"], "`~` cannot be an id"),
        ("region", [1.0, 1.5], "`1.5`"),
    ],
)
def test_values_that_are_none_of_their_fact(column: str, values: Any, problem: str) -> None:
    told = refused(organization(**{column: values}))
    assert problem in told
    assert f"in row 2, {column}" in told
    assert told.count("error R004") == 1


def test_rows_without_an_id_and_with_the_same() -> None:
    told = refused({"organization": pl.DataFrame({"id": ["a", None, "a", "unknown"]})})
    assert "this organization has no id\n  in row 2, id" in told
    assert "there are two organization records with the id `a`\n  in row 3, id" in told
    assert "help: the first one is in row 1" in told
    assert "`unknown` cannot be an id" in told


def test_an_id_that_stands_twice_is_found_from_one_piece_to_another() -> None:
    ids = [str(number) for number in range(10)] + ["0"]
    with pytest.raises(RulesError) as caught:
        list(population(pl.DataFrame({"id": ids, "formal_members": 1})).batches("organization", rows=3))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.where) == (Code.ROW_DOUBLED_ID, "row 11, id")


def test_ids_of_numbers_are_the_same_as_their_texts() -> None:
    tables = {
        "organization": pl.DataFrame({"id": [1, 2], "region": ["7", None]}),
        "region": pl.DataFrame({"id": [7.0, 8.0]}),
    }
    assert whole(tables).tables["region"]["id"].to_list() == ["7", "8"]
    assert codes({"region": pl.DataFrame({"id": [7.0, 7.0]})}) == [Code.ROW_DOUBLED_ID]


def test_references_and_holders_that_are_not_there() -> None:
    tables = {
        **organization(region=["riverside", "rivreside"]),
        "region": pl.DataFrame({"id": ["riverside"]}),
        "organization.changes": pl.DataFrame({"holder": ["a", "c", None]}),
    }
    told = refused(tables)
    assert "there is no region with the id `rivreside`\n  in row 2, region" in told
    assert "did you mean `riverside`?" in told
    assert "there is no organization with the id `c`\n  in row 2, holder" in told
    assert "this row does not say who holds it\n  in row 3, holder" in told
    assert told.count("error R007") == 3


def test_references_to_a_table_that_is_not_given_are_taken_as_they_are() -> None:
    assert whole(organization(region=["x", None])).tables["organization"]["region"].to_list() == ["x", None]


def test_a_row_whose_id_cannot_be_read_is_told_and_not_what_leads_to_it() -> None:
    tables = {**organization(region=["x", None]), "region": pl.DataFrame({"id": [" x"]})}
    assert codes(tables) == [Code.ROW_WRONG_VALUE]


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        (
            {"party_organization.exists": [False, None], "party_organization.form": ["branch", None]},
            "`party_organization.form` is stated, though `party_organization.exists` says that there is no",
        ),
        (
            {"changes": [[{"occurred_on": None}], None], "changes.known": [False, None]},
            "the list has elements, though `changes.known` does not say that it is known",
        ),
        ({"changes": [None, [{"occurred_on": None}]], "changes.known": [True, True]}, "and there is none"),
    ],
)
def test_rows_that_contradict_themselves(columns: dict[str, Any], problem: str) -> None:
    told = refused(organization(**columns))
    assert problem in told
    assert "in row 1" in told
    assert told.count("error R008") == 1


def test_an_optional_fact_with_a_value_that_is_said_to_be_absent() -> None:
    changes = pl.DataFrame({"holder": ["a", "a"], "reported_on": ["2026-01-01", "absent"]})
    both = changes.with_columns(pl.Series("reported_on.exists", [False, True]))
    told = refused({**organization(), "organization.changes": both})
    assert "`reported_on` has a value, though `reported_on.exists` says that there is none" in told
    assert "`reported_on` is absent, though `reported_on.exists` says that there is one" in told


def test_rows_of_a_list_that_is_said_not_to_be_known() -> None:
    tables = {
        **organization(**{"changes.known": [None, True]}),
        "organization.changes": pl.DataFrame({"holder": ["a"]}),
    }
    assert codes(tables) == [Code.ROW_CONTRADICTION]


def test_elements_are_told_by_their_number_in_the_row_that_holds_them() -> None:
    changes = [[], [{"occurred_on": "2026-01-01"}, {"occurred_on": "someday"}, None]]
    told = refused(organization(changes=changes))
    assert "`someday` is not a date\n  in row 2, changes[2].occurred_on" in told
    assert "an element of the list is null\n  in row 2, changes[3]" in told


def test_the_first_mistakes_are_told_and_all_are_counted() -> None:
    frame = pl.DataFrame({"id": [str(number) for number in range(1000)], "formal_members": -1})
    with pytest.raises(RulesError) as caught:
        list(population({"organization": frame}).batches("organization", rows=100))
    *told, last = caught.value.diagnostics
    assert [each.where for each in told[:2]] == ["row 1, formal_members", "row 2, formal_members"]
    assert len(told) == 50
    assert last.message == "there are 950 more mistakes"


# ---- skipping -----------------------------------------------------------------------------------------------


def test_skipped_rows_are_left_out_with_their_elements_and_counted() -> None:
    tables = {
        "organization": pl.DataFrame({
            "id": ["a", "b", "c", "c"],
            "formal_members": [1, -1, 3, 4],
            "region": ["r", "r", "r", "r"],
        }),
        "organization.changes": pl.DataFrame({
            "holder": ["b", "c", "a", "x"], "occurred_on": ["2026-01-01", "2026-01-02", "2026-01-03", None],
        }),
        "region": pl.DataFrame({"id": ["r"], "has_office": ["perhaps"]}),
    }  # fmt: skip
    batch = whole(tables, "skip")
    assert batch.tables["organization"]["id"].to_list() == ["a", "c"]
    assert batch.tables["organization"]["formal_members"].to_list() == [1, 3]
    assert batch.tables["organization"]["region"].to_list() == ["r", "r"]
    assert batch.tables["organization.changes"].select("holder", "#holder").rows() == [("c", 1), ("a", 0)]
    assert batch.tables["region"].height == 0
    assert batch.rows_skipped == 3
    assert sorted(batch.skipped.select("table", "row", "column", "value").rows()) == [
        ("organization", 2, "formal_members", "-1"),
        ("organization", 4, "id", "c"),
        ("organization.changes", 4, "holder", "x"),
        ("region", 1, "has_office", "perhaps"),
    ]


def test_a_bad_element_takes_its_holder_along() -> None:
    changes = [[{"occurred_on": "someday"}, {"occurred_on": "2026-01-01"}], [{"occurred_on": "2026-01-02"}]]
    batch = whole(organization(changes=changes), "skip")
    assert batch.tables["organization"]["id"].to_list() == ["b"]
    assert batch.tables["organization.changes"].select("holder", "#holder").rows() == [("b", 0)]
    assert batch.skipped.select("table", "row", "id").rows() == [("organization.changes", 1, "a")]


def test_pieces_count_rows_through() -> None:
    frame = pl.DataFrame({"id": list("abcdef"), "formal_members": [1, -1, 1, 1, -1, 1]})
    found = list(population({"organization": frame}, "skip").batches("organization", rows=2))
    assert [batch.tables["organization"]["id"].to_list() for batch in found] == [["a"], ["c", "d"], ["f"]]
    assert [(batch.rows_read, batch.rows_skipped) for batch in found] == [(2, 1), (2, 0), (2, 1)]
    assert [batch.skipped["row"].to_list() for batch in found] == [[2], [], [5]]


def test_bad_rows_are_an_error_or_skipped() -> None:
    with pytest.raises(RulesError, match="`bad_rows` cannot be 'drop'"):
        population(organization(), "drop")  # type: ignore[arg-type]
