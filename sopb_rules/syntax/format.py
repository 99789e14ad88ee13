"""The canonical layout of policy files: one way to write each statement, with every comment and bar line kept.

Reading what the formatter wrote gives an equal tree, and formatting it again changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

import attrs

from sopb_rules.diagnostics import RulesError
from sopb_rules.source import Source
from sopb_rules.syntax.parse import parse
from sopb_rules.syntax.parts import Part, parts
from sopb_rules.syntax.tree import Comment, KindDeclaration, PolicyFile, Statement

# What may stand between two parts; the commas are those between the values of a kind.
_BETWEEN_PARTS = re.compile(r"(?:[\s,]|#[^\n]*)*")


def format_source(source: Source) -> str:
    """The canonical layout of a file.

    Raises:
        RulesError: the file cannot be read; it stays as it is.
    """
    file, diagnostics = parse(source)
    if diagnostics:
        raise RulesError(diagnostics)
    return format_file(file)


def format_statement(statement: Statement) -> str:
    """A statement in canonical layout by its tree alone: no place in a source is looked at, no comment is added."""
    lines: list[str] = []
    for part in parts(statement):
        lines += ["", *part.lines] if part.blank_before else part.lines
    return "\n".join(lines) + "\n"


def format_file(file: PolicyFile) -> str:
    """A file in canonical layout, its comments at the parts they stood at."""
    comments = _Comments(file.source, file.comments)
    lines: list[str] = []
    before: _Block | None = None
    for statement in file.statements:
        block = _Block.of(statement, comments)
        leading, lines_of_block = comments.before(block.first_line), block.lines(comments)
        if before is not None:
            tail, leading = _split_tail(leading, file.source)
            lines += comments.lines(tail, 2, keeps_blank=True)
            if not before.joins(block, file.source):
                lines.append("")
        lines += comments.lines(leading, 0, keeps_blank=True, first=True)
        lines += comments.gap(leading, block.first_line)
        lines += lines_of_block
        before = block
    rest = comments.before(None)
    if before is not None:
        tail, rest = _split_tail(rest, file.source)
        lines += comments.lines(tail, 2, keeps_blank=True)
        lines += [""] if rest else []
    lines += comments.lines(rest, 0, keeps_blank=True, first=True)
    return "".join(f"{line}\n" for line in lines)
