"""The facts that made a verdict so, with where they were stated; and findings as plain data."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest

from sopb_rules.findings.finding import plain
from sopb_rules.predicates.truth import Truth
from sopb_rules.source import Source
from sopb_rules.states.files import parse_state
from sopb_rules.states.read import check_state
from sopb_rules.states.records import ABSENT
from tests.model.reading import norm, policy_set

DAY = datetime.date(2026, 11, 1)


def facts(body: str, **stated: Any) -> dict[str, Any]:
    """The facts of the finding on norm 8.1, without the way to the organization."""
    (finding,) = policy_set(norm("8.1", body)).evaluate({"organization": [{"id": "o", **stated}]}, DAY).findings
    return {fact.path.removeprefix("organization[o]."): fact.value for fact in finding.facts}


@pytest.mark.parametrize(
    ("condition", "stated", "expected"),
    [
        ("active and members is 3", {"active": False, "members": 3}, {"active": False}),
        ("active and members is 3", {"active": True, "members": 3}, {"active": True, "members": 3}),
        ("active or members is 3", {"active": False, "members": 3}, {"members": 3}),
        ("active or members is 3", {"active": False}, {}),  # unknown: nothing has settled it
        ("party exists and party.approved", {"party": None}, {"party": ABSENT}),
        ("party exists and party.approved", {"party": {"approved": True}}, {"party": ..., "party.approved": True}),
        ("any x in changes where (x.kind is branch)", {"changes": []}, {"changes": ()}),
        (
            "any x in changes where (x.kind is branch)",
            {"changes": [{"kind": "general_branch"}, {"kind": "branch"}]},
            {"changes": ..., "changes[#2].kind": "branch"},
        ),
        ("income is more than 500 yuan", {"income": 501}, {"income": Decimal(501)}),
    ],
)
def test_the_facts_that_settle_a_condition(condition: str, stated: dict[str, Any], expected: dict[str, Any]) -> None:
    found = facts(f"the committee must\n  {condition}", **stated)
    assert list(found) == list(expected)
    assert all(value is ... or found[path] == value for path, value in expected.items())


def test_where_a_norm_does_not_apply_its_clauses_settle_nothing() -> None:
    assert facts("when active\nthe committee must\n  members is 3", active=False, members=3) == {"active": False}


def test_a_fact_says_where_it_stands() -> None:
    policy = policy_set(norm("8.1", "the committee must\n  fit"))
    text = "as_of: 2026-11-01\norganization:\n  - id: o\n    fit: {value: yes, by: the committee, on: 2026-05-01}\n"
    node, _ = parse_state(Source("state.yaml", text))
    assert node is not None
    (finding,) = policy.evaluate(check_state(policy.model.vocabulary, [node])).findings
    (fact,) = finding.facts
    assert (fact.where, fact.by, fact.on) == ("state.yaml:4:10", "the committee", datetime.date(2026, 5, 1))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, True),
        (3, 3),
        ("x", "x"),
        (None, None),
        (ABSENT, "absent"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.10"), "0.10"),
        (DAY, "2026-11-01"),
        ((1, DAY), [1, "2026-11-01"]),
    ],
)
def test_plain_values(value: object, expected: object) -> None:
    assert plain(value) == expected


def test_a_finding_as_plain_data() -> None:
    body = 'when active\nthe organization and the committee may\n  "be fit"\n      fit\nprovided\n  (a) "be large"\n      members is 3'
    data = {"organization": [{"id": "o", "name": "The first", "active": True, "members": 2}]}
    (finding,) = policy_set(norm("8.1", body)).evaluate(data, DAY).findings
    found = finding.as_dict()
    assert json.loads(json.dumps(found)) == found
    assert found["subject"] == {"entity": "organization", "id": "o", "path": "organization[o]", "display": "The first"}
    assert found["bearer"] == ["organization", "committee"]
    assert (found["force"], found["word"], found["verdict"], found["possible"]) == (
        "may",
        "may",
        "unknown",
        ["exceeded", "open"],
    )
    assert found["applies"] == "true"
    assert found["clauses"] == [
        {"letter": "", "label": "be fit", "part": "act", "truth": "unknown"},
        {"letter": "a", "label": "be large", "part": "provided", "truth": "false"},
    ]
    assert found["text"] == "It must be so."
    assert found["place"] == "article.policy:3:1"
    assert finding.bearer == "organization and the committee"


def test_the_clause_of_a_prohibition_is_true_where_it_is_kept() -> None:
    policy = policy_set(norm("8.1", 'the committee must not\n  (a) "be active"\n      active\n  (b) members is 3'))
    (finding,) = policy.evaluate({"organization": [{"id": "o", "active": False, "members": 3}]}, DAY).findings
    assert [(clause.label, clause.truth) for clause in finding.clauses] == [
        ("be active", Truth.TRUE),
        ("members is 3", Truth.FALSE),
    ]
    assert finding.verdict.value == "unmet"
