"""`sopb test`: run the examples of the policies."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.inputs import folder_or_default, format_option, own_document
from sopb_rules.apps.plural import counted
from sopb_rules.diagnostics import Diagnostic

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet
    from sopb_rules.testing.coverage import Shown
    from sopb_rules.testing.examples import ExampleResult


@click.command("test", short_help="Run the examples of policies.")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option(
    "--coverage", is_flag=True, help="Show what is left untried in each norm, with examples that would try it."
)
@click.option("--require-coverage", is_flag=True, help="Also end with 1 where conditions are left untried.")
@format_option("text", "json", "junit", "sarif", "github")
@click.pass_context
def command(ctx: click.Context, folder: Path | None, coverage: bool, require_coverage: bool, form: str) -> None:
    """Run the examples in the policies in DIR, and show those that come out otherwise than they say.

    Then tell how well they try the conditions: each comparison and each yes/no fact should turn a verdict alone in two
    examples, and each threshold have an example at it, just below and just above. With --coverage, each condition that
    is left untried is shown with an example that would try it, ready to paste.

    Where DIR holds measures, their examples are run with them in force, and the examples of the policies that they are
    under without them, if these lie in DIR as well.

    Without DIR: the current folder if it has .policy files, else the Opinions that come with sopb.
    """
    from sopb_rules.apps.examples_output import print_examples
    from sopb_rules.loading import load_policies
    from sopb_rules.testing.examples import run_examples
    from sopb_rules.testing.missing import with_examples

    chosen = folder_or_default(folder)
    policies = load_policies(chosen.path, cache=True)
    document = own_document(policies, chosen.path)
    results = [result for each in dict.fromkeys((document, policies)) if each for result in run_examples(each)]
    passed = all(result.passed for result in results)
    tried = _coverage(document, policies) if passed else []
    covered = [shown for _, of_it in tried for shown in of_it]
    incomplete = [shown for shown in covered if not shown.complete]
    in_full = coverage or require_coverage
    if in_full:
        untried = [each for of, its in tried for each in with_examples(of, [one for one in its if not one.complete])]
    else:
        untried = [each for one in incomplete for each in one.diagnostics()]
    if form != "text":
        print_examples(policies.model, results, covered, untried, form)
    elif not passed:
        _print_failures(chosen.called, results)
    else:
        _print_untried(covered, untried if in_full else [])
        ran = f"{counted(len(results), 'example')}, all passed" if results else "no examples"
        click.echo(f"{chosen.called}: {ran}")
        _print_coverage(covered)
        if incomplete and not in_full:
            click.echo("what is left untried, with examples that would try it: sopb test --coverage")
    ctx.exit(1 if not passed or (incomplete and require_coverage) else 0)


def _coverage(document: PolicySet | None, policies: PolicySet) -> list[tuple[PolicySet, list[Shown]]]:
    """What is tried of the document, and of each layer of measures what it writes itself, with what they are tried in."""
    from sopb_rules.loading import layers
    from sopb_rules.testing.coverage import condition_coverage

    tried = [(document, condition_coverage(document))] if document else []
    for stack in layers(policies, cache=True):
        own = stack.model.measures[-1].span.source
        owners = [each for each in stack.model.statements if each.span.source == own]
        shown = condition_coverage(stack, owners)
        tried.append((stack, [each for each in shown if each.atom.span is not None and each.atom.span.source == own]))
    return tried


def _print_failures(called: str, results: Sequence[ExampleResult]) -> None:
    """Each example that comes out otherwise than it says, and how many there are."""
    from sopb_rules.apps.diagnostics_output import print_text

    failed = [result for result in results if not result.passed]
    print_text([diagnostic for result in failed for diagnostic in result.failures], sys.stdout)
    click.echo()
    click.echo(f"{called}: {len(failed)} of {counted(len(results), 'example')} failed")


def _print_untried(covered: Sequence[Shown], untried: Sequence[Diagnostic]) -> None:
    """What is left untried, and how much of each statement."""
    from sopb_rules.apps.diagnostics_output import print_text

    if untried:
        print_text(untried, sys.stdout)
        click.echo()
        _print_by_statement(covered)


def _print_by_statement(covered: Sequence[Shown]) -> None:
    """A line for each statement of which something is left untried."""
    for _, group in groupby(covered, lambda shown: shown.statement):
        of_it = list(group)
        complete = sum(shown.complete for shown in of_it)
        if complete < len(of_it):
            click.echo(f"{of_it[0].owner}: {complete} of {counted(len(of_it), 'condition')} tried")
    click.echo()


def _print_coverage(covered: Sequence[Shown]) -> None:
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
