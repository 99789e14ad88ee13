"""What stands against a verdict that was expected, and against a value of a decision."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from sopb_rules import RulesError
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.findings.why_not import WhyNot
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict
from tests.model.reading import norm, policy_set

DAY = datetime.date(2026, 11, 1)
FIT = {"value": True, "by": "the committee", "on": datetime.date(2026, 5, 1)}

DUTY = 'when active\nthe committee must\n  (a) "count"\n      members is at least 3\n  (b) "fit"\n      fit'
PROHIBITION = 'the committee must not\n  "count"\n    members is at least 3'
PERMISSION = 'when active\nthe committee may\n  "count"\n    members is at least 3\nprovided\n  (a) "fit"\n      fit'
BARE = 'the committee may\n  "count"\n    members is at least 3'
DECISION = """\
decision 8 body about organization gives form
  case 8.1 gives branch when active
    | One.
  case 8.2 gives general_branch when fit and members is 3, overriding 8.1
    | Two.
  case 8.3 gives branch when members is 4
    | Three.
"""


def found(body: str, **stated: Any) -> Finding:
    (finding,) = policy_set(norm("8.1", body)).evaluate({"organization": [{"id": "o", **stated}]}, DAY).findings
    return finding


def decided(**stated: Any) -> DecisionFinding:
    (decision,) = policy_set(DECISION).evaluate({"organization": [{"id": "o", **stated}]}, DAY).decisions
    return decision


def needs(why_not: WhyNot) -> list[tuple[str, str]]:
    return [(obstacle.needed, obstacle.truth.value) for obstacle in why_not.obstacles]


@pytest.mark.parametrize(
    ("body", "stated", "expected", "obstacles"),
    [
        (DUTY, {"active": False}, Verdict.MET, [
            ("the norm would have to apply", "false"),
            ("(a) count — would have to hold, which is unknown", "unknown"),
            ("(b) fit — would have to hold, which is unknown", "unknown"),
        ]),
        (DUTY, {"active": True, "members": 2, "fit": FIT}, Verdict.MET, [("(a) count — would have to hold", "false")]),
        (DUTY, {"active": True, "members": 3, "fit": FIT}, Verdict.UNMET, [("one of these would have to fail: (a) count; (b) fit", "false")]),
        (DUTY, {"active": True, "members": 2}, Verdict.NOT_APPLICABLE, [("the norm would have to not apply", "false")]),
        (DUTY, {"members": 2}, Verdict.UNMET, [("the norm would have to apply, which is unknown", "unknown")]),
        (DUTY, {"active": False}, Verdict.UNKNOWN, [("something that decides it would have to be unknown", "false")]),
        (PROHIBITION, {"members": 3}, Verdict.MET, [("count — would have to be left undone", "false")]),
        (PROHIBITION, {"members": 2}, Verdict.UNMET, [("count — would have to be done", "false")]),
        (PERMISSION, {"active": True, "members": 2}, Verdict.USED, [
            ("count — would have to be done", "false"), ("(a) fit — would have to hold, which is unknown", "unknown"),
        ]),
        (PERMISSION, {"active": True, "members": 3, "fit": FIT}, Verdict.OPEN, [("count — would have to be left undone", "false")]),
        (PERMISSION, {"active": True, "members": 3, "fit": FIT}, Verdict.EXCEEDED, [("(a) fit — would have to fail", "false")]),
        (BARE, {"members": 3}, Verdict.EXCEEDED, [("a condition of the permission would have to fail, and it has none", "false")]),
    ],
)  # fmt: skip
def test_what_a_verdict_needs(
    body: str, stated: dict[str, Any], expected: Verdict, obstacles: list[tuple[str, str]]
) -> None:
    why_not = found(body, **stated).why_not(expected)
    assert needs(why_not) == obstacles
    assert not why_not.is_found


def test_each_obstacle_shows_why() -> None:
    told = found(DUTY, active=True, members=2, fit=FIT).why_not(Verdict.MET).outline()
    assert [line.text for line in told] == [
        "it is “unmet”; for “met”, these would have to be otherwise",
        "(a) count — would have to hold",
        "members is 2, needed at least 3",
    ]


def test_a_verdict_that_is_possible_says_what_is_missing() -> None:
    why_not = found(DUTY, active=True).why_not(Verdict.MET)
    assert why_not.possible
    assert [fact.path for fact in why_not.missing] == ["organization[o].members", "organization[o].fit"]
    assert [line.note for line in why_not.outline()][-2:] == [
        "state it as members",
        "judged by the committee; state it as fit",
    ]
    assert next(line.truth for line in why_not.outline()) is Truth.UNKNOWN


def test_a_verdict_that_is_the_one_has_nothing_against_it() -> None:
    why_not = found(DUTY, active=False).why_not(Verdict.NOT_APPLICABLE)
    assert (why_not.is_found, why_not.obstacles, why_not.missing) == (True, (), ())
    assert [line.text for line in why_not.outline()] == ["it is “does not apply”, and nothing stands against that"]


def test_something_that_may_not_be_there_would_have_to_be() -> None:
    policies = policy_set(norm("8.1", "the committee must\n  approved", about="party"))
    (finding,) = policies.evaluate({"organization": [{"id": "o"}]}, DAY).findings
    assert needs(finding.why_not(Verdict.MET))[0] == (
        "there would have to be one, which is unknown: party is not stated",
        "unknown",
    )


@pytest.mark.parametrize(
    ("stated", "expected", "obstacles"),
    [
        ({"active": True, "members": 2}, "general_branch", [
            ("case 8.2 would have to hold", "false"),
            ("case 8.1, which gives branch, would have to not hold", "false"),
        ]),
        ({"active": True, "fit": FIT, "members": 3}, "branch", [
            ("case 8.3 or another that gives it would have to hold", "false"),
            ("case 8.2, which gives general_branch, would have to not hold", "false"),
        ]),
        ({"active": True, "members": 2}, Verdict.NO_CASE, [("case 8.1, which gives branch, would have to not hold", "false")]),
        ({"active": True, "members": 2}, "conflict", [("two cases that give different values would have to hold at once, and neither outrank the other", "false")]),
        ({"active": True, "members": 2}, "unknown", [("something that decides it would have to be unknown", "false")]),
        ({"active": True, "members": 2}, "branch", []),
    ],
)  # fmt: skip
def test_what_a_value_needs(stated: dict[str, Any], expected: Verdict | str, obstacles: list[tuple[str, str]]) -> None:
    why_not = decided(**stated).why_not(expected)
    assert needs(why_not) == obstacles
    assert why_not.outline()


@pytest.mark.parametrize(
    ("body", "expected", "kind", "possible"),
    [
        (DUTY, Verdict.USED, "a duty", "one of met, unmet, not_applicable, unknown"),
        (PERMISSION, Verdict.MET, "a permission", "one of open, used, exceeded, not_applicable, unknown"),
    ],
)
def test_a_verdict_that_such_a_norm_cannot_have(body: str, expected: Verdict, kind: str, possible: str) -> None:
    with pytest.raises(RulesError, match=f"8.1 is {kind}, which cannot be `{expected.value}`") as caught:
        found(body).why_not(expected)
    assert caught.value.diagnostics[0].expected == possible


def test_a_value_that_a_decision_cannot_come_to() -> None:
    with pytest.raises(RulesError, match="cannot come to `brunch`") as caught:
        decided().why_not("brunch")
    assert caught.value.diagnostics[0].help == "did you mean `branch`?"


def test_a_verdict_that_it_comes_to_whatever_is_stated() -> None:
    why_not = found("the committee must\n  members is at least 3 or members is fewer than 5").why_not(Verdict.MET)
    assert why_not.possible
    assert not why_not.missing
    assert why_not.outline()[0].text == "it is “unknown”; for “met”, whatever is stated, it comes to that"
    other = found("the committee must\n  members is at least 3 or members is fewer than 5").why_not(Verdict.UNMET)
    assert not other.possible
