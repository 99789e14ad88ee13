"""An article as a page: each sentence with what it is encoded as, so that one can be held against the other."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from sopb_rules.apps.article_data import ArticleView, Piece
from sopb_rules.apps.facts_data import type_name
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.words import QUIET, place
from sopb_rules.model.norms import Interplay
from sopb_rules.model.vocabulary import Entity, Fact, called


def print_article(page: Page, view: ArticleView) -> None:
    """Title, sentences with their statements, what else is defined, facts, and how sentences go together."""
    page.rule(f"Article {view.number}  {view.title}" if view.number else view.title)
    for sentence in view.sentences:
        page.blank()
        page.line((sentence.id, "bold"))
        page.quote(sentence.text, indent=2)
        for piece in sentence.pieces:
            _print_piece(page, piece)
    if view.pieces:
        page.heading("Defined here" if view.number else "Set, tightened and defined here")
        for piece in view.pieces:
            _print_piece(page, piece)
    _print_facts(page, view.facts)
    _print_interplay(page, view.interplay)


def _print_piece(page: Page, piece: Piece) -> None:
    page.blank()
    if piece.case:
        page.line(f"case {piece.case} of the {piece.name}, shown above", indent=2)
        return
    if piece.reading:
        page.line((piece.reading, QUIET), indent=2)
    first, *rest = piece.text.split("\n")
    page.line((first, "bold"), indent=2)
    for line in textwrap.dedent("\n".join(rest)).split("\n") if rest else []:
        text = line.lstrip()
        page.line(text, indent=4 + len(line) - len(text))
    if piece.quote:
        page.quote(piece.quote, indent=4)
    page.line((place(str(piece.span)), QUIET), indent=4)
    if piece.examples:
        page.line(("examples", QUIET), indent=4)
        for title, outcomes in piece.examples:
            page.line(f"{title}: {outcomes}", indent=6)


def _print_facts(page: Page, facts: Sequence[tuple[Entity, Sequence[Fact]]]) -> None:
    if not facts:
        return
    page.heading("Facts")
    for entity, read in facts:
        page.line(f"of each {entity.label}", indent=2)
        for fact in read:
            assessor = f", judged by {called(fact.assessor)}" if fact.assessor else f", {type_name(fact.type)}"
            page.line((fact.name, "bold"), f" — {fact.label}", (assessor, QUIET), indent=4)


def _print_interplay(page: Page, interplay: Sequence[Interplay]) -> None:
    if interplay:
        page.heading("How its sentences go together with others")
    for each in interplay:
        page.blank()
        page.line((f"{each.kind} on {', '.join(each.ids)}: {each.title}", "bold"), indent=2)
        page.line(each.text, indent=4)
        page.line(each.treatment, indent=4)
