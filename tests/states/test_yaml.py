"""YAML: what is read, where it stands, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source
from sopb_rules.states import yaml as subject
from sopb_rules.states.nodes import DEPTH_LIMIT, Mapping, Node, Refused, Scalar, Sequence
from sopb_rules.states.yaml import parse_yaml


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Both parsers of PyYAML: the one in C is not built everywhere."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML without libyaml")
    monkeypatch.setattr(subject, "LOADER", getattr(yaml, request.param))


def read(text: str) -> Node:
    node, diagnostics = parse_yaml(Source("f.yaml", text))
    assert not diagnostics
    assert node is not None
    return node


def refused(text: str) -> Diagnostic:
    _, diagnostics = parse_yaml(Source("f.yaml", text))
    assert len(diagnostics) == 1, diagnostics
    return diagnostics[0]


@pytest.mark.usefixtures("loader")
def test_tree() -> None:
    node = read("a: 1\nb: [x, 'y']\nc: {d: }\n")
    assert node == Mapping(
        (
            (Scalar("a", True), Scalar("1", True)),
            (Scalar("b", True), Sequence((Scalar("x", True), Scalar("y", False)))),
            (Scalar("c", True), Mapping(((Scalar("d", True), Scalar("", True)),))),
        )
    )


@pytest.mark.usefixtures("loader")
def test_places_count_characters() -> None:
    node = read("\ufeff# 中文 😀\n名: {b: 好,\n     c: d}\ne:\n  - f\n\n\n")
    assert isinstance(node, Mapping)
    (name, inner), (_, last) = node.entries
    assert str(name.span) == "f.yaml:2:1"
    assert name.span is not None
    assert name.span.text == "名"
    assert isinstance(inner, Mapping)
    assert [value.span.text for _, value in inner.entries if value.span] == ["好", "d"]
    assert inner.span is not None
    assert inner.span.text == "{b: 好,\n     c: d}"
    assert last.span is not None
    assert last.span.text == "- f"


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "code", "place", "says"),
    [
        ("a: &x 1\nb: *x\n", Code.STATE_YAML_FEATURE, "1:4", "anchor `&x`"),
        ("a: *x\n", Code.STATE_YAML_FEATURE, "1:4", "alias `*x`"),
        ("*x : 1\n", Code.STATE_YAML_FEATURE, "1:1", "alias `*x`"),
        ("a: !!python/object:os.system x\n", Code.STATE_YAML_FEATURE, "1:4", "tag"),
        ("a: !x {b: c}\n", Code.STATE_YAML_FEATURE, "1:4", "tag `!x`"),
        ("<<: {a: 1}\n", Code.STATE_YAML_FEATURE, "1:1", "merge keys"),
        ("a: 1\n---\nb: 1\n", Code.STATE_YAML_FEATURE, "2:1", "one YAML document"),
        ("? [a]\n: b\n", Code.STATE_YAML_FEATURE, "1:3", "plain text"),
        ("a: 1\nb: 2\na: 3\n", Code.STATE_DOUBLED_KEY, "3:1", "`a` stands twice"),
        ("a: 1\n'a': 3\n", Code.STATE_DOUBLED_KEY, "2:1", "`a` stands twice"),
        ("", Code.STATE_SHAPE, "1:1", "empty"),
        ("# nothing\n", Code.STATE_SHAPE, "1:1", "empty"),
        ("a:\n\tb: 1\n", Code.STATE_SYNTAX, "2:1", "tab"),
        ("a: b: c\n", Code.STATE_SYNTAX, "1:5", "second colon"),
        ("a: 1\nb\n", Code.STATE_SYNTAX, "2:1", "the colon after `b` is missing"),
        ("a: 1\nb 3\nc: 2\n", Code.STATE_SYNTAX, "2:1", "the colon after `b` is missing"),
        ("a 1\nb: 2\n", Code.STATE_SYNTAX, "1:1", "the colon after `a` is missing"),
        ("a: 1\nb:3\nc: 2\n", Code.STATE_SYNTAX, "2:1", "no space after the colon of `b`"),
        ("a: 1\nb = 3\nc: 2\n", Code.STATE_SYNTAX, "2:1", "not an equals sign"),
        ("a: 1\nb： 3\nc: 2\n", Code.STATE_SYNTAX, "2:1", "full-width"),
        ("a：1\nb：2\n", Code.STATE_SYNTAX, "1:1", "full-width"),
        ("a:\n  -b: 1\n   c: 2\n", Code.STATE_SYNTAX, "2:3", "no space after the dash"),
        ("a:\n  – b: 1\n    c: 2\n", Code.STATE_SYNTAX, "2:3", "not with `–`"),
        ("a: 1\n// b\nc: 2\n", Code.STATE_SYNTAX, "2:1", "comment"),
        ("a: 1\n  b: 2\n", Code.STATE_SYNTAX, "2:3", "indented further"),
        ("a: {b: 1, c: 2\nd: 3\n", Code.STATE_SYNTAX, "1:4", "bracket"),
        ("a: {b: 1 c: 2}\n", Code.STATE_SYNTAX, "1:9", "comma"),
        ("a: {b: 1， c: 2}\n", Code.STATE_SYNTAX, "1:9", "full-width"),
        ("a: (b: 1)\n", Code.STATE_SYNTAX, "1:4", "braces"),
        ("a:\n  \u3000b: 1\n", Code.STATE_SYNTAX, "2:3", "U+3000"),
        ("a:\n  b: 1\n c: 2\n", Code.STATE_SYNTAX, "3:2", "indented"),
        ("a: 'x\nb: 1\n", Code.STATE_SYNTAX, "1:4", "never closed"),
        ('a: "\\q"\n', Code.STATE_SYNTAX, "", "backslash"),
        ("a: [1, 2\nb: 3\n", Code.STATE_SYNTAX, "", "bracket"),
        ("a: @x\n", Code.STATE_SYNTAX, "1:4", "cannot begin with `@`"),
        ("a: 'b' c\n", Code.STATE_SYNTAX, "1:8", "ends before"),
        ("a: - b\n", Code.STATE_SYNTAX, "1:4", "middle of a line"),
        (": b\n", Code.STATE_SYNTAX, "1:1", "no name before the colon"),
        ("a: \x07\n", Code.STATE_SYNTAX, "1:4", "U+0007"),
        ("a: x\ud800\n", Code.STATE_SYNTAX, "1:5", "U+D800"),
    ],
)
def test_refused_with_one_mistake(text: str, code: Code, place: str, says: str) -> None:
    found = refused(text)
    assert found.code is code
    assert says in found.message
    assert found.location.endswith(place)
    assert not any(word in str(found) for word in ("block mapping", "token", "flow", "while parsing"))


def test_what_is_refused_leaves_no_value() -> None:
    node, _ = parse_yaml(Source("f.yaml", "a: *x\nb: 1\nb: 2\n<<: 3\n"))
    assert isinstance(node, Mapping)
    assert [(key.text, type(value)) for key, value in node.entries] == [("a", Refused), ("b", Scalar)]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("text", ["[" * 10_000, "{a: " * 10_000, "".join(" " * n + "a:\n" for n in range(3000))])
def test_depth_is_limited(text: str) -> None:
    found = refused(text)
    assert found.code is Code.STATE_TOO_DEEP
    assert str(DEPTH_LIMIT) in found.message


def test_depth_at_the_limit_is_read() -> None:
    assert isinstance(read("[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT), Sequence)
    assert refused("[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1)).code is Code.STATE_TOO_DEEP


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a:\n  - id: x\n    b: 1\n    b: 2\n", "a[x].b"),
        ("a:\n  - b: 1\n    b: 2\n", "a[#1].b"),
        ("a:\n  - c: 1\n  - id: x\n    d:\n      - e: &y 1\n", "a[x].d[#1].e"),
        ("a:\n  - id: x\n    b: !c 1\n", "a[x].b"),
        ("a:\n  - id: x\n    b:\n      <<: {c: 1}\n", "a[x].b"),
        ("a: 1\na: 2\n", "a"),
    ],
)
def test_what_is_refused_says_to_which_fact_it_belongs(text: str, where: str) -> None:
    assert refused(text).where == where


def test_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    node, diagnostics = parse_yaml(Source("f.yaml", "\n".join(lines)))
    assert node is not None
    assert {each.code for each in diagnostics} == {Code.STATE_YAML_FEATURE}
    assert len(diagnostics) == 40


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "NODE_LIMIT", 100)
    assert refused("- 1\n" * 101).code is Code.STATE_SHAPE
    assert isinstance(read("- 1\n" * 99), Sequence)


@given(st.text() | st.text(alphabet="ab:-[]{}'\"&*!|>%@#?, \n\t\\<0"))
def test_any_text_is_a_tree_or_told(text: str) -> None:
    node, diagnostics = parse_yaml(Source("f.yaml", text))
    assert node is not None or diagnostics
    for each in diagnostics:
        assert each.span is not None
        assert 0 <= each.span.start <= each.span.end <= len(each.span.source.text)
        str(each)
