"""Condition coverage: an atom is shown by two examples that differ in it alone, and by nothing less."""

from __future__ import annotations

import pytest
from hypothesis import given

from sopb_rules.diagnostics import Code
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source
from sopb_rules.testing.coverage import Shown, condition_coverage
from sopb_rules.testing.strategies import policy_sets
from tests.mutation.reading import VOCABULARY
from tests.properties.support import fewer


@fewer
@given(policy_sets())
def test_any_policies_can_be_covered(policies: PolicySet) -> None:
    """Whatever the examples are: each atom once, those that are shown were tried, and each diagnostic can be told."""
    covered = condition_coverage(policies)
    assert len({(each.statement, each.atom) for each in covered}) == len(covered)
    for each in covered:
        assert all(str(diagnostic) for diagnostic in each.diagnostics())
        assert each.atom.span is not None


def covered(norm: str, *examples: str) -> dict[str, Shown]:
    """The atoms of a norm with some examples, by their words. An example is what is given and what comes out."""
    lines = []
    for number, example in enumerate(examples):
        given, then = example.split(" -> ")
        lines.append(f'  example "{number}"\n' + (f"    given {given}\n" if given else "") + f"    then {then}\n")
    text = f'article 1 "One"\n{norm}\n' + "".join(lines)
    sources = [Source("vocabulary.policy", VOCABULARY), Source("article.policy", text)]
    return {each.atom.words: each for each in condition_coverage(PolicySet(compile_policies(sources)))}


def shown(norm: str, *examples: str) -> set[str]:
    return {words for words, each in covered(norm, *examples).items() if each.shown}


def duty(must: str, when: str = "") -> str:
    condition = f"  when {when}\n" if when else ""
    return f"norm 1.1 about organization\n  | It must.\n{condition}  the committee must\n    {must}\n"


BOTH = duty("a and b")


def test_two_examples_that_differ_in_one_atom_show_it() -> None:
    assert shown(BOTH, "a is yes, b is yes -> 1.1 is met", "a is no, b is yes -> 1.1 is unmet") == {"a"}


def test_two_that_differ_in_two_atoms_show_none() -> None:
    assert shown(BOTH, "a is yes, b is yes -> 1.1 is met", "a is no, b is no -> 1.1 is unmet") == set()


def test_two_that_come_to_one_verdict_show_none() -> None:
    assert shown(BOTH, "a is yes, b is no -> 1.1 is unmet", "a is no, b is no -> 1.1 is unmet") == set()


def test_an_unsettled_verdict_shows_none() -> None:
    assert shown(BOTH, "a is yes -> 1.1 is unknown", "a is no -> 1.1 is unmet") == set()


def test_what_is_unknown_in_one_of_them_is_no_difference() -> None:
    assert shown(BOTH, "a is yes, b is yes -> 1.1 is met", "a is no -> 1.1 is unmet", "b is no -> 1.1 is unmet") == {
        "a",
        "b",
    }


def test_what_differs_where_it_cannot_matter_is_no_difference() -> None:
    norm = duty("(a or b) and c")
    first, second = "a is yes, b is yes, c is yes -> 1.1 is met", "a is yes, b is no, c is no -> 1.1 is unmet"
    assert shown(norm, first, second) == {"c"}


def test_an_absent_entity_has_no_facts_that_could_differ() -> None:
    norm = duty("branch exists and branch.good")
    assert shown(norm, "branch.good is yes -> 1.1 is met", "branch is absent -> 1.1 is unmet") == {"branch exists"}


def test_the_values_of_one_kind_turn_together() -> None:
    norm = duty("color is red and not (color is blue) and a")
    examples = ("color is red, a is yes -> 1.1 is met", "color is blue, a is yes -> 1.1 is unmet")
    assert shown(norm, *examples) == {"color is red", "color is blue"}
    assert shown(norm, *examples[:1], "color is blue, a is no -> 1.1 is unmet") == set()


def test_elements_of_lists() -> None:
    norm = duty("every part in parts satisfies (part.x or part.y)")
    met = "parts are (x is yes, y is no) and (x is yes, y is no) -> 1.1 is met"
    assert shown(norm, met, "parts are (x is yes, y is no) and (x is no, y is no) -> 1.1 is unmet") == {"part.x"}
    assert shown(norm, met, "parts are (x is no, y is no) -> 1.1 is unmet") == set()  # another list, not another fact


def test_an_element_turns_the_verdict_through_the_comparison_that_counts_it() -> None:
    norm = duty("number of part in parts where (part.x) is at least 1")
    examples = ("parts are (x is yes) -> 1.1 is met", "parts are (x is no) -> 1.1 is unmet")
    assert shown(norm, *examples) == {"part.x", "number of part in parts where (part.x) is at least 1"}


def test_a_longer_list_turns_the_comparison_that_counts_it() -> None:
    norm = duty("number of parts is at least 1")
    assert shown(norm, "parts are (x is yes) -> 1.1 is met", "parts is none -> 1.1 is unmet") == {
        "number of parts is at least 1"
    }


def test_examples_of_other_norms_count_where_they_speak_of_this_one() -> None:
    second = duty("a").replace("1.1", "1.2") + (
        '  example "both"\n    given a is yes, b is yes\n    then 1.2 is met and 1.1 is met\n'
        '  example "none"\n    given a is no, b is yes\n    then 1.2 is unmet and 1.1 is unmet\n'
    )
    text = f'article 1 "One"\n{BOTH}{second}'
    policies = compile_policies([Source("vocabulary.policy", VOCABULARY), Source("article.policy", text)])
    found = condition_coverage(PolicySet(policies))
    assert [each.shown for each in found if each.owner == "norm 1.1"] == [True, False]


def test_judgements_are_told_apart() -> None:
    found = covered(duty("large and members is at least 3"))
    assert {words: each.judgement for words, each in found.items()} == {"large": True, "members is at least 3": False}


def test_decisions_and_definitions_are_covered_too() -> None:
    definition = "define big about organization\n  means members is at least 3"
    assert shown(definition, "members is 3 -> big is yes", "members is 2 -> big is no") == {"members is at least 3"}
    decision = "decision 1 paint about organization gives color\n  case 1.1 gives red when a and b\n    | Paint it.\n"
    assert shown(decision, "a is yes, b is yes -> paint is red", "a is no -> paint has no case") == {"a"}


@pytest.mark.parametrize(
    ("condition", "at", "below", "above"),
    [
        ("members is at least 3", "members is 3", "members is 2", "members is 4"),
        ("day is before 2026-03-01", "day is 2026-03-01", "day is 2026-02-28", "day is 2026-03-02"),
        ("level is at least county", "level is county", "level is township", "level is national"),
        ("income is more than 10 yuan", "income is 10 yuan", "income is 9.99 yuan", "income is 500 yuan"),
    ],
)
def test_thresholds_are_tried_at_below_and_above(condition: str, at: str, below: str, above: str) -> None:
    norm = duty("a", condition)

    def untried(*given: str) -> tuple[str, ...]:
        return covered(norm, *(f"{each} -> 1.1 is unknown" for each in given))[condition].untried

    assert untried(at, below, above) == ()
    assert untried(at, above) == ("just below",)
    assert untried(below) == ("at", "just above")


def test_farther_away_is_not_just_below() -> None:
    (found,) = (each for each in covered(duty("members is at least 3"), "members is 1 -> 1.1 is unmet").values())
    assert found.untried == ("just below", "at", "just above")


@pytest.mark.parametrize(
    ("condition", "untried"),
    [
        ("members is at least 0", ("at", "just above")),
        ("level is at most national", ("just below", "at")),
        ("level is above township", ("at", "just above")),
    ],
)
def test_nothing_is_asked_for_beyond_the_ends(condition: str, untried: tuple[str, ...]) -> None:
    assert covered(duty(condition))[condition].untried == untried


def test_what_is_left_to_try_is_told_with_its_place() -> None:
    found = covered(duty("members is at least 3"), "members is 3 -> 1.1 is met")["members is at least 3"]
    first, second = found.diagnostics()
    assert (first.code, first.where, first.span.line) == (Code.UNTRIED_CONDITION, "norm 1.1", 5)  # type: ignore[union-attr]
    assert (second.code, second.message) == (
        Code.UNTRIED_THRESHOLD,
        "no example lies just below or just above the border of `members is at least 3`",
    )
