"""`sopb test`: run the examples of the policies."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sopb_rules.apps.inputs import folder_or_default


@click.command("test", short_help="Run the examples of policies.")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.pass_context
def command(ctx: click.Context, folder: Path | None) -> None:
    """Run the examples in the policies in DIR, and show those that come out otherwise than they say.

    Without DIR: the current folder if it has .policy files, else the Opinions that come with sopb.
    """
    from sopb_rules.apps.plural import counted
    from sopb_rules.loading import load_policies
    from sopb_rules.testing.examples import run_examples

    chosen = folder_or_default(folder)
    results = run_examples(load_policies(chosen.path, cache=True))
    failed = [result for result in results if not result.passed]
    if failed:
        from sopb_rules.apps.diagnostics_output import print_text

        print_text([diagnostic for result in failed for diagnostic in result.failures], sys.stdout)
        click.echo()
        click.echo(f"{chosen.called}: {len(failed)} of {counted(len(results), 'example')} failed")
        ctx.exit(1)
    passed = f"{counted(len(results), 'example')}, all passed" if results else "no examples"
    click.echo(f"{chosen.called}: {passed}")
