"""`sopb impact`: whose verdicts another version of policies changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.apps import sample
from tests.apps.conftest import Run
from tests.apps.golden import compare
from tests.apps.test_diff import edit, git

DAY = ("--as-of", "2026-11-01")

#: The changes of a version: a threshold, a norm that goes, and one that comes.
CHANGES = (
    ("formal_members is at least 3\n", "formal_members is at least 2\n"),
    ("norm 1.2 about organization", "norm 1.9 about organization"),
    ("An organization should be sound.", "An organization must be at its best."),
    ("        sound\n", "        sound and formal_members is at least 5\n"),
)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two versions, `old` and `new`, and a table of organizations."""
    monkeypatch.chdir(tmp_path)
    sample.policies(Path("old"))
    sample.policies(Path("new"))
    edit("new", *CHANGES)
    write_table()


def write_table() -> None:
    rows = [
        ("a", "township", 1, False, None), ("b", "township", 2, False, None), ("c", "county", 2, True, True),
        ("d", None, 2, True, None), ("e", "national", 4, False, None), ("f", "county", None, False, None),
    ]  # fmt: skip
    names = ("id", "level", "formal_members", "branch.exists", "branch.approved")
    frame = pl.DataFrame(rows, schema=names, orient="row", schema_overrides={"branch.approved": pl.Boolean})
    frame.write_csv("organization.csv")


@pytest.mark.usefixtures("folders")
def test_who_changes_by_norm_and_by_fact(run: Run) -> None:
    found = run("impact", "old", "new", "organization.csv", *DAY, "--by", "level", "--rows", "rows.csv")
    assert found.exit_code == 1
    compare("impact", found.output)
    compare("impact_rows", Path("rows.csv").read_text(), ".csv")


@pytest.mark.usefixtures("folders")
def test_json(run: Run) -> None:
    found = run("impact", "old", "new", "organization.csv", *DAY, "--by", "level", "--format", "json")
    assert found.exit_code == 1
    compare("impact", found.output, ".json")


@pytest.mark.usefixtures("folders")
def test_nobody_changes(run: Run) -> None:
    found = run("impact", "old", "old", "organization.csv", *DAY)
    assert found.exit_code == 0
    assert "No verdict changes: 0 norms and decisions differ" in found.output


@pytest.mark.usefixtures("folders")
def test_what_is_written_otherwise_and_changes_nobody(run: Run) -> None:
    sample.policies(Path("new"))
    edit("new", ("formal_members is at least 3\n", "formal_members is at least 3 and formal_members is at least 2\n"))
    found = run("impact", "old", "new", "organization.csv", *DAY)
    assert found.exit_code == 0
    assert "No verdict changes: " in found.output


@pytest.mark.usefixtures("folders")
@pytest.mark.parametrize(
    ("suffix", "read"), [("csv", pl.read_csv), ("parquet", pl.read_parquet), ("arrow", pl.read_ipc)]
)
def test_the_rows_are_written(run: Run, suffix: str, read: Any) -> None:
    found = run("impact", "old", "new", "organization.csv", *DAY, "--only", "1.1", "--rows", f"rows.{suffix}")
    assert f"rows.{suffix}: 3 rows" in found.output
    rows = read(f"rows.{suffix}")
    assert rows["id"].to_list() == ["b", "c", "d"]
    assert rows["new"].cast(pl.String).to_list() == ["unmet", "met", "unknown"]
    told = run("impact", "old", "new", "organization.csv", *DAY, "--only", "1.1", "--rows", "r.csv", "--format", "json")
    assert json.loads(told.output)["written"] == [{"file": "r.csv", "rows": 3}]


@pytest.mark.usefixtures("folders")
def test_wrong_rows_are_mistakes_or_are_left_out(run: Run) -> None:
    with Path("organization.csv").open("a") as file:
        file.write("g,county,many,,\n")
    found = run("impact", "old", "new", "organization.csv", *DAY, "--rows", "rows.parquet")
    assert found.exit_code == 2
    assert "`many` is not a whole number\n  in row 7 (line 8), formal_members" in found.output
    assert "old version" not in found.output
    assert not list(Path().glob("rows*"))
    found = run("impact", "old", "new", "organization.csv", *DAY, "--bad-rows", "skip")
    assert found.exit_code == 1
    assert "left out for mistakes: 1 row" in found.output


@pytest.mark.usefixtures("folders")
def test_what_only_the_old_version_refuses_is_told_of_it(run: Run) -> None:
    edit("new", ("township, county, national", "township, county, municipal, national"))
    text = Path("organization.csv").read_text().replace("e,national", "e,municipal")
    Path("organization.csv").write_text(text)
    edit("new", ("formal_members is at least 2\n", "formal_members is at least 2 and level is at least county\n"))
    edit("old", ("formal_members is at least 3\n", "formal_members is at least 3 and level is at least county\n"))
    found = run("impact", "old", "new", "organization.csv", *DAY)
    assert found.exit_code == 2
    assert "`municipal`" in found.output
    assert "by the old version of the policies" in found.output
    found = run("impact", "old", "new", "organization.csv", *DAY, "--bad-rows", "skip", "--only", "1.1")
    assert "left out for mistakes: 1 row" in found.output


# ---- mistakes of those who ask -------------------------------------------------------------------------------


@pytest.mark.usefixtures("folders")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("old", "new", "organization.csv", "--by", "levle"), "there is no column `levle` to count by\n  help: did you mean `level`?"),
        (("old", "new", "organization.csv", "--by", "formal_members"), "counted by kinds, by yes and no, and by references"),
        (("old", "new", "organization.csv", "--by", "made"), "`made` is a column of organization.reports"),
        (("old", "new", "organization.csv", "--only", "1.11"), "1.11"),
        (("old", "new", "organisation.csv"), "there is no file `organisation.csv`"),
        (("old", "nwe", "organization.csv"), "there is no folder `nwe`, and there is no git repository here"),
        (("organization.csv", "old", "new"), "`organization.csv` is a table\n  help: the order is: sopb impact OLD NEW TABLE"),
        (("old", "organization.csv", "new"), "`organization.csv` is a table"),
        (("old", "new", "new"), "`new` is a folder of policies\n  help: the order is: sopb impact OLD NEW TABLE"),
        (("old", "new"), "Missing argument 'TABLE...'"),
        (("old", "new", "organization.csv", "--rows", "rows.xlsx"), "`rows.xlsx` ends otherwise"),
        (("old", "new", "organization.csv", "--table", "a=a.csv", "--table", "a=a.csv"), "names a table twice"),
        (("old", "new", "organization.csv", "--table", "organization.report=a.csv"), "did you mean `organization.reports`?"),
    ],
)  # fmt: skip
def test_mistakes(run: Run, arguments: tuple[str, ...], told: str) -> None:
    found = run("impact", *arguments, *DAY)
    assert found.exit_code == 2
    assert told in found.output


@pytest.mark.usefixtures("folders")
def test_a_misspelt_column_is_told_once(run: Run) -> None:
    Path("organization.csv").write_text(
        Path("organization.csv").read_text().replace("formal_members", "fromal_members")
    )
    found = run("impact", "old", "new", "organization.csv", *DAY)
    assert found.exit_code == 2
    assert found.output.count("`fromal_members`") == 1
    assert "old version" not in found.output


@pytest.mark.usefixtures("folders")
def test_what_only_one_version_has_about_nobody_in_the_tables(run: Run) -> None:
    """A definition that is no longer there, and a norm about an entity of which no table is given."""
    edit("new", ("entity report", 'entity office "office"\n  closed yes/no "is closed"\n\nentity report'))
    addition = (
        'norm 1.9 about office\n  | An office must be closed.\n  the office must\n    "be closed"\n        closed\n'
    )
    text = Path("new/article_01.policy").read_text()
    start = text.index("norm 1.9")
    Path("new/article_01.policy").write_text(
        text[:start] + addition + text[text.index("\n", text.index("sound and")) :]
    )
    found = run("impact", "old", "new", "organization.csv", *DAY, "--only", "1.9")
    assert "1.9: no subjects in these tables" in found.output
    assert found.exit_code == 0


# ---- revisions and measures ----------------------------------------------------------------------------------


def test_revisions_of_a_repository(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    sample.policies(Path("policies/mine"))
    git("init")
    git("add", ".")
    git("commit", "-m", "one")
    edit("policies/mine", CHANGES[0])
    git("commit", "-am", "two")
    write_table()
    expected = ["1.1"]
    for versions in (("HEAD~1", "HEAD"), ("HEAD~1:policies/mine", "policies/mine")):
        found = run("impact", *versions, "organization.csv", *DAY, "--format", "json")
        assert found.exit_code == 1
        assert sorted({each["statement"] for each in json.loads(found.output)["changes"]}) == expected


def test_measures_and_lists_in_tables_of_their_own(run: Run, tmp_path: Path) -> None:
    orgs, changes = tmp_path / "organization.csv", tmp_path / "changes.csv"
    orgs.write_text("id,level\na,county\nb,county\n")
    changes.write_text(
        "holder,occurred_on,had_party_organization,reported_on\na,2026-08-01,yes,2026-10-20\nb,2026-10-01,yes,absent\n"
    )
    opinions, riverside = (
        Path(__file__).parent.parent.parent / each for each in ("policies/opinions", "examples/measures/riverside")
    )
    tables = (orgs, "--table", f"organization.changes={changes}")
    found = run("impact", opinions, riverside, *tables, *DAY, "--by", "level", "--format", "json")
    assert found.exit_code == 1
    told = json.loads(found.output)
    assert {(each["level"], each["table"], each["statement"]) for each in told["by"]["level"]} == {
        ("county", "organization.changes", "8.3")
    }
