"""The check `no-question`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import HOUSES, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(HOUSES.replace("  good ", "  sound  judgement by board\n  good "), ["sound"], id="no label"),
        pytest.param(
            HOUSES.replace("  good ", '  sound  judgement by board  "sound"\n  good '), ["sound"], id="no question mark"
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("no-question", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            HOUSES.replace("  good ", '  sound  judgement by board  "Is it sound?"\n  good '), id="a question"
        ),
        pytest.param(
            HOUSES.replace("  good ", '  sound  judgement by board  "Is it “sound?”"\n  good '), id="in quotation marks"
        ),
        pytest.param(HOUSES, id="no judgement"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("no-question", "", text) == []
