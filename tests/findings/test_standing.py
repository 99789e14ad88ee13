"""Standing keeps four things apart, and counts only what the entity itself has to answer for."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from sopb_rules.findings.report import Standing
from tests.model.reading import norm, policy_set

DAY = datetime.date(2026, 11, 1)
LISTS = ("breaches", "shortfalls", "opportunities", "options", "undetermined", "owed_by_others")


def standing(body: str, facts: dict[str, Any], about: str = "organization") -> Standing:
    policy = policy_set(norm("8.1", body, about=about))
    (found,) = policy.evaluate({"organization": [{"id": "o", **facts}]}, DAY).standing
    return found


def filled(found: Standing) -> list[str]:
    return [name for name in LISTS if getattr(found, name)]


@pytest.mark.parametrize(
    ("force", "active", "expected", "status"),
    [
        ("must", False, ["breaches"], "breach"),
        ("must", True, [], "compliant"),
        ("must", None, ["undetermined"], "undetermined"),
        ("must not", True, ["breaches"], "breach"),
        ("must not", False, [], "compliant"),
        ("must not", None, ["undetermined"], "undetermined"),
        ("should", False, ["shortfalls"], "compliant"),
        ("should", None, [], "compliant"),
        ("should not", True, ["shortfalls"], "compliant"),
        ("is encouraged to", False, ["opportunities"], "compliant"),
        ("is encouraged to", None, [], "compliant"),
        ("will", False, ["shortfalls"], "compliant"),  # the vocabulary says so
        ("may", False, ["options"], "compliant"),
        ("may", True, [], "compliant"),
        ("may", None, [], "compliant"),
    ],
)
@pytest.mark.parametrize("bearer", ["organization", "party", "committee"])
def test_each_force_has_its_own_list(
    force: str, active: bool | None, expected: list[str], status: str, bearer: str
) -> None:
    found = standing(f"the {bearer} {force}\n  active", {} if active is None else {"active": active})
    if bearer == "committee":  # others have to act: listed beside where they failed, and nobody's standing here
        failed = bool(set(expected) & {"breaches", "shortfalls", "opportunities"})
        expected, status = (["owed_by_others"] if failed else []), "compliant"
    assert filled(found) == expected
    assert found.status == status


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"active": True, "members": 3}, []),
        ({"active": True, "members": 2}, ["breaches"]),
        ({"active": True}, ["undetermined"]),
        ({"members": 2}, ["undetermined"]),
        ({"members": 3}, []),
        ({"active": False, "members": 2}, ["options"]),
        ({"active": False}, ["options"]),
    ],
)
def test_a_permission_is_a_breach_only_where_it_is_exceeded(facts: dict[str, Any], expected: list[str]) -> None:
    assert filled(standing("the organization may\n  active\nprovided\n  members is at least 3", facts)) == expected


def test_one_bearer_of_several_is_enough() -> None:
    assert filled(standing("the committee and the party must\n  active", {"active": False})) == ["breaches"]


def test_what_an_entity_contains_counts_for_it() -> None:
    found = standing("the secretary must\n  elected", {"party": {"secretary": {"elected": False}}}, about="secretary")
    assert filled(found) == ["breaches"]
    assert (found.subject.entity, found.subject.id) == ("organization", "o")


def test_the_bearer_of_a_norm_about_something_else_does_not_answer_there() -> None:
    """A norm about a region that organizations have to keep is nothing that the region has to answer for."""
    policy = policy_set(norm("8.1", "the organization must\n  has_office", about="region"))
    (found,) = policy.evaluate({"region": [{"id": "r", "has_office": False}]}, DAY).standing
    assert filled(found) == ["owed_by_others"]
    assert found.status == "compliant"


def test_standings_come_in_the_order_of_the_state() -> None:
    policy = policy_set(
        norm("8.1", "the organization must\n  active") + norm("8.2", "the committee must\n  has_office", about="region")
    )
    data = {"region": [{"id": "r"}], "organization": [{"id": "b", "active": True}, {"id": "a", "active": False}]}
    report = policy.evaluate(data, DAY)
    assert [(each.subject.id, each.status) for each in report.standing] == [
        ("b", "compliant"),
        ("a", "breach"),
        ("r", "compliant"),
    ]
    assert report.in_breach
    assert [finding.subject.id for finding in report.findings] == ["b", "a", "r"]


def test_what_others_owe_is_a_breach_of_the_report() -> None:
    policy = policy_set(norm("8.1", "the committee must\n  active"))
    report = policy.evaluate({"organization": [{"id": "o", "active": False}]}, DAY)
    assert report.in_breach
    assert [each.status for each in report.standing] == ["compliant"]
