"""Cut a file into statements: a statement starts in column 0, its parts are indented below it.

Reading goes on at the next statement after a mistake, because the cut needs no grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
from lark import Token

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span
from sopb_rules.syntax.tree import Comment

# Up to the `#` of a comment: bar lines have none, and a `#` inside quotes is text.
_BEFORE_COMMENT = re.compile(r'(?:[^"#|\n]|"[^"\n]*")*#')


@attrs.frozen
class Chunk:
    """A statement's text by its offsets in the source; `end` is where its last line with content ends."""

    start: int
    end: int


def split(source: Source) -> tuple[list[Chunk], list[Comment], list[Diagnostic]]:
    """Cut a source into the chunks of its statements, its comments, and what is wrong with its layout."""
    chunks: list[Chunk] = []
    comments: list[Comment] = []
    diagnostics: list[Diagnostic] = []
    for number, (start, line) in enumerate(_lines(source), 1):
        content = line.strip()
        if not content:
            continue
        if (match := _BEFORE_COMMENT.match(line)) is not None:
            own_line = content.startswith("#")
            comments.append(Comment(line[match.end() - 1 :].rstrip(), number, own_line))
            if own_line:
                continue
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            span = Span(source, start, start + len(indent))
            diagnostics.append(Diagnostic(Code.TAB, "the line is indented by a tab", span, help="indent by spaces, two a level"))
        end = start + len(line.rstrip())
        if not indent:
            chunks.append(Chunk(start, end))
        elif chunks:
            chunks[-1] = Chunk(chunks[-1].start, end)
        else:
            message = "the first line of a file is indented, so it belongs to no statement"
            diagnostics.append(
                Diagnostic(Code.STRAY_INDENT, message, Span(source, start, end), expected="a statement that starts in the first column")
            )
            chunks.append(Chunk(end, end))
    return [chunk for chunk in chunks if chunk.start < chunk.end], comments, diagnostics


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    for start in source.line_starts:
        end = source.text.find("\n", start)
        yield start, source.text[start : len(source.text) if end < 0 else end]


class TableLines:
    """Lark's postlex: keep a line break only in statements that are tables of lines.

    In `vocabulary` and `entity` each line at the body's own indentation is an entry, and a deeper one continues it;
    in all other statements a line break is white space.
    """

    always_accept = ("_LINE",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Pass the tokens on, without the line breaks that do not count."""
        table, body = None, None
        for token in stream:
            if table is None:
                table = token.type in {"VOCABULARY", "ENTITY"}
            if token.type == "_LINE":
                width = len(token) - token.rindex("\n") - 1
                if not table or (body is not None and width > body):
                    continue
                body = width if body is None else body
            yield token
