"""Where reading a statement stopped, with what the rules of `mistakes` ask about that place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import attrs
from lark import Token
from lark.exceptions import UnexpectedInput, UnexpectedToken

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span
from sopb_rules.syntax.expectations import accepted_terminals
from sopb_rules.syntax.layout import BEFORE_COMMENT, NESTING, Chunk

_WORD = re.compile(r"[^\W\d_][\w'’/]*")
_PHRASE = re.compile(r"[^\W\d_][\w'’/]*(?:[ \t]+[^\W\d_][\w'’/]*){0,6}")
_COMMA = re.compile(r"(?:,[ \t]*)?")
_LONG_QUOTATION = re.compile(r"`([^`]{60})[^`]+`")
_LAST_WORD = re.compile(r'"[^"\n]*"$|\S+$')
_NO_WORDS = re.compile(r'\|[^\n]*|"[^"\n]*"')
#: How far before the place where reading stopped the cause is looked for: in words, and in characters.
_WORDS_BACK, _CHARACTERS_BACK = 4, 200


@attrs.frozen(slots=False)
class Stop:
    """Where reading a statement stopped.

    Args:
        text: the statement, which begins at `base` in the source.
        offset: the place in it, which is its end where more was expected.
        terminal: the name of the terminal that does not fit; "" where nothing could be read.
        found: what stands there.
    """

    source: Source
    base: int
    text: str
    offset: int
    terminal: str
    found: str

    @classmethod
    def of(cls, error: UnexpectedInput, source: Source, chunk: Chunk) -> Stop:
        """The place that an error of the parser speaks of."""
        text = source.text[chunk.start : chunk.end]
        token = error.token if isinstance(error, UnexpectedToken) else None
        position: Any = error.pos_in_stream  # None, or -1 at the end, by Lark's version
        offset = len(text) if position is None or position < 0 else position
        if token is not None and token.type == "$END":
            offset = len(text)
        terminal = "" if token is None else token.type
        return cls(source, chunk.start, text, offset, terminal, _found(text, offset, token))

    def span(self, start: int, end: int) -> Span:
        """A place in the statement; it never reaches beyond the source, and has a width where it can."""
        limit = len(self.source.text)
        start = min(self.base + start, limit)
        return Span(self.source, start, min(max(self.base + end, start + 1), limit))

    def diagnostic(
        self, message: str, start: int, end: int, code: Code = Code.UNEXPECTED, expected: str = "", help: str = ""
    ) -> Diagnostic:
        """A diagnostic of a stretch of the statement."""
        message, help = _short(message), _short(help)
        return Diagnostic(code, message, self.span(start, end), where=self.where, expected=expected, help=help)

    def at_found(self, message: str, code: Code = Code.UNEXPECTED, expected: str = "", help: str = "") -> Diagnostic:
        """A diagnostic of what stands at the place."""
        return self.diagnostic(message, self.offset, self.offset + len(self.found), code, expected, help)

    def at_gap(self, message: str, expected: str = "", help: str = "") -> Diagnostic:
        """A diagnostic of what is missing before the place."""
        return self.diagnostic(message, self.content_end, self.content_end, Code.UNEXPECTED, expected, help)

    @property
    def ended(self) -> bool:
        """Whether the statement ends where more was expected."""
        return self.offset >= len(self.text)

    @property
    def where(self) -> str:
        """The statement as people say it: ``norm 8.1``, ``entity organization``."""
        match = re.match(
            r"(ordered kind|define(?: (?:\w+:)?[0-9./]+)?|facts of|[a-z]+)[ \t]+([\w./:]{1,60})", self.text
        )
        return re.sub(r"define( \S+)? ", "definition ", f"{match[1]} {match[2]}") if match and self.offset else ""

    @property
    def character(self) -> str:
        """The character at the place; "" at the end."""
        return self.text[self.offset : self.offset + 1]

    @cached_property
    def line_start(self) -> int:
        """Where the line of the place begins."""
        return self.text.rfind("\n", 0, self.offset) + 1

    @cached_property
    def line_end(self) -> int:
        """Where the line of the place ends."""
        end = self.text.find("\n", self.offset)
        return len(self.text) if end < 0 else end

    @cached_property
    def content_end(self) -> int:
        """The offset after the last character before the place that is neither white space nor part of a comment."""
        end = self.offset
        while end > 0:
            start = self.text.rfind("\n", 0, end) + 1
            line = self.text[start:end]
            comment = BEFORE_COMMENT.match(line)
            content = (line if comment is None else line[: comment.end() - 1]).rstrip()
            if content:
                return start + len(content)
            end = start - 1
        return 0

    @property
    def opens_line(self) -> bool:
        """Whether the place is the end of the statement or the first word of a line."""
        return self.ended or "\n" in self.text[self.content_end : self.offset + 1]

    @property
    def after(self) -> str:
        """`` after `word` ``, for what is missing behind the last word."""
        word = _LAST_WORD.search(self.text[max(0, self.content_end - _CHARACTERS_BACK) : self.content_end])
        return f" after `{word[0]}`" if word else ""

    def before(self, pattern: str) -> re.Match[str] | None:
        """A match of the pattern in what stands shortly before the place."""
        shortly_before = self.text[max(0, self.offset - _CHARACTERS_BACK) : self.offset]
        return re.search(pattern, re.sub(r"(?<!\S)#[^\n]*", "", shortly_before))

    def around(self, pattern: re.Pattern[str], back: int) -> re.Match[str] | None:
        """The match of the pattern that the place lies in or closely follows; it begins at most `back` before."""
        for match in pattern.finditer(self.text, max(self.line_start, self.offset - back), self.line_end):
            if match.start() <= self.offset <= match.end():
                return match
            if match.start() > self.offset:
                break
        return None

    def has_part(self, pattern: str) -> bool:
        """Whether a line of the norm or of the last case begins so."""
        begin = self.text.rfind("\n  case ", 0, self.offset) + 1
        return re.search(rf"^[^\S\n]+{pattern}\b", self.text[begin : self.line_start], re.MULTILINE) is not None

    def open_parenthesis(self) -> Span | None:
        """The last parenthesis before the place that is not closed."""
        opened: list[int] = []
        for match in NESTING.finditer(self.text, 0, self.offset):
            if match[0] == "(":
                opened.append(match.start())
            elif match[0] == ")" and opened:
                opened.pop()
        return self.span(opened[-1], opened[-1] + 1) if opened else None

    def end_of_words(self, start: int) -> int:
        """Where the text that begins at `start` ends on its line, before a comment or a quotation mark."""
        match = re.compile(r'[^"#\n]*[^"#\s]').match(self.text, start)
        return match.end() if match else start

    def phrases_at(self, start: int) -> Iterator[tuple[str, int]]:
        """The words that stand at a place of a line and where they end, the longest phrase first."""
        match = _PHRASE.match(self.text, start)
        ends = [word.end() for word in _WORD.finditer(match[0])] if match else []
        for end in reversed(ends):
            yield re.sub(r"\s+", " ", self.text[start : start + end]), start + end

    def suspects(self) -> Iterator[tuple[int, frozenset[str], str, int]]:
        """The phrases that may have led to the place: where one begins, what fits there, its text and its end.

        Each ends at the place or reaches into it, since a phrase that ends before it was understood.
        """
        for place, accepted in sorted(self._accepted_before.items()):
            # A comma before `overriding` belongs to it.
            start = place + len(_COMMA.match(self.text, place)[0])  # type: ignore[index]
            for shown, end in self.phrases_at(start):
                if end >= self.content_end:
                    yield start, accepted, shown, end

    @property
    def accepted(self) -> frozenset[str]:
        """The terminals that fit at the place."""
        return self._accepted_before[self.offset]

    @cached_property
    def _accepted_before(self) -> dict[int, frozenset[str]]:
        """What was accepted where each of the last words before the place begins, and at the place.

        The error does not tell it: the parser had reduced what it had read before it found that the token does not fit.
        """
        from sopb_rules.syntax.parse import parser

        places = {*self._last_words(), self.offset}
        result: dict[int, frozenset[str]] = {}
        session = parser().parse_interactive(self.text)
        try:
            for token in session.iter_parse():
                if token.start_pos in places:
                    result[token.start_pos] = accepted_terminals(session.parser_state)
        except UnexpectedInput:
            pass  # the error that is being explained
        if self.offset not in result:  # the end, or something that is no token
            result[self.offset] = accepted_terminals(session.parser_state)
        return result

    def _last_words(self) -> set[int]:
        begin = max(0, self.content_end - _CHARACTERS_BACK)
        # A bar line holds no words of the language, and neither does a label.
        text = _NO_WORDS.sub(lambda match: " " * len(match[0]), self.text[begin : self.content_end])
        return {begin + match.start() for match in list(_WORD.finditer(text))[-_WORDS_BACK:]}


def _short(message: str) -> str:
    """The message with long quotations cut, since what stands on a line can be of any length."""
    return _LONG_QUOTATION.sub(r"`\1…`", message)


def _found(text: str, offset: int, token: Token | None) -> str:
    if offset >= len(text):
        return ""
    if token is not None and token.type not in {"BAR", "_LINE"}:
        return re.sub(r"\s+", " ", str(token)).lstrip(", ") or ","
    match = re.compile(r"[\w./'-]+|\S").match(text, offset)
    return match[0] if match else ""
