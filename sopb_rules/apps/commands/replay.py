"""`sopb replay`: make a saved evaluation again, and tell what differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.inputs import PATH, format_option, load, output_json
from sopb_rules.diagnostics import Code, Diagnostic, RulesError

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet
    from sopb_rules.receipts.receipt import Receipt


@click.command("replay", short_help="Make a saved evaluation again: does anything differ?")
@click.argument("file", type=PATH, metavar="RECEIPT")
@click.argument("states", nargs=-1, type=PATH, metavar="[STATE]...")
@click.option(
    "--policies",
    "folder",
    type=PATH,
    metavar="DIR",
    help="The folder of the policy set; the one that the receipt names where it is left out.",
)
@format_option("text", "json")
@click.pass_context
def command(ctx: click.Context, file: Path, states: tuple[Path, ...], folder: Path | None, form: str) -> None:
    """Make the evaluation of RECEIPT again and tell what differs.

    RECEIPT is a saved report: what `sopb evaluate --format json` prints, or the page of a report. Its date is taken, and
    the policies and state files that it names, as they are now, unless you give others.

    Exit status 0 tells that nothing differs, 1 that something does: policies, software, what is stated or what is found.
    """
    from sopb_rules.receipts.files import read_receipt, recorded_files

    receipt = read_receipt(file)
    policies = load(folder) if folder is not None else _recorded_policies(receipt, file.parent)
    state = policies.read_state(*(states or recorded_files(receipt, file.parent)))
    replay = policies.replay(receipt, state)
    if form == "json":
        output_json(replay.as_dict())
    else:
        from sopb_rules.apps.text.page import Page
        from sopb_rules.apps.text.replay import print_replay

        print_replay(Page.of_stdout(), replay)
    ctx.exit(0 if replay.same else 1)


def _recorded_policies(receipt: Receipt, near: Path) -> PolicySet:
    """The policies of the folder that a receipt names, else the shipped ones.

    Raises:
        RulesError: the folder is not there, or the receipt is of policies that nobody can know.
    """
    from sopb_rules.receipts.files import recorded

    help = "name their folder with --policies DIR"
    if receipt.folder:
        folder = recorded(receipt.folder, near)
        if folder is None:
            message = f"the folder `{receipt.folder}` with the policies of the receipt is not there"
            raise RulesError([Diagnostic(Code.FILE_MISSING, message, help=help)])
        return load(folder)
    policies = load(None)
    if policies.name != receipt.policies:
        message = (
            f"the receipt is of the policies `{receipt.policies}`, and those that come with sopb are `{policies.name}`"
        )
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])
    return policies
