"""`sopb evaluate --engine spark`: a folder of Parquet evaluated by Spark, and the verdicts written as Parquet."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

import click

from sopb_rules.apps.inputs import clock, load, output_json


def evaluate_spark(
    states: Sequence[Path],
    folder: Path | None,
    as_of: datetime.date | None,
    form: str,
    only: Sequence[str],
    output: Path,
) -> int:
    """Evaluate a folder, print who has to act, and give the exit status: 1 tells that somebody has to.

    Raises:
        RulesError: PySpark is missing, or the folder cannot be evaluated.
    """
    from sopb_rules.extras import check_spark

    if len(states) != 1:
        raise click.UsageError("--engine spark takes one folder of Parquet")
    check_spark()
    policies = load(folder)
    from sopb_rules.population.evaluate import ACTION
    from sopb_rules.population.spark import evaluate_folder

    evaluation = evaluate_folder(policies, _address(states[0]), as_of or clock(), only or None)
    address = _address(output)
    evaluation.write(address)
    counts = evaluation.counts(address).rows(named=True)
    in_breach = any(row["count"] for row in counts if row["outcome"] in ACTION)
    if form == "json":
        output_json(counts)
        return int(in_breach)
    for table in evaluation.tables:
        click.echo(f"{table}: verdicts in {address}/{table}")
        for row in counts:
            if row["table"] == table and row["outcome"] in ACTION and row["count"]:
                called = f"{row['place']}: {row['statement']}" if row["place"] else row["statement"]
                click.echo(f"  {called} is {row['outcome']}: {row['count']:,}")
    return int(in_breach)


def _address(path: Path) -> str:
    """A path as Spark reads it: of ``s3a://bucket/folder`` a path keeps one slash of two."""
    return re.sub(r"^(\w{2,}):/(?=[^/])", r"\1://", path.as_posix())
