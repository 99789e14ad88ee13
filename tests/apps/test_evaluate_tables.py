"""`sopb evaluate` on tables: counts, verdicts as files, mistakes in rows and the exit status."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.apps.conftest import Run

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
