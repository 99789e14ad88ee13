"""JSON with places, to the letter of its standard, with one plain sentence for what is not in it.

The reader of the standard library gives no places and recurses; this one walks over tokens with a stack of its own.
"""

from __future__ import annotations

import re
from json import loads
from typing import Literal

import attrs

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span
from sopb_rules.states.mistakes import Mistakes
from sopb_rules.states.nodes import DEPTH_LIMIT, NODE_LIMIT, Mapping, Node, Scalar, Sequence, quoted

# Possessive quantifiers: a token is never tried twice, so the time is linear and the memory constant.
_TOKEN = re.compile(
    r"""[ \t\n]*+(?:
        (?P<string>"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")
      | (?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+)(?![0-9A-Za-z_.])
      | (?P<word>(?:true|false|null)(?![0-9A-Za-z_]))
      | (?P<sign>[\[\]{}:,])
      | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_SPACE = re.compile(r"[ \t\n]*")

#: What may come next.
_Expect = Literal["value", "value or ]", "key", "key or }", ":", ", or ]", ", or }", "end"]
_EXPECTED: dict[_Expect, str] = {
    "value": "a value",
    "value or ]": "a value, or ]",
    "key": "a name in double quotes",
    "key or }": "a name in double quotes, or }",
    ":": "a colon",
    ", or ]": "a comma, or ]",
    ", or }": "a comma, or }",
    "end": "the end of the file",
}

#: What people write that JSON does not have, and what to write instead.
_FOREIGN: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), message, help)
    for pattern, message, help in (
        (r"[-+]?(?:NaN|Infinity|nan|inf)\b", "{} is no number in JSON", "leave the fact out where it is not known"),
        (r"(?:True|False|None)\b", "{} is Python, not JSON", "write true, false or null"),
        (r"[A-Za-z_][\w-]*", "{} has no quotes", "put names and texts in double quotes"),
        (r"[-+]?0[0-9]", "a number cannot begin with a zero", "write it without zeros in front"),
        (r"\+", "a number cannot begin with a plus sign", "leave the plus sign out"),
        (r"[-+]?(?:\.[0-9]|[0-9]+\.(?![0-9]))", "a number has digits on both sides of its point", "write 0.5 or 5.0"),
        (r"-?[0-9][0-9.eE+-]*[A-Za-z_.]\w*", "{} is no number", "put texts in double quotes"),
        (r"'", "a text cannot stand in single quotes", "use double quotes"),
        (r"[“”]", "a text cannot stand in typographic quotes", 'use straight double quotes (")'),
        (r"//|#|/\*", "JSON has no comments", "remove the comment, or write the file as YAML"),
        (r'"[^"\\\x00-\x1f]*[\x00-\x1f]', "a text cannot go on over the end of its line, nor hold a tab",
         "close the quote, or write \\n or \\t"),
        (r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+\\', "a backslash in this text has no meaning",
         r"write two backslashes (\\) for one"),
        (r'"', "a quote is opened and never closed", "close the quote"),
    )
)  # fmt: skip


def parse_json(source: Source) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of a JSON text, and what is wrong with it.

    The tree is None where the text could not be read to its end; otherwise the diagnostics are about single places.
    """
    reader = _Reader(source)
    complete = reader.read()
    return reader.root if complete else None, reader.mistakes.diagnostics()


@attrs.define
class _Open:
    """An object (with its keys so far) or an array that is still being read."""

    start: int
    seen: dict[str, Scalar] | None
    key: Scalar | None = None
    doubled: bool = False
    entries: list[tuple[Scalar, Node]] = attrs.field(factory=list)
    items: list[Node] = attrs.field(factory=list)


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.mistakes = Mistakes()
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.expect: _Expect = "value"
        self.count = 0

    def read(self) -> bool:
        """Read all tokens; False where reading had to stop."""
        text, token = self.source.text, _TOKEN.match
        position = 1 if text.startswith("\ufeff") else 0
        while True:
            found = token(text, position)
            if found is None:
                self.foreign(position)
                return False
            kind = found.lastgroup
            assert kind is not None
            start, position = found.span(kind)
            if kind == "end":
                return self.at_end(start)
            if not self.take(kind, found[kind], start, position):
                return False

    def take(self, kind: str, text: str, start: int, end: int) -> bool:
        """Take one token; False, with the mistake told, where it cannot stand."""
        expect = self.expect
        if expect.startswith("value"):
            if kind != "sign":
                return self.scalar(kind, text, start, end)
            if text in "[{":
                return self.open(text, start)
            if text == "]" and expect == "value or ]":
                return self.close(end)
        elif expect.startswith("key"):
            if kind == "string":
                return self.key(text, start, end)
            if text == "}" and expect == "key or }":
                return self.close(end)
        elif expect == ":" and text == ":" and kind == "sign":
            self.expect = "value"
            return True
        elif expect.startswith(",") and kind == "sign":
            if text == ",":
                self.expect = "value" if expect == ", or ]" else "key"
                return True
            if text == expect[-1]:
                return self.close(end)
        return self.misplaced(text, start, end)

    def scalar(self, kind: str, text: str, start: int, end: int) -> bool:
        span = Span(self.source, start, end)
        if kind == "string":
            return self.add(Scalar(_unquoted(text), plain=False, span=span))
        return self.add(Scalar(text, plain=True, span=span))

    def key(self, text: str, start: int, end: int) -> bool:
        top = self.stack[-1]
        assert top.seen is not None
        key = top.key = Scalar(_unquoted(text), plain=True, span=Span(self.source, start, end))
        first = top.seen.setdefault(key.text, key)
        top.doubled = first is not key
        if top.doubled:
            message, help = f"{quoted(key.text)} stands twice in one place", f"it also stands at {first.span}"
            self.mistakes.add(Code.STATE_DOUBLED_KEY, message, key.span, help=help)
        self.expect = ":"
        return True

    def open(self, sign: str, start: int) -> bool:
        if len(self.stack) >= DEPTH_LIMIT:
            message = f"values stand more than {DEPTH_LIMIT} levels inside each other"
            self.mistakes.add(Code.STATE_TOO_DEEP, message, Span(self.source, start, start + 1))
            return False
        self.stack.append(_Open(start, {} if sign == "{" else None))
        self.expect = "key or }" if sign == "{" else "value or ]"
        return True

    def close(self, end: int) -> bool:
        top = self.stack.pop()
        span = Span(self.source, top.start, end)
        if top.seen is None:
            return self.add(Sequence(tuple(top.items), span))
        return self.add(Mapping(tuple(top.entries), span))

    def add(self, node: Node) -> bool:
        self.count += 1
        if self.count > NODE_LIMIT:
            message = f"there are more than {NODE_LIMIT:,} values"
            self.mistakes.add(Code.STATE_SHAPE, message, node.span, help="split the file into several")
            return False
        if not self.stack:
            self.root, self.expect = node, "end"
            return True
        top = self.stack[-1]
        if top.seen is None:
            top.items.append(node)
            self.expect = ", or ]"
        else:
            assert top.key is not None
            if not top.doubled:
                top.entries.append((top.key, node))
            self.expect = ", or }"
        return True

    # ---- what is not JSON --------------------------------------------------------------------------------

    def at_end(self, offset: int) -> bool:
        if self.expect == "end":
            return True
        if not self.stack and self.root is None:
            message, span = "the file is empty", Span(self.source, 0, 0)
            self.mistakes.add(Code.STATE_SHAPE, message, span, expected="a list per entity")
            return False
        top = self.stack[-1]
        sign, line = self.source.text[top.start], Span(self.source, top.start, top.start + 1).line
        message, span = f"the file ends before the {sign} of line {line} is closed", Span(self.source, offset, offset)
        self.mistakes.add(Code.STATE_SYNTAX, message, span, expected=_EXPECTED[self.expect])
        return False

    def misplaced(self, text: str, start: int, end: int) -> bool:
        help = ""
        if text in ("]", "}") and self.expect in ("key", "value"):
            before = self.source.text[:start].rstrip()[-1:] if start < 10_000_000 else ""
            help = "remove the comma before it" if before == "," else ""
        elif self.expect == "end":
            help = "a state file holds one JSON value"
        elif self.expect in (", or ]", ", or }") and text not in ("]", "}"):
            help = "put a comma before it"
        elif self.expect == "key" or self.expect == "key or }":
            help = "put names in double quotes"
        message = f"{quoted(text)} cannot stand here"
        self.mistakes.add(Code.STATE_SYNTAX, message, Span(self.source, start, end), "", _EXPECTED[self.expect], help)
        return False

    def foreign(self, position: int) -> None:
        """Tell what stands at a place where no token of JSON does."""
        text = self.source.text
        space = _SPACE.match(text, position)
        start = space.end() if space else position
        message, help, end = f"{quoted(text[start : start + 1])} cannot stand here", "", start + 1
        for pattern, sentence, advice in _FOREIGN:
            if (match := pattern.match(text, start)) is not None:
                message, help = sentence.format(quoted(match[0])), advice
                end = match.end() if "\n" not in match[0] else start + 1
                break
        self.mistakes.add(Code.STATE_SYNTAX, message, Span(self.source, start, end), "", _EXPECTED[self.expect], help)


def _unquoted(token: str) -> str:
    """The text that a JSON string stands for."""
    return token[1:-1] if "\\" not in token else str(loads(token))
