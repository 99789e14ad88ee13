"""Situations that no example shows: what is proposed does what it is proposed for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from sopb_rules.diagnostics import Code
from sopb_rules.loading import load_policies
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source
from sopb_rules.testing import missing, turning_examples
from sopb_rules.testing.coverage import condition_coverage
from sopb_rules.testing.examples import run_examples
from sopb_rules.testing.missing import with_examples
from sopb_rules.testing.situations import Situations
from sopb_rules.testing.strategies import policy_sets
from sopb_rules.testing.trials import settled
from sopb_rules.testing.turning_examples import Ending, Found
from tests.mutation.reading import VOCABULARY, duty, policies

CONDITIONS = [
    ("a and b", ""),
    ("members is at least 3", "a"),
    ("day plus 2 months is on or after today", "income is more than 40 yuan"),
    ("branch exists and branch.good", "color is one of red, blue"),
    ("every part in parts satisfies (part.x or part.y)", "number of part in parts where (part.x) is at least 3"),
    ("income is at least 40% of income and share is more than 10%", "level is above township"),
    ("large or (a and b and c and members is 4)", "not (color is green)"),
]


@pytest.mark.parametrize(("must", "when"), CONDITIONS)
def test_with_the_proposed_examples_little_is_left_untried(must: str, when: str) -> None:
    """Starting from no example at all, adding what is proposed leaves only that for which nothing was proposed."""
    norm = duty(must, when)
    examples: list[str] = []
    for _ in range(3):  # what is proposed speaks of the examples that are there
        given = policies(norm + "".join(examples))
        assert all(result.passed for result in run_examples(given))
        told = list(with_examples(given, condition_coverage(given)))
        if not any(diagnostic.example for diagnostic in told):
            break
        examples += [f"\n{diagnostic.example}" for diagnostic in told if diagnostic.example]
    assert [diagnostic.message for diagnostic in told if diagnostic.example] == []
    impossible = [diagnostic.message for diagnostic in told]
    assert all("income is at least 40% of income" in message for message in impossible)


def test_one_example_more_is_proposed_beside_one_that_is_there() -> None:
    given = policies(duty("a and b", "", "a is yes, b is yes -> 1.1 is met"))
    first, second = with_examples(given, condition_coverage(given))
    assert first.example == '  example "a is no"\n    given a is no\n    then 1.1 is unmet\n'
    assert first.help == "beside “0” this example shows it"
    assert second.example == '  example "b is no"\n    given b is no\n    then 1.1 is unmet\n'


@pytest.mark.parametrize(
    ("solver", "help"),
    [
        (True, "proved: no situation shows it; if it changes nothing, leave it out"),
        (False, "no situation was found that shows it; if it changes nothing, leave it out"),
    ],
)
def test_what_changes_nothing_is_said_to(solver: bool, help: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not solver:
        monkeypatch.setattr(missing, "find_spec", lambda _: None)
    given = policies(duty("members is at least 0", "a", "a is yes, members is 0 -> 1.1 is met"))
    told = {diagnostic.code: diagnostic for diagnostic in with_examples(given, condition_coverage(given))}
    condition = next(
        each
        for each in with_examples(given, condition_coverage(given))
        if each.code is Code.UNTRIED_CONDITION and "members" in each.message
    )
    assert (condition.example, condition.help) == ("", help)
    assert 'example "members is 1"' in told[Code.UNTRIED_THRESHOLD].example


def test_the_solver_finds_what_the_search_misses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Situations, "_try", lambda _: iter(()))
    given = policies(duty("members is at least 2", "a"))
    shown, when, border = with_examples(given, condition_coverage(given))
    assert shown.help == when.help == "these two examples show it"
    assert [line for line in when.example.split("\n") if "given" in line] == [
        "    given a is yes, members is 2",
        "    given a is yes, members is 1",
    ]
    assert border.help == "these examples do, together with what was shown above"
    assert "members is 3" in border.example
    assert shown.example == (
        '  example "a: no"\n    given a is no\n    then 1.1 does not apply\n\n'
        '  example "a: yes"\n    given a is yes, members is 0\n    then 1.1 is unmet\n'
    )


def test_what_the_solver_does_not_decide_is_not_called_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    undecided = Found(None, Ending.UNDECIDED, reason="not decided within 5 s")
    monkeypatch.setattr(turning_examples, "found", lambda *_: undecided)
    given = policies(duty("members is at least 0", "a", "a is yes, members is 0 -> 1.1 is met"))
    helps = {each.help for each in with_examples(given, condition_coverage(given)) if not each.example}
    assert helps == {"no situation was found that shows it; if it changes nothing, leave it out"}


def test_nothing_is_given_that_is_not_needed() -> None:
    given = policies(duty("a", "members is at least 3"))
    norm = given.model.norms["1.1"]
    found = Situations(given, norm).find(lambda trial: settled(trial) == "not_applicable")
    assert found is not None
    assert found.example() == '  example "members is 2"\n    given members is 2\n    then 1.1 does not apply\n'


@settings(max_examples=25)  # each searches through some hundred situations
@given(policy_sets())
def test_every_situation_is_an_example_that_passes(policies: PolicySet) -> None:
    """Whatever a situation is printed as, it can be read, and comes to what it says."""
    texts = {source.name: source.text for source in policies.model.sources}
    titles = {result.title for result in run_examples(policies)}  # which say what they like
    for statement in policies.model.statements[:2]:
        situations = [each for each, _ in zip(Situations(policies, statement), range(12), strict=False)]
        place = statement.span.source
        end = statement.span.end
        text = place.text[:end] + "\n\n" + "\n".join(each.example() for each in situations) + place.text[end:]
        again = PolicySet(
            compile_policies([Source(name, text if name == place.name else each) for name, each in texts.items()])
        )
        wrong = [failure for result in run_examples(again) for failure in result.failures if result.title not in titles]
        assert [str(failure) for failure in wrong] == []


def test_from_nothing_nearly_all_of_an_article_can_be_tried() -> None:
    """The hardest lists of the Opinions are among those that are found."""
    given = load_policies()
    for id in ("11.5", "8.1"):
        norm = given.model.norms[id]
        outcomes = {settled(each.trial) for each, _ in zip(Situations(given, norm), range(400), strict=False)}
        assert {"met", "unmet"} <= outcomes


def test_an_example_that_takes_away_what_it_is_about() -> None:
    text = (
        'article 1 "One"\n\nnorm 1.1 about part\n  | It must.\n  the committee must\n    x\n\n'
        '  example "none"\n    given organization.parts is none\n    then 1.1 is met\n'
    )
    sources = [Source("vocabulary.policy", VOCABULARY), Source("article.policy", text)]
    (result,) = run_examples(PolicySet(compile_policies(sources)))
    (failure,) = result.failures
    assert failure.code is Code.EXAMPLE
    assert failure.message == "the part that the example is about is not in what is given"
