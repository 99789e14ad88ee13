"""The check `negated-comparison`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import diagnostics, norm, told


@pytest.mark.parametrize(
    ("condition", "help"),
    [
        ("level is county", "level is not county"),
        ("level is at least county", "level is below county"),
        ("level is at most county", "level is above county"),
        ("members is at least 3", "members is fewer than 3"),
        ("members is fewer than 3", "members is at least 3"),
        ("registered_on is on or before today", "registered_on is after today"),
    ],
)
def test_tells_the_word_that_there_is(condition: str, help: str) -> None:
    (found,) = diagnostics("negated-comparison", norm(f"when not ({condition})"))
    assert found.help == f"write `{help}`"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(norm("when not (level is county)", "reported_on exists"), ["level is county"], id="is"),
        pytest.param(
            norm("when not (level is at least county)", "reported_on exists"),
            ["level is at least county"],
            id="at least, of a kind",
        ),
        pytest.param(
            norm("when not (members is at least 3)", "reported_on exists"), ["members is at least 3"], id="at least"
        ),
        pytest.param(
            norm("when not (registered_on is before 2026-01-01)", "reported_on exists"),
            ["registered_on is before 2026-01-01"],
            id="a date",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("negated-comparison", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(norm("when not approved", "reported_on exists"), id="a fact"),
        pytest.param(norm("when not (level is county or members is 3)", "reported_on exists"), id="several"),
        pytest.param(norm("unless members is at least 3"), id="unless"),
        pytest.param(norm("when not (color is one of red, blue)", "reported_on exists"), id="one of"),
        pytest.param(norm("when not (branch exists)", "reported_on exists"), id="exists"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("negated-comparison", text) == []
