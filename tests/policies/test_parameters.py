"""The comparisons with open parameters: no example can reach their direction and bound while the parameter is open.

Here each parameter is given a value, as local measures would, and its comparison is tried at, just inside and just
outside the bound.
"""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import Any

import attrs
import pytest

import sopb_rules
from sopb_rules.model.files import policy_sources, shipped
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet

VALUES = {
    "leadership_term": "36 months",
    "members_required_for_committee": "50",
    "prompt_report": "30 days",
    "prompt_decision": "30 days",
    "prompt_establishment": "30 days",
    "newly_established_period": "12 months",
    "prompt_investigation": "30 days",
    "timely_support": "30 days",
}
TODAY = datetime.date(2026, 11, 1)


@cache
def settled() -> PolicySet:
    """The Opinions with a value for each open parameter."""
    sources = policy_sources(shipped())
    for name, value in VALUES.items():
        pattern = re.compile(rf"(^parameter {name} .*?\n)(  judged by)", re.MULTILINE | re.DOTALL)
        sources = [attrs.evolve(each, text=pattern.sub(rf"\1  is {value}\n\2", each.text)) for each in sources]
    return PolicySet(compile_policies(sources))


def judged(value: bool) -> dict[str, Any]:
    return {"value": value, "by": "the county committee", "on": "2026-01-01"}


def verdict(norm: str, organization: dict[str, Any]) -> str:
    state = {"as_of": TODAY, "organization": [{"id": "o", **organization}]}
    (finding,) = [each for each in settled().evaluate(state).findings if each.norm == norm]
    return finding.verdict.value


def test_each_open_parameter_of_the_opinions_is_settled_here() -> None:
    model = sopb_rules.load_policies().model
    assert {name for name, parameter in model.parameters.items() if parameter.may_be_open} == set(VALUES)
    assert not any(parameter.may_be_open for parameter in settled().model.parameters.values())


@pytest.mark.parametrize(("since", "expected"), [("2023-10-31", "unmet"), ("2023-11-01", "met"), ("2023-11-02", "met")])
def test_8_1_a_leadership_stays_no_longer_than_its_term(since: str, expected: str) -> None:
    party = {"form_appropriate": judged(True), "approved": True, "leadership_in_office_since": since}
    assert verdict("8.1", {"formal_members": 3, "party_organization": party}) == expected


@pytest.mark.parametrize(("members", "expected"), [(49, "open"), (50, "not_applicable"), (51, "not_applicable")])
def test_8_2_is_for_fewer_members_than_required(members: int, expected: str) -> None:
    organization = {
        "larger": judged(True),
        "numerous_member_units": judged(True),
        "formal_members": members,
        "party_organization": {"form": "branch"},
    }
    assert verdict("8.2", organization) == expected


@pytest.mark.parametrize(
    ("reported", "expected"), [("2026-03-30", "met"), ("2026-03-31", "met"), ("2026-04-01", "unmet")]
)
def test_8_3_a_report_is_prompt_up_to_the_last_day(reported: str, expected: str) -> None:
    change = {
        "occurred_on": "2026-03-01",
        "had_party_organization": True,
        "reported_on": reported,
        "related_tasks_properly_handled": judged(True),
    }
    assert verdict("8.3", {"changes": [change]}) == expected


@pytest.mark.parametrize(
    ("decided", "expected"), [("2026-03-30", "met"), ("2026-03-31", "met"), ("2026-04-01", "unmet")]
)
def test_8_4_a_decision_is_prompt_from_the_report_on(decided: str, expected: str) -> None:
    change = {
        "occurred_on": "2026-01-01",
        "had_party_organization": True,
        "reported_on": "2026-03-01",
        "decided_on": decided,
    }
    assert verdict("8.4", {"changes": [change]}) == expected


@pytest.mark.parametrize(("since", "expected"), [("2026-03-02", "met"), ("2026-03-01", "met"), ("2026-02-28", "unmet")])
def test_11_3_an_establishment_is_prompt_from_the_conditions_on(since: str, expected: str) -> None:
    organization = {
        "formal_members": 3,
        "registered_on": "2020-01-01",
        "conditions_met_since": since,
        "party_organization": {"established_on": "2026-03-31"},
    }
    assert verdict("11.3", organization) == expected


@pytest.mark.parametrize(
    ("registered", "expected"), [("2025-10-31", "not_applicable"), ("2025-11-01", "met"), ("2025-11-02", "met")]
)
def test_11_4_is_for_the_newly_established(registered: str, expected: str) -> None:
    organization = {
        "formal_members": 3,
        "registered_on": registered,
        "conditions_met_since": "2025-01-01",
        "simultaneous_establishment_actively_encouraged": judged(True),
        "simultaneous_establishment_actively_facilitated": judged(True),
    }
    assert verdict("11.4", organization) == expected


@pytest.mark.parametrize("clause", ["investigated_on", "support_offered_on"])
@pytest.mark.parametrize(("day", "expected"), [("2026-03-30", "met"), ("2026-03-31", "met"), ("2026-04-01", "unmet")])
def test_20_9_the_time_runs_from_when_the_treatment_became_known(clause: str, day: str, expected: str) -> None:
    incident = {
        "unjust": judged(True),
        "due_to_upholding_principles": judged(True),
        "known_since": "2026-03-01",
        "investigated_on": "2026-03-02",
        "support_offered_on": "2026-03-02",
        clause: day,
    }
    assert verdict("20.9", {"party_organization": {"secretary": {"incidents": [incident]}}}) == expected
