"""The check `unnamed-bearer`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            norm("", "approved", text="The higher level must approve it."),
            ["norm 8.1 about organization"],
            id="another role",
        ),
        pytest.param(
            norm("", "approved", text="In each year, the registration authorities must approve it."),
            ["norm 8.1 about organization"],
            id="another role, which is not the first word",
        ),
        pytest.param(
            norm("", "approved", text="Each branch must be good.", bearer="higher_level"),
            ["norm 8.1 about organization"],
            id="an entity",
        ),
        pytest.param(
            norm("", "approved", text="It may be so, and the higher level must approve it."),
            ["norm 8.1 about organization"],
            id="the second word of force",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unnamed-bearer", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(norm("", "approved", text="Each organization must be so."), id="named"),
        pytest.param(norm("", "approved", text="Organizations must be so."), id="in the plural"),
        pytest.param(
            norm("", "approved", text="The higher level must see to it that organizations are so."),
            id="behind the word of force",
        ),
        pytest.param(norm("", "approved", text="We must approve it."), id="a pronoun"),
        pytest.param(norm("", "approved", text="Approve it.", force="is to"), id="an imperative"),
        pytest.param(norm("", "approved", text="The approval must be given.", bearer="authority"), id="passive"),
        pytest.param(
            norm("", "approved", text="The higher level must approve it.", bearer="authority and the higher_level"),
            id="one of two bearers",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unnamed-bearer", text) == []
