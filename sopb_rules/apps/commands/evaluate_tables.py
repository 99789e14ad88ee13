"""`sopb evaluate` for tables of many organizations: counts, verdicts as files, what is missing most, charts and a page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.inputs import STDOUT, clock, load, output_json, write_page
from sopb_rules.apps.plural import counted
from sopb_rules.apps.progress import bar
from sopb_rules.apps.table_evaluation import WRITTEN, check_folder, is_table, rows_to_read, tables_given, write_verdicts
from sopb_rules.apps.table_options import TableOptions
from sopb_rules.apps.text.words import listing
from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.extras import check_tables

if TYPE_CHECKING:
    from sopb_rules.apps.overview import Overview
    from sopb_rules.population.evaluate import TableEvaluation


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
    _check(files, asked)
    policies, day = load(folder), as_of or clock()
    tables = tables_given(policies, files, dict(asked.named))
    bad_rows = "skip" if asked.bad_rows == "skip" else "error"
    evaluation = policies.evaluate_table(tables, day, only or None, bad_rows)  # type: ignore[arg-type]
    if not evaluation.tables:
        message = f"nothing that is asked for is about the rows of {listing(evaluation.population.columns)}"
        raise RulesError(
            [Diagnostic(Code.BAD_USAGE, message, help="give the tables of those whom the norms are about")]
        )
    found = _overview(evaluation, [*files, *(file for _, file in asked.named)], asked)
    written = {} if asked.output is None else write_verdicts(evaluation, asked.output, asked.only_action, asked.quiet)
    _write_views(found, asked)
    if asked.html == STDOUT:
        return 1 if found.in_breach else 0
    if form == "json":
        told = [{"file": str(file), "rows": rows} for file, rows in written.items()]
        output_json({**found.as_dict(), "skipped": found.skipped.to_dicts(), "written": told})
    else:
        _print(found, asked, written)
    return 1 if found.in_breach else 0


def _check(files: Sequence[Path], asked: TableOptions) -> None:
    """Refuse, before anything is read, what cannot be done."""
    if states := [str(file) for file in files if file.exists() and not is_table(file)]:
        raise click.UsageError(f"states and tables are evaluated apart: {', '.join(states)}")
    if asked.only_action and asked.output is None:
        raise click.UsageError("--only-action is about the verdicts that are written: name a file with --output")
    if asked.output is not None and asked.output.suffix.lower() not in WRITTEN:
        check_folder(asked.output, WRITTEN)
    if len({name for name, _ in asked.named}) < len(asked.named):
        raise click.UsageError("--table names a table twice")
    if asked.chart or asked.missing_chart:
        from sopb_rules.apps.chart_file import check_chart

        check_chart(asked.chart, asked.missing_chart)


def _overview(evaluation: TableEvaluation, files: Sequence[Path], asked: TableOptions) -> Overview:
    from sopb_rules.apps.overview import overview

    total, blocking = rows_to_read(evaluation), None
    with bar("counting", total, asked.quiet) as done:
        counts = evaluation.counts(done)
    if asked.missing or asked.missing_chart or asked.html:
        with bar("looking for what is missing", total, asked.quiet) as done:
            blocking = evaluation.blocking(done)
    return overview(evaluation, files, counts, blocking)


def _write_views(found: Overview, asked: TableOptions) -> None:
    """Write the charts and the page that are asked for."""
    if asked.chart or asked.missing_chart:
        from sopb_rules.apps.chart import missing_facts, verdicts_by_norm
        from sopb_rules.apps.chart_file import write_chart

        if asked.chart is not None:
            write_chart(verdicts_by_norm(found.norms, f"Verdicts by norm, as of {found.as_of}"), asked.chart)
        if asked.missing_chart is not None:
            title = f"Verdicts that hinge on unknown facts, as of {found.as_of}"
            write_chart(missing_facts(found.missing, title), asked.missing_chart)
    if asked.html is not None:
        from sopb_rules.apps.html.population import population_page

        write_page(asked.html, population_page(found))


def _print(found: Overview, asked: TableOptions, written: Mapping[Path, int]) -> None:
    from sopb_rules.apps.text.counts import print_counts, print_missing
    from sopb_rules.apps.text.page import Page

    page, policies = Page.of_stdout(), found.policies
    page.line(f"{policies.name} {policies.version}".strip() + f", as of {found.as_of}")
    if asked.counts or not written:
        print_counts(page, found.lines)
    if asked.missing:
        print_missing(page, found.missing)
    if written or found.left_out:
        page.blank()
    for file, rows in written.items():
        page.line(f"{file}: {counted(rows, 'row')}")
    if found.left_out:
        page.line(f"left out for mistakes: {counted(found.left_out, 'row')}")
