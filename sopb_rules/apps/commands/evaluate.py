"""`sopb evaluate`: all findings on states, as a report for people or as JSON."""

from __future__ import annotations

import datetime
from pathlib import Path

import attrs
import click

from sopb_rules.apps.inputs import PATH, as_of_option, date_for, format_option, load, now, output_json, policies_option


@click.command("evaluate", short_help="Evaluate the norms for organizations.")
@click.argument("states", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="STATE...")
@policies_option
@as_of_option
@format_option("text", "json")
@click.option(
    "--only",
    metavar="ID",
    help="Only the norm in full, or only the listed entity, with this id or name, and all that is open.",
)
@click.option("--details", is_flag=True, help="Every finding in full, also those that are met or do not apply.")
@click.option("--log", type=PATH, metavar="FILE", help="Append a line of JSON for each finding and decision to FILE.")
@click.option(
    "--mask",
    "masked",
    multiple=True,
    metavar="FACT",
    help="Leave FACT out of the log: `name` in every entity, `organization.name` in one; `id` for ids. Repeatable.",
)
@click.option("--mask-people", is_flag=True, help="Leave out of the log who judged.")
@click.pass_context
def command(
    ctx: click.Context,
    states: tuple[Path, ...],
    folder: Path | None,
    as_of: datetime.date | None,
    form: str,
    only: str | None,
    details: bool,
    log: Path | None,
    masked: tuple[str, ...],
    mask_people: bool,
) -> None:
    """Evaluate the norms for the organizations in STATE: files (.yaml, .yml, .json) or folders of them.

    Several states are read as one. Exit status 1 tells that some norm is breached.

    The JSON has a schema, sopb_rules/findings/report.schema.json in the package; saved, it is a receipt for `sopb replay`.
    """
    if log is None and (masked or mask_people):
        raise click.UsageError("--mask and --mask-people are about the log: name it with --log FILE")
    policies = load(folder)
    masks = policies.masks(*masked, people=mask_people)
    state = policies.read_state(*states)
    dated = date_for(state, as_of)
    report = attrs.evolve(policies.evaluate(state, dated.day), folder=folder.as_posix() if folder is not None else "")
    if only is not None:
        from sopb_rules.apps.only import only_about

        report = only_about(report, policies, only)
    if log is not None:
        from sopb_rules.findings.decision_log import DecisionLog

        DecisionLog(log, masks).write(report, now())
    if form == "json":
        output_json(report.as_dict())
    elif only is not None and only in policies.norms and report.findings:
        from sopb_rules.apps.text.explain import print_norm_findings
        from sopb_rules.apps.text.page import Page

        # How it stands with somebody is a matter of all norms, so it is not told here.
        print_norm_findings(Page.of_stdout(), policies.model.norms[only], report.findings)
    elif only is not None and only in policies.model.decisions and report.decisions:
        from sopb_rules.apps.text.explain import print_decision_findings
        from sopb_rules.apps.text.page import Page

        print_decision_findings(Page.of_stdout(), policies.model.decisions[only], report.decisions)
    else:
        from sopb_rules.apps.text.page import Page
        from sopb_rules.apps.text.report import Shown, print_report

        shown = Shown(policies, report, dated.origin, tuple(map(str, states)), details, only is not None)
        print_report(Page.of_stdout(), shown)
    ctx.exit(1 if report.in_breach else 0)
