"""The answers that stand for all others: values on both sides of each border."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from sopb_rules.interview.answers import usual
from sopb_rules.interview.open import Survey
from sopb_rules.states.records import ABSENT
from tests.interview.sample import sample
from tests.interview.support import TODAY

DAY = datetime.timedelta(days=1)


def tried(condition: str, fact: str, **stated: Any) -> tuple[Any, ...]:
    """The usual answers for a fact of the organization of whom some facts are stated."""
    policies = sample(condition)
    state = policies.state({"organization": [{"id": "a", **stated}]}, as_of=TODAY)
    survey = Survey(policies, TODAY)
    survey.of(state)
    facts = policies.model.vocabulary.entities["organization"].facts
    return usual(facts[fact], state, survey.borders.get(f"organization[a].{fact}", ()))


@pytest.mark.parametrize(
    ("condition", "fact", "answers"),
    [
        ("open", "open", (True, False)),
        ("sound", "sound", (True, False)),
        ("level is at least county", "level", ("township", "county", "national")),
        ("members is at least 3", "members", (2, 3, 4)),
        ("3 is less than members", "members", (2, 3, 4)),
        ("members is fewer than 1", "members", (0, 1, 2)),
        ("2 times members is at least 5", "members", (1, 2, 3)),
        ("weight is more than 2.5", "weight", (Decimal("2.49"), Decimal("2.5"), Decimal("2.51"))),
        ("share is at least 40%", "share", (Decimal("0.39"), Decimal("0.4"), Decimal("0.41"))),
        ("budget is at least 500 yuan", "budget", (Decimal("499.99"), Decimal(500), Decimal("500.01"))),
        ("founded is on or after today", "founded", (TODAY - DAY, TODAY, TODAY + DAY)),
        ("notice is at least 30 days", "notice", (29, 30, 31)),
        ("term is at least 1 year", "term", (11, 12, 13)),
        ('motto is "x"', "motto", ("another", "x")),
    ],
)
def test_borders_are_met_from_both_sides(condition: str, fact: str, answers: tuple[Any, ...]) -> None:
    assert tried(condition, fact) == answers


def test_the_other_side_may_be_a_fact_that_is_known() -> None:
    assert tried("closed exists and closed is after founded", "closed", founded=TODAY) == (
        TODAY - DAY, TODAY, TODAY + DAY, ABSENT,
    )  # fmt: skip
    assert tried("founded plus notice is before today", "founded", notice="30 days") == tuple(
        datetime.date(2026, 10, 2) + each * DAY for each in (-1, 0, 1)
    )
    assert tried("founded plus notice is before today", "notice", founded=TODAY - 30 * DAY) == (29, 30, 31)
    assert tried("founded plus term is before today", "term", founded=datetime.date(2026, 5, 1)) == (4, 5, 6, 7, 8)


def test_without_a_border_there_are_two_values() -> None:
    assert len(tried("founded plus notice is before today", "founded")) == 2
    for fact in ("motto", "members", "weight", "share", "budget", "founded", "notice"):
        assert len(tried("open", fact)) == 2


def test_what_holds_records_has_no_value_to_be_tried() -> None:
    assert tried("branch exists", "branch") == ()
    assert tried("any report in reports where (report.made)", "reports") == ()


def test_references_lead_to_what_is_listed_or_nowhere() -> None:
    assert tried("region exists", "region") == (ABSENT,)
