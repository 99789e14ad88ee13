"""The check `untried-condition`: what `sopb test` tells of conditions, where there is an example at all."""

from __future__ import annotations

from tests.checks.asking import norm, told

ONE = '\n  example "one"\n    given approved is yes\n    then 8.1 is met\n'
OTHER = '\n  example "other"\n    given approved is no\n    then 8.1 is unmet\n'


def test_one_example_shows_nothing() -> None:
    assert told("untried-condition", norm() + ONE) == ["approved"]


def test_two_show_a_condition() -> None:
    assert told("untried-condition", norm() + ONE + OTHER) == []


def test_without_an_example_another_check_complains() -> None:
    assert told("untried-condition", norm()) == []
    assert told("no-example", norm()) == ["norm 8.1 about organization"]


def test_an_example_of_another_statement_counts() -> None:
    fine = "define fine about organization\n  means approved\n\n"
    assert told(
        "untried-condition", fine + norm() + ONE.replace("8.1 is met", "8.1 is met and fine is yes") + OTHER
    ) == ["approved"]
