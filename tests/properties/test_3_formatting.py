"""Reading, formatting and reading again gives the same tree; formatting twice changes nothing; nothing said is lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.source import Source
from sopb_rules.syntax.format import format_file, format_source
from sopb_rules.syntax.parse import parse
from sopb_rules.syntax.tree import PolicyFile
from sopb_rules.testing.drawing import Choices
from sopb_rules.testing.some_policies import texts
from sopb_rules.testing.strategies import policy_files, policy_trees, vocabularies
from tests.properties.support import choices, fewer

_COMMENTS = ("# a comment", "#", '#: | with "quotes" and # signs', "# 三 | norm 8.1", "#    indented")
# Where a line may be broken or widened: outside of quotes, bar lines and comments, and not in the words of a force.
_TOKEN = re.compile(r'"[^"\n]*"|\d{4}-\d{2}-\d{2}|\S+')


def read(text: str) -> PolicyFile:
    file, diagnostics = parse(Source("a.policy", text))
    assert not diagnostics, "\n".join(map(str, diagnostics)) + "\n" + text
    return file


@fewer
@given(policy_trees())
def test_a_tree_that_is_written_and_read_is_the_same_tree(trees: dict[str, list]) -> None:  # type: ignore[type-arg]
    for name, text in texts(trees).items():
        assert read(text).statements == tuple(trees[name]), text


@given(vocabularies())
def test_a_vocabulary_that_is_written_and_read_is_the_same(vocabulary: tuple) -> None:  # type: ignore[type-arg]
    (text,) = texts({"vocabulary.policy": vocabulary}).values()
    assert read(text).statements == vocabulary, text


@fewer
@given(policy_files())
def test_canonical_layout_stays_as_it_is(files: dict[str, str]) -> None:
    for text in files.values():
        assert format_source(Source("a.policy", text)) == text


@fewer
@given(st.data())
def test_a_changed_layout_is_put_right(data: st.DataObject) -> None:
    """White space and comments change neither the tree nor, but for the comments, the layout that comes out."""
    for text in data.draw(policy_files()).values():
        changed = _relaid(choices(data), text)
        before, after = read(text), read(changed)
        assert after.statements == before.statements, changed
        formatted = format_file(after)
        again = read(formatted)
        assert again.statements == before.statements, formatted
        assert sorted(each.text for each in again.comments) == sorted(each.text for each in after.comments), formatted
        assert format_file(again) == formatted, changed
        if not after.comments:
            assert "\n".join(filter(None, formatted.splitlines())) == "\n".join(filter(None, text.splitlines()))


def _relaid(choose: Choices, text: str) -> str:
    """The text with blank lines, spaces and comments in any place that the language allows them."""
    with_comments = choose.chance(2)
    lines: list[str] = []
    for line in text.splitlines():
        if choose.chance(8):
            lines.append(choose.one(("", "   ", "\t")))
        if with_comments and choose.chance(6):
            indent = " " * choose.below(5) if lines and any(line.strip() for line in lines) else ""
            lines.append(indent + choose.one(_COMMENTS))
        bar = line.lstrip().startswith("|")
        if line.strip() and not bar and choose.chance(5):
            line = _widened(choose, line)
        if with_comments and line.strip() and not bar and choose.chance(6):
            line += " " * choose.below(3) + choose.one(_COMMENTS)
        lines.append(line + " " * choose.below(2))
    return "\n".join(lines) + "\n" * choose.below(3)


def _widened(choose: Choices, line: str) -> str:
    indent = len(line) - len(line.lstrip())
    words = _TOKEN.findall(line)
    gaps = [" " * (1 + choose.below(3)) for _ in words[1:]]
    return " " * indent + words[0] + "".join(gap + word for gap, word in zip(gaps, words[1:], strict=True))
