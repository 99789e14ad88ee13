"""Words that belong together, numbers and dates as sentences say them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from sopb_rules.checks.words import bordered, dates, numbers, related, stem, stem_set


@pytest.mark.parametrize(
    "family",
    [
        ("establish", "establishes", "established", "establishing", "establishment"),
        ("supervise", "supervision", "supervising", "supervisory"),
        ("authority", "authorities"),
        ("organization", "organizations", "organization’s"),
        ("register", "registered", "registration"),
        ("Party", "party"),
    ],
)
def test_families(family: tuple[str, ...]) -> None:
    stems = frozenset(map(stem, family))
    assert all(related(each, frozenset({other})) for each in stems for other in stems)


@pytest.mark.parametrize(("one", "other"), [("branch", "book"), ("county", "council"), ("member", "meeting")])
def test_no_families(one: str, other: str) -> None:
    assert not related(stem(one), frozenset({stem(other)}))


def test_small_words_and_numbers_carry_no_meaning() -> None:
    assert stem_set("It must be done by all of them in 3 days, and so it will.") == stem_set("days")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("three or more", [(3, False, "")]),
        ("Twenty-one members, 40% and 3.5 percent", [(21, False, ""), (40, True, ""), (Decimal("3.5"), True, "")]),
        ("within 15 days or two years", [(15, False, "day"), (2, False, "year")]),
        ("1,500 yuan", [(1500, False, "")]),
        ("one of them, a 15-day term, article 3-2, version 1.2.3, A4, 3rd", []),
        ("on 1 November 2026, 3 of them", [(3, False, "")]),
        ("2026-11-01", []),
        ("1%", [(1, True, "")]),
        ("thirty", [(30, False, "")]),
    ],
)
def test_numbers(text: str, found: list[tuple[Decimal, bool, str]]) -> None:
    assert [(each.value, each.percent, each.unit) for each in numbers(text)] == found


@pytest.mark.parametrize(
    "text", ["1 November 2026", "1st of November 2026", "November 1, 2026", "november 1st 2026", "2026-11-01"]
)
def test_dates(text: str) -> None:
    assert [day for _, day in dates(f"From {text} on.")] == [datetime.date(2026, 11, 1)]


@pytest.mark.parametrize("text", ["31 February 2026", "2026-13-01", "November 2026", "1 November"])
def test_no_dates(text: str) -> None:
    assert list(dates(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("three or more members", [("three or more", True)]),
        ("three formal members or more", [("three or more", True)]),
        ("at least 3", [("at least 3", True)]),
        ("no fewer than 3", [("no fewer than 3", True)]),
        ("fewer than 3", [("fewer than 3", True)]),
        ("no more than 3", [("no more than 3", False)]),
        ("more than 3", [("more than 3", False)]),
        ("within 15 days", [("within 15 days", False)]),
        ("within the first 15 days", [("within 15 days", False)]),
        ("within three offices", []),
        ("more than 3 or more", []),
        ("exactly 3", []),
    ],
)
def test_borders(text: str, found: list[tuple[str, bool]]) -> None:
    assert [(each.text, each.above) for each in bordered(text)] == found
