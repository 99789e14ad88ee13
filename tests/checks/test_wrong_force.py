"""The check `wrong-force`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            norm("", "approved", text="It should be so."), ["norm 8.1 about organization"], id="must for should"
        ),
        pytest.param(
            norm("", "approved", text="It can be so.", force="should"),
            ["norm 8.1 about organization"],
            id="should for may",
        ),
        pytest.param(
            norm("", "approved", text="It will not be so.", force="must not"),
            ["norm 8.1 about organization"],
            id="must not for will",
        ),
        pytest.param(
            norm("", "approved", text="It must be so.")
            + "\nnorm 8.1/2 about organization\n  the organization may\n    known\n",
            ["norm 8.1/2 about organization"],
            id="a second norm of the sentence",
        ),
        pytest.param(
            norm("", "approved", text="It is mustard."), ["norm 8.1 about organization"], id="a part of a word"
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("wrong-force", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(norm("", "approved", text="It must be so."), id="must"),
        pytest.param(norm("", "approved", text="It MUST be so."), id="in capitals"),
        pytest.param(norm("", "approved", text="It can be so.", force="may"), id="may for can"),
        pytest.param(norm("", "approved", text="We encourage it.", force="is encouraged to"), id="encouraged"),
        pytest.param(norm("", "approved", text="Do it.", force="is to"), id="a bare imperative"),
        pytest.param(norm("", "approved", text="It must never be so.", force="must not"), id="must not"),
        pytest.param(norm("", "approved", text="It should be so, and it must."), id="another word beside it"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("wrong-force", text) == []
