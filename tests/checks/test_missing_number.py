"""The check `missing-number`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            norm("", "approved", text="One with three members must be so."),
            ["norm 8.1 about organization"],
            id="in words",
        ),
        pytest.param(
            norm("when members is at least 5", "approved", text="One with 3 members must be so."),
            ["norm 8.1 about organization"],
            id="in digits",
        ),
        pytest.param(
            norm("when share is at least 30%", "approved", text="One with 40% must be so."),
            ["norm 8.1 about organization"],
            id="a percentage",
        ),
        pytest.param(
            norm("when members is at least 40", "approved", text="One with 40% must be so."),
            ["norm 8.1 about organization"],
            id="a number is no percentage",
        ),
        pytest.param(
            norm("when term is at most 15 months", "approved", text="Within 15 days, it must be so."),
            ["norm 8.1 about organization"],
            id="a period",
        ),
        pytest.param(
            norm("when members is 40", "approved", text="Forty-two of them must be so."),
            ["norm 8.1 about organization"],
            id="composed",
        ),
        pytest.param(
            norm("when members is 500", "approved", text="1,500 of them must be so."),
            ["norm 8.1 about organization"],
            id="thousands",
        ),
        pytest.param(
            norm("when today is after registered_on plus 6 months", "approved", text="Every year it must be so."),
            ["norm 8.1 about organization"],
            id="every year",
        ),
        pytest.param(
            norm("", "approved", text="It must annually be so."), ["norm 8.1 about organization"], id="annually"
        ),
        pytest.param(
            "decision 8 shade about organization gives color\n  case 8.1 gives red when approved\n    | Those with three members are red.\n",
            ["case 8.1 gives red when approved"],
            id="a case",
        ),
        pytest.param(
            "define 8.1 fine about organization\n  | Fine are those with three members.\n  means approved\n",
            ["define 8.1 fine about organization"],
            id="a definition",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("missing-number", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            norm("when members is at least 3", "approved", text="One with three members must be so."),
            id="compared with",
        ),
        pytest.param(
            norm("when members is more than 2", "approved", text="One with three members or more must be so."),
            id="the number above",
        ),
        pytest.param(
            norm("", "approved", text="One with three members must be so.")
            + "\nnorm 8.1/2 about organization\n  when members is at least 3\n  the organization must\n    known\n",
            id="in a second norm",
        ),
        pytest.param(norm("", '"be so three times" approved', text="It must be so three times."), id="in a label"),
        pytest.param(
            "define fine about organization\n  means members is at least 3\n\n"
            + norm("when fine", "approved", text="One with three members must be so."),
            id="in a definition",
        ),
        pytest.param(
            "parameter enough count is 3\n\n"
            + norm("when members is at least enough", "approved", text="One with three members must be so."),
            id="in a parameter",
        ),
        pytest.param(
            norm("", "spending is at least 40% of income", text="40% of the income must be spent."), id="a percentage"
        ),
        pytest.param(
            norm("when today is after registered_on plus 24 months", "approved", text="After 2 years it must be so."),
            id="a period in years",
        ),
        pytest.param(
            norm("when today is after registered_on plus 14 days", "approved", text="Within two weeks it must be so."),
            id="weeks",
        ),
        pytest.param(
            norm("when today is after registered_on plus 12 months", "approved", text="Once a year it must be so."),
            id="once a year",
        ),
        pytest.param(
            norm("", '"report every year" approved', text="It must report every year."), id="every year, in a label"
        ),
        pytest.param(norm("", '"annual report" approved', text="It must report annually."), id="annually, in a label"),
        pytest.param(norm("", "approved", text="Hand in the per-year report.", force="is to"), id="a yearly report"),
        pytest.param(norm("", "approved", text="One of them must be so."), id="one"),
        pytest.param(norm("", "approved", text="From 1 November 2026, it must be so."), id="a date has numbers too"),
        pytest.param(norm("", "approved", text="It must be so by article 3-2 and paragraph 1.2.3."), id="an article"),
        pytest.param(norm("", "approved", text="The two-thirds must be so."), id="a part of a word"),
        pytest.param(
            norm(
                "when number of parts is at least 2 times members", "approved", text="Two times the members must be so."
            ),
            id="twice as many",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("missing-number", text) == []
