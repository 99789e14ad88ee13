"""`sopb test`: run the examples of the policies."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.inputs import folder_or_default, format_option

if TYPE_CHECKING:
    from sopb_rules.testing.coverage import Shown


@click.command("test", short_help="Run the examples of policies.")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--require-coverage", is_flag=True, help="Also end with 1 where conditions are left untried.")
@format_option("text", "json", "junit", "sarif", "github")
@click.pass_context
def command(ctx: click.Context, folder: Path | None, require_coverage: bool, form: str) -> None:
    """Run the examples in the policies in DIR, and show those that come out otherwise than they say.

    Then show how well they try the conditions: each comparison and each yes/no fact should turn a verdict alone in two
    examples, and each threshold have an example at it, just below and just above.

    Without DIR: the current folder if it has .policy files, else the Opinions that come with sopb.
    """
    from sopb_rules.apps.diagnostics_output import print_text
    from sopb_rules.apps.examples_output import print_examples
    from sopb_rules.apps.plural import counted
    from sopb_rules.loading import load_policies
    from sopb_rules.testing.coverage import condition_coverage
    from sopb_rules.testing.examples import run_examples

    chosen = folder_or_default(folder)
    policies = load_policies(chosen.path, cache=True)
    results = run_examples(policies)
    failed = [result for result in results if not result.passed]
    if form != "text":
        covered = [] if failed else condition_coverage(policies)
        print_examples(policies.model, results, covered, form)
        ctx.exit(
            1 if failed or (require_coverage and any(not shown.shown or shown.untried for shown in covered)) else 0
        )
    if failed:
        print_text([diagnostic for result in failed for diagnostic in result.failures], sys.stdout)
        click.echo()
        click.echo(f"{chosen.called}: {len(failed)} of {counted(len(results), 'example')} failed")
        ctx.exit(1)
    covered = condition_coverage(policies)
    untried = [diagnostic for shown in covered for diagnostic in shown.diagnostics()]
    if untried:
        print_text(untried, sys.stdout)
        click.echo()
    passed = f"{counted(len(results), 'example')}, all passed" if results else "no examples"
    click.echo(f"{chosen.called}: {passed}")
    _print_coverage(covered)
    ctx.exit(1 if untried and require_coverage else 0)


def _print_coverage(covered: Sequence[Shown]) -> None:
    from sopb_rules.apps.plural import counted

    conditions = [shown.shown for shown in covered if not shown.judgement]
    judgements = [shown.shown for shown in covered if shown.judgement]
    thresholds = [not shown.untried for shown in covered if shown.threshold]
    for what, told, each in (
        ("condition", "shown to turn a verdict alone", conditions),
        ("judgement", "shown to turn a verdict alone", judgements),
        ("threshold", "tried at, just below and just above", thresholds),
    ):
        if each:
            click.echo(f"{sum(each)} of {counted(len(each), what)} ({sum(each) * 100 // len(each)}%) {told}")
