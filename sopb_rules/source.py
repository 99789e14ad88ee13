"""Source texts and the places in them: everything that can be pointed at has a span."""

from __future__ import annotations

from bisect import bisect_right
from codecs import BOM_UTF8
from functools import cached_property
from pathlib import Path

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError

#: The largest file that is read, in bytes; a district stays far below it.
SIZE_LIMIT = 16 * 1024 * 1024


def _normalised(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@attrs.frozen(slots=False)
class Source:
    r"""A text with the name under which people know it (a path, or `<text>`).

    Line ends are normalised to ``\n``, so that an offset means the same on every platform.
    """

    name: str
    text: str = attrs.field(repr=False, converter=_normalised)

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins."""
        return [0, *(index + 1 for index, char in enumerate(self.text) if char == "\n")]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line end."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end < 0 else end]


@attrs.frozen(order=False)
class Span:
    """A stretch of a source text; offsets count characters, `end` is exclusive."""

    source: Source = attrs.field(repr=False)
    start: int
    end: int

    @property
    def line(self) -> int:
        """The line on which the span begins, from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """The column at which the span begins, from 1."""
        return self.source.position(self.start)[1]

    @property
    def text(self) -> str:
        """The text that the span covers."""
        return self.source.text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """The span from the beginning of this one to the end of the other."""
        return Span(self.source, self.start, max(self.end, other.end))

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"


def read_source(path: Path, limit: int = SIZE_LIMIT) -> Source:
    """Read a text file.

    Raises:
        RulesError: the file is missing, is no file, is larger than `limit` bytes, is binary or is not UTF-8.
    """
    return decoded(path, read_bytes(path, limit))


def read_bytes(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """Read a file as it is.

    Raises:
        RulesError: the file is missing, is no file or is larger than `limit` bytes.
    """

    def refuse(code: Code, message: str, help: str = "") -> RulesError:
        return RulesError([Diagnostic(code, message, file=str(path), help=help)])

    try:
        if not path.exists():
            raise refuse(Code.FILE_MISSING, f"there is no file `{path}`")
        if not path.is_file():
            raise refuse(Code.FILE_UNREADABLE, f"`{path}` is not a file")
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise refuse(Code.FILE_UNREADABLE, f"`{path}` cannot be read: {error.strerror}") from None
    if len(data) > limit:
        raise refuse(
            Code.FILE_TOO_LARGE, f"`{path}` is larger than {limit // (1024 * 1024)} MiB", "split it into several files"
        )
    return data


def decoded(path: Path, data: bytes) -> Source:
    """The text that the bytes of a file stand for.

    Raises:
        RulesError: they are binary or not UTF-8.
    """
    if b"\0" in data:
        raise RulesError([Diagnostic(Code.FILE_NOT_TEXT, f"`{path}` is not a text file", file=str(path))])
    data = data.removeprefix(BOM_UTF8)
    try:
        return Source(str(path), data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"`{path}` is not UTF-8 text: line {line} has the byte 0x{data[error.start]:02x}"
        help = "save the file with the encoding UTF-8"
        start = len(Source("", data[: error.start].decode("utf-8")).text)
        span = Span(Source(str(path), data.decode("utf-8", "replace")), start, start + 1)
        raise RulesError([Diagnostic(Code.FILE_NOT_TEXT, message, span, help=help)]) from None
