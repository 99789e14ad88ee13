"""A page of text: lines wrapped to the terminal, in columns that hang; with colour where the output takes it.

Colour and width are rich's matter: no escape codes on a pipe, 80 columns where the output has no width.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TextIO

import attrs
from rich.console import Console
from rich.text import Text

from sopb_rules.apps.visible import visible

#: A piece of a line: a text, or a text with its style.
Part = str | tuple[str, str]

#: Prose is hard to read in longer lines, and impossible in much shorter ones.
WIDEST, NARROWEST = 120, 30

# How many columns a wrapped text has at least, whatever its indent is.
_LEAST = 16


@attrs.frozen
class Column:
    """A column of a table.

    Args:
        heading: may take several lines.
        right: whether numbers stand in it.
        least: how wide it is at least, so that tables below each other line up.
    """

    heading: str = ""
    right: bool = False
    least: int = 0


class Page:
    """Writes lines. `parts` are pieces of text, each with or without a style.

    Attributes:
        width: how many columns a line may take.
    """

    def __init__(self, stream: TextIO, width: int | None = None) -> None:
        self.console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
        self.width = max(NARROWEST, min(self.console.width, WIDEST))
        # Writing lines as they are is many times as fast as leaving them to the console, which large reports notice.
        self._bare = self.console.color_system is None and not self.console.is_terminal
        self._blank = True  # nothing, or a blank line, stands above

    @classmethod
    def of_stdout(cls) -> Page:
        """A page on the standard output, as it is now."""
        return cls(sys.stdout)

    def sign(self, sign: str, plain: str) -> str:
        """A sign, or a plain one where the encoding of the output lacks it."""
        try:
            sign.encode(self.console.encoding)
        except (UnicodeEncodeError, LookupError):
            return plain
        return sign

    def blank(self) -> None:
        """A blank line, unless there is one already."""
        if not self._blank:
            self._print(Text())
        self._blank = True

    def line(self, *parts: Part, indent: int = 0) -> None:
        """A paragraph, wrapped, all its lines at the same indent."""
        indent = min(indent, self.width - _LEAST)
        for each in self._wrapped(_text(parts), self.width - indent):
            self._print(Text(" " * indent).append_text(each))

    def row(self, label: Part, *parts: Part, indent: int = 0, column: int = 8) -> None:
        """A label, and beside it a wrapped text; below it where the label is too long for its column."""
        head = Text(" " * indent).append_text(_text([label]))
        start = indent + (column if self.width - indent - column >= _LEAST else 2)
        if head.cell_len >= start:
            self._print(head)
            head = Text()
        for each in self._wrapped(_text(parts), self.width - start):
            head.append(" " * (start - head.cell_len))
            self._print(head.append_text(each))
            head = Text()

    def heading(self, text: str, style: str = "bold") -> None:
        """A line of its own with air above, and none below."""
        self.blank()
        self.line((text, style))
        self._blank = True

    def rule(self, text: str) -> None:
        """A heading that parts the page."""
        self.blank()
        line = self.sign("─", "-")
        title = _text([(f"{text} ", "bold")])
        if title.cell_len < self.width - 3:
            title.append(line * (self.width - title.cell_len), "dim")
        for each in self._wrapped(title, self.width):
            self._print(each)
        self._blank = True

    def quote(self, text: str, indent: int = 0) -> None:
        """A sentence of the document, in bar lines as in the policy files."""
        indent = min(indent, self.width - _LEAST)
        for each in self._wrapped(_text([text]), self.width - indent - 2):
            self._print(Text(" " * indent + "| ", "dim").append_text(each))

    def verbatim(self, *parts: Part) -> None:
        """A line that is not wrapped."""
        self._print(_text(parts))

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Part]], flexible: int, gap: int = 1) -> None:
        """A table; the flexible column gets what the others leave, and wraps. Without any heading it has no heading."""
        cells = [[_text([part]) for part in row] for row in rows]
        headings = [[Text(line, "dim") for line in column.heading.split("\n")] for column in columns]
        widths = [
            max(column.least, *(text.cell_len for text in (*headings[i], *(row[i] for row in cells))))
            for i, column in enumerate(columns)
        ]
        others = sum(widths) - widths[flexible] + gap * (len(columns) - 1)
        widths[flexible] = min(widths[flexible], max(self.width - others, _LEAST))
        height = max(map(len, headings))
        if any(column.heading for column in columns):
            top = [[Text()] * (height - len(lines)) + lines for lines in headings]
            self._table_row(columns, top, widths, flexible, gap)
        for row in cells:
            self._table_row(columns, [[cell] for cell in row], widths, flexible, gap)

    def _table_row(
        self, columns: Sequence[Column], row: Sequence[list[Text]], widths: Sequence[int], flexible: int, gap: int
    ) -> None:
        lines = [*row]
        lines[flexible] = [each for text in row[flexible] for each in self._wrapped(text, widths[flexible])]
        for number in range(max(map(len, lines))):
            line = Text()
            for column, cell, width in zip(columns, lines, widths, strict=True):
                text = cell[number] if number < len(cell) else Text()
                space = " " * (width - text.cell_len)
                line.append(space if column.right else "").append_text(text)
                line.append("" if column.right else space).append(" " * gap)
            self._print(line)

    def _wrapped(self, text: Text, width: int) -> list[Text]:
        if text.cell_len <= width and "\n" not in text:
            return [text]
        return list(text.wrap(self.console, max(width, _LEAST // 2)))

    def _print(self, line: Text) -> None:
        line.rstrip()
        if self._bare:
            self.console.file.write(f"{line.plain}\n")
        else:
            self.console.print(line, soft_wrap=True)
        self._blank = False


def _text(parts: Sequence[Part]) -> Text:
    text = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(visible(words), style or None)
    return text
