"""A keyword is a whole word: a name that begins with one is a name."""

from __future__ import annotations

import re

import pytest

from sopb_rules.source import Source
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.grammar import grammar_text
from sopb_rules.syntax.parse import parse

KEYWORDS = sorted(set(re.findall(r'^[A-Z_]+(?:\.\d)?:\s+"([a-z]+)"', grammar_text(), re.MULTILINE)))


def definition(condition: str) -> t.Expression:
    file, diagnostics = parse(Source("a.policy", f"define d about organization\n  means {condition}\n"))
    assert not diagnostics
    (statement,) = file.statements
    assert isinstance(statement, t.DefinitionDeclaration)
    return statement.expression


def paths(condition: t.Expression) -> list[str]:
    assert isinstance(condition, t.Conjunction)
    return [part.term.text for part in condition.parts if isinstance(part, t.Holds) and isinstance(part.term, t.Path)]


def test_the_keywords_are_found() -> None:
    assert {"or", "not", "in", "the", "today"} <= set(KEYWORDS)


@pytest.mark.parametrize("keyword", KEYWORDS)
@pytest.mark.parametrize("rest", ["x", "_x", "1"])
def test_a_name_may_begin_with_a_keyword(keyword: str, rest: str) -> None:
    name = keyword + rest
    assert paths(definition(f"{name} and {name}.{name} and {name}")) == [name, f"{name}.{name}", name]


def test_a_label_before_a_name_that_begins_with_or() -> None:
    text = 'norm 1.1 about organization\n  | It must.\n  the r must\n    "do it"\n        organization.approved\n'
    file, diagnostics = parse(Source("a.policy", text))
    assert not diagnostics
    (norm,) = file.statements
    assert isinstance(norm, t.NormDeclaration)
    (clause,) = norm.clauses
    assert clause.label == t.Label("do it", span=clause.span)
    assert isinstance(clause.expression, t.Holds)


@pytest.mark.parametrize("word", ["must", "should"])
@pytest.mark.parametrize(("between", "force"), [(" ", "{} not"), ("  \t ", "{} not"), ("\n    ", "{}")])
def test_not_on_the_next_line_belongs_to_the_clause(word: str, between: str, force: str) -> None:
    """Otherwise a duty to do `not x and y` would be read as one not to do `x and y`."""
    text = f"norm 1.1 about organization\n  | It must.\n  the r {word}{between}not x and y\n"
    file, diagnostics = parse(Source("a.policy", text if between.startswith("\n") else text.replace("not not", "not")))
    assert not diagnostics
    (norm,) = file.statements
    assert isinstance(norm, t.NormDeclaration)
    assert norm.force.text == force.format(word)
    (clause,) = norm.clauses
    assert isinstance(clause.expression, t.Conjunction)
    assert isinstance(clause.expression.parts[0], t.Not) is (norm.force.text == word)


@pytest.mark.parametrize("between", [", ", ",", ",\n      ", " ", ",  # a comment\n\n      # and another\n      "])
def test_overriding_may_follow_a_comma_and_comments(between: str) -> None:
    text = f"decision 6 d about o gives k\n  case 6.1 gives a when x is one of a, b{between}overriding 6.2, 6.3\n    | So.\n"
    file, diagnostics = parse(Source("a.policy", text))
    assert not diagnostics
    (decision,) = file.statements
    assert isinstance(decision, t.DecisionDeclaration)
    assert [id.text for id in decision.cases[0].overriding] == ["6.2", "6.3"]
    assert len(file.comments) == between.count("#")
