"""`sopb examples`: examples that show what each condition does, found by a solver."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sopb_rules.apps.inputs import PATH, folder_or_default, format_option, output_json
from sopb_rules.apps.progress import tracked

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet
    from sopb_rules.testing.turning_examples import Condition

_FOLDER = "The folder of the policy set; else the current folder if it has .policy files, else the Opinions that come with sopb."


@click.command("examples", short_help="Find examples that show what each condition does.")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--policies", "folder", type=PATH, metavar="DIR", help=_FOLDER)
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", default=10.0, show_default=True,
    help="How long one search may take.",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes; else one for each core.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
@format_option("text", "json")
def command(
    ids: tuple[str, ...], folder: Path | None, timeout: float, jobs: int | None, quiet: bool, form: str
) -> None:
    """Find examples that show what each condition does, ready to paste.

    For each condition two examples in which it alone turns the verdict; for each comparison by order one at its border, one
    just below and one just above. Or the proof that there are none. Each comes out as it says, by the evaluation.

    ID is a norm, a decision, a case, a definition or an article; without any, all are meant. What the examples that are
    there already leave untried, sopb test --coverage tells. The JSON also has the states, as texts of state files; it has a
    schema, sopb_rules/testing/examples.schema.json in the package. Needs: pip install 'sopb-rules[analysis]'
    """
    from sopb_rules.analysis.run import check_installed
    from sopb_rules.loading import load_policies

    check_installed()
    from sopb_rules.testing.turning_examples import searched, tasks, told_apart

    chosen = folder_or_default(folder)
    policies = load_policies(chosen.path, cache=True)
    wanted = tasks(policies, ids)
    found = tracked(searched(policies, wanted, timeout, jobs), "looking for examples", len(wanted), quiet)
    conditions = told_apart(list(found))
    if form == "json":
        output_json(_as_dict(policies, conditions))
    else:
        from sopb_rules.apps.text.condition_examples import print_examples
        from sopb_rules.apps.text.page import Page

        print_examples(Page.of_stdout(), conditions, chosen.called)


def _as_dict(policies: PolicySet, conditions: Sequence[Condition]) -> dict[str, Any]:
    from sopb_rules.testing.trials import owner_name
    from sopb_rules.testing.turning_examples import Ending, as_dict

    found = [each.ending for condition in conditions for each in condition.found]
    return {
        "policies": {"name": policies.name, "version": policies.version, "digest": policies.digest},
        "counts": {ending.value: found.count(ending) for ending in Ending},
        "statements": [
            {
                "statement": owner_name(statement),
                "file": statement.span.source.name,
                "line": statement.span.line,
                "conditions": [as_dict(each) for each in group],
            }
            for statement, group in groupby(conditions, lambda each: each.statement)
        ],
    }
