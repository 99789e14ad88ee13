"""Texts as Markdown that shows them as they are: no character of theirs becomes emphasis, a link, HTML or a mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sopb_rules.apps.visible import visible

#: What means something wherever it stands.
_MEANT = re.compile(r"[\\`*_\[\]<>|~&$]")
#: What means something at the beginning of a line: headings, lists, rules.
_FIRST = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)](?:\s|$)))")
#: What GitHub makes links of, also without brackets: addresses, mentions of people, numbers of issues.
_ADDRESS = re.compile(r"(?i)\b(https?|ftp)://|\bwww\.")
_MENTION = re.compile(r"([@#])(?=\w)")


def escaped(text: str) -> str:
    """A text in one line, with what Markdown would read otherwise behind a backslash."""
    text = _MEANT.sub(r"\\\g<0>", visible(text))
    text = _ADDRESS.sub(_unlinked, text)
    text = _FIRST.sub(_not_first, text)
    return _MENTION.sub(r"\1<!-- -->", text)


def _unlinked(match: re.Match[str]) -> str:
    return f"{match[1]}:\\//" if match[1] else f"{match[0][:-1]}\\."


def _not_first(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}\\" if match[2].isdigit() else f"{match[1]}\\{match[2]}"


def heading(level: int, text: str) -> str:
    """A heading, with the blank line that it needs."""
    return f"{'#' * level} {escaped(text)}\n\n"


def quoted(text: str) -> str:
    """A sentence of the document."""
    return f"> {escaped(text)}\n\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: int) -> str:
    """A table whose last columns, as many as `numbers`, hold numbers. Cells are Markdown."""
    words = len(columns) - numbers
    rule = ["---"] * words + ["--:"] * numbers
    return "".join(f"| {' | '.join(row)} |\n" for row in ([escaped(each) for each in columns], rule, *rows)) + "\n"


def item(depth: int, text: str, note: str = "") -> str:
    """A line of a nested list, with a quieter note below it."""
    indent = "  " * depth
    below = f"  \n{indent}  <sub>{escaped(note)}</sub>" if note else ""
    return f"{indent}- {escaped(text)}{below}\n"
