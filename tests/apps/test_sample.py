"""`sopb sample`: files of populations that are made up."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from sopb_rules import extras
from sopb_rules.apps.cli import sopb
from sopb_rules.apps.table_files import complete, write_table
from sopb_rules.model.vocabulary import Percent
from sopb_rules.population.layout import Column, Says

POLICIES = """vocabulary small
  currency yuan

entity organization "organization"
  members  count
  share    percent
  changes  list of change
  region   optional reference to region

entity change "change"
  reported  yes/no

entity region "region"
  name  text

article 1 "One"

norm 1.1 about organization
  | Any organization with three members must have changes.
  when members is at least 3 and share is at least 40%
  the organization must
    "report"
        any change in changes where (change.reported)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    policies = tmp_path / "policies"
    policies.mkdir()
    (policies / "all.policy").write_text(POLICIES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(sopb, ["sample", "--policies", "policies", "--as-of", "2026-11-01", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_parquet_file_holds_the_lists_inside(folder: Path) -> None:
    assert run("--size", "200") == "organization.parquet: 200 rows\nmade up with seed 0, as of 2026-11-01\n"
    rows = pl.read_parquet(folder / "organization.parquet")
    assert rows.height == 200
    assert isinstance(rows.schema["changes"], pl.List)
    assert list(folder.glob("*.part")) == []


def test_the_same_seed_writes_the_same_bytes(folder: Path) -> None:
    written = []
    for name in ("a.csv", "b.csv"):
        run("--size", "50", "--seed", "4", "--output", name)
        written.append((folder / name).read_bytes())
    assert written[0] == written[1]
    run("--size", "50", "--seed", "5", "--output", "c.csv")
    assert (folder / "c.csv").read_bytes() != written[0]


@pytest.mark.parametrize(("option", "suffix"), [([], "parquet"), (["--csv"], "csv")])
def test_a_folder_gets_a_file_for_each_table(folder: Path, option: list[str], suffix: str) -> None:
    told = run("--size", "20", "--output", "all", *option)
    names = [f"organization.{suffix}", f"organization.changes.{suffix}", f"region.{suffix}"]
    assert sorted(each.name for each in (folder / "all").iterdir()) == sorted(names)
    assert f"all/organization.{suffix}: 20 rows" in told


def test_shares_are_written_with_their_sign_in_csv(folder: Path) -> None:
    run("--size", "30", "--output", "x.csv", "--unknown", "0%")
    shares = pl.read_csv(folder / "x.csv")["share"].to_list()
    assert all(each.endswith("%") and 0 <= float(each[:-1]) <= 101 for each in shares)


def test_another_entity_can_be_the_main_one(folder: Path) -> None:
    assert run("--size", "7", "--entity", "region").startswith("region.parquet: 7 rows")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--size", "3", "--unknown", "200%"], "`200%` is no share from 0% to 100%"),
        (["--size", "3", "--unknown", "much"], "`much` is no share from 0% to 100%"),
        (["--size", "3", "--csv"], "name a folder with --output"),
        (["--size", "3", "--entity", "regio"], "did you mean `region`?"),
        (["--size", "-1"], "-1"),
        (["--size", "3", "--output", "no/such/x.parquet"], "the system refused"),
    ],
)
def test_what_cannot_be_made_is_told(
    folder: Path, arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        sopb.main(["sample", "--policies", "policies", *arguments], prog_name="sopb")
    assert ended.value.code == 2
    assert problem in capsys.readouterr().err


def test_a_file_is_complete_or_not_there(tmp_path: Path) -> None:
    file = tmp_path / "x.parquet"
    file.write_text("as it was")

    def half() -> None:
        with complete(file) as part:
            part.write_text("half")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert [each.read_text() for each in tmp_path.iterdir()] == ["as it was"]


def test_pieces_are_written_one_after_the_other(tmp_path: Path) -> None:
    pieces = [pl.DataFrame({"share": [0.5]}), pl.DataFrame({"share": [0.25]})]
    column = Column("share", Says.VALUE, Percent())
    for name in ("x.csv", "x.parquet"):
        write_table(tmp_path / name, pieces[0].schema, iter(pieces), [column])
    assert (tmp_path / "x.csv").read_text() == "share\n50.0%\n25.0%\n"
    assert pl.read_parquet(tmp_path / "x.parquet")["share"].to_list() == [0.5, 0.25]


def test_what_is_not_installed_is_told(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    with pytest.raises(SystemExit):
        sopb.main(["sample", "--size", "1"], prog_name="sopb")
    assert "tables need Polars, which is not installed" in capsys.readouterr().err
    with pytest.raises(Exception, match="charts need Matplotlib"):
        extras.check_charts()
