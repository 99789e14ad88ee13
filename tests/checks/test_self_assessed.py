"""The check `self-assessed`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(norm("", "kept", text="It must be so."), ["kept"], id="a judgement"),
        pytest.param(
            "parameter soon period in days\n  judged by organization\n\n"
            + norm(
                "when reported_on exists", "reported_on is on or before registered_on plus soon", text="It must be so."
            ),
            ["reported_on is on or before registered_on plus soon"],
            id="for an open parameter",
        ),
        pytest.param(norm("", "approved and kept", text="It must be so."), ["kept"], id="in a list of conditions"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("self-assessed", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(norm("", "large", text="It must be so."), id="another judges"),
        pytest.param(norm("", "kept", text="It must be so.", bearer="higher_level"), id="another bears"),
        pytest.param(norm("when kept", "approved", text="It must be so."), id="in `when`"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("self-assessed", text) == []
