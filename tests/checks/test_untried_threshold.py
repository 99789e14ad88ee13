"""The check `untried-threshold`: what `sopb test` tells of borders, where there is an example at all."""

from __future__ import annotations

from tests.checks.asking import norm, told


def examples(*members: int) -> str:
    outcome = {True: "8.1 is met", False: "8.1 does not apply"}
    return "".join(
        f'\n  example "{each}"\n    given members is {each}, approved is yes\n    then {outcome[each >= 3]}\n'
        for each in members
    )


def test_a_border_has_three_examples() -> None:
    threshold = norm("when members is at least 3")
    assert told("untried-threshold", threshold + examples(3)) == ["members is at least 3"]
    assert told("untried-threshold", threshold + examples(3, 9)) == ["members is at least 3"]
    assert told("untried-threshold", threshold + examples(2, 3, 4)) == []


def test_without_an_example_another_check_complains() -> None:
    assert told("untried-threshold", norm("when members is at least 3")) == []
