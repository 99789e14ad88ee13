"""Values as a drafter would write them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sopb_rules import ABSENT, load_policies
from sopb_rules.apps.facts_data import type_name
from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.words import listing, place, shown_value
from sopb_rules.model import vocabulary as v

LEVEL = v.Kind("level", "level", {"county": "county", "national": "the whole country"}, ordered=True)


@pytest.mark.parametrize(
    ("value", "type", "shown"),
    [
        (True, v.YesNo(), "yes"),
        (False, v.YesNo(), "no"),
        (ABSENT, v.Date(), "absent"),
        (3, v.Count(), "3"),
        (Decimal("0.4"), v.Percent(), "40%"),
        (Decimal("0.125"), v.Percent(), "12.5%"),
        (Decimal(1), v.Percent(), "100%"),
        (Decimal("2500.50"), v.Money(), "2500.50"),
        (1, v.Days(), "1 day"),
        (14, v.Months(), "14 months"),
        (datetime.date(2026, 11, 1), v.Date(), "2026-11-01"),
        ("county", v.KindType(LEVEL), "county"),
        ("national", v.KindType(LEVEL), "national (the whole country)"),
        ((), None, "none"),
        ((1, 2), None, "2 entries"),
        ("x", None, "x"),
    ],
)
def test_values(value: Any, type: v.FactType | None, shown: str) -> None:
    assert shown_value(value, type) == shown


def test_entities(compliant: Path, policies: Path) -> None:
    checked = load_policies(policies)
    (organization,) = checked.read_state(compliant).lists["organization"] or ()
    assert shown_value(organization, None) == "good"
    assert shown_value(organization.get("branch"), None) == "stated"


@pytest.mark.parametrize(
    ("type", "name"),
    [
        (v.YesNo(), "yes/no"),
        (v.Count(), "count"),
        (v.Days(), "period in days"),
        (v.Months(), "period in months"),
        (v.KindType(LEVEL), "level"),
        (v.Reference(v.Entity("region", "region")), "reference to region"),
        (v.Inverse(v.Entity("region", "region"), "area"), "list of region by area"),
        (v.Judgement(v.Role("judge", "the judge")), "judgement by judge"),
    ],
)
def test_types(type: v.FactType, name: str) -> None:
    assert type_name(type) == name


def test_numbers_and_lists() -> None:
    assert [counted(number, "norm") for number in (0, 1, 2000)] == ["0 norms", "1 norm", "2,000 norms"]
    assert counted(2, "entry", "entries") == "2 entries"
    assert listing(["a"]) == "a"
    assert listing(["a", "b", "c"], "or") == "a, b or c"


def test_places_are_told_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert place(f"{tmp_path}/a.yaml:3:4") == "a.yaml:3:4"
    assert place("/elsewhere/a.yaml:3:4") == "/elsewhere/a.yaml:3:4"
