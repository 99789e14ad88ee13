"""What the examples notice, and the examples that would notice what they do not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from sopb_rules.diagnostics import RulesError
from sopb_rules.mutation import run
from sopb_rules.mutation.bench import Fate
from sopb_rules.mutation.run import Score, Trials, Tried, check_passing
from sopb_rules.testing.examples import run_examples
from tests.mutation.reading import duty, policies, stated, tried


def fates(*statements: str) -> dict[str, Fate]:
    return {each.mutant.words: each.fate for each in tried(*statements)}


def test_an_example_kills_what_it_notices_and_nothing_else() -> None:
    found = fates(duty("a", "members is at least 3", "members is 3, a is no -> 1.1 is unmet"))
    assert found["with `4` instead of `3`"] is Fate.KILLED
    assert found["with `2` instead of `3`"] is Fate.SURVIVED
    assert found["with `must not` instead of `must`"] is Fate.KILLED
    assert found["without `when members is at least 3`"] is Fate.SURVIVED


def test_what_becomes_unknown_is_noticed_too() -> None:
    found = fates(duty("a or b", "", "a is yes -> 1.1 is met"))
    assert found["with `and` instead of `or`"] is Fate.KILLED


def test_a_mutant_that_is_no_policy_is_refused() -> None:
    found = fates(duty("branch exists and branch.good", "", "branch.good is yes -> 1.1 is met"))
    assert found["without `branch exists`"] is Fate.REFUSED


def test_a_definition_is_tried_by_the_examples_of_all_that_use_it() -> None:
    definition = "define big about organization\n  means members is at least 3\n"
    norm = duty("a", "big", "members is 2 -> 1.1 does not apply", "members is 3, a is yes -> 1.1 is met")
    assert fates(definition, norm)["with `2` instead of `3`"] is Fate.KILLED


def test_a_dropped_clause_keeps_the_letters_of_the_others() -> None:
    clauses = '(a) "one"\n        a\n    (b) "two"\n        members is at least few'
    parameter = "parameter few count\n  judged by committee\n"
    found = fates(parameter, duty(clauses, "", "a is yes, judgement 1.1 (b) is yes -> 1.1 is met"))
    assert found["without `(a) “one”`"] is Fate.SURVIVED
    assert found["without `(b) “two”`"] is Fate.SURVIVED


@pytest.mark.parametrize(
    "norm",
    [
        duty("a", "members is at least 3", "members is 5, a is yes -> 1.1 is met"),
        duty("day plus 2 months is on or after today", "", "today is 2026-01-01, day is 2026-01-01 -> 1.1 is met"),
        duty("income is at least 40% of income and share is more than 10%", "level is above township"),
        duty("every part in parts satisfies (part.x or part.y)", "number of parts is at least 3"),
        duty("branch exists and branch.good", "color is one of red, blue"),
        duty("a and b and c and large"),
        duty("any part in parts where (part.x and not part.y)", "large"),
    ],
)
def test_an_example_that_would_notice_does(norm: str) -> None:
    """Each example that is proposed is a right example, and with all of them in place every mutant is noticed."""
    before = tried(norm)
    proposed = [each.telling.example for each in before if each.telling is not None]
    assert proposed
    completed = norm + "".join(f"\n{example}" for example in dict.fromkeys(proposed))
    assert all(result.passed for result in run_examples(policies(completed)))
    left = [each for each in tried(completed) if each.fate is Fate.SURVIVED]
    assert [each.mutant.words for each in left if each.telling is not None] == []


def test_where_nothing_makes_a_difference_it_is_said() -> None:
    (found,) = (each for each in tried(duty("a or (a and b)")) if each.mutant.words == "without `(a and b)`")
    assert (found.fate, found.telling) == (Fate.SURVIVED, None)
    assert "no situation was found" in found.diagnostic().help


def test_the_diagnostic_says_what_comes_out_both_ways() -> None:
    norm = duty("a", "members is at least 3", "members is 3, a is no -> 1.1 is unmet")
    (found,) = (each for each in tried(norm) if each.mutant.words == "with `2` instead of `3`")
    diagnostic = found.diagnostic()
    assert diagnostic.message == "no example notices norm 1.1 with `2` instead of `3`"
    assert diagnostic.help == "this would: it comes to not applicable as it is written, and to unmet with the change"
    assert (
        diagnostic.example == '  example "members is 2"\n    given a is no, members is 2\n    then 1.1 does not apply\n'
    )
    assert found.as_dict()["example"]["is_now"] == "not_applicable"


def test_the_score() -> None:
    found = tried(duty("a", "members is at least 3", "members is 3, a is no -> 1.1 is unmet"))
    score = Score.of(found)
    assert score.killed + score.told + score.survived + score.refused == len(found)
    assert score.percent == 100 * (score.killed + score.told) / (len(found) - score.refused)
    assert Score(0, 0, 0, 3).percent == 100


def test_a_weaker_force_is_noticed_by_the_sentence() -> None:
    found = fates(duty("a"))
    assert found["with `should` instead of `must`"] is Fate.TOLD
    both = fates(duty("a").replace("It must.", "It must and should."))
    assert both["with `should` instead of `must`"] is Fate.SURVIVED


def test_failing_examples_come_first() -> None:
    with pytest.raises(RulesError, match=r"1\.1 is unmet, and the example says met"):
        check_passing(policies(duty("a", "", "a is no -> 1.1 is met")))


def test_only_some() -> None:
    decision = "decision 1 paint about organization gives color\n  case 1.2 gives red when a\n    | Paint it.\n"
    definition = "define big about organization\n  means members is at least 3\n"
    among = policies(duty("a"), decision, definition)

    def owners(only: str) -> set[str]:
        return {each.owner for each in Trials(among, only).mutants}

    assert owners("1.1") == {"norm 1.1"}
    assert owners("paint") == owners("1.2") == {"decision 1"}
    assert owners("big") == {"definition big"}
    assert owners("1") == {"norm 1.1", "decision 1"}
    for wrong in ("1.7", "bigg", "7", "x y"):
        with pytest.raises(RulesError, match=f"there is no norm, decision or definition {wrong}"):
            Trials(among, wrong)


def test_on_several_processes_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(run, "_CHUNK", 2)
    trials = Trials(policies(duty("a", "members is at least 3", "members is 3, a is no -> 1.1 is unmet")))

    def told(found: Iterable[Tried]) -> list[tuple[str, Fate, str]]:
        return [(each.mutant.words, each.fate, str(each.diagnostic())) for each in found]

    found = told(trials.all(2))
    assert found == told(map(trials.one, range(len(trials.mutants))))
    assert {fate for _, fate, _ in found} >= {Fate.KILLED, Fate.TOLD, Fate.SURVIVED}


def test_examples_are_stated() -> None:
    assert stated("a is yes -> 1.1 is met") == '\n  example "0"\n    given a is yes\n    then 1.1 is met\n'
