"""JSON: what is read, where it stands, and what is refused; checked against the standard library."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source
from sopb_rules.states import json as subject
from sopb_rules.states.json import parse_json
from sopb_rules.states.nodes import DEPTH_LIMIT, Mapping, Node, Scalar, Sequence


def refused(text: str) -> Diagnostic:
    _, diagnostics = parse_json(Source("f.json", text))
    assert len(diagnostics) == 1, diagnostics
    return diagnostics[0]


def plain(node: Node | None) -> Any:
    """The tree as the standard library would have read it."""
    match node:
        case Scalar(text, True):
            return json.loads(text)
        case Scalar(text, False):
            return text
        case Mapping(entries):
            return {key.text: plain(value) for key, value in entries}
        case Sequence(items):
            return [plain(item) for item in items]
    raise AssertionError(node)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)


@given(JSON, st.sampled_from([None, 0, 2]), st.booleans())
def test_reads_what_the_standard_library_writes(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    node, diagnostics = parse_json(Source("f.json", text))
    assert not diagnostics
    assert plain(node) == value


@example("Infinity")
@example("[-NaN]")
@example("\ufeff1")
@given(st.text() | st.text(alphabet='{}[],:"\\ae0-+.1 \n'))
def test_reads_exactly_what_the_standard_library_reads(text: str) -> None:
    text = Source("f.json", text).text
    node, diagnostics = parse_json(Source("f.json", text))
    try:
        value = json.loads(text.removeprefix("\ufeff"), parse_constant=_no_constant, object_pairs_hook=_no_doubles)
    except ValueError:
        assert diagnostics
        str(diagnostics[0])
    else:
        assert not diagnostics
        assert plain(node) == value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not in the standard")


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a doubled key")
    return dict(pairs)


def test_places() -> None:
    node, _ = parse_json(Source("f.json", '\ufeff{"名": [1.50,\n  "b\\n"]}'))
    assert isinstance(node, Mapping)
    ((key, value),) = node.entries
    assert key.span is not None
    assert value.span is not None
    assert (key.span.text, str(key.span)) == ('"名"', "f.json:1:3")
    assert value.span.text == '[1.50,\n  "b\\n"]'
    assert isinstance(value, Sequence)
    assert value.items == (Scalar("1.50", True), Scalar("b\n", False))


@pytest.mark.parametrize(
    ("text", "says", "helps"),
    [
        ("[1, ]", "a comma cannot stand before `]`", "remove the comma"),
        ('{"a": 1,}', "a comma cannot stand before `}`", "remove the comma"),
        ("[1,, 2]", "two commas", "remove one"),
        ('{"a": 1 "b": 2}', "a comma is missing", 'put a comma before `"b"`'),
        ('{"a": 1,200, "b": 2}', "`200` cannot stand here", "write 1200, without marks between the thousands"),
        ('{"a": 1, {"b": 2}}', "the { is not closed before the next {", "close it with }"),
        ('{"a": [1, "b": 2}', "the [ is not closed before `b`", "close it with ]"),
        ("[NaN]", "`NaN` is no number in JSON", ""),
        ("[-Infinity]", "`-Infinity` is no number in JSON", ""),
        ("[True]", "is no word of JSON", "write true"),
        ("[TRUE]", "is no word of JSON", "write true"),
        ("[None]", "is no word of JSON", "write null"),
        ('{"a": {{"b": 2}}}', "stands between [ and ]", "write [ and ]"),
        ('["a": 1]', "stand between { and }", "write { and }"),
        ('"a": 1', "begins with {", "put {"),
        ('{a": 1}', "no quote before it", "double quotes"),
        ("{a: 1}", "`a` has no quotes", "double quotes"),
        ("{'a': 1}", "single quotes", "double quotes"),
        ("{“a”: 1}", "typographic", "straight"),
        ("[01]", "begin with a zero", ""),
        ("[+1]", "plus sign", ""),
        ("[.5]", "both sides", ""),
        ("[5.]", "both sides", ""),
        ("[5kg]", "`5kg` is no number", "double quotes"),
        ("[yes]", "is no word of JSON", "write true"),
        ("[2026-11-01]", "the date `2026-11-01` has no quotes", "double quotes"),
        ("[40%]", "`40%` is no number in JSON", "double quotes"),
        ("[３]", "digits of full width", "write 3"),
        ("[1，2]", "`，` is no sign of JSON", "write `,`"),
        ('{"a"：1}', "`：` is no sign of JSON", "write `:`"),
        ("a: 1", "this is not JSON", ".yaml"),
        ("// x\n[]", "comments", "YAML"),
        ('["a\nb"]', "end of its line", ""),
        ('["a]', "never closed", ""),
        (r'["\q"]', "backslash", "two backslashes"),
        ("[1 2]", "a comma is missing", "put a comma before `2`"),
        ("[1] 2", "`2` cannot stand here", "one JSON value"),
        ('{"a" 1}', "`1` cannot stand here", ""),
        ('{"a": [1', "the file ends before the [ of line 1 is closed", ""),
        ("[1]]", "`]` cannot stand here", ""),
        ("\x01", "cannot stand here", ""),
    ],
)
def test_refused_with_one_sentence(text: str, says: str, helps: str) -> None:
    found = refused(text)
    assert found.code is Code.STATE_SYNTAX
    assert says in found.message
    assert helps in found.help
    assert found.expected


def test_reading_goes_on_behind_a_slip() -> None:
    text = """{'a': 1, 'b': yes, // one
    "c": 2026-11-01 "d": {"e": ４,},, "f": True， "f": 3 // two
    }"""
    node, diagnostics = parse_json(Source("f.json", text))
    assert [str(each.span)[7:] for each in diagnostics] == [
        "1:2", "1:15", "1:20", "2:10", "2:20", "2:32", "2:33", "2:36", "2:43", "2:47", "2:49",
    ]  # fmt: skip
    assert isinstance(node, Mapping)
    assert [key.text for key, _ in node.entries] == ["a", "b", "c", "d", "f"]


@pytest.mark.parametrize(
    "text", ["[" + "a," * 100_000, "//\n" * 100_000, "[" + "1 " * 100_000, "['a'" * 40 + "'," * 99_999]
)
def test_many_slips_are_told_before_anybody_gives_up(text: str) -> None:
    assert parse_json(Source("f.json", text))[1]


def test_doubled_key() -> None:
    found = refused('{"a": 1,\n "\\u0061": 2}')
    assert found.code is Code.STATE_DOUBLED_KEY
    assert found.location == "f.json:2:2"
    assert "f.json:1:2" in found.help


@pytest.mark.parametrize("text", ["", " \n"])
def test_empty(text: str) -> None:
    assert refused(text).code is Code.STATE_SHAPE


@pytest.mark.parametrize("text", ["[" * 10_000, '{"a":' * 10_000, "[" * 10_000 + "]" * 10_000])
def test_depth_is_limited(text: str) -> None:
    assert refused(text).code is Code.STATE_TOO_DEEP


def test_depth_at_the_limit_is_read() -> None:
    assert parse_json(Source("f.json", "[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT))[1] == ()


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "NODE_LIMIT", 100)
    assert refused("[" + "1," * 100 + "1]").code is Code.STATE_SHAPE


@pytest.mark.parametrize("text", ['["' + r"\n" * 2_000_000, '["' + "a" * 4_000_000 + '"]', "[" + "9" * 4_000_000 + "]"])
def test_long_tokens_are_read_to_the_end(text: str) -> None:
    node, diagnostics = parse_json(Source("f.json", text))
    assert node is not None or diagnostics
