"""The canonical layout of policy files: one way to write each statement, with every comment and bar line kept.

Reading what the formatter wrote gives an equal tree, and formatting it again changes nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

import attrs

from sopb_rules.diagnostics import RulesError
from sopb_rules.source import Source
from sopb_rules.syntax.parse import parse
from sopb_rules.syntax.parts import Part, parts
from sopb_rules.syntax.tree import Comment, KindDeclaration, PolicyFile, Statement

# What may stand between two parts; the commas are those between the values of a kind.
_BETWEEN_PARTS = re.compile(r"(?:[\s,]|#[^\n]*)*+")


def format_source(source: Source) -> str:
    """The canonical layout of a file.

    Raises:
        RulesError: the file cannot be read; nothing is said about its layout then.
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
    return "".join(f"{line}\n" for line in lines)


def format_file(file: PolicyFile) -> str:
    """A file in canonical layout, its comments at the parts they stood at.

    A comment on a line of its own stays before the part that it precedes, and one behind code stays behind its part. A
    comment in the middle of a part moves before that part, since the part may be wrapped in another way.
    """
    return "".join(f"{line}\n" for line in _Printer(file).print())


@attrs.frozen
class _Placed:
    """A part, and from which line to which it stood in the source."""

    part: Part
    first: int
    last: int


class _Printer:
    """Writes a file part by part.

    Comments are held by the index of their part over the whole file: those above it (the index past the end is for the
    comments at the end of the file), and the one behind it.
    """

    def __init__(self, file: PolicyFile) -> None:
        self._source = file.source
        self._statements = [_place(statement, file) for statement in file.statements]
        self._above: defaultdict[int, list[Comment]] = defaultdict(list)
        self._behind: dict[int, Comment] = {}
        self._attach(file.comments)

    def _attach(self, comments: Sequence[Comment]) -> None:
        placed = [part for statement in self._statements for part in statement]
        firsts = [part.first for part in placed]
        for comment in comments:
            index = bisect_right(firsts, comment.line) - 1
            last = placed[index].last if index >= 0 else 0
            if last == comment.line and not comment.own_line:
                self._behind[index] = comment
            else:
                self._above[index if last > comment.line else index + 1].append(comment)

    def print(self) -> list[str]:
        """The lines of the file."""
        lines: list[str] = []
        index = 0
        before: list[_Placed] = []
        for statement in self._statements:
            tail = self._spaced(self._take_tail(index, statement[0].first) if before else [], None, 2)
            first = _without_first_blank(self._spaced(self._above[index], statement[0], 0))
            first += self._lines(index, statement[0])
            if before and ("" in tail + first or not self._joins(before, statement)):
                first.insert(0, "")
            lines += tail + first
            for offset, placed in enumerate(statement[1:], index + 1):
                lines += self._part(offset, placed)
            index += len(statement)
            before = statement
        lines += self._spaced(self._take_tail(index, None) if before else [], None, 2)
        rest = _without_first_blank(self._spaced(self._above[index], None, 0))
        return [*lines, *([""] if lines and rest else []), *rest]

    def _part(self, index: int, placed: _Placed) -> list[str]:
        part = placed.part
        above = self._spaced(self._above[index], placed, part.indent)
        if part.blank_before:
            above = ["", *_without_first_blank(above)]
        elif not part.keeps_blank:
            above = [line for line in above if line]
        return above + self._lines(index, placed)

    def _lines(self, index: int, placed: _Placed) -> list[str]:
        *lines, last = placed.part.lines
        comment = self._behind.get(index)
        return [*lines, last if comment is None else f"{last}  {comment.text}"]

    def _spaced(self, comments: Sequence[Comment], placed: _Placed | None, indent: int) -> list[str]:
        """The comments above a part, with a blank line wherever one or more stood above a comment or above the part."""
        lines = []
        for number, comment in enumerate(comments):
            # A comment from the middle of its part takes the place of the part's first line.
            place = comment.line if number or placed is None else min(comment.line, placed.first)
            if comment.own_line and self._blank(place - 1):
                lines.append("")
            lines.append(" " * indent + comment.text)
        moved = bool(comments) and placed is not None and comments[-1].line > placed.first
        if placed is not None and not moved and self._blank(placed.first - 1):
            lines.append("")
        return lines

    def _take_tail(self, index: int, first_line: int | None) -> list[Comment]:
        """Take the comments that close a statement from those above the next one: they are indented."""
        comments = self._above[index]
        count = 0
        for comment in comments:
            indented = not comment.own_line or self._source.line(comment.line)[:1].isspace()
            if not indented or (first_line is not None and comment.line > first_line):
                break
            count += 1
        self._above[index] = comments[count:]
        return comments[:count]

    def _joins(self, before: Sequence[_Placed], after: Sequence[_Placed]) -> bool:
        """Whether two statements stay together: one line each, of one sort, and with no blank line between."""
        rows = [statement[0].part.lines for statement in (before, after) if len(statement) == 1]
        if len(rows) < 2 or any(len(lines) > 1 for lines in rows) or rows[0][0].split()[0] != rows[1][0].split()[0]:
            return False
        return before[0].last < after[0].first and not any(map(self._blank, range(before[0].last + 1, after[0].first)))

    def _blank(self, number: int) -> bool:
        return number > 0 and not self._source.line(number).strip()


def _without_first_blank(lines: list[str]) -> list[str]:
    return lines[1:] if lines[:1] == [""] else lines


def _place(statement: Statement, file: PolicyFile) -> list[_Placed]:
    """Where in the source each part of a statement stands: it begins with the first word after the part before it."""
    result: list[_Placed] = []
    source, start = file.source, statement.span.start
    for part in parts(statement, _values_one_by_one(statement, file.comments)):
        start = _next_word(source, start)
        end = _end(source, start, part)
        result.append(_Placed(part, source.position(start)[0], source.position(end - 1)[0]))
        start = end
    return result


def _end(source: Source, start: int, part: Part) -> int:
    """The offset behind the last word of a part that begins at `start`."""
    end = start if part.end is None else part.end.end
    for word in part.closing.split():
        end = _next_word(source, end) + len(word)
    return end


def _next_word(source: Source, offset: int) -> int:
    match = _BETWEEN_PARTS.match(source.text, offset)
    return match.end() if match is not None else offset


def _values_one_by_one(statement: Statement, comments: Sequence[Comment]) -> bool:
    """Whether a comment stands between the values of a kind, so that each value needs its own line."""
    if not isinstance(statement, KindDeclaration):
        return False
    first, last = statement.values[0].span.line, statement.values[-1].name.span.line
    index = bisect_left(comments, first, key=lambda comment: comment.line)
    return index < len(comments) and comments[index].line < last
