"""What a finding misses: the facts that can still change its verdict, and no others; each with its question."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from sopb_rules.completions import search
from sopb_rules.findings.finding import Finding, MissingFact
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.source import Source
from sopb_rules.states.stating import UNKNOWN
from tests.model.reading import norm, policy_set

DAY = datetime.date(2026, 11, 1)
YES = {"value": True, "by": "the committee", "on": DAY}
O = "organization[o]."  # noqa: E741 - every path begins with it


def found(body: str, facts: dict[str, Any], more: dict[str, Any] | None = None, about: str = "organization") -> Finding:
    """The one finding on norm 8.1."""
    data = {"organization": [{"id": "o", **facts}], **(more or {})}
    (finding,) = policy_set(norm("8.1", body, about=about)).evaluate(data, DAY).findings
    return finding


def missing(body: str, facts: dict[str, Any], more: dict[str, Any] | None = None) -> list[str]:
    return [each.path.removeprefix(O) for each in found(body, facts, more).missing]


def must(condition: str) -> str:
    return f"the committee must\n  {condition}"


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ("active", {}, ["active"]),
        ("active", {"active": True}, []),
        ("active and fit", {}, ["active", "fit"]),
        ("active and fit", {"active": True}, ["fit"]),
        ("active and fit", {"active": False}, []),
        ("active or fit", {"active": True}, []),
        ("active or fit", {"active": False}, ["fit"]),
        ("(active and fit) or members is 3", {"active": False}, ["members"]),
        ("(active and fit) or members is 3", {"members": 3}, []),
        ("not (active or fit)", {"active": False}, ["fit"]),
        ("members is at least 3", {}, ["members"]),
        ("founded plus term is before today minus notice", {"term": "1 month"}, ["founded", "notice"]),
        ("40% of income is more than 500 yuan", {}, ["income"]),
        ("kind is one of branch", {}, ["kind"]),
        ("party exists and party.approved", {}, ["party"]),
        ("party exists and party.approved", {"party": {}}, ["party.approved"]),
        ("party exists and party.approved", {"party": None}, []),
        ("party exists and party.secretary exists and party.secretary.elected", {"party": {}}, ["party.secretary"]),
        ("closed is absent or closed is before today", {}, ["closed"]),
        ("any x in changes where (x.kind is branch)", {}, ["changes"]),
        (
            "any x in changes where (x.kind is branch)",
            {"changes": [{}, {"kind": "general_branch"}]},
            ["changes[#1].kind"],
        ),
        ("any x in changes where (x.kind is branch)", {"changes": [{}, {"kind": "branch"}]}, []),
        ("every x in changes satisfies (x.kind is branch)", {"changes": [{}, {"kind": "general_branch"}]}, []),
        ("any x in changes where (x.kind is branch and active)", {"changes": [{"kind": "branch"}]}, ["active"]),
        ("number of x in changes where (x.kind is branch) is at least 2", {"changes": [{}]}, []),
        (
            "number of x in changes where (x.kind is branch) is at least 2",
            {"changes": [{}, {"kind": "branch"}]},
            ["changes[#1].kind"],
        ),
        ("number of changes is 2", {}, ["changes"]),
        ("office.staffed", {}, ["office"]),
        ("office.staffed", {"office": {}}, ["office.staffed"]),
    ],
)
def test_what_is_missing(condition: str, facts: dict[str, Any], expected: list[str]) -> None:
    assert missing(must(condition), facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ["active", "fit", "members"]),
        ({"active": False}, []),
        ({"active": True}, ["fit", "members"]),
        ({"members": 4}, ["active", "fit"]),
        ({"members": 3}, ["active"]),  # met if it applies: nothing else can still change that
        ({"fit": YES}, ["active"]),
    ],
)
def test_what_is_missing_for_a_duty_with_a_condition(facts: dict[str, Any], expected: list[str]) -> None:
    assert missing("when active\nthe committee must\n  fit or members is 3", facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ["active", "fit", "members"]),
        ({"active": True, "fit": {**YES, "value": False}}, []),  # not done, so that its conditions do not matter
        ({"active": True, "fit": YES}, ["members"]),
        ({"active": True, "members": 3}, ["fit"]),
        ({"active": False}, []),
    ],
)
def test_what_is_missing_for_a_permission(facts: dict[str, Any], expected: list[str]) -> None:
    assert missing("when active\nthe committee may\n  fit\nprovided\n  members is 3", facts) == expected


def test_lists_of_those_that_refer() -> None:
    condition = must("any x in home.organizations where (x.active)")
    regions = {"region": [{"id": "r"}]}
    assert missing(condition, {}) == ["home"]
    assert missing(condition, {"home": "r"}, regions) == ["region", "active"]
    assert missing(condition, {"home": "r", "region": "r"}, regions) == ["active"]
    assert missing(condition, {"home": "r", "region": None}, regions) == []


def test_a_list_at_the_top_of_the_state() -> None:
    policy = policy_set(norm("8.1", "the committee must\n  any x in organizations where (x.active)", about="region"))
    (finding,) = policy.evaluate({"region": [{"id": "r"}]}, DAY).findings
    assert [(each.path, each.question) for each in finding.missing] == [
        ("organization", "Which are all the entries of organization?")
    ]


@pytest.mark.parametrize(
    ("condition", "comes_to"),
    [
        ("active or not active", Verdict.MET),
        ("members is at least 3 or members is fewer than 5", Verdict.MET),
        ("members minus members is at least 1", Verdict.UNMET),
        ("(active and members is at least 3) or not active or members is fewer than 3", Verdict.MET),
        ("founded is before today and founded is after today", Verdict.UNMET),
        ('motto is "a" and motto is "b"', Verdict.UNMET),
    ],
)
def test_what_cannot_turn_a_verdict_is_not_asked(condition: str, comes_to: Verdict) -> None:
    optional = condition.startswith("motto")
    finding = found(must(f"motto exists and {condition}" if optional else condition), {})
    assert finding.verdict is Verdict.UNKNOWN  # step by step, nothing is known
    assert finding.comes_to == {comes_to}
    assert finding.comes_to_exactly
    assert finding.missing == ()


def test_a_missing_fact_is_shown_by_two_completions() -> None:
    finding = found("when active\nthe committee must\n  members is at least 3", {})
    active, members = finding.missing
    assert active.turn is not None
    assert members.turn is not None
    assert {each.path.removeprefix(O): each.value for each in members.turn.shared} == {"active": True}
    sides = [[(each.path.removeprefix(O), each.value) for each in side] for side in members.turn.sides]
    assert dict(zip(members.turn.outcomes, sides, strict=True)) == {
        Verdict.MET: [("members", 3)],
        Verdict.UNMET: [("members", 2)],
    }
    assert Verdict.NOT_APPLICABLE in active.turn.outcomes


def test_a_list_at_the_top_is_not_taken_for_a_fact_of_its_name() -> None:
    policy = PolicySet(
        compile_policies([Source("vocabulary.policy", NAMESAKES), Source("article.policy", OF_NAMESAKES)])
    )
    (finding,) = policy.evaluate({"region": [{"id": "r", "organization": True}]}, DAY).findings
    assert [each.question for each in finding.missing] == ["Which are all the entries of organization?"]


NAMESAKES = """\
vocabulary namesakes "A fact and an entity of one name"
role committee "the committee"
entity region
  organization   yes/no
  organizations  list of organization by region
entity organization
  region  reference to region
  active  yes/no
"""
OF_NAMESAKES = """\
article 8 "An article"

norm 8.1 about region
  | It must be so.
  the committee must
    any x in organizations where (x.active)
"""


# ---- subjects that nobody stated -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "condition", "facts", "expected"),
    [
        ("party", "approved", {}, ["party"]),
        ("party", "approved and organization.active", {}, ["party", "active"]),
        ("party", "approved and organization.active", {"active": False}, ["party"]),
        ("party", "organization.active", {}, ["party", "active"]),
        ("secretary", "elected", {}, ["party"]),
        ("secretary", "elected", {"party": {}}, ["party.secretary"]),
        ("secretary", "elected and party.approved", {"party": {}}, ["party.secretary", "party.approved"]),
        ("change", "kind is branch", {}, ["changes"]),
        ("change", "organization.members is 3 and occurred_on is today", {}, ["changes", "members"]),
    ],
)
def test_of_a_subject_that_may_not_be_there_only_whether_it_is(
    about: str, condition: str, facts: dict[str, Any], expected: list[str]
) -> None:
    finding = found(must(condition), facts, about=about)
    assert finding.record.hypothetical
    assert [each.path.removeprefix(O) for each in finding.missing] == expected


@pytest.mark.parametrize("facts", [{"party": None}, {"party": {"secretary": None}}])
def test_a_subject_that_is_stated_to_be_absent_has_no_finding(facts: dict[str, Any]) -> None:
    policy = policy_set(norm("8.1", must("elected"), about="secretary"))
    assert policy.evaluate({"organization": [{"id": "o", **facts}]}, DAY).findings == ()


# ---- as people see it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("active", MissingFact(f"{O}active", "active: is it so?", "", False)),
        ("fit", MissingFact(f"{O}fit", "fit: is it so?", "the committee", False)),
        ("founded is today", MissingFact(f"{O}founded", "founded: on which date?", "", False)),
        ("party exists", MissingFact(f"{O}party", "party: is there one?", "", False)),
        ("members is 3", MissingFact(f"{O}members", "members: what is it?", "", False)),
        ("number of changes is 3", MissingFact(f"{O}changes", "changes: which are they, all of them?", "", False)),
    ],
)
def test_the_question(condition: str, expected: MissingFact) -> None:
    assert found(must(condition), {}).missing == (expected,)


@pytest.mark.parametrize("condition", ["active", "fit", "members is 3", "party exists", "number of changes is 1"])
def test_what_was_asked_is_not_asked_again(condition: str) -> None:
    name = condition.split()[0] if not condition.startswith("number") else "changes"
    (fact,) = found(must(condition), {name: UNKNOWN}).missing
    assert (fact.path, fact.asked) == (f"{O}{name}", True)


def test_a_judgement_that_stands_in_for_an_open_parameter() -> None:
    parameter = 'parameter enough count "how many are enough"\n  judged by committee\n\n'
    policy = policy_set(
        parameter + norm("8.1", 'the committee must\n  (a) "have enough members"\n      members is at least enough')
    )
    data: dict[str, Any] = {"organization": [{"id": "o", "members": 2}]}
    (finding,) = policy.evaluate(data, DAY).findings
    question = "have enough members? (how many are enough)"
    assert finding.missing == (MissingFact(f'{O}judgements["8.1 (a)"]', question, "the committee", False),)
    data["organization"][0]["judgements"] = {"8.1 (a)": YES}
    (finding,) = policy.evaluate(data, DAY).findings
    (fact,) = finding.facts
    assert (finding.verdict.value, fact.path, fact.label, fact.value) == (
        "met",
        f'{O}judgements["8.1 (a)"]',
        question,
        True,
    )
    assert (fact.by, fact.on) == ("the committee", DAY)


def test_a_decision_misses_what_its_open_cases_read() -> None:
    cases = "decision 8 body about organization gives form\n"
    cases += "  case 8.1 gives branch when active\n    | One.\n"
    cases += "  case 8.2 gives general_branch when fit and members is 3, overriding 8.1\n    | Two.\n"
    policy = policy_set(cases)

    def of(**facts: Any) -> tuple[str, list[str]]:
        (decision,) = policy.evaluate({"organization": [{"id": "o", **facts}]}, DAY).decisions
        return decision.value or decision.verdict.value, [each.path.removeprefix(O) for each in decision.missing]

    assert of() == ("unknown", ["active", "fit", "members"])
    assert of(members=4) == ("unknown", ["active"])
    assert of(members=4, active=True) == ("branch", [])
    assert of(members=4, active=False) == ("no_case", [])
    assert of(members=3, active=False) == ("unknown", ["fit"])
    assert of(members=3, active=True, fit=YES) == ("general_branch", [])


def test_nothing_is_missing_where_it_comes_to_one_thing_also_if_another_search_would_give_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each part is unknown, so that the truth is; and yet a number is below five or at least three."""
    finding = found(must("members is fewer than 5 or members is at least 3"), {})
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.comes_to == {Verdict.MET}
    monkeypatch.setattr(search, "NODES", 0)
    assert not finding.missing
