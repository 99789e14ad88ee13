"""The check `wrong-comparison`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            norm("when members is more than 3", "approved", text="One with three or more members must be so."),
            ["members is more than 3"],
            id="or more",
        ),
        pytest.param(
            norm("when members is more than 3", "approved", text="One with three members or more must be so."),
            ["members is more than 3"],
            id="members or more",
        ),
        pytest.param(
            norm("when members is at most 3", "approved", text="One with at least 3 members must be so."),
            ["members is at most 3"],
            id="at least",
        ),
        pytest.param(
            norm("when members is at least 3", "approved", text="One with more than three members must be so."),
            ["members is at least 3"],
            id="more than",
        ),
        pytest.param(
            norm("when members is at most 3", "approved", text="One with fewer than three members must be so."),
            ["members is at most 3"],
            id="fewer than",
        ),
        pytest.param(
            norm("when share is at least 40%", "approved", text="One with over 40% must be so."),
            ["share is at least 40%"],
            id="a share",
        ),
        pytest.param(
            norm("when today is before registered_on plus 15 days", "approved", text="Within 15 days it must be so."),
            ["today is before registered_on plus 15 days"],
            id="within days",
        ),
        pytest.param(
            norm("when members is fewer than 3", "approved", text="One with no more than three members must be so."),
            ["members is fewer than 3"],
            id="no more than, with a negation",
        ),
        pytest.param(
            norm(
                "when registered_on is on or before today minus 15 days",
                "approved",
                text="After more than 15 days it must be so.",
            ),
            ["registered_on is on or before today minus 15 days"],
            id="a day before",
        ),
        pytest.param(
            norm("", "spending is at least 40% of income", text="More than 40% of the income must be spent."),
            ["spending is at least 40% of income"],
            id="of an amount",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("wrong-comparison", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            norm("when members is at least 3", "approved", text="One with three or more members must be so."),
            id="or more",
        ),
        pytest.param(
            norm("when members is more than 2", "approved", text="One with three or more members must be so."),
            id="or more, otherwise put",
        ),
        pytest.param(
            norm("when not (members is fewer than 3)", "approved", text="One with three or more members must be so."),
            id="or more, by its opposite",
        ),
        pytest.param(
            norm("when members is more than 3", "approved", text="One with more than three members must be so."),
            id="more than",
        ),
        pytest.param(
            norm("when members is at most 3", "approved", text="One with at most three members must be so."),
            id="at most",
        ),
        pytest.param(
            norm(
                "when today is on or before registered_on plus 15 days",
                "approved",
                text="Within 15 days it must be so.",
            ),
            id="within days",
        ),
        pytest.param(
            norm("when today is before registered_on plus 16 days", "approved", text="Within 15 days it must be so."),
            id="within days, otherwise put",
        ),
        pytest.param(
            norm(
                "when registered_on is before today minus 15 days",
                "approved",
                text="After more than 15 days it must be so.",
            ),
            id="a day before",
        ),
        pytest.param(
            norm("when members is more than 3", "approved", text="The three members must be so."),
            id="no border in the sentence",
        ),
        pytest.param(
            norm(
                "when members is at least 3 or members is more than 3",
                "approved",
                text="One with three or more members must be so.",
            ),
            id="both ways",
        ),
        pytest.param(
            norm("when members is 3", "approved", text="One with at least three members must be so."), id="equality"
        ),
        pytest.param(
            norm("when members is fewer than 3", "approved", text="Within three offices it must be so."),
            id="within is no border of a number",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("wrong-comparison", text) == []
