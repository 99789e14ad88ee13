"""CSV files that are none: which row, what is wrong with it, and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopb_rules import RulesError
from sopb_rules.population.csv_mistakes import first_mistake, other_separator
from sopb_rules.population.sources import Source, open_source


def read(file: Path, text: bytes) -> Source:
    file.write_bytes(text)
    return open_source(file, "a table")


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        (b"id,members\na,3\nb,3,7\n", "line 3", "the row has 3 cells, more than there are columns"),
        (b'id,members\n"a\nb",3\nb,3,7,8\n', "line 4", "the row has 4 cells, more than there are columns"),
        (b'id,members\na,3\nb,"3\nc,4\n', "line 3", "the row has a quotation mark that is never closed, or text behind one"),
        (b'id,members\na,"3" or 4\nc,4\n', "line 2", "the row has a quotation mark that is never closed, or text behind one"),
        (b"id,members\na,3\nb,\xff3\n", "line 3", "the row is not written in UTF-8"),
        ("id,正式党员数\na,3\n".encode("gb18030"), "line 1", "the row is not written in UTF-8"),
        (b"id,members,\na,3,\n", "line 1", "column 3 has no name"),
        (b"Register,,\nid,members,kind\n", "line 1", "column 2 has no name"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, text: bytes, where: str, message: str) -> None:
    with pytest.raises(RulesError) as caught:
        list(read(tmp_path / "orgs.csv", text).pieces(["id", "members"], None))
    (mistake,) = caught.value.diagnostics
    assert (mistake.where, mistake.message) == (where, message)
    assert mistake.file.endswith("orgs.csv")
    assert mistake.help


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_cells_that_something_else_separates_are_refused(tmp_path: Path, sign: str, name: str) -> None:
    with pytest.raises(RulesError, match=f"are separated by {name}"):
        read(tmp_path / "orgs.csv", f"id{sign}members\na{sign}3\n".encode())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"PAR1....PAR1", "is Parquet"),
        (b"PK\x03\x04..", "is a spreadsheet"),
        ("\ufeffid,members\n".encode("utf-16-le"), "is written in UTF-16"),
        (b"", "is empty"),
    ],
)
def test_what_is_something_else_is_refused(tmp_path: Path, text: bytes, message: str) -> None:
    with pytest.raises(RulesError, match=message):
        read(tmp_path / "orgs.csv", text)


def test_one_column_is_no_mistake(tmp_path: Path) -> None:
    assert list(read(tmp_path / "orgs.csv", b"id\na\n").schema) == ["id"]
    assert other_separator(tmp_path / "orgs.csv", ["id;no", "members"]) is None


def test_a_file_without_a_mistake_has_none(tmp_path: Path) -> None:
    file = tmp_path / "orgs.csv"
    file.write_bytes(b'\xef\xbb\xbfid,members\r\na,"3, or\n4"\r\nb\r\n')
    assert first_mistake(file) is None
