"""`sopb mutate`: whether the examples notice when one thing in a norm is changed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from sopb_rules.apps.inputs import folder_or_default, format_option, output_json
from sopb_rules.apps.progress import tracked

if TYPE_CHECKING:
    from sopb_rules.diagnostics import Diagnostic
    from sopb_rules.mutation.run import Score, Tried


@click.command("mutate", short_help="Change norms one thing at a time: do the examples notice?")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--only", metavar="ID", default="", help="Only this norm, decision or definition, or this article.")
@click.option("--require", type=click.FloatRange(0, 100), metavar="PERCENT", help="End with 1 below this score.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes; else one for each core.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context, folder: Path | None, only: str, require: float | None, jobs: int | None, quiet: bool, form: str
) -> None:
    """Change the norms in DIR one thing at a time, and tell which changes no example notices.

    A threshold is moved by one, `and` becomes `or`, a clause or an exception is left out, a value of a kind is swapped, a
    duty becomes its opposite. For each change that no example notices, an example is shown that would, ready to paste. That
    `must` becomes `should` changes no verdict, and is noticed if the sentence does not say `should`. The score is the share
    of the changes that are noticed.

    Without DIR: the current folder if it has .policy files, else the Opinions that come with sopb.
    """
    from sopb_rules.loading import load_policies, without_measures
    from sopb_rules.mutation.run import Score, Trials, check_passing

    chosen = folder_or_default(folder)
    policies = without_measures(load_policies(chosen.path, cache=True), cache=True)
    check_passing(policies)
    trials = Trials(policies, only)
    tried = list(tracked(trials.all(jobs), "trying changes", len(trials.mutants), quiet))
    score = Score.of(tried)
    if form == "json":
        output_json(_as_dict(tried, score))
    else:
        _print_text(tried, score, chosen.called)
    ctx.exit(1 if require is not None and score.percent < require else 0)


def _as_dict(tried: list[Tried], score: Score) -> dict[str, Any]:
    counts = {"killed": score.killed, "told": score.told, "survived": score.survived, "refused": score.refused}
    return {"score": round(score.percent, 2), **counts, "mutants": [each.as_dict() for each in tried]}


def _print_text(tried: list[Tried], score: Score, called: str) -> None:
    from sopb_rules.apps.diagnostics_output import print_text
    from sopb_rules.apps.plural import counted
    from sopb_rules.mutation.bench import Fate

    survivors = _each_example_once(each.diagnostic() for each in tried if each.fate is Fate.SURVIVED)
    if survivors:
        print_text(survivors, sys.stdout)
        click.echo()
    among = counted(score.noticed + score.survived, "change")
    click.echo(f"{called}: {score.noticed} of {among} noticed ({_percent(score)})")
    force = counted(score.told, "change")
    click.echo(f"  {score.killed} by examples, {force} of force by the sentence, which lacks the word")
    if score.refused:
        click.echo(f"  the checker refuses {score.refused} more")


def _each_example_once(survivors: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics, of which those whose example was shown already point at it."""
    told: set[str] = set()
    shown = []
    for each in survivors:
        if each.example and each.example in told:
            each = attrs.evolve(each, help=f"{each.help}; it stands above", example="")
        told.add(each.example)
        shown.append(each)
    return shown


def _percent(score: Score) -> str:
    """The score, never rounded up to 100%."""
    return "100%" if not score.survived else f"{int(score.percent * 10) / 10:.1f}%"
