"""The snippets of a page: fenced blocks, and what the comment above them says about them.

<!-- file: first/vocabulary.policy -->   the block is a file that later commands and blocks find
<!-- more: first/vocabulary.policy -->   the block goes on with that file
<!-- into: first/source.txt -->            the block is added at the end of that file, which is there already,
<!-- into: first/x.policy below entity x -->   or below the first line that begins so
<!-- codes: T003 -->                     the block leads to exactly these codes
<!-- exit: 1 -->                         the last command ends with this status
<!-- not run -->                         the block only shows something
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import attrs

_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<language>[\w{}-]*)[^\n]*\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL
)
_NOTE = re.compile(r"<!-- (file|more|into|codes|exit|not run)(?:: *([^>]*?))? -->\s*\Z")


@attrs.frozen
class Snippet:
    """A fenced block.

    Args:
        line: the line of its fence, from 1.
        start: where its text begins in the page; `end` where it ends.
        notes: what the comments above it say.
    """

    language: str
    text: str
    line: int
    start: int
    end: int
    notes: dict[str, str] = attrs.field(factory=dict)


def snippets(page: str) -> Iterator[Snippet]:
    """The fenced blocks of a page, in order."""
    for match in _FENCE.finditer(page):
        before, notes = page[: match.start()], {}
        while note := _NOTE.search(before):
            notes[note[1]] = note[2] or ""
            before = before[: note.start()]
        line = page.count("\n", 0, match.start()) + 1
        yield Snippet(match["language"], match["text"], line, match.start("text"), match.end("text"), notes)


def commands(text: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output that stands below it."""
    found = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    return [(command, output) for command, _, output in (each.partition("\n") for each in found)]


def pages(root: Path) -> list[Path]:
    """The README, the guide beside the policies, and every page of the documentation that people wrote."""
    docs = root / "docs"
    made = {docs / "reference" / "codes.md", docs / "interplay.md", *docs.glob("articles/article_*.md")}
    written = [path for path in sorted(docs.rglob("*.md")) if path not in made]
    return [root / "README.md", root / "policies" / "README.md", *written]
