"""Cutting a file into statements and comments, before any grammar."""

from __future__ import annotations

import pytest

from sopb_rules.diagnostics import Code
from sopb_rules.source import Source
from sopb_rules.syntax.layout import split
from sopb_rules.syntax.parse import parse


def chunks(text: str) -> list[str]:
    source = Source("<text>", text)
    return [source.text[chunk.start : chunk.end] for chunk in split(source)[0]]


def comments(text: str) -> list[tuple[str, int, bool]]:
    return [(comment.text, comment.line, comment.own_line) for comment in split(Source("<text>", text))[1]]


def codes(text: str) -> list[Code]:
    return [diagnostic.code for diagnostic in split(Source("<text>", text))[2]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n  \n\t\n", []),
        ("role a", ["role a"]),
        ("role a  \n\n", ["role a"]),
        ("role a\nrole b\n", ["role a", "role b"]),
        ("norm a\n  b\n\n    c\nnote d\n  e", ["norm a\n  b\n\n    c", "note d\n  e"]),
        ("# c\nrole a\n# c\n", ["role a"]),
        ("norm a\n# c\n  b\n  # c\n", ["norm a\n# c\n  b"]),
        ("norm a\n  b # c\n", ["norm a\n  b # c"]),
        ("role a\r\n  b\rrole c\r\n", ["role a\n  b", "role c"]),
    ],
)
def test_a_statement_starts_in_the_first_column(text: str, expected: list[str]) -> None:
    assert chunks(text) == expected
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# c", [("# c", 1, True)]),
        ("\n  #c  \n", [("#c", 2, True)]),
        ("role a # c ", [("# c", 1, False)]),
        ('role a "# no" # c', [("# c", 1, False)]),
        ('role a "# no', []),
        ("note a\n  | no # no", []),
        ("note a | no # no", []),
        ("note a # c | c", [("# c | c", 1, False)]),
        ('note a # c "c', [('# c "c', 1, False)]),
    ],
)
def test_comments(text: str, expected: list[tuple[str, int, bool]]) -> None:
    assert comments(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("role a\n\tb\n\tc\n  d\n \te", [Code.TAB]),
        ("\t# a comment\nrole a", []),
        ("role\ta", []),
        ("  a\n  b\nrole c", [Code.STRAY_INDENT]),
        ("  a\n  b", [Code.STRAY_INDENT]),
    ],
)
def test_one_slip_is_told_once(text: str, expected: list[Code]) -> None:
    assert codes(text) == expected


def test_stray_lines_belong_to_no_statement() -> None:
    assert chunks("  a\n  b\nrole c") == ["role c"]
    assert [diagnostic.code for diagnostic in parse(Source("<text>", "  a\n  b\nrole c"))[1]] == [Code.STRAY_INDENT]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("norm 1.1 about a\n| b\nthe c must\n  d", 1),
        ("decision 1 a about b gives c\ncase 1.1 gives d", 1),
        ("define a about b\nmeans c", 1),
        ("parameter a count\njudged by b", 1),
        ("note 1.1 aim\n| b\n| c", 1),
        ("set a\nfrom 2027-01-01 is 2", 1),
        ("role a\nthe b", 2),
        ("entity a\nthe b", 2),
    ],
)
def test_a_part_in_the_first_column_stays_with_its_statement(text: str, expected: int) -> None:
    assert len(chunks(text)) == expected
    diagnostics = parse(Source("<text>", text))[1]
    assert [diagnostic.code for diagnostic in diagnostics] == [Code.UNKNOWN_STATEMENT]
    assert [diagnostic.span.line for diagnostic in diagnostics if diagnostic.span] == [2]


def test_prose_is_one_mistake_a_paragraph() -> None:
    text = "Some\nprose.\nMore\n\nof it\nrole a\nand\nmore"
    assert chunks(text) == ["Some\nprose.\nMore", "of it", "role a", "and\nmore"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("entity e\n  a text\n  b text", 2),
        ('entity e\n  a\n    text\n      "label"\n  b text', 2),
        ("entity e\n      a text\n      b text\n        act", 2),
        ("entity e  # c\n\n  # c\n  a text\n# c\n\n  b text # c", 2),
        ("entity e", 0),
    ],
)
def test_a_deeper_line_of_a_table_continues_its_entry(text: str, facts: int) -> None:
    file, diagnostics = parse(Source("<text>", text))
    assert diagnostics == []
    assert [len(getattr(statement, "facts", ())) for statement in file.statements] == [facts]
