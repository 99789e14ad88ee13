"""The check `opposite-conditions`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(norm("when approved or not approved", "reported_on exists"), ["approved"], id="or"),
        pytest.param(norm("when approved and not approved", "reported_on exists"), ["approved"], id="and"),
        pytest.param(
            norm("when branch exists or known or branch is absent", "reported_on exists"),
            ["branch is absent"],
            id="exists",
        ),
        pytest.param(norm("when large and not large", "reported_on exists"), ["large"], id="a judgement"),
        pytest.param(norm("when approved\n  unless approved", "known"), ["approved"], id="when and unless"),
        pytest.param(norm("when not approved", "approved"), ["approved"], id="a clause against `when`"),
        pytest.param("define odd about organization\n  means known and not known\n", ["known"], id="in a definition"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("opposite-conditions", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(norm("when branch is absent or branch.good", "reported_on exists"), id="exists or guarded"),
        pytest.param(norm("when approved or not known", "reported_on exists"), id="two facts"),
        pytest.param(
            norm("when (approved and known) or (not approved and large)", "reported_on exists"), id="in two branches"
        ),
        pytest.param(
            "define fine about organization\n  means approved\n\n" + norm("when fine and not known"),
            id="a definition of its own",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("opposite-conditions", text) == []
