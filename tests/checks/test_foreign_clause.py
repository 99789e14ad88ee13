"""The check `foreign-clause`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            norm("", '"submit an annual report" approved', text="It must keep books."),
            ['"submit an annual report" approved'],
            id="other words",
        ),
        pytest.param(
            norm("", '"submit reports" approved', text="It must submit papers."),
            ['"submit reports" approved'],
            id="half of them",
        ),
        pytest.param(
            norm("", '"keep books" approved', '"hold meetings" known', text="It must keep books and submit reports."),
            ['(b) "hold meetings" known'],
            id="one of two",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("foreign-clause", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            norm("", '"submit an annual report" approved', text="It must submit an annual report."), id="its words"
        ),
        pytest.param(
            norm(
                "",
                '"strengthening: supervise what is established" approved',
                text="It must strengthen the supervision of establishing.",
            ),
            id="in another form",
        ),
        pytest.param(
            norm("", '"submit its yearly annual report" approved', text="It must submit an annual report."),
            id="most of them",
        ),
        pytest.param(norm("", "approved", text="It must keep books."), id="without a label"),
        pytest.param(norm("", '"do it for all" approved', text="It must do so."), id="small words only"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("foreign-clause", text) == []
