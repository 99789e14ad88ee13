"""`sopb hook`: a command on the whole policy set of each file that changed, for pre-commit."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

import click

from sopb_rules.apps.inputs import PATH
from sopb_rules.diagnostics import RulesError

#: The commands that take a folder, and speak of the set as a whole.
WHOLE = ("check", "test", "audit")

_VOCABULARY, _MEASURES = (re.compile(rf"^{word}\b", re.MULTILINE) for word in ("vocabulary", "measures"))


@click.command("hook", short_help="Check, test or audit the policies of changed files.")
@click.argument("name", type=click.Choice(WHOLE), metavar="|".join(WHOLE))
@click.argument("files", nargs=-1, type=PATH, metavar="[FILE]...")
@click.pass_context
def command(ctx: click.Context, name: str, files: tuple[Path, ...]) -> None:
    """Run check, test or audit on each policy set that one of the FILEs belongs to.

    The set of a file is the folder with its vocabulary, its own or one above; else the folder with its measures. Where
    it holds the measures of several regions, each of them is a set.
    """
    from sopb_rules.apps.diagnostics_output import print_text
    from sopb_rules.model.files import tops

    whole: click.Command = import_module(f"sopb_rules.apps.commands.{name}").command
    status = 0
    for folder in sorted({set_of(file) for file in files}):
        try:
            chosen = tops(folder)
        except RulesError:  # which the command tells
            chosen = [folder]
        for path in chosen:
            try:
                with whole.make_context(name, [str(path)], parent=ctx.parent) as inner:
                    whole.invoke(inner)
            except click.exceptions.Exit as ended:
                status = max(status, ended.exit_code)
            except RulesError as error:
                print_text(error.diagnostics, sys.stderr)
                status = 2
    ctx.exit(status)


def set_of(file: Path) -> Path:
    """The folder of the policy set that a file belongs to; none above the current folder is looked at."""
    here = file.parent
    above = [here, *here.parents]
    if here.is_absolute() and here.is_relative_to(Path.cwd()):
        above = above[: above.index(Path.cwd()) + 1]
    for begins in (_VOCABULARY, _MEASURES):
        found = next((folder for folder in above if any(map(begins.search, _texts(folder)))), None)
        if found is not None:
            return found
    return here


def _texts(folder: Path) -> list[str]:
    return [file.read_text("utf-8", "replace") for file in sorted(folder.glob("*.policy")) if file.is_file()]
