"""The check `repeated-condition`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(norm("when approved and known and approved", "reported_on exists"), ["approved"], id="in `and`"),
        pytest.param(norm("when approved or known or approved", "reported_on exists"), ["approved"], id="in `or`"),
        pytest.param(
            norm("when approved and (known and approved)", "reported_on exists"), ["approved"], id="in parentheses"
        ),
        pytest.param(
            norm("when members is at least 3 and known and members is at least 3", "reported_on exists"),
            ["members is at least 3"],
            id="a comparison",
        ),
        pytest.param(
            norm("when branch exists and known and organization.branch exists", "reported_on exists"),
            ["organization.branch exists"],
            id="written otherwise",
        ),
        pytest.param(norm("when approved", "approved"), ["approved"], id="a clause repeats `when`"),
        pytest.param(norm("unless known", "not known and approved"), ["known"], id="a clause repeats `unless`"),
        pytest.param(
            norm("when any part in parts where (part.x and part.done and part.x)", "reported_on exists"),
            ["part.x"],
            id="inside a list",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("repeated-condition", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            norm("when (approved and known) or (approved and large)", "reported_on exists"), id="in two branches"
        ),
        pytest.param(norm("when approved and known", "reported_on exists"), id="two facts"),
        pytest.param(
            norm("when members is at least 3 and members is at most 5", "reported_on exists"), id="two borders"
        ),
        pytest.param(norm("", "approved", "approved"), id="two clauses"),
        pytest.param(norm("when approved", "approved or known"), id="in `or` beside `when`"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("repeated-condition", text) == []
