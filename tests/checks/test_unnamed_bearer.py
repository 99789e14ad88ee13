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
            norm("", "approved", text="Each branch must excel.", bearer="higher_level"),
            ["norm 8.1 about organization"],
            id="an entity",
        ),
        pytest.param(
            'entity youth "youth organization"\n  name  text\n\n'
            + norm("", "approved", text="Each youth organization must report."),
            ["norm 8.1 about organization"],
            id="the longer label",
        ),
        pytest.param(
            norm("", "approved", text="All may do so, and the higher level must approve it."),
            ["norm 8.1 about organization"],
            id="of several words of force the one of the norm",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unnamed-bearer", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(norm("", "approved", text="Each organization must report."), id="named"),
        pytest.param(norm("", "approved", text="Organizations must report."), id="in the plural"),
        pytest.param(
            norm("", "approved", text="The higher level must see to it that organizations report."),
            id="behind the word of force",
        ),
        pytest.param(norm("", "approved", text="We must approve it."), id="a pronoun"),
        pytest.param(
            norm("", "approved", text="Let the higher level, which may approve it, be asked.", force="is to"),
            id="an imperative",
        ),
        pytest.param(norm("", "approved", text="The higher level must also be asked."), id="passive"),
        pytest.param(
            norm("", "approved", text="The offices of the higher level must report."), id="behind a preposition"
        ),
        pytest.param(
            norm("", "approved", text="The higher level may approve it, so all must report."),
            id="another word of force",
        ),
        pytest.param(
            norm("", "approved", text="The higher level must approve it.")
            + "\nnorm 8.1/2 about organization\n  the higher_level must\n    known\n",
            id="bound by another norm of the sentence",
        ),
        pytest.param(
            norm("", "approved", text="The higher level must ask the registration office.", bearer="authority"),
            id="a word that sets it apart",
        ),
        pytest.param(
            norm("", "approved", text="The higher level must approve it.", bearer="authority and the higher_level"),
            id="one of two bearers",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unnamed-bearer", text) == []
