"""`sopb evaluate --engine spark`: a folder of Parquet evaluated by Spark, and the verdicts written as Parquet."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.inputs import clock, load, output_json

if TYPE_CHECKING:
    from sopb_rules.apps.overview import Line
    from sopb_rules.policy_set import PolicySet


def evaluate_spark(
    states: Sequence[Path],
    folder: Path | None,
    as_of: datetime.date | None,
    form: str,
    only: Sequence[str],
    output: Path,
) -> int:
    """Evaluate a folder, print what it comes to, and give the exit status: 1 tells that somebody is in breach.

    Raises:
        RulesError: PySpark is missing, or the folder cannot be evaluated.
    """
    from sopb_rules.extras import check_spark

    if len(states) != 1:
        raise click.UsageError("--engine spark takes one folder of Parquet")
    check_spark()
    policies, day = load(folder), as_of or clock()
    from sopb_rules.apps.overview import asked_of, lines_of
    from sopb_rules.population.spark import evaluate_folder

    evaluation = evaluate_folder(policies, _address(states[0]), day, only or None)
    address = _address(output)
    evaluation.write(address)
    counts = evaluation.counts(address)
    lines = lines_of(policies, counts)
    written = [f"{address}/{table}" for table in evaluation.tables]
    if form == "json":
        told = [{"file": file} for file in written]
        output_json({**asked_of(policies, day), "counts": counts.to_dicts(), "written": told})
    else:
        _print(policies, day, lines, written)
    return int(any(line.is_breach for line in lines))


def _print(policies: PolicySet, day: datetime.date, lines: Sequence[Line], written: Sequence[str]) -> None:
    from sopb_rules.apps.text.counts import print_counts
    from sopb_rules.apps.text.page import Page

    page = Page.of_stdout()
    page.line(f"{policies.name} {policies.version}".strip() + f", as of {day}")
    print_counts(page, lines)
    page.blank()
    page.line("verdicts are in")
    for file in written:
        click.echo(f"  {file}")  # in one piece, however long it is


def _address(path: Path) -> str:
    """A path as Spark reads it: of ``s3a://bucket/folder`` a path keeps one slash of two."""
    return re.sub(r"^(\w{2,}):/(?=[^/])", r"\1://", path.as_posix())
