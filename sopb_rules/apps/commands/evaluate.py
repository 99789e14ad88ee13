"""`sopb evaluate`: all findings on states, as a report for people or as JSON."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from sopb_rules.apps.inputs import (
    PAGE,
    PATH,
    STDOUT,
    as_of_option,
    date_for,
    format_option,
    load,
    now,
    output_json,
    policies_option,
    write_page,
)  # fmt: skip
from sopb_rules.apps.table_evaluation import is_table
from sopb_rules.apps.table_options import TableOptions, tables_options

if TYPE_CHECKING:
    from sopb_rules.apps.shown import Shown


@click.command("evaluate", short_help="Evaluate the norms for organizations.")
@click.argument("states", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="STATE...")
@policies_option
@as_of_option
@format_option("text", "json")
@click.option(
    "--only",
    multiple=True,
    metavar="ID",
    help="Only the norm in full, or only the listed entity, with this id or name, and all that is open. "
    "For tables: only this norm or decision; repeatable.",
)
@click.option("--details", is_flag=True, help="Every finding in full, also those that are met or do not apply.")
@click.option("--html", "html", type=PAGE, metavar="FILE", help="Write the report as a page for browsers, too.")
@click.option("--markdown", type=PAGE, metavar="FILE", help="Write the report in Markdown, too.")
@click.option("--log", type=PATH, metavar="FILE", help="Append a line of JSON for each finding and decision to FILE.")
@click.option(
    "--mask",
    "masked",
    multiple=True,
    metavar="FACT",
    help="Leave FACT out of the log: `name` in every entity, `organization.name` in one; `id` for ids. Repeatable.",
)
@click.option("--mask-people", is_flag=True, help="Leave out of the log who judged.")
@tables_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    states: tuple[Path, ...],
    folder: Path | None,
    as_of: datetime.date | None,
    form: str,
    only: tuple[str, ...],
    details: bool,
    html: Path | None,
    markdown: Path | None,
    log: Path | None,
    masked: tuple[str, ...],
    mask_people: bool,
    **asked: Any,
) -> None:
    """Evaluate the norms for the organizations in STATE: files (.yaml, .yml, .json) or folders of them.

    Several states are read as one. Exit status 1 tells that some norm is breached.

    For FILE also stands `-`: the page is then printed, and nothing else.

    STATE may also be tables of many organizations: .parquet, .csv or .arrow files, or a folder of Parquet files; the options
    that are about tables are then of use, and --html writes an overview of all of them. Needs: pip install 'sopb-rules[population]'

    The JSON on a state has a schema, sopb_rules/findings/report.schema.json in the package; saved, it is a receipt for `sopb replay`.
    """
    tables = TableOptions(**asked, html=html)
    if tables.engine is not None:
        from sopb_rules.apps.commands.evaluate_spark import evaluate_spark

        if details or html or markdown or log or masked or mask_people or tables.beside_output:
            raise click.UsageError("--engine spark goes with --output, --policies, --as-of, --only and --format")
        if tables.output is None:
            raise click.UsageError("--engine spark needs --output FOLDER")
        ctx.exit(evaluate_spark(states, folder, as_of, form, only, tables.output))
    if any(map(is_table, states)):
        from sopb_rules.apps.commands.evaluate_tables import evaluate_tables

        if details or markdown or log or masked or mask_people:
            raise click.UsageError("--details, --markdown, --log and --mask are about states, not about tables")
        ctx.exit(evaluate_tables(states, folder, as_of, form, only, tables))
    tables.refuse()
    if len(only) > 1 and all(each.exists() for each in states):
        raise click.UsageError("several --only are about tables: name one for a state")
    if log is None and (masked or mask_people):
        raise click.UsageError("--mask and --mask-people are about the log: name it with --log FILE")
    policies = load(folder)
    masks = policies.masks(*masked, people=mask_people)
    state = policies.read_state(*states)
    dated = date_for(state, as_of)
    report = attrs.evolve(policies.evaluate(state, dated.day), folder=folder.as_posix() if folder is not None else "")
    from sopb_rules.apps.shown import Shown

    if only:
        from sopb_rules.apps.only import only_about

        report = only_about(report, policies, only[0])
    if log is not None:
        from sopb_rules.findings.decision_log import DecisionLog

        DecisionLog(log, masks).write(report, now())

    shown = Shown(policies, report, dated.origin, tuple(map(str, states)), details, only[0] if only else "")
    if not _write_pages(shown, html, markdown):
        _print(shown, form)
    ctx.exit(1 if report.in_breach else 0)


def _write_pages(shown: Shown, html: Path | None, markdown: Path | None) -> bool:
    """Write the pages that are asked for, and tell whether one of them was printed instead of the report."""
    if html == markdown == STDOUT:
        raise click.UsageError("only one page can be printed: name a file for --html or for --markdown")
    if html is not None:
        from sopb_rules.apps.html.page import html_page

        write_page(html, html_page(shown))
    if markdown is not None:
        from sopb_rules.apps.markdown.report import markdown_page

        write_page(markdown, markdown_page(shown))
    return STDOUT in (html, markdown)


def _print(shown: Shown, form: str) -> None:
    policies, report, only = shown.policies, shown.report, shown.only
    if form == "json":
        output_json(report.as_dict())
        return
    from sopb_rules.apps.text.page import Page

    page = Page.of_stdout()
    # How it stands with somebody is a matter of all norms, so it is not told of one.
    if only in policies.norms and report.findings:
        from sopb_rules.apps.text.explain import print_norm_findings

        print_norm_findings(page, policies.model.norms[only], report.findings)
    elif only in policies.model.decisions and report.decisions:
        from sopb_rules.apps.text.explain import print_decision_findings

        print_decision_findings(page, policies.model.decisions[only], report.decisions)
    else:
        from sopb_rules.apps.text.report import print_report

        print_report(page, shown)
