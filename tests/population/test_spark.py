"""Spark over folders of Parquet: what is in them, and what is written back."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from sopb_rules import load_policies
from sopb_rules.apps.cli import sopb
from sopb_rules.apps.commands.evaluate_spark import _address
from sopb_rules.diagnostics import RulesError
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.population.evaluate import evaluate_table
from sopb_rules.source import Source
from tests.population.engines import Engines

DAY = datetime.date(2026, 11, 1)

pytestmark = pytest.mark.xdist_group("spark")


@pytest.fixture
def session(engines: Engines) -> Any:
    return engines.get("spark").session  # type: ignore[attr-defined]


def organizations() -> pl.DataFrame:
    """Organizations with what they contain in structs and lists."""
    return pl.DataFrame(
        {
            "id": ["a", "b", "c", "d"],
            "kind": ["social_group", "foundation", None, "social_group"],
            "formal_members": [3, 2, None, 5],
            "party_organization": [
                {"form": "branch", "approved": True, "exists": True},
                {"form": None, "approved": None, "exists": False},
                None,
                {"form": "branch", "approved": None, "exists": None},
            ],
            "changes": [
                [{"kind": "restructured", "occurred_on": DAY}, {"kind": None, "occurred_on": None}],
                [],
                None,
                [{"kind": "dissolved", "occurred_on": None}],
            ],
        },
        schema_overrides={
            "changes": pl.List(pl.Struct({"kind": pl.String, "occurred_on": pl.Date})),
            "party_organization": pl.Struct({"form": pl.String, "approved": pl.Boolean, "exists": pl.Boolean}),
        },
    )


def test_a_partitioned_folder_comes_to_what_columns_in_memory_come_to(tmp_path: Path, session: Any) -> None:
    from sopb_rules.population.spark import evaluate_folder

    frame, folder = organizations(), tmp_path / "given"
    for year, rows in ((2025, frame.head(1)), (2026, frame.slice(1))):
        (folder / f"year={year}").mkdir(parents=True)
        rows.write_parquet(folder / f"year={year}" / "part.parquet")
    only = ["8.1", "8.3", "3.2", "6.3/4", "leading_body"]  # of tables of each sort: with rows, with lists, with neither
    found = evaluate_folder(load_policies(), str(folder), DAY, only, session)
    found.write(str(tmp_path / "verdicts"))
    wanted = evaluate_table(load_policies(), frame, DAY, only)
    assert set(found.tables) == set(wanted.tables)
    for table in found.tables:
        written = pl.read_parquet(tmp_path / "verdicts" / table / "*.parquet")
        assert _rows(written) == _rows(wanted.verdicts(table)), table
    counts = found.counts(str(tmp_path / "verdicts"))
    assert counts.rows() == wanted.counts().rows()


def _rows(frame: pl.DataFrame) -> Counter[Any]:
    """The rows; those of lists without their ids, which Spark makes up where elements have none."""
    return Counter(frame.drop("id").rows() if "holder" in frame.columns else frame.rows())


def test_a_folder_for_each_table(tmp_path: Path, session: Any) -> None:
    from sopb_rules.population.spark import evaluate_folder

    tables = {
        "organization": pl.DataFrame({"id": ["a", "b"], "formal_members": [3, None]}),
        "organization.changes": pl.DataFrame(
            {"holder": ["a", "a"], "id": ["x", "y"], "kind": ["restructured", "oops"]}
        ),
    }
    for name, frame in tables.items():
        frame.write_parquet(tmp_path / f"{name}.parquet")
    (tmp_path / "_SUCCESS").touch()
    found = evaluate_folder(load_policies(), str(tmp_path), DAY, ["8.1"], session)
    assert found.tables == ("organization",)
    rows = found.verdicts("organization").collect()
    assert {tuple(row) for row in rows} == {("a", "unknown"), ("b", "unknown")}


VOCABULARY = """vocabulary clubs
kind size
  small, large, absent
entity club "club"
  size     optional size
  colour   optional colour
  name     optional text
  leader   optional reference to person
  members  list of member
entity member "member"
  colour  optional colour
entity person "person"
  colour  colour
kind colour
  red, blue
"""
NORMS = 'article 1 "One"\n' + "".join(
    f"""norm 1.{number} about {about}
  | It has to be so.
  the {about} must
    "see to it"
        {condition}
"""
    for number, (about, condition) in enumerate(
        (
            ("club", "size exists"),
            ("club", "colour exists"),
            ("club", "colour exists and colour is red"),
            ("club", "name exists"),
            ("club", "leader exists and leader.colour is red"),
            ("club", "leader exists"),
            ("member", "colour exists"),
        ),
        start=1,
    )
)


def test_words_in_columns_of_words_are_read_as_in_memory(tmp_path: Path, session: Any) -> None:
    from sopb_rules.population.spark import evaluate_folder

    policies = PolicySet(compile_policies([Source("v.policy", VOCABULARY), Source("article_01.policy", NORMS)]))
    words = [None, "", " ", "unknown", "absent", " absent", "red", " red ", "small", "p"]
    kinds = {"colour": ("red", "blue"), "size": ("small", "large", "absent"), "leader": ("p", "unlisted")}
    columns = {
        name: [word for word in words if word is None or word.strip() in ("", "unknown", "absent", *values)]
        for name, values in kinds.items()
    } | {"name": [None, "unknown", "absent", "x"]}
    rows = [{name: held[n % len(held)] for name, held in columns.items()} for n in range(40)]
    clubs = pl.DataFrame(
        [{"id": str(n), **row, "members": [{"id": f"m{n}", "colour": row["colour"]}]} for n, row in enumerate(rows)],
        schema_overrides={
            "members": pl.List(pl.Struct({"id": pl.String, "colour": pl.String})),
            **dict.fromkeys(columns, pl.String),
        },
    ).with_columns(pl.when(pl.col("id").str.ends_with("7")).then(False).alias("colour.exists"))
    clubs = clubs.with_columns(colour=pl.when(pl.col("colour.exists").is_null()).then("colour"))
    tables = {"club": clubs, "person": pl.DataFrame({"id": ["p"], "colour": [" red"]})}
    for name, frame in tables.items():
        frame.write_parquet(tmp_path / f"{name}.parquet")
    found = evaluate_folder(policies, str(tmp_path), DAY, None, session)
    wanted = evaluate_table(policies, tables, DAY)
    assert set(found.tables) == set(wanted.tables)
    for table in found.tables:
        got = Counter(tuple(row) for row in found.verdicts(table).collect())
        assert got == Counter(wanted.verdicts(table).rows()), table
    assert {"met", "unmet", "unknown"} <= set(wanted.counts()["outcome"])


def refused(session: Any, folder: Path, only: list[str] | None = None) -> str:
    from sopb_rules.population.spark import evaluate_folder

    with pytest.raises(RulesError) as error:
        evaluate_folder(load_policies(), str(folder), DAY, only, session)
    return str(error.value)


def test_what_cannot_be_read_is_told_in_a_line(tmp_path: Path, session: Any) -> None:
    from sopb_rules.population.spark import evaluate_folder

    assert "there is no folder" in refused(session, tmp_path / "nowhere")
    assert "there is no norm 8.9" in refused(session, tmp_path, ["8.9"])
    pl.DataFrame({"id": ["a"], "formal_membrs": [3]}).write_parquet(tmp_path / "organization.parquet")
    assert "did you mean `formal_members`" in refused(session, tmp_path)
    pl.DataFrame({"id": ["a"], "formal_members": ["3"]}).write_parquet(tmp_path / "organization.parquet")
    assert "`formal_members` is a column of texts, which Spark is not made to read" in refused(session, tmp_path)
    (tmp_path / "organization.parquet").write_text("no Parquet")
    assert "Spark says" in refused(session, tmp_path)
    (tmp_path / "other").mkdir()
    pl.DataFrame({"id": ["a"], "colour": ["red"]}).write_parquet(tmp_path / "other" / "part.parquet")
    assert "fits no table" in refused(session, tmp_path / "other")
    pl.DataFrame({"id": ["a"]}).write_parquet(tmp_path / "other" / "part.parquet")
    assert "fits several tables" in refused(session, tmp_path / "other")
    pl.DataFrame({"id": ["a"], "formal_members": [3]}).write_parquet(tmp_path / "organization.parquet")
    found = evaluate_folder(load_policies(), str(tmp_path / "organization.parquet"), DAY, ["8.1"], session)
    found.write(str(tmp_path / "out"))
    with pytest.raises(RulesError, match="already exists"):
        found.write(str(tmp_path / "out"))
    assert "no norm that is asked for" in refused(session, tmp_path / "organization.parquet", ["5.2"])


def test_the_command_line(tmp_path: Path, session: Any) -> None:
    organizations().write_parquet(tmp_path / "organization.parquet")
    folder, output = str(tmp_path), str(tmp_path / "out")
    asked = ["evaluate", folder, "--engine", "spark", "--as-of", "2026-11-01", "--only", "8.1"]
    done = CliRunner().invoke(sopb, [*asked, "--output", output])
    assert done.output.startswith("opinions 2025-11-10, as of 2026-11-01\n\norganization\n")
    assert done.output.endswith(f"\n\nverdicts are in\n  {output}/organization\n")
    assert done.exit_code == 0
    unmet = organizations().with_columns(formal_members=pl.lit(3))
    unmet.write_parquet(tmp_path / "organization.parquet")
    done = CliRunner().invoke(sopb, [*asked, "--output", output + "2"])
    assert next(line for line in done.output.splitlines() if line.startswith("8.1")).split()[-3] == "1"
    assert done.exit_code == 1
    done = CliRunner().invoke(sopb, [*asked, "--output", output + "3", "--format", "json"])
    told = json.loads(done.output)
    assert {row["outcome"]: row["count"] for row in told["counts"]}["unmet"] == 1
    assert told["written"] == [{"file": f"{output}3/organization"}]
    for more in ([], ["--output", output, "--details"]):
        assert CliRunner().invoke(sopb, [*asked, *more]).exit_code == 2


def test_addresses_keep_their_slashes() -> None:
    assert _address(Path("s3a://bucket/folder")) == "s3a://bucket/folder"
    assert _address(Path("/a/folder")) == "/a/folder"
    assert _address(Path("c:/a")) == "c:/a"
