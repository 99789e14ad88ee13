"""The comparisons with open parameters: no example can reach their direction and bound while the parameter is open.

Here local measures give each parameter a value, and its comparison is tried at, just inside and just outside the bound.
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

import pytest

import sopb_rules
from sopb_rules.model.files import policy_sources, shipped
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source

VALUES = {
    "leadership_term": "36 months",
    "members_required_for_committee": "50",
    "prompt_report": "30 days",
    "prompt_decision": "30 days",
    "prompt_establishment": "30 days",
    "newly_established_period": "12 months",
    "prompt_investigation": "30 days",
    "timely_support": "30 days",
    "party_building_meeting_interval": "6 months",
    "prompt_addressing_of_key_issue": "30 days",
    "select_group_size": "2",
    "only_a_few_members": "2",
    "prompt_case_handling": "30 days",
    "feedback_interval": "6 months",
    "prompt_issue_handling": "30 days",
    "organizational_life_meeting_interval": "6 months",
}
TODAY = datetime.date(2026, 11, 1)


@cache
def settled() -> PolicySet:
    """The Opinions with a value for each open parameter."""
    settings = "".join(f"\nset {name} is {value}\n" for name, value in VALUES.items())
    measures = Source("measures.policy", f'measures "All of them" under opinions\n{settings}')
    return PolicySet(compile_policies([*policy_sources(shipped()), measures]))


def judged(value: bool) -> dict[str, Any]:
    return {"value": value, "by": "the county committee", "on": "2026-01-01"}


def verdict(norm: str, subject: dict[str, Any], entity: str = "organization") -> str:
    state = {"as_of": TODAY, entity: [{"id": "o", **subject}]}
    (finding,) = [each for each in settled().evaluate(state).findings if each.norm == norm]
    return finding.verdict.value


def test_each_open_parameter_of_the_opinions_is_settled_here() -> None:
    model = sopb_rules.load_policies().model
    assert {name for name, parameter in model.parameters.items() if parameter.may_be_open} == set(VALUES)
    assert all(parameter.always_set for parameter in settled().model.parameters.values())


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


@pytest.mark.parametrize(("norm", "act"), [("20.9", "investigated_on"), ("20.9/2", "support_offered_on")])
@pytest.mark.parametrize(("day", "expected"), [("2026-03-30", "met"), ("2026-03-31", "met"), ("2026-04-01", "unmet")])
def test_20_9_the_time_runs_from_when_the_treatment_became_known(norm: str, act: str, day: str, expected: str) -> None:
    incident = {
        "unjust": judged(True),
        "due_to_upholding_principles": judged(True),
        "known_since": "2026-03-01",
        act: day,
    }
    assert verdict(norm, {"party_organization": {"secretary": {"incidents": [incident]}}}) == expected


@pytest.mark.parametrize(("norm", "act"), [("20.9", "investigated_on"), ("20.9/2", "support_offered_on")])
@pytest.mark.parametrize(
    ("known", "expected"),
    [("2026-10-01", "unmet"), ("2026-10-02", "not_applicable"), ("2026-10-03", "not_applicable")],
)
def test_20_9_nothing_is_owed_while_there_is_time(norm: str, act: str, known: str, expected: str) -> None:
    incident = {
        "unjust": judged(True),
        "due_to_upholding_principles": judged(True),
        "known_since": known,
        act: None,
    }
    assert verdict(norm, {"party_organization": {"secretary": {"incidents": [incident]}}}) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [("2026-10-01", "unmet"), ("2026-10-02", "not_applicable"), ("2026-10-03", "not_applicable")],
)
def test_11_3_nothing_is_owed_while_there_is_time(since: str, expected: str) -> None:
    organization = {
        "formal_members": 3,
        "registered_on": "2020-01-01",
        "conditions_met_since": since,
        "party_organization": None,
    }
    assert verdict("11.3", organization) == expected


@pytest.mark.parametrize(("held", "expected"), [("2026-04-30", "unmet"), ("2026-05-01", "met"), ("2026-05-02", "met")])
def test_7_1_meetings_are_regular_up_to_the_last_day(held: str, expected: str) -> None:
    committee = {
        "overall_coordination_strengthened": judged(True),
        "last_party_building_meeting": held,
        "relevant_departments_participated": True,
    }
    assert verdict("7.1", committee, "local_party_committee") == expected


@pytest.mark.parametrize(
    ("addressed", "expected"), [("2026-03-30", "met"), ("2026-03-31", "met"), ("2026-04-01", "unmet")]
)
def test_7_1_a_key_issue_is_addressed_promptly(addressed: str, expected: str) -> None:
    issue = {"key": judged(True), "known_since": "2026-03-01", "addressed_on": addressed}
    assert verdict("7.1/2", {"party_building_issues": [issue]}, "local_party_committee") == expected


@pytest.mark.parametrize(("engaged", "expected"), [(0, "unmet"), (1, "unmet"), (2, "met"), (3, "met")])
def test_7_4_a_group_is_as_large_as_it_has_to_be(engaged: int, expected: str) -> None:
    fits = {
        "larger_scale": judged(True),
        "well_staffed": judged(True),
        "highly_influential": judged(True),
        "directly_engaged": True,
    }
    committee = {"level": "county", "engaged_party_organizations": [fits] * engaged}
    assert verdict("7.4", committee, "local_party_committee") == expected


@pytest.mark.parametrize(("members", "expected"), [(0, "met"), (1, "met"), (2, "met"), (3, "not_applicable")])
def test_15_6_recruitment_is_for_those_with_none_or_a_few(members: int, expected: str) -> None:
    assert verdict("15.6/3", {"party_members": members, "recruitment_within_prioritized": judged(True)}) == expected


@pytest.mark.parametrize(
    ("addressed", "expected"), [("2026-03-30", "met"), ("2026-03-31", "met"), ("2026-04-01", "unmet")]
)
def test_15_7_cases_are_addressed_promptly(addressed: str, expected: str) -> None:
    case = {"unqualified": judged(True), "known_since": "2026-03-01", "addressed_on": addressed}
    assert verdict("15.7/2", {"party_organization": {"member_cases": [case]}}) == expected


@pytest.mark.parametrize("asked", ["staff", "public"])
@pytest.mark.parametrize(("day", "expected"), [("2026-04-30", "unmet"), ("2026-05-01", "met"), ("2026-05-02", "met")])
def test_16_2_feedback_is_regular_up_to_the_last_day(asked: str, day: str, expected: str) -> None:
    party = {
        "established_on": "2020-01-01",
        "last_feedback_from_staff": "2026-10-01",
        "last_feedback_from_public": "2026-10-01",
        "feedback_regards_party_organization": True,
        "feedback_regards_members": True,
        f"last_feedback_from_{asked}": day,
    }
    assert verdict("16.2", {"party_organization": party}) == expected


@pytest.mark.parametrize("norm", ["16.2", "16.3/2"])
@pytest.mark.parametrize(
    ("established", "expected"),
    [("2026-04-30", "unmet"), ("2026-05-01", "not_applicable"), ("2026-05-02", "not_applicable")],
)
def test_16_the_first_time_falls_due_after_an_interval(norm: str, established: str, expected: str) -> None:
    party = {
        "established_on": established,
        "last_feedback_from_staff": None,
        "last_organizational_life_meeting": None,
    }
    assert verdict(norm, {"party_organization": party}) == expected


@pytest.mark.parametrize(
    ("addressed", "expected"), [("2026-03-30", "met"), ("2026-03-31", "met"), ("2026-04-01", "unmet")]
)
def test_16_2_issues_are_addressed_promptly(addressed: str, expected: str) -> None:
    issue = {"identified_on": "2026-03-01", "addressed_on": addressed}
    assert verdict("16.2/2", {"party_organization": {"feedback_issues": [issue]}}) == expected


@pytest.mark.parametrize(("day", "expected"), [("2026-04-30", "unmet"), ("2026-05-01", "met"), ("2026-05-02", "met")])
def test_16_3_meetings_are_regular_up_to_the_last_day(day: str, expected: str) -> None:
    party = {
        "established_on": "2020-01-01",
        "last_organizational_life_meeting": day,
        "organizational_life_meetings_for_all_members": True,
    }
    assert verdict("16.3/2", {"party_organization": party}) == expected
