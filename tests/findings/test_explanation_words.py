"""What an explanation tells of sums, dates, lists, parameters and of what is asked, in the words of the norm."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest

from sopb_rules.findings.explanation import Explanation
from sopb_rules.findings.finding import Finding
from sopb_rules.findings.reasons import Value
from sopb_rules.findings.value_words import shown
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.truth import Truth
from sopb_rules.states.records import ABSENT
from tests.model.reading import norm, policy_set

DAY = datetime.date(2026, 11, 1)
SIGNS = {Truth.TRUE: "+", Truth.FALSE: "x", Truth.UNKNOWN: "?", None: "-"}
JUDGED = {"value": False, "by": "the committee", "on": datetime.date(2026, 5, 1)}


def sketch(explanation: Explanation) -> list[str]:
    """The outline, as a person would sketch it; after it was proved, also once written and read back."""
    again = Explanation.from_dict(json.loads(json.dumps(explanation.as_dict())))
    assert again == explanation
    again.replay()
    return [f"{'  ' * line.depth}{SIGNS[line.truth]} {line.text}" for line in again.outline()]


def told(policies: PolicySet, state: dict[str, Any], id: str = "8.1") -> list[str]:
    """The outline of the first finding on a norm."""
    findings = policies.evaluate(state, DAY).findings
    return sketch(next(finding for finding in findings if finding.norm == id).explain())


def condition(text: str, state: dict[str, Any], more: str = "", **other: Any) -> list[str]:
    """The lines of a condition of an organization."""
    policies = policy_set(norm("8.1", f'the committee must\n  (a) "do it"\n      {text}') + more)
    return told(policies, {"organization": [{"id": "o", **state}], **other})[2:]


@pytest.mark.parametrize(
    ("text", "state", "expected"),
    [
        (
            "founded plus 2 months is before today",
            {"founded": datetime.date(2026, 9, 30)},
            [
                "  x founded plus 2 months is 2026-11-30, needed before today, which is 2026-11-01",
                "    - founded is 2026-09-30",
            ],
        ),
        (
            "today is on or after founded plus notice",
            {"founded": datetime.date(2026, 9, 30), "notice": "30 days"},
            [
                "  + today is 2026-11-01, needed on or after founded plus notice, which is 2026-10-30",
                "    - founded is 2026-09-30",
                "    - notice is 30 days",
            ],
        ),
        (
            "today is after founded minus 2 years",
            {},
            [
                "  ? today is 2026-11-01, needed after founded minus 2 years, which is unknown",
                "    - founded is not stated",
            ],
        ),
        (
            "40% of income is at least 500 yuan minus 2 times income",
            {"income": Decimal(1000)},
            [
                "  + 40% of income is 400.0 yuan, needed at least 500 yuan minus 2 times income, which is -1500 yuan",
                "    - income is 1000 yuan",
            ],
        ),
        ("part is at least 12.5%", {"part": "40%"}, ["  + part is 40%, needed at least 12.5%"]),
        ("level is above township", {"level": "township"}, ["  x level is township, needed above township"]),
        ("not level is above township", {"level": "county"}, ["  x level is county, needed at most township"]),
        ("kind is one of branch, general_branch", {"kind": "branch"}, ["  + kind is branch, needed branch or general_branch"]),
        ("not kind is one of branch, general_branch", {"kind": "branch"},
            ["  x kind is branch, needed other than branch or general_branch"]),
        (
            "number of x in changes where (x.kind is branch) is at least 2",
            {"changes": [{"kind": "branch"}, {}, {"kind": "general_branch"}]},
            [
                "  ? the number of changes where x.kind is branch is between 1 and 2, needed at least 2",
                "    + changes[#1]: kind is branch",
                "    ? changes[#2]: kind is not stated, needed branch",
                "    x changes[#3]: kind is general_branch, needed branch",
            ],
        ),
        ("closed exists and closed is before today", {"closed": DAY},
            ["  x closed is 2026-11-01, needed before today, which is 2026-11-01"]),
        ("party exists and party.approved", {}, ["  ? party is not stated"]),
        ("office.staffed", {"office": {"staffed": False}}, ["  x office.staffed is no, needed yes"]),
        ("motto exists and motto is \"on\"", {"motto": "off"}, ["  x motto is off, needed on"]),
        ("any x in changes where (x.kind is branch)", {}, ["  ? some x in changes: changes is not stated"]),
    ],
)  # fmt: skip
def test_terms_and_lists(text: str, state: dict[str, Any], expected: list[str]) -> None:
    assert condition(text, state) == expected


def test_entries_that_belong_to_somebody_else_are_counted() -> None:
    body = 'the committee must\n  (a) "do it"\n      every x in organizations satisfies (x.active)'
    policies = policy_set(norm("8.1", body, about="region"))
    organizations = [
        {"id": "a", "region": "r", "active": True},
        {"id": "b", "region": "s", "active": False},
        {"id": "c", "region": None},
        {"id": "d", "active": True},
    ]
    lines = told(policies, {"region": [{"id": "r"}, {"id": "s"}], "organization": organizations})
    assert lines[2] == "  + every x in organizations: all 2 do"
    assert "    + organization[a]: active is yes" in lines
    assert "    - 2 other entries belong to somebody else" in lines
    only = told(policies, {"region": [{"id": "r"}, {"id": "s"}], "organization": organizations[1:2]})
    assert only[-1] == "    - one other entry belongs to somebody else"


def test_a_parameter_that_the_document_sets_and_one_that_is_open() -> None:
    more = '\nparameter enough count "how many are enough"\n  is 3\n'
    lines = condition("members is at least enough", {"members": 2}, more)
    assert lines == ["  x members is 2, needed at least enough, which is 3", "    - enough is 3"]
    open_one = '\nparameter enough count "how many are enough"\n  judged by committee\n'
    assert condition("members is at least enough", {"judgements": {"8.1 (a)": JUDGED}}, open_one) == [
        "  x enough is open, so it is judged: no, needed yes"
    ]
    assert condition("not members is at least enough", {}, open_one) == [
        "  ? enough is open, and nobody has judged yet"
    ]


OTHER = "\n" + norm("8.2", 'when active\nthe committee must\n  (a) "do"\n      members is at least 3')


@pytest.mark.parametrize(
    ("text", "state", "expected"),
    [
        ("8.2 applies", {"active": False}, "  x 8.2 does not apply, needed that it does"),
        ("not 8.2 applies", {"active": True}, "  x 8.2 applies, needed that it does not"),
        ("8.2 is met", {"active": True, "members": 3}, "  + 8.2 is met"),
        ("8.2 is met", {"active": True, "members": 2}, "  x 8.2 is not met, needed that it is"),
        ("8.2 is unmet", {"active": True}, "  ? whether 8.2 is unmet"),
    ],
)
def test_a_norm_that_is_asked_is_quoted_and_explained(text: str, state: dict[str, Any], expected: str) -> None:
    first, *rest = condition(text, state, OTHER)
    assert first.startswith(expected)
    assert rest


def test_what_was_explained_is_not_explained_again() -> None:
    policies = policy_set(norm("8.1", 'when 8.2 applies\nthe committee must\n  (a) "do it"\n      8.2 applies') + OTHER)
    lines = told(policies, {"organization": [{"id": "o", "active": True}]})
    assert len([line for line in lines if "active is yes" in line]) == 1
    (finding, _) = policies.evaluate({"organization": [{"id": "o", "active": True}]}, DAY).findings
    assert isinstance(finding, Finding)
    assert [line.note for line in finding.explain().outline() if line.kind == "reference"] == ["", "as shown above"]


DECIDES = """
decision 8 body about organization gives form "the body"
  case 8.3 gives branch when active
    | One.
  case 8.4 gives general_branch when fit and members is 3, overriding 8.3
    | Two.
"""


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"active": True, "members": 2}, "  + body is branch"),
        ({"active": True}, "  ? whether body is branch is unknown"),
        ({"active": False, "members": 2}, "  x body is not branch, needed that it is"),
    ],
)
def test_a_decision_that_is_asked(state: dict[str, Any], expected: str) -> None:
    first, *rest = condition("body is branch", state, DECIDES)
    assert first == expected
    assert any("case 8.3 gives branch" in line for line in rest)


def test_a_case_that_is_outranked_says_by_which() -> None:
    policies = policy_set(norm("8.1", "the committee must\n  fit") + DECIDES)
    fit = {**JUDGED, "value": True}
    (decided,) = policies.evaluate(
        {"organization": [{"id": "o", "active": True, "fit": fit, "members": 3}]}, DAY
    ).decisions
    assert sketch(decided.explain())[0] == "+ case 8.3 gives branch: holds, but is outranked by 8.4"
    (perhaps,) = policies.evaluate({"organization": [{"id": "o", "active": True, "members": 3}]}, DAY).decisions
    assert sketch(perhaps.explain())[0] == "+ case 8.3 gives branch: holds, but may be outranked by 8.4"


def test_somebody_else_who_is_asked_is_named_and_who_is_unknown_too() -> None:
    more = '\ndefine manned "is manned" about office\n  means staffed\n'
    text = "office.manned"
    assert condition(text, {"office": {"staffed": True}}, more)[0] == "  + “is manned” holds — asked of office"
    unknown = condition(text, {}, more)
    assert unknown[0] == "  ? whether “is manned” holds is unknown"
    assert unknown[-1] == "    - office is not stated"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Value("yes/no", True), "yes"),
        (Value("judgement", False), "no"),
        (Value("date", ABSENT), "absent"),
        (Value("count", 3), "3"),
        (Value("number", Decimal("0.10")), "0.10"),
        (Value("percent", Decimal("0.1250")), "12.5%"),
        (Value("percent", Decimal(1)), "100%"),
        (Value("money", Decimal("2500.50"), "yuan"), "2500.50 yuan"),
        (Value("money", 7), "7"),
        (Value("days", 1), "1 day"),
        (Value("months", 0), "0 months"),
        (Value("months", 14), "14 months"),
        (Value("months", 24), "2 years"),
        (Value("date", DAY), "2026-11-01"),
        (Value("kind", "county", "county"), "county"),
        (Value("kind", "next_to", "next to"), "next_to"),
        (Value("kind", "national", "the whole country"), "national (the whole country)"),
        (Value("entry", "region[r]", "Riverside"), "Riverside"),
        (Value("entry", "region[r]"), "region[r]"),
        (Value("list", 0), "none"),
        (Value("list", 2), "2 entries"),
        (Value("text", "x"), "x"),
    ],
)
def test_values(value: Value, expected: str) -> None:
    assert shown(value) == expected
