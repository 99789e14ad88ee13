"""`sopb evaluate` for tables of many organizations: counts, verdicts as files, and what is missing most."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sopb_rules.apps.inputs import clock, load, output_json
from sopb_rules.apps.progress import bar
from sopb_rules.apps.table_evaluation import is_table, rows_to_read, tables_given, write_verdicts
from sopb_rules.apps.table_options import TableOptions
from sopb_rules.extras import check_tables

if TYPE_CHECKING:
    import polars as pl

    from sopb_rules.policy_set import PolicySet


def evaluate_tables(
    files: Sequence[Path],
    folder: Path | None,
    as_of: datetime.date | None,
    form: str,
    only: Sequence[str],
    asked: TableOptions,
) -> int:
    """Evaluate tables, print what is asked for, and tell the exit status.

    Raises:
        RulesError: a table is wrong.
        click.UsageError: states and tables are given together, or options that do not go together.
    """
    check_tables()
    if states := [str(file) for file in files if file.exists() and not is_table(file)]:
        raise click.UsageError(f"states and tables are evaluated apart: {', '.join(states)}")
    if asked.only_action and asked.output is None:
        raise click.UsageError("--only-action is about the verdicts that are written: name a file with --output")
    if len({name for name, _ in asked.named}) < len(asked.named):
        raise click.UsageError("--table names a table twice")
    policies, day = load(folder), as_of or clock()
    tables = tables_given(policies, files, dict(asked.named))
    bad_rows = "skip" if asked.bad_rows == "skip" else "error"
    evaluation = policies.evaluate_table(tables, day, only or None, bad_rows)  # type: ignore[arg-type]
    with bar("counting", rows_to_read(evaluation), asked.quiet) as done:
        counts = evaluation.counts(done)
    skipped, blocking = evaluation.skipped, None
    if asked.missing:
        with bar("looking for what is missing", rows_to_read(evaluation), asked.quiet) as done:
            blocking = evaluation.blocking(done)
    written = {} if asked.output is None else write_verdicts(evaluation, asked.output, asked.only_action, asked.quiet)
    if form == "json":
        output_json(_as_dict(policies, day, counts, blocking, skipped, written))
    else:
        _print(policies, day, counts if asked.counts or not written else None, blocking, skipped, written)
    return 1 if in_breach(policies, counts) else 0


def in_breach(policies: PolicySet, counts: pl.DataFrame) -> bool:
    """Whether somebody breaches a norm: an unmet `must` or `must not`, or an exceeded permission."""
    norms = policies.model.norms
    return any(
        count and (word == "exceeded" or (word == "unmet" and norms[statement].force in ("must", "must not")))
        for _, statement, _, word, count in counts.iter_rows()
        if statement in norms
    )


def _as_dict(
    policies: PolicySet, day: datetime.date, counts: pl.DataFrame, blocking: pl.DataFrame | None,
    skipped: pl.DataFrame, written: dict[Path, int],
) -> dict[str, Any]:  # fmt: skip
    missing = {} if blocking is None else {"missing": blocking.to_dicts()}
    return {
        "policies": {"name": policies.name, "version": policies.version, "digest": policies.digest},
        "as_of": day.isoformat(),
        "counts": counts.to_dicts(),
        **missing,
        "skipped": skipped.to_dicts(),
        "written": [{"file": str(file), "rows": rows} for file, rows in written.items()],
    }


def _print(
    policies: PolicySet, day: datetime.date, counts: pl.DataFrame | None, blocking: pl.DataFrame | None,
    skipped: pl.DataFrame, written: dict[Path, int],
) -> None:  # fmt: skip
    from sopb_rules.apps.text.counts import print_blocking, print_counts
    from sopb_rules.apps.text.page import Page

    page = Page.of_stdout()
    page.line(f"{policies.name} {policies.version}".strip() + f", as of {day}")
    if counts is not None:
        print_counts(page, policies, counts)
    if blocking is not None:
        print_blocking(page, blocking)
    if written or skipped.height:
        page.blank()
    for file, rows in written.items():
        page.line(f"{file}: {rows:,} rows")
    if skipped.height:
        page.line(f"left out for mistakes: {skipped.n_unique(['table', 'row']):,} rows")
