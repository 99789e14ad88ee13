"""Marks and numbers, as elements."""

from __future__ import annotations

from collections.abc import Mapping

from sopb_rules.apps.html.markup import Content, Markup, element
from sopb_rules.apps.text.words import BAD, GOOD, OPEN, QUIET, VERDICTS, Mark

#: The class of each style; a mark has always its word, so that colour alone says nothing.
_CLASSES = {GOOD: "good", BAD: "bad", OPEN: "open", QUIET: "quiet"}


def style_of(mark: Mark) -> str:
    """The class for the style of a mark."""
    return _CLASSES.get(mark.style, "option")


def marked(mark: Mark, number: int | None = None) -> Markup:
    """Sign and word; with a number, how many."""
    word = mark.word if number is None else f"{number:,} {mark.word}"
    return element("span", f"{mark.sign} {word}", class_=f"m {style_of(mark)}")


def signed(mark: Mark) -> Markup:
    """The sign alone, before words that say the same; its word is there for those who do not see it."""
    return element("span", mark.sign, class_=f"m {style_of(mark)}", role="img", aria_label=mark.word)


def numbers(by_verdict: Mapping[str, int]) -> Content:
    """How many findings come to each verdict."""
    return [[" ", marked(VERDICTS[verdict], number)] for verdict, number in by_verdict.items()]
