"""The page: wrapping, columns, wide characters, and characters that would steer a terminal."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len

from sopb_rules.apps.text.page import Column, Page
from sopb_rules.apps.visible import visible


def page(width: int = 40) -> tuple[Page, io.StringIO]:
    stream = io.StringIO()
    return Page(stream, width), stream


def test_lines_wrap_at_their_indent() -> None:
    paper, stream = page()
    paper.line("one two three four five six seven eight nine ten", indent=4)
    assert stream.getvalue() == "    one two three four five six seven\n    eight nine ten\n"


def test_rows_hang() -> None:
    paper, stream = page()
    paper.row("8.1", "one two three four five six seven eight", indent=2, column=6)
    assert stream.getvalue() == "  8.1   one two three four five six\n        seven eight\n"


def test_a_long_label_gets_a_line_of_its_own() -> None:
    paper, stream = page()
    paper.row("a long label", "text", column=6)
    assert stream.getvalue() == "a long label\n      text\n"


def test_there_are_never_two_blank_lines_nor_one_below_a_heading() -> None:
    paper, stream = page()
    paper.blank()
    paper.line("a")
    paper.blank()
    paper.blank()
    paper.heading("B")
    paper.blank()
    paper.line("c")
    assert stream.getvalue() == "a\n\nB\nc\n"


def test_nothing_is_cut_off() -> None:
    paper, stream = page(30)
    word = "x" * 100
    paper.line(word, indent=2)
    paper.quote(word)
    paper.row(word, word)
    assert stream.getvalue().count("x") == 400
    assert max(map(len, stream.getvalue().splitlines()[:-12])) <= 30


def test_wide_characters_take_two_columns() -> None:
    paper, stream = page()
    paper.line("河畔基金会" * 10)
    paper.table([Column("名"), Column("n", True)], [["河畔", "1"], ["a", "20"]], flexible=0)
    lines = stream.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= 40
    assert lines[-2:] == ["河畔  1", "a    20"]


def test_tables_wrap_the_flexible_column() -> None:
    paper, stream = page(30)
    paper.table([Column(), Column("num-\nber", True)], [["one two three four five six seven", "12"]], flexible=0)
    assert stream.getvalue() == "                          num-\n                           ber\n" + (
        "one two three four five     12\nsix seven\n"
    )


def test_a_rule_fills_the_line() -> None:
    paper, stream = page(30)
    paper.rule("Title")
    assert stream.getvalue() == f"Title {'─' * 24}\n"


@pytest.mark.parametrize(
    "char", ["\x00", "\x1b", "\x07", "\r", "\n", "\x9b", "\u202e", "\u2066", "\u2028", "\u061c", "\ud800"]
)
def test_control_characters_are_spelled_out(char: str) -> None:
    assert visible(f"a{char}b") == f"a<U+{ord(char):04X}>b"


def test_text_that_looks_like_markup_is_text() -> None:
    paper, stream = page()
    paper.line("[bold]a[/bold] :smile: organization[#1]")
    assert stream.getvalue() == "[bold]a[/bold] :smile: organization[#1]\n"


def test_signs_have_plain_stand_ins() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert Page(stream, 80).sign("✗", "x") == "x"
    assert page()[0].sign("✗", "x") == "✗"
