"""`sopb analyze`: questions about all states at once, answered by a solver."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sopb_rules.apps.inputs import PATH, folder_or_default, format_option, output_json
from sopb_rules.apps.progress import tracked

if TYPE_CHECKING:
    from sopb_rules.analysis.questions import Answer, Question
    from sopb_rules.apps.answer_data import Analysis
    from sopb_rules.policy_set import PolicySet

_FOLDER = "The folder of the policy set; else the current folder if it has .policy files, else the Opinions that come with sopb."


@click.command("analyze", short_help="Ask what holds in all states: gaps, clashes, conflicts.")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--policies", "folder", type=PATH, metavar="DIR", help=_FOLDER)
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", default=10.0, show_default=True,
    help="How long one search may take.",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes; else one for each core.")
@click.option(
    "--all", "everything", is_flag=True, help="Show also what is clear or allowed, with a state where one shows it."
)
@click.option("--quiet", is_flag=True, help="No progress bar.")
@format_option("text", "json", "sarif", "github")
@click.pass_context
def command(
    ctx: click.Context,
    ids: tuple[str, ...],
    folder: Path | None,
    timeout: float,
    jobs: int | None,
    everything: bool,
    quiet: bool,
    form: str,
) -> None:
    """Ask questions about all states at once, and show a state for each thing that is found.

    Does a norm ever apply, can it be met, can it be unmet? Is there a state in which a decision has no case, or two that
    clash? Is a case idle, a definition always so? Are there duties that no act can meet together, duties that forbid what is
    permitted, or that follow from others? Each answer is proved, or shown by a state that the evaluation confirms.

    ID is a norm, a decision, a case, a definition or an article; without any, all are asked about. `# allow NAME: why` above a
    statement says what is meant to be so. Exit status 1 says that something was found or not decided. The JSON has a schema,
    sopb_rules/analysis/answers.schema.json in the package. Needs: pip install 'sopb-rules[analysis]'
    """
    from sopb_rules.analysis.asked import questions
    from sopb_rules.analysis.run import answered, check_installed
    from sopb_rules.loading import load_policies

    check_installed()
    chosen = folder_or_default(folder)
    policies = load_policies(chosen.path, cache=True)
    asked = questions(policies, ids)
    groups = tracked(answered(policies, asked, timeout, jobs), "asking questions", len(asked), quiet)
    answers = [answer for group in groups for answer in group]
    _show(policies, asked, answers, ids, chosen.called, form, everything, ctx)


def _show(
    policies: PolicySet, asked: Sequence[Question], answers: Sequence[Answer], ids: Sequence[str], called: str,
    form: str, everything: bool, ctx: click.Context,
) -> None:  # fmt: skip
    from sopb_rules.analysis.questions import Status
    from sopb_rules.apps.answer_data import analysis

    shown = [each for each in answers if everything or each.status is not Status.CLEAR]
    result = analysis(policies, asked, shown, partly=bool(ids))
    if form == "text":
        from sopb_rules.apps.text.analysis import print_analysis
        from sopb_rules.apps.text.page import Page

        print_analysis(Page.of_stdout(), result, called, everything)
    elif form == "json":
        output_json(_as_dict(result, sum(each.status is Status.CLEAR for each in answers)))
    else:
        from sopb_rules.apps.diagnostics_output import output

        output(result.diagnostics, form)
    ctx.exit(1 if result.count(Status.FOUND, Status.UNDECIDED, Status.MISMATCH) else 0)


def _as_dict(result: Analysis, clear: int) -> dict[str, Any]:
    from sopb_rules.analysis.questions import Status

    policies = result.policies
    counts = {status.value: result.count(status) for status in Status}
    return {
        "policies": {"name": policies.name, "version": policies.version, "digest": policies.digest},
        "asked": {"questions": len(result.asked), **result.subjects},
        "counts": {**counts, "clear": clear, "allowed": len(result.allowed)},
        "answers": [each.as_dict() for each in result.told],
        "comments": [each.as_dict() for each in result.comments],
    }
