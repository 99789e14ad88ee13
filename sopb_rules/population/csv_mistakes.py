"""Where a CSV file stops being one: what Polars says of it names no line."""

from __future__ import annotations

import csv
from pathlib import Path

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.findings.counting import counted

#: What other programs separate cells by, as people call it.
_SEPARATORS = {";": "semicolons", "\t": "tabs"}


#: How files begin that are something else.
_BEGINNINGS = {
    b"PAR1": ("is Parquet", "give it a name that ends in .parquet"),
    b"PK": ("is a spreadsheet, or another compressed file", "save the table as CSV, in UTF-8"),
    b"\xff\xfe": ("is written in UTF-16", "save it again, with the encoding UTF-8"),
    b"\xfe\xff": ("is written in UTF-16", "save it again, with the encoding UTF-8"),
}


def something_else(file: Path) -> Diagnostic | None:
    """The mistake of a file that is no CSV, seen by how it begins.

    Raises:
        OSError: the file cannot be opened.
    """
    with file.open("rb") as opened:
        beginning = opened.read(4)
    for sign, (what, help) in _BEGINNINGS.items():
        if beginning.startswith(sign):
            return Diagnostic(Code.FILE_UNREADABLE, f"`{file}` {what}", file=str(file), help=help)
    return None


def other_separator(file: Path, columns: list[str]) -> Diagnostic | None:
    """The mistake of a file whose cells are separated by something else, seen by its only column."""
    for separator, name in _SEPARATORS.items():
        if len(columns) == 1 and separator in columns[0]:
            message = f"the cells of `{file}` are separated by {name}"
            help = "save it again with commas: in a spreadsheet, choose the comma as the separator of the CSV file"
            return Diagnostic(Code.FILE_UNREADABLE, message, file=str(file), where="line 1", help=help)
    return None


def unnamed(file: Path, columns: list[str]) -> Diagnostic | None:
    """The mistake of a column without a name."""
    if "" not in columns:
        return None
    message = f"column {columns.index('') + 1} has no name"
    help = (
        "the first line of the file names the columns: take away what stands above it, and commas at the ends of lines"
    )
    return Diagnostic(Code.FILE_UNREADABLE, message, file=str(file), where="line 1", help=help)


def first_mistake(file: Path) -> Diagnostic | None:
    """The first row that cannot be read, and why; None where nothing is found.

    Raises:
        OSError: the file cannot be opened.
    """
    begins, columns = 1, 0
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            for cells in reader:
                columns = columns or len(cells)
                if len(cells) > columns:
                    message = f"has {counted(len(cells), 'cell')}, more than there are columns"
                    help = 'a cell with a comma in it stands between quotation marks: "3, or 4"'
                    return _told(file, begins, message, counted(columns, "cell"), help)
                begins = reader.line_num + 1
    except UnicodeDecodeError:
        help = "save the file again, with the encoding UTF-8"
        return _told(file, _not_decoded(file), "is not written in UTF-8", help=help)
    except csv.Error:
        help = 'a quotation mark within a cell is doubled, and the cell stands between two: "the ""old"" branch"'
        return _told(file, begins, "has a quotation mark that is never closed, or text behind one", help=help)
    return None


def _not_decoded(file: Path) -> int:
    """The first line that is not written in UTF-8."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    raise AssertionError(f"{file} was not decoded before")


def _told(file: Path, line: int, message: str, expected: str = "", help: str = "") -> Diagnostic:
    where = f"line {line}"
    return Diagnostic(
        Code.FILE_UNREADABLE, f"the row {message}", file=str(file), where=where, expected=expected, help=help
    )
