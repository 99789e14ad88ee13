"""Conditions at the edges of the language, by the reference evaluator and compiled: both give the truth that stands here."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from sopb_rules.model.resolve import CHAIN_LIMIT
from sopb_rules.policy_set import PolicySet
from sopb_rules.syntax.parse import DEPTH_LIMIT
from tests.model.reading import norm, policy_set

DAY = datetime.date(2024, 2, 29)
SMALL = "0." + 29 * "0" + "1"
LONG = "123456789012345678901234567890"


def truths(policies: PolicySet, facts: dict[str, Any], day: datetime.date = DAY) -> bool | None:
    """The truth of norm 8.1's only clause for an organization with the facts, both ways."""
    data = {"organization": [{"id": "o", **facts}], "region": [{"id": "r"}, {"id": "s"}]}
    state = policies.state(data)
    (record,) = state.records(policies.model.vocabulary.entities["organization"])
    model = policies.model.norms["8.1"]
    reference, compiled = policies.find(model, record, day, reference=True), policies.find(model, record, day)
    assert reference.outcome == compiled.outcome
    (clause,) = reference.clauses
    assert (
        policies.compiled.truths["8.1"](record, policies.compiled.values_on(day), day)[1] is clause.truth.value_or_none
    )
    return clause.truth.value_or_none


def must(condition: str) -> PolicySet:
    return policy_set(norm("8.1", f"the organization must\n  {condition}"))


BRANCH, GENERAL, UNKNOWN = {"kind": "branch"}, {"kind": "general_branch"}, {}  # type: ignore[var-annotated]


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        # exact decimals of thirty digits on both sides of the point
        (f"income is {LONG}.{SMALL[2:]} yuan", {"income": f"{LONG}.{SMALL[2:]} yuan"}, True),
        (f"income is {LONG}.{SMALL[2:]} yuan", {"income": f"{LONG} yuan"}, False),
        (f"ratio plus {SMALL} is more than {LONG}", {"ratio": int(LONG)}, True),
        (f"ratio minus {SMALL} is less than {LONG}", {"ratio": int(LONG)}, True),
        (f"{LONG} times ratio is {LONG} times ratio", {"ratio": int(LONG)}, True),
        (f"{LONG} times ratio is more than {LONG} times ratio minus {SMALL}", {"ratio": int(LONG)}, True),
        # shares of counts and of shares
        ("40% of members is at least 2", {"members": 5}, True),
        ("40% of members is at least 2", {"members": 4}, False),
        ("33.3% of members is 333", {"members": 1000}, True),
        ("50% of part is 12.5%", {"part": "25%"}, True),
        (f"{LONG}.{SMALL[2:]}% of members is {LONG[:-2]}.{LONG[-2:]}{SMALL[2:-2]}", {"members": 1}, False),
        # counts of lists between two bounds
        ("number of x in changes where (x.kind is branch) is 1", {"changes": [BRANCH, GENERAL]}, True),
        ("number of x in changes where (x.kind is branch) is 1", {"changes": [BRANCH, UNKNOWN]}, None),
        ("number of x in changes where (x.kind is branch) is 3", {"changes": [BRANCH, UNKNOWN]}, False),
        ("not number of x in changes where (x.kind is branch) is at least 3", {"changes": [BRANCH, UNKNOWN]}, True),
        ("not number of x in changes where (x.kind is branch) is at least 2", {"changes": [BRANCH, UNKNOWN]}, None),
        ("not number of x in changes where (x.kind is branch) is at least 1", {"changes": [BRANCH, UNKNOWN]}, False),
        ("number of x in changes where (x.kind is branch) is not 1", {"changes": [UNKNOWN]}, None),
        ("number of x in changes where (x.kind is branch) is not 2", {"changes": [UNKNOWN]}, True),
        ("3 minus number of x in changes where (x.kind is branch) is at least 2", {"changes": [UNKNOWN]}, True),
        ("3 minus number of x in changes where (x.kind is branch) is at least 3", {"changes": [UNKNOWN]}, None),
        ("2 minus number of changes is less than 0", {"changes": [UNKNOWN] * 3}, True),
        ("members minus number of changes is less than 0", {"changes": [], "members": 0}, False),
        (
            "number of x in changes where (x.kind is branch) is number of y in changes where (y.kind is branch)",
            {"changes": [UNKNOWN]},
            None,  # each count is known only between bounds, and nothing says that the two go together
        ),
        (
            "number of x in changes where (x.kind is branch) is fewer than 3 minus number of y in changes where (y.kind is branch)",
            {"changes": [UNKNOWN, GENERAL]},
            True,
        ),
        ("number of changes is number of x in changes where (x.kind is branch)", {"changes": [BRANCH, BRANCH]}, True),
        ("number of changes is number of changes", {}, None),
        # lists in lists, with the same elements
        (
            "any x in changes where (any y in changes where (x is y and y.kind is branch))",
            {"changes": [GENERAL, BRANCH]},
            True,
        ),
        ("every x in changes satisfies (any y in changes where (x is not y))", {"changes": [GENERAL]}, False),
        ("every x in changes satisfies (any y in changes where (x is not y))", {"changes": [GENERAL, GENERAL]}, True),
        (
            "not any x in changes where (not every y in changes satisfies (x is y))",
            {"changes": [GENERAL, BRANCH]},
            False,
        ),
        (
            "any x in changes where (number of y in changes where (y.kind is branch and y is not x) is 1)",
            {"changes": [BRANCH, GENERAL]},
            True,
        ),
        ("every x in changes satisfies (x.kind is branch)", {"changes": []}, True),
        ("any x in changes where (x.kind is branch)", {"changes": []}, False),
        ("any x in changes where (x.kind is branch)", {"changes": [GENERAL, UNKNOWN]}, None),
        ("any x in changes where (x.kind is branch)", {}, None),
        # the calendar
        ("founded plus 1 month is 2024-02-29", {"founded": "2024-01-31"}, True),
        ("founded plus 1 month minus 1 month is 2024-01-29", {"founded": "2024-01-31"}, True),
        ("today plus 1 year is 2025-02-28", {}, True),
        ("today minus 4 years is 2020-02-29", {}, True),
        ("founded minus 1 month is 0001-01-01", {"founded": "0001-01-31"}, True),
        ("founded minus 1 day is founded", {"founded": "0001-01-01"}, True),
        ("founded plus 999999999 days is founded", {"founded": "9999-12-31"}, True),
        ("founded plus 99999 years minus 99999 years is 0001-01-01", {"founded": "2024-02-29"}, True),
        (
            "founded plus notice plus term is after today",
            {"founded": "2024-01-31", "notice": "1 day", "term": "1 month"},
            True,
        ),
        ("today minus notice is after founded", {"founded": "2024-01-31", "notice": "30 days"}, False),
        ("notice plus 1 day is at least 31 days", {"notice": "30 days"}, True),
        ("2 years minus term is more than 1 month", {"term": "23 months"}, False),
        # references, and lists of those that refer
        ("home.has_office", {"home": "r"}, None),
        ("any x in home.residents where (x is organization)", {"home": "r"}, True),
        ("number of home.residents is 1", {"home": "r"}, True),
        ("number of home.residents is 1", {}, None),
        ("number of home.organizations is 0", {"home": "r", "region": None}, True),
        ("number of home.organizations is 0", {"home": "r", "region": "s"}, True),
        ("number of home.organizations is 0", {"home": "r", "region": "r"}, False),
        ("number of home.organizations is 0", {"home": "r"}, None),
        ("region exists and region is home", {"home": "r", "region": "r"}, True),
        ("region exists and region is not home", {"home": "r", "region": "s"}, True),
        ("region exists and region is home", {"home": "r", "region": None}, False),
        ("region is absent or region is home", {"region": None}, True),
        # texts and kinds
        ('name is "3"', {"name": "3"}, True),
        ("motto exists and motto is name", {"motto": "x", "name": "x"}, True),
        ("motto exists and motto is not name", {"motto": "x", "name": "X"}, True),
        ("level is at least county", {"level": "township"}, False),
        ("level is below national", {"level": "county"}, True),
        ("level is above level", {"level": "county"}, False),
        ("kind is one of branch, general_branch", {}, None),
        # unknown and absent
        ("closed exists", {}, None),
        ("closed is absent", {"closed": None}, True),
        ("closed exists and closed is after today", {"closed": None}, False),
        ("closed is absent or closed is after today", {"closed": "2024-02-29"}, False),
        ("party exists and party.since exists and party.since is before today", {"party": {"since": None}}, False),
        ("party exists and party.secretary exists and party.secretary.elected", {"party": {}}, None),
        ("active or not active", {}, None),
    ],
)
def test_a_condition(condition: str, facts: dict[str, Any], expected: bool | None) -> None:
    assert truths(must(condition), facts) is expected


@pytest.mark.parametrize(
    "opening", ["any x{} in changes where (", "every x{} in changes satisfies (", "not any x{} in changes where ("]
)
@pytest.mark.parametrize("joint", ["", "active and ", "active or "])
def test_lists_in_lists_as_deep_as_they_may_be(opening: str, joint: str) -> None:
    """Python limits the nesting of its blocks and of its indentation; parentheses end before they do."""
    condition = (
        "".join(joint + opening.format(level) for level in range(DEPTH_LIMIT)) + "kind is branch" + DEPTH_LIMIT * ")"
    )
    for facts in (
        {},
        {"active": True},
        {"changes": [{}], "kind": "branch"},
        {"changes": [{}], "active": False, "kind": "branch"},
    ):
        truths(must(condition), facts)
    assert truths(must(condition), {"changes": [{}], "kind": "branch", "active": joint != "active or "}) is not None


@pytest.mark.parametrize("counted", ["members", "number of changes"])
def test_counts_in_counts_as_deep_as_they_may_be(counted: str) -> None:
    condition = f"{counted} is at least 1"
    for level in range(DEPTH_LIMIT):
        condition = f"1 minus number of x{level} in changes where ({condition} and not active) minus 1 is less than 2"
    assert truths(must(condition), {"changes": [{}], "members": 1, "active": False}) is not None
    assert truths(must(condition), {}) is None


@pytest.mark.parametrize("joint", ["and", "or"])
def test_parentheses_as_deep_as_they_may_be(joint: str) -> None:
    condition = "active"
    for level in range(DEPTH_LIMIT):
        condition = f"(members is not {level} {joint} {'not ' * (level % 2)}{condition})"
    assert truths(must(condition), {"members": 100, "active": True}) is not None
    assert truths(must(condition), {"active": True}) is None


def test_definitions_upon_definitions() -> None:
    """A list in a definition in a list in a definition: the code of a whole row of definitions is not one in the other."""
    chain = "define d1 about organization\n  means active\n\n"
    for level in range(2, CHAIN_LIMIT):
        chain += f"define d{level} about organization\n  means any x in changes where (d{level - 1} and x.kind is branch)\n\n"
    lists = "".join(f"any y{level} in changes where (" for level in range(DEPTH_LIMIT))
    policies = policy_set(chain + norm("8.1", f"the organization must\n  {lists}d{CHAIN_LIMIT - 1}{DEPTH_LIMIT * ')'}"))
    assert truths(policies, {"changes": [BRANCH], "active": True}) is True
    assert truths(policies, {"changes": [BRANCH]}) is None
    assert truths(policies, {"changes": [BRANCH], "active": False}) is False


def test_small_definitions_upon_small_definitions() -> None:
    chain = "define d1 about organization\n  means active\n\n"
    for level in range(2, CHAIN_LIMIT):
        chain += f"define d{level} about organization\n  means not d{level - 1}\n\n"
    policies = policy_set(chain + norm("8.1", f"the organization must\n  d{CHAIN_LIMIT - 1} and d{CHAIN_LIMIT - 2}"))
    assert truths(policies, {"active": True}) is False
    assert truths(policies, {}) is None
