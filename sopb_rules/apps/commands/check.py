"""`sopb check`: read and type policies and the states that their examples give."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sopb_rules.apps.inputs import Folder, folder_or_default, format_option, output_json
from sopb_rules.diagnostics import Diagnostic, Severity


@click.command("check", short_help="Read policies and check them.")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@format_option("text", "json", "sarif")
@click.pass_context
def command(ctx: click.Context, folder: Path | None, form: str) -> None:
    """Read the policies in DIR, check their types and the givens of their examples.

    Without DIR: the current folder if it has .policy files, else the Opinions that come with sopb.
    """
    chosen = folder_or_default(folder)
    diagnostics, summary = _check(chosen)
    if form == "json":
        from sopb_rules.apps.diagnostics_output import as_json

        output_json(as_json(diagnostics))
    elif form == "sarif":
        from sopb_rules.apps.diagnostics_output import as_sarif

        output_json(as_sarif(diagnostics))
    else:
        _print_text(diagnostics, f"{chosen.called}: {summary}")
    ctx.exit(1 if any(each.severity is Severity.ERROR for each in diagnostics) else 0)


def _check(chosen: Folder) -> tuple[list[Diagnostic], str]:
    """What is wrong, and one line that says what was read.

    Raises:
        RulesError: a file cannot be read.
    """
    from sopb_rules.apps.plural import counted
    from sopb_rules.model.files import policy_set_sources
    from sopb_rules.model.load import check
    from sopb_rules.policy_set import PolicySet
    from sopb_rules.testing.examples import check_examples

    sources = policy_set_sources(chosen.path)
    policies, diagnostics = check(sources)
    read = counted(len(sources), "file")
    if policies is not None:
        if not any(each.severity is Severity.ERROR for each in diagnostics):
            diagnostics = [*diagnostics, *check_examples(PolicySet(policies))]
        read += f", {counted(len(policies.norms), 'norm')}"
    errors = sum(each.severity is Severity.ERROR for each in diagnostics)
    warnings = len(diagnostics) - errors
    told = counted(errors, "mistake") if errors else "no mistakes"
    return diagnostics, f"{read}, {told}" + (f", {counted(warnings, 'warning')}" if warnings else "")


def _print_text(diagnostics: list[Diagnostic], summary: str) -> None:
    if diagnostics:
        from sopb_rules.apps.diagnostics_output import print_text

        print_text(diagnostics, sys.stdout)
        click.echo()
    click.echo(summary)
