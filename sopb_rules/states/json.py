"""JSON with places, to the letter of its standard, with one plain sentence for what is not in it.

The reader of the standard library gives no places and recurses; this one walks over tokens with a stack of its own. It
also goes on behind a slip of which everybody can see what was meant, so that the next one is told as well.
"""

from __future__ import annotations

import re
from json import dumps, loads
from typing import Literal

import attrs

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span
from sopb_rules.states.json_errors import Foreign, foreign, thousands
from sopb_rules.states.mistakes import Mistakes
from sopb_rules.states.nodes import DEPTH_LIMIT, NODE_LIMIT, Mapping, Node, Refused, Scalar, Sequence, quoted
from sopb_rules.states.trail import outermost, trail

# Possessive quantifiers: a token is never tried twice, so the time is linear and the memory constant.
_TOKEN = re.compile(
    r"""[ \t\n]*+(?:
        (?P<string>"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")
      | (?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+)(?![\w.%％/-])
      | (?P<word>(?:true|false|null)(?![\w-]))
      | (?P<sign>[\[\]{}:,])
      | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_SPACE = re.compile(r"[ \t\n]*")

#: After how many pieces that are not JSON reading stops: such a file is something else.
_PIECES = 1000

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


def parse_json(source: Source) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of a JSON text, and what is wrong with it.

    The tree is None where the text could not be read to its end; otherwise the diagnostics are about single places, and
    what is no value of JSON is `Refused`.
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
        self.end = 0  # of the last token
        self.comma = 0  # where the last comma stands
        self.sorts: set[str] = set()
        self.pieces = 0  # that are not JSON

    def read(self) -> bool:
        """Read all tokens; False where reading had to stop."""
        text, token = self.source.text, _TOKEN.match
        position = 1 if text.startswith("\ufeff") else 0
        while True:
            found = token(text, position)
            if found is None:
                position = self.foreign(position)
                if position < 0:
                    return False
                continue
            kind = found.lastgroup
            assert kind is not None
            start, position = found.span(kind)
            if kind == "end":
                return self.at_end()
            if not self.take(kind, found[kind], start, position):
                return False
            self.end = position

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
                self.expect, self.comma = "value" if expect == ", or ]" else "key", start
                return True
            if text == expect[-1]:
                return self.close(end)
        return self.mended(kind, text, start, end) or self.misplaced(text, start, end)

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
            self.mistakes.add(Code.STATE_DOUBLED_KEY, message, key.span, lambda: trail(self.stack), help=help)
        self.expect = ":"
        return True

    def open(self, sign: str, start: int) -> bool:
        self.stack.append(_Open(start, {} if sign == "{" else None))
        if len(self.stack) > DEPTH_LIMIT:
            message = f"values stand more than {DEPTH_LIMIT} levels inside each other"
            start = outermost(self.stack)
            self.mistakes.add(Code.STATE_TOO_DEEP, message, Span(self.source, start, start + 1))
            return False
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

    def tell(self, message: str, start: int, end: int, help: str = "", expected: str = "") -> None:
        span = Span(self.source, start, end)
        self.mistakes.add(Code.STATE_SYNTAX, message, span, "", expected or _EXPECTED[self.expect], help)

    def at_end(self) -> bool:
        if self.expect == "end":
            return True
        if not self.stack and self.root is None:
            message, span = "the file is empty", Span(self.source, 0, 0)
            self.mistakes.add(Code.STATE_SHAPE, message, span, expected="a list per entity")
            return False
        start = self.stack[-1].start
        sign, line = self.source.text[start], self.source.position(start)[0]
        self.tell(f"the file ends before the {sign} of line {line} is closed", self.end, self.end)
        return False

    def mended(self, kind: str, text: str, start: int, end: int) -> bool:
        """Tell of a comma too many or too few, and read on as if it were right."""
        expect = self.expect
        if text == "," and kind == "sign" and expect in ("key or }", "value or ]"):
            self.tell("a comma cannot stand before the first name or value", start, end, "remove the comma")
            return True
        if expect in ("key", "value") and self.stack and self.comma == self.end - 1:
            closing = "}" if expect == "key" else "]"
            if text == closing and kind == "sign":
                message = f"a comma cannot stand before {quoted(closing)}"
                self.tell(message, self.comma, self.comma + 1, "remove the comma", quoted(closing))
                return self.close(end)
            if text == "," and kind == "sign":
                self.tell("there are two commas", start, end, "remove one of them")
                self.comma = start
                return True
            before = self.source.text[max(0, self.comma - 40) : self.comma].split()
            if kind == "number" and before and (help := thousands(before[-1], text)):
                self.tell(f"{quoted(text)} cannot stand here", start, end, help)
                self.expect = ", or }"
                return True
        if (expect == ", or }" and kind == "string") or (expect == ", or ]" and (kind != "sign" or text in "[{")):
            self.tell("a comma is missing", self.end, self.end, f"put a comma before {quoted(text)}")
            self.expect = "key" if expect == ", or }" else "value"
            return self.take(kind, text, start, end)
        return False

    def misplaced(self, text: str, start: int, end: int) -> bool:
        help = ""
        if (blamed := self.blamed(text)) is not None:
            message, help, begin = blamed
            self.tell(message, begin, begin + 1, help)
            return False
        if self.expect == "end":
            help = "a state file holds one JSON value"
        elif self.expect in (", or ]", ", or }") and text not in ("]", "}"):
            help = "put a comma before it"
        elif self.expect == "key" or self.expect == "key or }":
            help = "put names in double quotes"
        self.tell(f"{quoted(text)} cannot stand here", start, end, help)
        return False

    def blamed(self, text: str) -> tuple[str, str, int] | None:
        """What is wrong with a bracket further up, where that is plain to see, with a help and the place of it."""
        if not self.stack:
            if text == ":" and isinstance(self.root, Scalar) and self.root.span is not None:
                return (
                    "a state begins with {",
                    "put { before the first name and } behind the last value",
                    self.root.span.start,
                )
            return None
        top = self.stack[-1]
        last = top.items[-1] if top.items else None
        name = quoted(last.text) if isinstance(last, Scalar) and not last.plain else ""
        if text == "{" and self.expect == "key" and top.entries:
            return "the { is not closed before the next {", "close it with }", top.start
        if text == "{" and self.expect == "key or }":
            return "a list stands between [ and ], not { and }", "write [ and ] around the records", top.start
        if text == ":" and self.expect == ", or ]" and name:
            if len(top.items) == 1:
                return "facts stand between { and }, not [ and ]", "write { and } around them", top.start
            return f"the [ is not closed before {name}", "close it with ]", top.start
        return None

    def foreign(self, position: int) -> int:
        """Tell what stands at a place where no token of JSON does; where reading goes on, or -1."""
        space = _SPACE.match(self.source.text, position)
        found = foreign(self.source, space.end() if space else position)
        if self.root is None and not self.stack and found.reading == "text":
            help = "begin with {, or let the name of the file end in .yaml if it is YAML"
            self.tell(
                f"this is not JSON: it begins with {quoted(found.inner)}", found.place.start, found.place.end, help
            )
            return -1
        if found.sort not in self.sorts:
            self.tell(found.message, found.place.start, found.place.end, found.help)
            self.sorts.add(found.sort)
        self.pieces += 1
        return found.end if self.pieces < _PIECES and self.read_as(found) else -1

    def read_as(self, found: Foreign) -> bool:
        """Go on as if something else had been written; False where that would be a guess."""
        start, end, expect = found.place.start, found.end, self.expect
        if found.reading == "nothing":
            return True
        self.end = end
        if found.reading == "sign":
            return self.fits(found.inner) and self.take("sign", found.inner, start, end)
        if expect.startswith("key") and found.reading == "text":
            return self.key(dumps(found.inner), start, end)
        if expect.startswith("value") and found.reading in ("text", "value"):
            span = Span(self.source, start, end)
            return self.add(Scalar(found.inner, False, span) if found.reading == "text" else Refused(span))
        return False

    def fits(self, sign: str) -> bool:
        """Whether the sign of JSON may come next."""
        return sign in self.expect or (sign in "[{" and self.expect.startswith("value"))


def _unquoted(token: str) -> str:
    """The text that a JSON string stands for."""
    return token[1:-1] if "\\" not in token else str(loads(token))
