"""The course of an interview: what ends it, going back, skipping, and what is asked about."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest

from sopb_rules import RulesError, load_policies
from sopb_rules.predicates.verdicts import Verdict
from tests.interview.sample import sample
from tests.interview.support import TODAY, missing, play, some_answer

ONE: dict[str, Any] = {"organization": [{"id": "a"}]}


def paths(interview: Any) -> set[str]:
    return {each.path for each in interview.candidates()}


def test_an_interview_about_the_opinions_settles_all_that_can_be_settled() -> None:
    policies = load_policies()
    interview = policies.interview(ONE, as_of=TODAY)
    asked = play(interview, lambda question: some_answer(question, 1))
    assert interview.done
    assert not missing(policies, interview.state)
    assert 20 < len(asked) < 150
    with pytest.raises(RulesError, match="the interview is done"):
        interview.answer(True)


def test_an_answer_that_settles_a_conjunction_makes_the_other_questions_unnecessary() -> None:
    interview = sample("open and calm and quiet").interview(ONE, as_of=TODAY)
    interview.answer(False)
    assert interview.done
    assert [(found.model.id, found.verdict) for found in interview.settled] == [("1.1", Verdict.UNMET)]


def test_the_fact_that_many_norms_share_comes_first() -> None:
    policies = sample("open and calm", "quiet or calm", "calm and members is at least 3")
    question = policies.next_question(ONE, as_of=TODAY)
    assert question is not None
    assert question.path == "organization[a].calm"


def test_the_likelier_end_of_a_condition_comes_first() -> None:
    policies = sample("level is national and (open or calm)")
    question = policies.next_question(ONE, as_of=TODAY)
    assert question is not None
    assert question.path == "organization[a].level"


def test_questions_stay_within_a_topic() -> None:
    policies = sample("open and calm", "quiet and sound", "members is at least 3 and office.staffed")
    interview = policies.interview(ONE, as_of=TODAY)
    articles = []
    while (question := interview.question()) is not None:
        articles.append(question.article)
        interview.answer(3 if question.form.value == "count" else True)
    assert len(articles) == 6
    assert sum(left != right for left, right in itertools.pairwise(articles)) == 2


def test_skipped_questions_come_last_and_come_again() -> None:
    interview = sample("open", "calm").interview(ONE, as_of=TODAY)
    first = interview.question()
    interview.skip()
    second = interview.question()
    assert first is not None
    assert second is not None
    assert second.path != first.path
    interview.answer(True)
    assert interview.question() == first
    interview.skip()
    assert interview.question() == first  # nothing else is left


def test_what_nobody_knows_is_not_asked_again() -> None:
    interview = sample("open", "sound").interview(ONE, as_of=TODAY)
    while not interview.done:
        interview.unknown()
    (record,) = interview.state.lists["organization"] or ()
    assert record.stated["open"].unknown
    assert record.stated["sound"].unknown
    assert not interview.candidates()
    assert {found.verdict for found in interview.findings()} == {Verdict.UNKNOWN}


def test_going_back_also_takes_back_what_was_skipped_and_what_is_always_there() -> None:
    interview = sample("branch exists and office.staffed and branch.approved").interview(ONE, as_of=TODAY)
    asked = [interview.question()]
    interview.answer(True)
    asked.append(interview.question())
    interview.skip()
    asked.append(interview.question())
    interview.answer("yes")
    for question in reversed(asked):
        assert interview.back()
        assert interview.question() == question
    assert not interview.back()
    (record,) = interview.state.lists["organization"] or ()
    assert record.get("branch") is None


def test_another_question_than_the_one_proposed_can_be_asked() -> None:
    interview = sample("open and calm").interview(ONE, as_of=TODAY)
    other = next(each for each in interview.candidates() if each != interview.question())
    interview.ask(other)
    assert interview.question() == other
    interview.answer(True)
    (record,) = interview.state.lists["organization"] or ()
    assert record.get(other.path.rpartition(".")[2]) is True
    with pytest.raises(RulesError, match="nothing waits for"):
        interview.ask(other)


def test_the_state_that_was_given_is_left_as_it_is() -> None:
    policies = sample("open")
    state = policies.state(ONE, as_of=TODAY)
    interview = policies.interview(state)
    interview.answer(True)
    assert next(iter(state.lists["organization"] or ())).get("open") is None
    assert interview.state is not state


def test_only_what_was_named_is_asked_about() -> None:
    policies = sample("open", "calm", "quiet")
    data = {"organization": [{"id": "a"}, {"id": "b", "name": "Beta"}]}
    assert paths(policies.interview(data, TODAY, about="2")) == paths(policies.interview(data, TODAY, about=[2]))
    assert paths(policies.interview(data, TODAY, about=[2])) == {"organization[a].calm", "organization[b].calm"}
    assert paths(policies.interview(data, TODAY, about=["3.1"], subject="a")) == {"organization[a].quiet"}
    assert len(paths(policies.interview(data, TODAY, subject="Beta"))) == 3
    opinions = load_policies()
    case = next(iter(opinions.model.decisions.values())).cases[0].id
    assert paths(opinions.interview(ONE, TODAY, about=[case])) == paths(
        opinions.interview(ONE, TODAY, about=["leading_body"])
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"about": ["9.1"]}, "no norm, decision or article 9.1"),
        ({"about": ["leading"]}, "no norm, decision or article leading"),
        ({"subject": "z"}, "lists nothing with the id z"),
        ({"as_of": None}, "no date is given"),
        ({"state": {"organization": [{"id": "a", "opn": True}]}}, "no fact `opn`"),
    ],
)
def test_what_is_not_there_cannot_be_asked_about(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(RulesError, match=message):
        sample("open").interview(**{"state": ONE, "as_of": TODAY, **arguments})


def test_progress_counts_what_is_settled() -> None:
    interview = sample("open", "calm and quiet").interview(ONE, as_of=TODAY)
    start = interview.progress
    assert (start.settled, start.every) == (0, 2)
    assert start.expected in (2, 3)
    while not interview.done:
        interview.answer(True)
    assert interview.progress.settled == interview.progress.every == 2
    assert interview.progress.expected == 0


def test_an_interview_can_be_about_a_day_of_its_own() -> None:
    policies = sample("founded is before today")
    data = {"as_of": datetime.date(2020, 1, 1), "organization": [{"id": "a"}]}
    interview = policies.interview(data, as_of=TODAY)
    interview.answer("2025-01-01")
    assert [found.verdict for found in interview.settled] == [Verdict.MET]
