"""`sopb sql`: what it prints, and what databases make of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import Result

from sopb_rules.apps.commands.sql import DIALECTS
from sopb_rules.population import dialects
from tests.apps import golden
from tests.apps.conftest import Run
from tests.population.engines import Engines, each_of

COLUMNS = """table_name,column_name
organization,id
organization,formal_members
organization,party_organization.form
organization,party_organization.approved
other,colour
"""
ON = ("--as-of", "2026-11-01")


@pytest.fixture
def columns(tmp_path: Path) -> Path:
    file = tmp_path / "columns.csv"
    file.write_text(COLUMNS)
    return file


def told(result: Result) -> str:
    assert result.exit_code == 2
    return result.stderr


def test_the_dialects_are_those_that_there_are() -> None:
    assert tuple(dialects.DIALECTS) == DIALECTS


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_view(run: Run, columns: Path, dialect: str) -> None:
    result = run("sql", "--dialect", dialect, *ON, "--only", "8.1", "--columns", columns)
    assert result.exit_code == 0
    golden.compare(f"sql_{dialect}", result.output.split("\n", 1)[1])
    assert result.output.startswith("-- written by sopb ")
    assert result.output.split("\n", 1)[0].endswith(f"for {dialect}; today is 2026-11-01")


@pytest.mark.parametrize("dialect", each_of("duckdb", "postgres"))
def test_views_are_made_and_asked_in_a_database(run: Run, engines: Engines, tmp_path: Path, dialect: str) -> None:
    engine = engines.get(dialect)
    change = pl.DataFrame({"holder": ["a"], "id": ["x"], "kind": ["dissolved"]})
    organization = pl.DataFrame(
        {"id": ["a", "b", "c"], "formal_members": [3, 2, None], "party_organization.exists": [False, None, True]}
    )
    engine.load({"orgs": organization, "organization.changes": change})
    tells = "SELECT table_name, column_name FROM information_schema.columns WHERE table_name LIKE 'org%'"
    rows = [("table_name", "column_name"), *engine.query(tells)]
    (tmp_path / "c.csv").write_text("".join(f"{table},{column}\n" for table, column in rows))
    schema = {"duckdb": "main", "postgres": "public"}[dialect]
    asked = ("--columns", tmp_path / "c.csv", "--table", f'organization={schema}."orgs"')
    result = run("sql", "--dialect", dialect, *ON, *asked)
    assert result.exit_code == 0
    for statement in result.output.split(";\n")[:-1]:
        engine.execute(statement)  # type: ignore[attr-defined]
    verdicts = engine.query('SELECT id, "8.1" FROM organization_verdicts')
    assert set(verdicts) == {("a", "unmet"), ("b", "not_applicable"), ("c", "unknown")}
    assert engine.query('SELECT holder, id, "8.3" IS NULL FROM organization_changes_verdicts') == [("a", "x", False)]


def test_what_is_wrong_is_told(run: Run, columns: Path, tmp_path: Path) -> None:
    asked = ("sql", "--dialect", "duckdb", *ON)
    assert "there is no norm 8.9" in told(run(*asked, "--only", "8.9"))
    assert "`organization` is not of the form NAME=TABLE" in told(run(*asked, "--table", "organization"))
    assert "there is no table organisation" in told(run(*asked, "--table", "organisation=o"))
    assert "`a b c` is not the name of a table" in told(run(*asked, "--table", "organization=a b c"))
    columns.write_text(COLUMNS + "organization,formal_membrs\n")
    assert "did you mean `formal_members`" in told(run(*asked, "--columns", columns))
    columns.write_text("table_name,column_name\norganization,formal_members\n")
    assert "has no column `id`" in told(run(*asked, "--columns", columns))
    columns.write_text("table_name,column_name\norganization,id\norganization.changes,id\n")
    assert "has no column `holder`" in told(run(*asked, "--columns", columns))
    columns.write_text("table_name,column_name\nregion,id\n")
    assert "no norm that is asked for has subjects" in told(run(*asked, "--columns", columns, "--only", "8.1"))
    columns.write_text("organization,id\n")
    assert "no columns table_name and column_name" in told(run(*asked, "--columns", columns))
    assert "No such file" in told(run(*asked, "--columns", tmp_path / "nowhere.csv"))


def test_it_needs_no_polars() -> None:
    code = (
        "import sys\nfrom sopb_rules.apps.cli import sopb\n"
        "sopb(['sql', '--dialect', 'duckdb', '--only', '8.1'], standalone_mode=False)\n"
    )
    code = f"import sys; sys.modules['polars'] = None\n{code}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "CREATE OR REPLACE VIEW" in done.stdout, done.stderr[-500:]


@pytest.mark.parametrize(
    ("module", "arguments", "message"),
    [
        ("sqlglot", "'sql', '--dialect', 'duckdb'", "SQL is written by sqlglot, which is not installed"),
        ("pyspark", "'evaluate', 'x', '--engine', 'spark', '--output', 'y'", "needs PySpark, which is not installed"),
    ],
)
def test_what_is_not_installed_is_told_in_a_line(module: str, arguments: str, message: str) -> None:
    code = f"import sys\nsys.modules[{module!r}] = None\nfrom sopb_rules.apps.cli import sopb\nsopb([{arguments}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert message in done.stderr
    assert "pip install" in done.stderr
    assert done.returncode == 2
