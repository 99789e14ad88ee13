"""What the reader says of mistakes: a corpus of them, with the expected diagnostic above the line that it speaks of.

An expectation reads ``#! CODE COLUMN: piece / piece``, each piece a part of the message, the expectation or the help.
``UPDATE_EXPECTED=1 pytest tests/syntax/test_mistakes.py`` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sopb_rules.diagnostics import Diagnostic
from sopb_rules.source import Source
from sopb_rules.syntax.parse import parse

CORPUS = sorted((Path(__file__).parent / "mistakes").glob("*.policy"))
EXPECTATION = re.compile(r"#! (?P<code>[A-Z]\d{3}) (?P<column>\d+): (?P<pieces>.*)")
UPDATE = os.environ.get("UPDATE_EXPECTED") == "1"


def expectations(text: str) -> Iterator[tuple[int, str, int, list[str]]]:
    """Line, code, column and pieces of each expectation."""
    waiting = []
    for number, line in enumerate(text.split("\n"), 1):
        if match := EXPECTATION.fullmatch(line):
            waiting.append(match)
            continue
        for match in waiting:
            yield number, match["code"], int(match["column"]), match["pieces"].split(" / ")
        waiting = []


def written(diagnostic: Diagnostic) -> str:
    assert diagnostic.span is not None
    pieces = [diagnostic.message, diagnostic.help or diagnostic.expected]
    return f"#! {diagnostic.code.value} {diagnostic.span.column}: {' / '.join(filter(None, pieces))}"


def updated(path: Path, text: str) -> str:
    """The text with the expectations that hold today."""
    lines = [line for line in text.split("\n") if not EXPECTATION.fullmatch(line)]
    diagnostics = parse(Source(path.name, "\n".join(lines)))[1]
    for diagnostic in reversed(diagnostics):
        assert diagnostic.span is not None
        lines.insert(diagnostic.span.line - 1, written(diagnostic))
    # Once more, since a message may name a line.
    again = iter(parse(Source(path.name, "\n".join(lines)))[1])
    return "\n".join(written(next(again)) if EXPECTATION.fullmatch(line) else line for line in lines)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_mistakes_are_told(path: Path) -> None:
    text = path.read_text("utf-8")
    if UPDATE:
        text = updated(path, text)
        path.write_text(text, "utf-8")
    diagnostics = parse(Source(path.name, text))[1]
    told = [(each.span.line, each.code.value, each.span.column) for each in diagnostics if each.span]
    expected = list(expectations(text))
    assert told == [place[:3] for place in expected]
    for diagnostic, (line, _, _, pieces) in zip(diagnostics, expected, strict=True):
        for piece in pieces:
            assert any(piece in part for part in (diagnostic.message, diagnostic.expected, diagnostic.help)), line
