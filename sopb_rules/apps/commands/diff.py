"""`sopb diff`: what changed in meaning from one version of policies to another."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.inputs import PATH, format_option, output_json
from sopb_rules.apps.progress import tracked

if TYPE_CHECKING:
    pass


@click.command("diff", short_help="Compare two versions of policies by what they mean.")
@click.argument("old", required=False, metavar="[OLD]")
@click.argument("new", required=False, metavar="[NEW]")
@click.option("--policies", "folder", type=PATH, metavar="DIR", help="Where the policies of a revision lie.")
@click.option(
    "--only", multiple=True, metavar="ID", help="Only this norm, decision, definition or article; repeatable."
)
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=10.0, show_default=True, metavar="SECONDS",
    help="After which the solver gives up on one search.",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes; else one for each core.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    old: str | None,
    new: str | None,
    folder: Path | None,
    only: tuple[str, ...],
    timeout: float,
    jobs: int | None,
    quiet: bool,
    form: str,
) -> None:
    """Tell what changed in meaning from OLD to NEW: which norms are stricter or laxer, each with a state that shows it.

    OLD and NEW are folders or files of policies, revisions of a git repository (`HEAD~1`, a tag, a hash), or
    `REVISION:PATH`. A folder wins over a revision of the same name. Without NEW, OLD is compared with the policies as they
    lie in the folder; without both, the last commit is.

    At a revision without a path, the policies are taken from the other folder that is named, else from DIR, else from the
    current folder if it has .policy files, else from where the Opinions lie in the repository, else from its only folder of
    policies.

    Exit status 0 tells that nothing changed in meaning, 1 that something did or is not decided. The JSON has a schema,
    sopb_rules/analysis/diff.schema.json in the package.
    """
    from sopb_rules.analysis.versions import Versions
    from sopb_rules.apps.versions import versions

    before, after = versions(old, new, folder)
    compared = Versions(before.policies, after.policies, only, timeout)
    changes = list(tracked(compared.changes(jobs or os.cpu_count() or 1), "comparing", len(compared.matches), quiet))
    comparison = compared.comparison(changes)
    if form == "json":
        sides = {"old": before.as_dict(), "new": after.as_dict()}
        output_json({**sides, **comparison.as_dict()})
    else:
        from sopb_rules.apps.text.diff import print_comparison
        from sopb_rules.apps.text.page import Page

        print_comparison(Page.of_stdout(), comparison, before.called, after.called)
    ctx.exit(0 if comparison.same else 1)
