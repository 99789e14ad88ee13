"""`sopb evaluate` on tables: counts, verdicts as files, mistakes in rows and the exit status."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.apps.conftest import Run

TWO = 'vocabulary two "Two"\n\nentity cat "cat"\n  paws count "paws"\n\nentity dog "dog"\n  paws count "paws"\n'
PAWS = 'article 1 "Paws"\n' + "".join(
    f'\nnorm 1.{number} about {name}\n  | A {name} has paws.\n  the {name} must\n    "have paws"\n        paws is at least 4\n'
    for number, name in ((1, "cat"), (2, "dog"))
)
MISTAKEN = "id,formal_members\na,3\nb,many\nb,4\n"


@pytest.fixture
def mistaken(tmp_path: Path) -> Path:
    file = tmp_path / "organization.csv"
    file.write_text(MISTAKEN)
    return file


def test_wrong_rows_are_mistakes_and_nothing_is_written(run: Run, mistaken: Path) -> None:
    found = run("evaluate", mistaken, "--only", "8.1", "--output", mistaken.parent / "out.csv")
    assert found.exit_code == 2
    assert "`many` is not a whole number\n  in row 2 (line 3), formal_members" in found.output
    assert "two organization records with the id `b`" in found.output
    assert list(mistaken.parent.iterdir()) == [mistaken]


@pytest.mark.parametrize(
    ("suffix", "read"), [("csv", pl.read_csv), ("parquet", pl.read_parquet), ("arrow", pl.read_ipc)]
)
def test_wrong_rows_are_left_out_where_that_is_asked_for(run: Run, mistaken: Path, suffix: str, read: object) -> None:
    out = mistaken.parent / f"out.{suffix}"
    found = run("evaluate", mistaken, "--only", "8.1", "--bad-rows", "skip", "--output", out)
    assert found.exit_code == 0
    assert "left out for mistakes: 2 rows" in found.output
    assert read(out).rows() == [("a", "unknown")]  # type: ignore[operator]
    assert sorted(mistaken.parent.iterdir()) == sorted([mistaken, out])


def test_options_about_tables_are_refused_for_states(run: Run, breach: Path, policies: Path) -> None:
    found = run("evaluate", breach, "--policies", policies, "--bad-rows", "skip")
    assert found.exit_code == 2
    assert "are about tables" in found.output


def test_options_about_states_are_refused_for_tables(run: Run, mistaken: Path) -> None:
    assert "are about states" in run("evaluate", mistaken, "--details").output


def test_options_that_do_not_go_together(run: Run, mistaken: Path, breach: Path) -> None:
    assert "name a file with --output" in run("evaluate", mistaken, "--only-action").output
    twice = ("--table", f"organization={mistaken}", "--table", f"organization={mistaken}")
    assert "--table names a table twice" in run("evaluate", mistaken, *twice).output
    assert "evaluated apart" in run("evaluate", mistaken, breach).output


def test_rows_left_out_of_several_main_tables_are_all_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "vocabulary.policy").write_text(TWO)
    (tmp_path / "article_01.policy").write_text(PAWS)
    files = [tmp_path / f"{name}.csv" for name in ("cat", "dog")]
    for file in files:
        file.write_text("id,paws\na,many\nb,3\n")
    found = run("evaluate", *files, "--policies", tmp_path, "--bad-rows", "skip")
    assert found.output.endswith("left out for mistakes: 2 rows\n")
    alone = run("evaluate", *files, "--policies", tmp_path, "--bad-rows", "skip", "--only", "1.2")
    assert alone.output.endswith("left out for mistakes: 1 row\n")


def test_norms_about_nobody_in_the_tables_are_not_passed_over_in_silence(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "region.csv"
    table.write_text("id\nnorth\n", encoding="utf-8")
    found = run("evaluate", table, "--only", "8.1")
    assert found.exit_code == 2
    assert "nothing that is asked for is about the rows of region" in found.output


@pytest.mark.parametrize("command", [("evaluate", "region.csv"), ("sample", "--size", "1")])
def test_a_file_of_another_sort_is_not_taken_for_a_folder(
    run: Run, tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("region.csv").write_text("id\nnorth\n", encoding="utf-8")
    found = run(*command, "--output", "out.xlsx")
    assert found.exit_code == 2
    assert "tables cannot be written to `out.xlsx`" in found.output
    assert [each.name for each in tmp_path.iterdir()] == ["region.csv"]


def test_a_folder_that_is_not_there_is_named(run: Run, tmp_path: Path, mistaken: Path) -> None:
    mistaken.write_text("id,formal_members\na,3\n", encoding="utf-8")
    out = tmp_path / "nowhere" / "out.csv"
    found = run("evaluate", mistaken, "--only", "8.1", "--output", out)
    assert found.exit_code == 2
    assert f"the system refused: {out}: " in found.output
