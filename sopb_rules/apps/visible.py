"""Texts from files with what would steer the reader's screen spelled out."""

from __future__ import annotations

import re

# Characters that would move the cursor, colour the screen or turn the direction of writing, and those that are no text.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """A text from a file with its control characters spelled out, so that it cannot steer the terminal or the page."""
    return _CONTROL.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def visible_json(text: str) -> str:
    """JSON with the control characters inside its strings as escapes: the same data."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
