"""Which changes are made: one thing at a time, and each sort of thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import DataObject, data, integers

from sopb_rules.mutation.edits import SORTS
from sopb_rules.mutation.run import Trials
from sopb_rules.policy_set import PolicySet
from sopb_rules.testing.strategies import policy_sets
from tests.mutation.reading import duty, words
from tests.properties.support import few, fewer


@pytest.mark.parametrize(
    ("condition", "sort", "changes"),
    [
        ("members is at least 3", "threshold", ["with `2` instead of `3`", "with `4` instead of `3`"]),
        ("members is at least 0", "threshold", ["with `1` instead of `0`"]),
        ("share is at most 40%", "threshold", ["with `39%` instead of `40%`", "with `41%` instead of `40%`"]),
        ("income is 9.50 yuan", "threshold", ["with `9.49 yuan` instead of `9.50 yuan`", "with `9.51 yuan` instead of `9.50 yuan`"]),
        ("day is after 2024-02-29", "threshold", ["with `2024-02-28` instead of `2024-02-29`", "with `2024-03-01` instead of `2024-02-29`"]),
        ("day plus 2 months is after today", "threshold", ["with `1 months` instead of `2 months`", "with `3 months` instead of `2 months`"]),
        ("day plus 2 months is after today", "connective", ["with `minus` instead of `plus`"]),
        ("day plus 2 months is after today", "border", ["with `is on or after` instead of `is after`"]),
        ("members is at least 3", "border", []),  # the same as a threshold moved by one
        ("income is at least 40% of income", "threshold", ["with `39%` instead of `40%`", "with `41%` instead of `40%`"]),
        ("color is red", "value", ["with `green` instead of `red`", "with `blue` instead of `red`"]),
        ("level is at least county", "value", ["with `township` instead of `county`", "with `national` instead of `county`"]),
        ("level is township", "value", ["with `county` instead of `township`"]),
        ("color is one of red, blue", "value", ["without `red`", "with `green` instead of `red`", "without `blue`", "with `green` instead of `blue`"]),
        ("a and b", "connective", ["with `or` instead of `and`"]),
        ("a or b", "dropped part", ["without `a`", "without `b`"]),
        ("a and (b or c)", "dropped part", ["without `a`", "without `(b or c)`", "without `b`", "without `c`"]),
        ("a", "negation", ["with `not a` instead of `a`"]),
        ("not a", "negation", ["without `not`"]),
        ("branch exists", "negation", ["with `is absent` instead of `exists`"]),
        ("any part in parts where (part.x)", "connective", ["with `every` instead of `any`"]),
        ("number of part in parts where (part.x) is 2", "dropped part", ["without `part.x`"]),
    ],
)  # fmt: skip
def test_conditions(condition: str, sort: str, changes: list[str]) -> None:
    assert words(duty(condition), sort=sort) == changes


def test_the_parts_of_a_norm() -> None:
    norm = duty('(a) "first"\n        a\n    (b) "second"\n        b', "large\n  unless c")
    assert words(norm, sort="dropped clause") == ["without `(a) “first”`", "without `(b) “second”`"]
    assert words(norm, sort="dropped condition") == ["without `when large`"]
    assert words(norm, sort="dropped exception") == ["without `unless c`"]
    assert words(norm, sort="force") == ["with `must not` instead of `must`"]
    assert words(norm, sort="strength") == [
        "with `should` instead of `must`",
        "with `is encouraged to` instead of `must`",
    ]
    assert words(duty("a"), sort="force") == ["with `must not` instead of `must`", "with `may` instead of `must`"]


def test_a_permission() -> None:
    norm = 'norm 1.1 about organization\n  | It may.\n  the committee may\n    a\n  provided\n    (a) "within" b\n'
    assert words(norm, sort="force") == ["with `must` instead of `may`"]
    assert words(norm, sort="dropped clause") == ["without `(a) “within”`"]


def test_cases() -> None:
    decision = (
        "decision 1 paint about organization gives color\n"
        "  case 1.1 gives red when a\n    | Paint it.\n"
        "  case 1.2 gives blue when b, overriding 1.1\n    | Paint it.\n"
    )
    assert words(decision, sort="dropped case") == ["without `case 1.1`", "without `case 1.2`"]
    assert words(decision, sort="dropped exception") == ["without `overriding 1.1`"]
    assert words(decision, sort="value") == ["with `blue` instead of `red`", "with `red` instead of `blue`"]


def test_a_comparison_with_an_open_parameter_is_asked_whole() -> None:
    parameter = "parameter few count\n  judged by committee\n"
    assert words(parameter, duty("members is at least few")) == [
        "with `must not` instead of `must`",
        "with `may` instead of `must`",
        "with `should` instead of `must`",
        "with `is encouraged to` instead of `must`",
        "with `not members is at least few` instead of `members is at least few`",
    ]


@fewer
@given(policy_sets())
def test_every_mutant_changes_one_statement_and_nothing_else(policies: PolicySet) -> None:
    trials = Trials(policies)
    for mutant in trials.mutants:
        assert mutant.sort in SORTS
        assert mutant.changed != mutant.original
        assert mutant.changed.span == mutant.original.span
        assert mutant.original.span.start <= mutant.span.start < mutant.span.end <= mutant.original.span.end


@few  # what survives is searched long
@given(policy_sets(), data())
def test_whatever_the_checker_does_not_refuse_can_be_tried(policies: PolicySet, drawn: DataObject) -> None:
    trials = Trials(policies)
    if trials.mutants:
        tried = trials.one(drawn.draw(integers(0, len(trials.mutants) - 1)))
        assert tried.as_dict()["fate"] in ("killed", "told", "survived", "refused")
        assert str(tried.diagnostic())
