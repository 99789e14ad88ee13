"""`sopb audit`: hold the policies against the source document, sentence by sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sopb_rules.apps.inputs import Folder, folder_or_default, format_option, output_json
from sopb_rules.diagnostics import Code, Diagnostic, RulesError

#: The name of the document in a folder of policies.
SOURCE = "source.txt"


@click.command("audit", short_help="Hold policies against their source, sentence by sentence.")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option(
    "--source", type=click.Path(path_type=Path), metavar="FILE", help=f"The source document; else {SOURCE} in DIR."
)
@format_option("text", "json", "sarif")
@click.pass_context
def command(ctx: click.Context, folder: Path | None, source: Path | None, form: str) -> None:
    """Prove that the policies in DIR quote every sentence of the source exactly once and to the letter.

    Left-out, altered, doubled and misplaced sentences are errors. Then show by article and kind what the sentences are
    encoded as.

    Without DIR: the current folder if it has .policy files, else the Opinions that come with sopb.
    """
    from sopb_rules.audit import audit
    from sopb_rules.loading import load_policies
    from sopb_rules.source import read_source

    chosen = folder_or_default(folder)
    policies = load_policies(chosen.path, cache=True)
    result = audit(policies.model, read_source(source or _beside(chosen)))
    if form == "json":
        output_json(result.as_dict())
    elif form == "sarif":
        from sopb_rules.apps.diagnostics_output import as_sarif

        output_json(as_sarif(result.diagnostics))
    else:
        from sopb_rules.apps.diagnostics_output import print_text
        from sopb_rules.apps.text.audit import print_audit
        from sopb_rules.apps.text.page import Page

        print_text(result.diagnostics, sys.stdout)
        page = Page.of_stdout()
        if result.diagnostics:
            page.verbatim("")
        print_audit(page, result, chosen.called)
    ctx.exit(1 if result.diagnostics else 0)


def _beside(chosen: Folder) -> Path:
    """The document that lies beside the policies.

    Raises:
        RulesError: there is none.
    """
    file = (chosen.path.parent if chosen.path.is_file() else chosen.path) / SOURCE
    if not file.exists():
        message = f"{chosen.called} has no {SOURCE} to audit"
        help = f"put the document there as {SOURCE}, each article as one paragraph, or name it: --source FILE"
        raise RulesError([Diagnostic(Code.FILE_MISSING, message, file=str(file), help=help)])
    return file
