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

#: The kinds of remarks on how sentences go together.
INTERPLAY_KINDS = ("tension", "overlap", "gap", "fallback")
#: The words that a statement starts with.
STATEMENT_WORDS = (
    "vocabulary", "role", "kind", "ordered kind", "entity", "parameter",
    "article", "norm", "decision", "define", "note", *INTERPLAY_KINDS,
    "measures", "set", "tighten", "facts of",
)  # fmt: skip
_FIRST_WORDS = frozenset(word.split()[0] for word in STATEMENT_WORDS)

#: The words that open the parts of a statement, by the statement. In the first column they are a slip of layout.
_PARTS_OF = {
    "parameter": frozenset({"from", "judged"}),
    **dict.fromkeys(
        ("norm", "tighten"),
        frozenset({"|", "(", '"', "when", "unless", "the", "provided", "example", "given", "then"}),
    ),
    "decision": frozenset({"|", "case", "unless", "overriding", "example", "given", "then"}),
    "define": frozenset({"|", "means", "example", "given", "then"}),
    "note": frozenset({"|"}),
    "set": frozenset({"|", "from", "example", "given", "then"}),
    **dict.fromkeys(INTERPLAY_KINDS, frozenset({'"', "treatment"})),
}
PARTS = frozenset({"version", "currency"}).union(*_PARTS_OF.values())

#: Up to the `#` of a comment: bar lines have none, and a `#` inside quotes is text.
BEFORE_COMMENT = re.compile(r'(?:[^"#|\n]|"[^"\n]*+")*+#')
#: Parentheses, and the texts whose parentheses do not count.
NESTING = re.compile(r'"[^"\n]*"|\|[^\n]*|#[^\n]*|[()]')
_FIRST_WORD = re.compile(r'[a-z]+\b|[|("]')


@attrs.frozen
class Chunk:
    """A statement's text by its offsets in the source; `end` is where its last line with content ends."""

    start: int
    end: int


def split(source: Source) -> tuple[list[Chunk], list[Comment], list[Diagnostic]]:
    """Cut a source into the chunks of its statements, its comments, and what is wrong with its layout.

    One slip of layout, made again and again, is one mistake: lines that start no statement and follow each other are
    one chunk, a part in the first column still belongs to its statement, and of all tabs the first is reported.
    """
    cut = _Cut(source)
    for number, (start, line) in enumerate(_lines(source), 1):
        if line.strip():
            cut.add(number, start, line)
        else:
            cut.blank_line()
    return cut.result()


class _Cut:
    """The state of `split` between two lines."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._chunks: list[Chunk] = []
        self._comments: list[Comment] = []
        self._diagnostics: list[Diagnostic] = []
        self._tabs: list[Span] = []
        self._word = ""  # the first word of the chunk; "" where it starts no statement
        self._slipped = False  # whether a part of the chunk stands in the first column
        self._after_blank = True

    def blank_line(self) -> None:
        self._after_blank = True

    def add(self, number: int, start: int, line: str) -> None:
        """Take the next line that is not blank."""
        if (match := BEFORE_COMMENT.match(line)) is not None:
            own_line = line.lstrip().startswith("#")
            self._comments.append(Comment(line[match.end() - 1 :].rstrip(), number, own_line))
            if own_line:
                return
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            self._tabs.append(Span(self._source, start + indent.index("\t"), start + len(indent)))
        end = start + len(line.rstrip())
        if indent and not self._chunks:
            self._stray(start + len(indent), end)
        elif indent or self._belongs_above(start, line):
            self._chunks[-1] = Chunk(self._chunks[-1].start, end)
        else:
            self._open(start, end, line)
        self._after_blank = False

    def _open(self, start: int, end: int, line: str) -> None:
        self._chunks.append(Chunk(start, end))
        self._word = _first_word(line) if _first_word(line) in _FIRST_WORDS else ""
        self._slipped = False

    def _belongs_above(self, start: int, line: str) -> bool:
        """Whether a line in the first column goes with the chunk before it."""
        word = _first_word(line)
        if not self._chunks or word in _FIRST_WORDS:
            return False
        if word in _PARTS_OF.get(self._word, ()):
            if not self._slipped:
                message = f"`{word}` starts no statement, it is a part of the one above"
                place = Span(self._source, start, start + len(word))
                help = "indent the parts of a statement below its first line"
                self._diagnostics.append(Diagnostic(Code.UNKNOWN_STATEMENT, message, place, help=help))
            self._slipped = True
            return True
        return not self._word and not self._after_blank

    def _stray(self, start: int, end: int) -> None:
        if not self._diagnostics:
            message = "the first line of a file is indented, so it belongs to no statement"
            expected = "a statement that starts in the first column"
            place = Span(self._source, start, end)
            self._diagnostics.append(Diagnostic(Code.STRAY_INDENT, message, place, expected=expected))

    def result(self) -> tuple[list[Chunk], list[Comment], list[Diagnostic]]:
        """What was cut, when all lines are in."""
        if self._tabs:
            more = f", and so are {len(self._tabs) - 1} more" if len(self._tabs) > 1 else ""
            message = f"the line is indented by a tab{more}"
            help = "indent by spaces, two a level"
            self._diagnostics.append(Diagnostic(Code.TAB, message, self._tabs[0], help=help))
        return self._chunks, self._comments, self._diagnostics


def _first_word(line: str) -> str:
    match = _FIRST_WORD.match(line)
    return match[0] if match else ""


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    for start in source.line_starts:
        end = source.text.find("\n", start)
        yield start, source.text[start : len(source.text) if end < 0 else end]


class TableLines:
    """Lark's postlex: keep a line break only in statements that are tables of lines.

    In `vocabulary`, `entity` and `facts of` each line at the body's own indentation is an entry, and a deeper one continues it;
    in all other statements a line break is white space.
    """

    always_accept = ("_LINE",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Pass the tokens on, without the line breaks that do not count."""
        table, body = None, None
        for token in stream:
            if table is None:
                table = token.type in {"VOCABULARY", "ENTITY", "FACTS_OF"}
            if token.type == "_LINE":
                width = len(token) - token.rindex("\n") - 1
                if not table or (body is not None and width > body):
                    continue
                body = width if body is None else body
            yield token
