"""The check `unmarked-act`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import norm, told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(norm("", "known", text="It must be so."), ["known"], id="a fact"),
        pytest.param(norm("", "known", "known"), ["known"], id="once for two clauses"),
        pytest.param(norm("", "large", text="It must be so."), ["large"], id="a judgement"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unmarked-act", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(norm("", "approved", text="It must be so."), id="an act"),
        pytest.param(norm("when branch exists", "branch.good", text="It must be so."), id="of a branch"),
        pytest.param(norm("when known", "approved", text="It must be so."), id="in `when`"),
        pytest.param(norm("", "known and approved", text="It must be so."), id="several facts"),
        pytest.param(norm("", "members is at least 3", text="It must be so."), id="a comparison"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unmarked-act", text) == []
