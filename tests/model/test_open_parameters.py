"""A comparison with a parameter that may be open becomes a judgement, and nothing else does."""

from __future__ import annotations

import datetime

import pytest

from sopb_rules.diagnostics import Code
from sopb_rules.model import expressions as e
from sopb_rules.predicates.verdicts import Verdict
from tests.model.reading import definition, diagnostics, norm, policies, policy_set

OPEN = """\
parameter enough count "how many are enough"
  judged by committee

parameter long_ago period in days "how long ago is long ago"
  judged by committee

parameter proper form "which form is the proper one"
  judged by committee

parameter later count "what is enough later on"
  from 2024-01-01 is 5
  judged by committee

parameter nobody count

"""
DAY = datetime.date(2026, 11, 1)
JUDGEMENT = {"value": True, "by": "the committee", "on": DAY}


def judged(statements: str) -> list[e.Judged]:
    return [
        node
        for root in policies(OPEN + statements).conditions()
        for node in e.walk(root, False)
        if isinstance(node, e.Judged)
    ]


@pytest.mark.parametrize(
    ("condition", "parameters"),
    [
        ("members is at least enough", ["enough"]),
        ("enough is at most members", ["enough"]),
        ("members is at least 2 times enough plus 1", ["enough"]),
        ("founded is before today minus long_ago", ["long_ago"]),
        ("kind is proper", ["proper"]),
        ("proper is one of branch, general_branch", ["proper"]),
        ("members is at least enough plus later", ["enough", "later"]),
        ("not members is at least later", ["later"]),
    ],
)
def test_a_comparison_with_an_open_parameter_is_judged(condition: str, parameters: list[str]) -> None:
    (node,) = judged(definition(condition))
    assert [parameter.name for parameter in node.parameters] == parameters
    assert node.key == "d"
    assert node.assessor.name == "committee"


def test_one_of_with_an_open_parameter_can_be_settled() -> None:
    policy = policy_set(OPEN + norm("8.1", "the organization must\n  proper is one of branch"))
    state = policy.state({"organization": [{"id": "o", "judgements": {"8.1 must": JUDGEMENT}}]})
    (finding,) = policy.evaluate(state, DAY).findings
    assert finding.verdict is Verdict.MET


def test_a_list_whose_elements_are_judged_is_not_judged_itself() -> None:
    """Each element has its own judgement; no second one stands in for the count of them."""
    statements = definition("reported_on exists and reported_on is before occurred_on plus long_ago", about="change")
    statements += norm("8.1", "the organization must\n  number of change in changes where (change.d) is at least 1")
    assert [node.key for node in judged(statements)] == ["d"]


def test_a_definition_with_an_open_parameter_may_stand_in_a_list() -> None:
    statements = definition("occurred_on is before today minus long_ago", about="change")
    statements += norm("8.1", "the organization must\n  any x in changes where (number of changes is 1 and x.d)")
    assert [node.key for node in judged(statements)] == ["d"]


def test_definitions_of_one_name_about_different_entities_are_judged_each() -> None:
    statements = definition("founded is before today minus long_ago")
    statements += "\n" + definition("occurred_on is before today minus long_ago", about="change")
    assert [(node.subject.entity.name, node.key) for node in judged(statements)] == [
        ("organization", "d"),
        ("change", "d"),
    ]


@pytest.mark.parametrize(
    ("statements", "column", "message"),
    [
        (definition("members is at least nobody"), 9, "nobody to judge"),
        (definition("any x in changes where (number of changes is enough)"), 33, "inside a list"),
        (definition("members is enough and members is later"), 31, "a second comparison"),
        (definition("proper is one of branch and members is later"), 37, "a second comparison"),
    ],
)
def test_an_open_parameter_is_refused_where_nobody_could_judge(statements: str, column: int, message: str) -> None:
    (diagnostic,) = diagnostics(OPEN + statements)
    assert diagnostic.code is Code.OPEN_PARAMETER
    assert message in diagnostic.message
    assert diagnostic.help
    assert diagnostic.span is not None
    assert diagnostic.span.column == column


@pytest.mark.parametrize(
    ("place", "body"),
    [
        ("8.1 when", "when members is at least enough\nthe organization must\n  active"),
        ("8.1 unless", "unless members is at least enough\nthe organization must\n  active"),
        ("8.1 must", "the organization must\n  members is at least enough"),
        ("8.1 must", "the organization should not\n  members is at least enough"),
        ("8.1 may", "the organization may\n  members is at least enough"),
        ("8.1 provided", "the organization may\n  active\nprovided\n  members is at least enough"),
        ("8.1 (b)", "the organization must\n  (a) active\n  (b) members is at least enough"),
        ("8.1 (a)", "the organization may\n  active\nprovided\n  (a) members is at least enough\n  (b) active"),
    ],
)
def test_the_key_is_the_place(place: str, body: str) -> None:
    assert [node.key for node in judged(norm("8.1", body))] == [place]
    assert list(policies(OPEN + norm("8.1", body)).judgement_keys["organization"]) == [place]


def test_a_dated_parameter_is_judged_until_its_first_day() -> None:
    policy = policy_set(OPEN + norm("8.1", "the organization must\n  members is at least later"))
    state = policy.state({"organization": [{"id": "o", "members": 4, "judgements": {"8.1 must": JUDGEMENT}}]})
    found = {
        day: policy.evaluate(state, datetime.date.fromisoformat(day)).findings[0].verdict
        for day in ("2023-12-31", "2024-01-01")
    }
    assert found == {"2023-12-31": Verdict.MET, "2024-01-01": Verdict.UNMET}
