"""`sopb article N`: an article as a page."""

from __future__ import annotations

import re
from pathlib import Path

import click

from sopb_rules.apps.inputs import load, policies_option
from sopb_rules.diagnostics import Code, Diagnostic, RulesError


@click.command("article", short_help="Show an article with what its sentences are encoded as.")
@click.argument("number", metavar="N")
@policies_option
def command(number: str, folder: Path | None) -> None:
    """Show article N, or the one in which sentence N.M stands; or local measures, by their name.

    Its sentences with what they are encoded as, how each was read, and its examples; the definitions and parameters; the
    facts; and how its sentences go together with those of other articles.
    """
    policies = load(folder)
    articles = policies.model.articles
    article = articles.get(int(number.partition(".")[0])) if re.fullmatch(r"[0-9]{1,4}(\.[0-9./]*)?", number) else None
    measures = next(
        (each for each in policies.model.measures if each.name and each.name == number.partition(":")[0]), None
    )
    if article is None and measures is None:
        help = f"articles: {', '.join(map(str, articles))}"
        if names := [each.name for each in policies.model.measures if each.name]:
            help += f"; measures: {', '.join(names)}"
        raise RulesError([Diagnostic(Code.BAD_USAGE, f"there is no article {number}", help=help)])
    from sopb_rules.apps.article_data import article_view, layer_view
    from sopb_rules.apps.text.article import print_article
    from sopb_rules.apps.text.page import Page

    model = policies.model
    view = article_view(model, article) if article is not None else layer_view(model, measures) if measures else None
    assert view is not None
    print_article(Page.of_stdout(), view)
