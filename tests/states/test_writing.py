"""What was read, as a tree again; and values as a state file writes them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.model.vocabulary import Count, Date, Days, Kind, KindType, Money, Months, Number, Percent, Text, YesNo
from sopb_rules.states.nodes import Scalar
from sopb_rules.states.read import check_state
from sopb_rules.states.scalars import read_scalar
from sopb_rules.states.writing import absent, judgement, tree_of, unknown, written
from sopb_rules.testing.strategies import policy_sets, states
from tests.properties.support import fewer, without_places

KIND = KindType(Kind("form", "form", {"branch": "Branch", "unknown": "not known"}, ordered=False))


@pytest.mark.parametrize(
    ("type_", "value", "yaml", "json"),
    [
        (YesNo(), True, Scalar("yes", True), Scalar("true", True)),
        (YesNo(), False, Scalar("no", True), Scalar("false", True)),
        (Count(), 3, Scalar("3", True), Scalar("3", True)),
        (Number(), Decimal("2.50"), Scalar("2.5", True), Scalar("2.5", True)),
        (Percent(), Decimal("0.4"), Scalar("40%", True), Scalar("40%", False)),
        (Money(), Decimal(500), Scalar("500 yuan", True), Scalar("500", True)),
        (Days(), 1, Scalar("1 day", True), Scalar("1 day", False)),
        (Months(), 6, Scalar("6 months", True), Scalar("6 months", False)),
        (Date(), datetime.date(2026, 11, 1), Scalar("2026-11-01", True), Scalar("2026-11-01", False)),
        (KIND, "branch", Scalar("branch", True), Scalar("branch", False)),
        (KIND, "unknown", Scalar("unknown", False), Scalar("unknown", False)),
        (Text(), "Mo Fei", Scalar("Mo Fei", True), Scalar("Mo Fei", False)),
        (Text(), "a: b", Scalar("a: b", False), Scalar("a: b", False)),
        (Text(), "null", Scalar("null", False), Scalar("null", False)),
    ],
)
def test_values_are_written_so_that_they_are_read_as_they_were(type_: Any, value: Any, yaml: Any, json: Any) -> None:
    assert written(type_, value, "yuan") == yaml
    assert written(type_, value, "yuan", json=True) == json
    assert read_scalar(type_, yaml, "yuan") == read_scalar(type_, json, "yuan") == value


def test_words_that_stand_for_any_value() -> None:
    assert unknown() == Scalar("unknown", plain=True)
    assert unknown(json=True) == Scalar("unknown", plain=False)
    assert absent() == Scalar("absent", plain=True)
    assert absent(json=True) == Scalar("null", plain=True)


def test_a_judgement_that_nobody_could_make_keeps_who_was_asked() -> None:
    node = judgement(None, "the committee", datetime.date(2026, 5, 1))
    assert [(key.text, part) for key, part in node.entries] == [
        ("value", Scalar("unknown", plain=True)),
        ("by", Scalar("the committee", plain=True)),
        ("on", Scalar("2026-05-01", plain=True)),
    ]


@fewer  # everything is evaluated twice
@given(st.data())
def test_the_tree_of_a_state_says_what_the_state_says(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    state = policies.state(data.draw(states(policies)))
    again = check_state(state.vocabulary, [tree_of(state)], judgement_keys=policies.model.judgement_keys)
    assert tree_of(again) == tree_of(state)
    found, expected = policies.evaluate(again), policies.evaluate(state)
    assert without_places(found.as_dict()) == without_places(expected.as_dict())
