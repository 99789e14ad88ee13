"""`sopb audit`: hold the policies against the source document, sentence by sentence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.inputs import Folder, folder_or_default, format_option, output_json
from sopb_rules.diagnostics import Diagnostic, RulesError

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet


@click.command("audit", short_help="Hold policies against their source, sentence by sentence.")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option(
    "--source", type=click.Path(path_type=Path), metavar="FILE", help="The source document; else source.txt in DIR."
)
@format_option("text", "json", "sarif", "github")
@click.pass_context
def command(ctx: click.Context, folder: Path | None, source: Path | None, form: str) -> None:
    """Prove that the policies in DIR quote every sentence of the source exactly once and to the letter.

    Left-out, altered, doubled and misplaced sentences are errors. Then show by article and kind what the sentences are
    encoded as. Where DIR holds measures, show what they make of these sentences, and hold their quotes against their own
    text, if it lies beside them: city.txt beside city.policy.

    Without DIR: the current folder if it has .policy files, else the Opinions that come with sopb.
    """
    from sopb_rules.audit import audit
    from sopb_rules.measures_audit import audit_measures

    chosen = folder_or_default(folder)
    policies, mistakes = _policies(chosen)
    result = audit(policies, source)
    layers = audit_measures(policies)
    own = (*mistakes, *result.diagnostics)
    diagnostics = (*own, *(each for layer in layers for each in layer.diagnostics))
    if form == "json":
        of_measures = {"layers": [each.as_dict() for each in layers]} if layers else {}
        output_json({**result.as_dict(), **of_measures, "diagnostics": [each.as_dict() for each in diagnostics]})
    elif form != "text":
        from sopb_rules.apps.diagnostics_output import output

        output(diagnostics, form)
    else:
        from sopb_rules.apps.diagnostics_output import print_text
        from sopb_rules.apps.text.audit import print_audit, print_layer
        from sopb_rules.apps.text.page import Page

        print_text(diagnostics, sys.stdout)
        page = Page.of_stdout()
        if diagnostics:
            page.verbatim("")
        print_audit(page, result, chosen.called, len(own))
        for layer in layers:
            print_layer(page, layer)
    ctx.exit(1 if diagnostics else 0)


def _policies(chosen: Folder) -> tuple[PolicySet, list[Diagnostic]]:
    """The policy set, and its mistakes, which do not keep its sentences from being audited.

    Raises:
        RulesError: a file cannot be read.
    """
    from sopb_rules.loading import load_policies

    try:
        return load_policies(chosen.path, cache=True), []
    except RulesError as error:
        from sopb_rules.model.files import policy_set_sources
        from sopb_rules.model.load import check
        from sopb_rules.policy_set import PolicySet

        model, _ = check(policy_set_sources(chosen.path))
        if model is None:
            raise
        return PolicySet(model), list(error.diagnostics)
