"""Reading as a whole: places, equality, and that no text of any sort stops the reader."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.parse import DEPTH_LIMIT, MISTAKE_LIMIT, parse, parse_all
from tests.syntax.test_format import SHIPPED, assert_survives

TEXTS = [path.read_text("utf-8") for path in SHIPPED]


def nodes(value: Any) -> Iterator[Any]:
    """All nodes of a tree, whatever they are."""
    if isinstance(value, tuple):
        for each in value:
            yield from nodes(each)
    elif attrs.has(type(value)) and not isinstance(value, Source | Span):
        yield value
        for field in attrs.fields(type(value)):
            yield from nodes(getattr(value, field.name))


# ---- places -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in SHIPPED])
def test_each_node_knows_its_place(text: str) -> None:
    file, diagnostics = parse(Source("<text>", text))
    assert diagnostics == []
    for node in nodes(file.statements):
        span = getattr(node, "span", None)
        if isinstance(node, t.Name) and span is not None:
            assert re.sub(r"\s+", " ", span.text) == node.text or span.text == f'"{node.text}"'
        elif isinstance(node, t.Label):
            assert node.span.text == f'"{node.text}"'
        elif isinstance(node, t.Path):
            assert node.span.text == node.text
        elif span is not None:
            assert span.text == span.text.strip() != ""


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in SHIPPED])
def test_a_node_lies_within_its_statement(text: str) -> None:
    file, _ = parse(Source("<text>", text))
    for statement in file.statements:
        for node in nodes(statement):
            if hasattr(node, "span"):
                assert statement.span.start <= node.span.start <= node.span.end <= statement.span.end


def test_equality_is_about_what_is_said() -> None:
    one, _ = parse(Source("one", "define a about b\n  means c is at least 3 and d"))
    two, _ = parse(Source("two", "# c\n\ndefine a\n  about b means c is  at\n least 3 # d\n and d"))
    other, _ = parse(Source("one", "define a about b\n  means c is at least 3 and e"))
    assert one == two
    assert one != other


def test_reading_goes_on_behind_a_mistake() -> None:
    text = "role a\n\nnorm 1.1 abuot b\n\nrole c\n\nkind\n\nrole d\n"
    file, diagnostics = parse(Source("<text>", text))
    assert [getattr(statement, "name", None).text for statement in file.statements] == ["a", "c", "d"]  # type: ignore[union-attr]
    assert [diagnostic.span.line for diagnostic in diagnostics if diagnostic.span] == [3, 7]


def test_a_bar_line_keeps_its_words_and_its_indentation() -> None:
    file, _ = parse(Source("<text>", "note 1.1 aim\n  | one “two”  # three \n  |   four\n  |five\n  |\n"))
    (note,) = file.statements
    assert isinstance(note, t.NoteDeclaration)
    assert [line.text for line in note.quote.lines] == ["one “two”  # three", "  four", "five", ""]
    assert note.quote.text == "one “two”  # three four five"


def test_parentheses_have_a_limit() -> None:
    def reading(depth: int) -> list[Code]:
        text = f"define a about b\n  means {'(' * depth}c{')' * depth}"
        return [diagnostic.code for diagnostic in parse(Source("<text>", text))[1]]

    assert reading(DEPTH_LIMIT) == []
    assert reading(DEPTH_LIMIT + 1) == [Code.TOO_DEEP]
    assert parse(Source("<text>", f'note 1.1 aim\n  | {"(" * 99}\nrole a "{"(" * 99}" # {"(" * 99}'))[1] == []


def test_so_many_mistakes_are_enough() -> None:
    text = "norm\n\n" * (MISTAKE_LIMIT + 50)
    assert len(parse(Source("<text>", text))[1]) == MISTAKE_LIMIT


# ---- texts of any sort --------------------------------------------------------------------------------------

# What stands in a message is words of the language and of the text, but no name of a terminal of the grammar.
TERMINAL = re.compile(r"\b(?:[A-Z]{2,}_[A-Z_]+|NAME|STRING|BAR|LPAR|RPAR|COMMA|LETTER|_LINE|END)\b|Token\(")


def assert_told(text: str, diagnostics: list[Diagnostic]) -> None:
    """Each diagnostic has a place in the text and can be shown."""
    starts = [diagnostic.span.start for diagnostic in diagnostics if diagnostic.span]
    assert len(starts) == len(diagnostics)
    assert starts == sorted(starts)
    for diagnostic in diagnostics:
        assert diagnostic.span is not None
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(diagnostic.span.source.text)
        line, column = diagnostic.span.line, diagnostic.span.column
        assert 1 <= column <= len(diagnostic.span.source.line(line)) + 1
        assert str(diagnostic)
        assert diagnostic.message
        assert diagnostic.help or diagnostic.expected
        if not TERMINAL.search(text):
            assert not TERMINAL.search(f"{diagnostic.message} {diagnostic.expected} {diagnostic.help}")


def assert_reads(text: str) -> None:
    """A text is either told to be wrong or survives formatting."""
    source = Source("<text>", text)
    _, diagnostics = parse(source)
    event("mistakes" if diagnostics else "none")
    if diagnostics:
        assert_told(source.text, diagnostics)
    else:
        assert_survives(text)


@given(st.text())
def test_any_text(text: str) -> None:
    assert_reads(text)


WORDS = sorted({word for text in TEXTS for word in re.findall(r'[a-z_]+|[^\w\s]|\d+|"[^"\n]*"', text)})
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(["\n", "\n  ", "\n\n", " ", "(", ")", '"', "|", "#", ",", ".", ":"]),
    st.sampled_from(["“", "３", "≥", "\t", ">=", "\r\n", "\u00a0", "\ufeff"]),
    st.text(max_size=3),
)


BEGINNINGS = ("", "norm 1.1 about a\n", "define a about b means ", "entity a\n  ")


@given(st.lists(PIECES, max_size=30).map(" ".join), st.sampled_from(BEGINNINGS))
def test_any_words(text: str, before: str) -> None:
    assert_reads(before + text)


STATEMENTS = [
    source.text[statement.span.start : statement.span.end] + "\n"
    for source in (Source("<text>", text) for text in TEXTS)
    for statement in parse(source)[0].statements
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Some shipped statements with a few characters or words deleted, inserted, replaced or exchanged."""
    text = "\n".join(draw(st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=3)))
    for _ in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            spans = [match.span() for match in re.finditer(r"\w+|[^\w\s]|\n", text)] or [(0, 0)]
            start, end = draw(st.sampled_from(spans))
        else:
            start = draw(st.integers(0, len(text)))
            end = min(len(text), start + draw(st.integers(0, 3)))
        text = text[:start] + draw(st.one_of(st.just(""), PIECES)) + text[end:]
    return text


@given(mutated())
def test_mutations_of_the_shipped_statements(text: str) -> None:
    assert_reads(text)


# ---- bounded time -------------------------------------------------------------------------------------------

MEGABYTE = 1_000_000
HEAD = "define a about b\n  means "
LARGE = {
    "10,000 parentheses": HEAD + "(" * 10_000 + "c" + ")" * 10_000,
    "10,000 open parentheses": HEAD + "(" * 10_000,
    "one name": HEAD + "c" * MEGABYTE,
    "many short words": HEAD + "c " * (MEGABYTE // 2),
    "spaces": HEAD + " " * MEGABYTE + "c",
    "tabs": HEAD + "\t" * MEGABYTE,
    "empty lines": HEAD + " \n" * (MEGABYTE // 2) + "  c",
    "an unclosed quote": f'role a "{"a#" * (MEGABYTE // 2)}',
    "unclosed quotes on one line": HEAD + '"' * (MEGABYTE + 1),
    "unclosed quotes on many lines": 'role a "unclosed\n' * (MEGABYTE // 17),
    "unclosed quotes in one statement": HEAD + '\n  "unclosed' * (MEGABYTE // 12),
    "closed quotes before a sign of a comment": HEAD + '"a" ' * (MEGABYTE // 4) + '"#',
    "a comment": "#" * MEGABYTE,
    "comments before a mistake": HEAD + "c" + "\n  # d" * (MEGABYTE // 6) + "\n  adn e",
    "prose": "Some words, and more.\n" * (MEGABYTE // 22),
    "paragraphs of prose": "Some words, and more.\n\n" * (MEGABYTE // 23),
    "parts in the first column": "norm 1.1 about a\n" + "when b\n" * (MEGABYTE // 7),
    "stray lines": "  a\n" * (MEGABYTE // 4),
    "digits and commas": HEAD + "c is 1" + ",000" * (MEGABYTE // 4),
    "hyphens": HEAD + "c-" * (MEGABYTE // 2),
    "capitals": HEAD + "cC" * (MEGABYTE // 2),
    "full-width letters": HEAD + "ａ" * MEGABYTE,
    "commas": "decision 1 a about b gives c\n  case 1.1 gives d" + ", " * (MEGABYTE // 2),
    "null characters": "\0" * MEGABYTE,
}


@pytest.mark.parametrize("name", LARGE)
def test_reading_takes_bounded_time(name: str) -> None:
    started = time.process_time()
    _, diagnostics = parse(Source("<text>", LARGE[name]))
    messages = "\n".join(map(str, diagnostics))
    assert time.process_time() - started < 20  # seconds; what is quadratic takes hours
    assert len(messages) < 2000 * max(1, len(diagnostics))


def test_the_corpus_of_mistakes_is_large() -> None:
    corpus = Path(__file__).parent / "mistakes"
    assert sum(path.read_text("utf-8").count("#! ") for path in corpus.glob("*.policy")) >= 140


def test_importing_the_tree_needs_no_parser() -> None:
    code = "import sys, sopb_rules.syntax.tree; sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ---- files that are read again -------------------------------------------------------------------------------


def test_a_file_that_is_as_it_was_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = Source("good.policy", 'article 1 "Once"\n'), Source("bad.policy", "article once\n")
    files, mistakes = parse_all([good, bad])
    monkeypatch.setattr("sopb_rules.syntax.parse.parse", lambda *_: pytest.fail("it is read again"))
    again, same = parse_all([Source("good.policy", good.text), Source("bad.policy", bad.text)])
    assert again[0] is files[0]
    assert same == mistakes != []


def test_a_file_of_other_text_or_another_name_is_read() -> None:
    text = 'article 1 "Twice"\n'
    (file, renamed, changed), _ = parse_all(
        [Source("a.policy", text), Source("b.policy", text), Source("a.policy", text.replace("Twice", "Anew"))]
    )
    assert [each.source.name for each in (file, renamed, changed)] == ["a.policy", "b.policy", "a.policy"]
    assert "Anew" in changed.statements[0].span.text
