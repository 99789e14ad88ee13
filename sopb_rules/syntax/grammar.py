"""Where the grammar lies; apart from the parser, so that asking for its text does not import Lark."""

from __future__ import annotations

from importlib import resources


def grammar_text() -> str:
    """The text of ``grammar/policy.lark``."""
    return resources.files("sopb_rules.grammar").joinpath("policy.lark").read_text("utf-8")
