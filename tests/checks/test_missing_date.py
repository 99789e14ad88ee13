"""The check `missing-date`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            norm("when today is on or after 2026-11-02", "approved", text="From 1 November 2026, it must be so."),
            ["norm 8.1 about organization"],
            id="in words",
        ),
        pytest.param(
            norm("", "approved", text="From November 1, 2026, it must be so."),
            ["norm 8.1 about organization"],
            id="month first",
        ),
        pytest.param(
            norm("", "approved", text="From 2026-11-01, it must be so."),
            ["norm 8.1 about organization"],
            id="in digits",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("missing-date", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            norm(
                "when today is on or after 2026-11-01", "approved", text="From the 1st of November 2026, it must be so."
            ),
            id="compared with",
        ),
        pytest.param(
            norm("", '"be so on 1 November 2026" approved', text="It must be so on 1 November 2026."), id="in a label"
        ),
        pytest.param(norm("", "approved", text="From 31 February 2026, it must be so."), id="no day of the calendar"),
        pytest.param(norm("", "approved", text="In November 2026 it must be so."), id="a month alone"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("missing-date", text) == []
