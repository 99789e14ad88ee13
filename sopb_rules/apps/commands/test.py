"""`sopb test`: run the examples of the policies."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.inputs import folder_or_default

if TYPE_CHECKING:
    from sopb_rules.testing.coverage import Shown


@click.command("test", short_help="Run the examples of policies.")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--require-coverage", is_flag=True, help="Also end with 1 where conditions are left untried.")
@click.pass_context
def command(ctx: click.Context, folder: Path | None, require_coverage: bool) -> None:
    """Run the examples in the policies in DIR, and show those that come out otherwise than they say.

    Then show how well they try the conditions: each comparison and each yes/no fact should turn a verdict alone in two
    examples, and each threshold have an example at it, just below and just above.

    Where DIR holds measures, their examples are run with them in force, and the examples of the policies that they are
    under without them, if these lie in DIR as well.

    Without DIR: the current folder if it has .policy files, else the Opinions that come with sopb.
    """
    from sopb_rules.apps.diagnostics_output import print_text
    from sopb_rules.apps.plural import counted
    from sopb_rules.loading import load_policies, without_measures
    from sopb_rules.model.files import policy_sources
    from sopb_rules.testing.coverage import condition_coverage
    from sopb_rules.testing.examples import run_examples

    chosen = folder_or_default(folder)
    policies = load_policies(chosen.path, cache=True)
    document = without_measures(policies)
    # The examples of a document that lies elsewhere are its authors' matter.
    own = document is policies or len(policy_sources(chosen.path)) == len(policies.model.sources)
    results = [*(run_examples(document) if own else []), *([] if document is policies else run_examples(policies))]
    failed = [result for result in results if not result.passed]
    if failed:
        print_text([diagnostic for result in failed for diagnostic in result.failures], sys.stdout)
        click.echo()
        click.echo(f"{chosen.called}: {len(failed)} of {counted(len(results), 'example')} failed")
        ctx.exit(1)
    covered = condition_coverage(document) if own else []
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
