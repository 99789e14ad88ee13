"""What holds of every interview about every policy set."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.interview.question import Form, Question
from sopb_rules.interview.session import Interview
from sopb_rules.policy_set import PolicySet
from sopb_rules.states.records import State
from sopb_rules.testing.strategies import policy_sets, states
from tests.interview.support import comes_to, missing, outcomes, play, some_answer
from tests.properties.support import choices, few, fewer, forgetting, until


def started(data: st.DataObject) -> tuple[PolicySet, State]:
    """Policies, and a state of which much is unknown."""
    policies = data.draw(policy_sets())
    return policies, policies.state(data.draw(states(policies)))


@fewer
@given(st.data())
def test_an_interview_asks_only_what_is_missing_and_ends_when_nothing_is(data: st.DataObject) -> None:
    policies, state = started(data)
    interview = policies.interview(state)
    seed = data.draw(st.integers(0, 10))
    play(interview, lambda question: some_answer(question, seed))
    assert not missing(policies, interview.state)
    assert interview.done
    assert interview.progress.settled + interview.progress.stuck == interview.progress.every
    assert interview.progress.expected == 0


@fewer
@given(st.data())
def test_a_question_that_nobody_can_answer_is_not_asked_again(data: st.DataObject) -> None:
    policies, state = started(data)
    interview = policies.interview(state)

    def shrug(question: Question) -> object:
        return None if question.form is not Form.ENTRIES else 0  # a list at the top cannot be unknown

    play(interview, shrug)
    assert not missing(policies, interview.state)


def test_the_order_of_the_answers_changes_no_verdict() -> None:
    """Where a reference was answered before what it leads to was listed, another answer was given: that says nothing.

    A verdict may be open by the truth of its parts and still come to one thing only: then nothing more is asked.
    """
    compared = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal compared
        policies = data.draw(policy_sets())
        state = policies.state(forgetting(choices(data), policies.model, data.draw(states(policies)), 2))
        seed = data.draw(st.integers(0, 10))
        ours, other = policies.interview(state), policies.interview(state)
        said: dict[str, object] = {}
        play(ours, noting(said, seed))
        draw = random.Random(seed)
        said_there: dict[str, object] = {}
        while candidates := sorted(other.candidates(), key=lambda question: question.path):
            other.ask(draw.choice(candidates))
            answer_or_shrug(other, noting(said_there, seed))
            assert len(said_there) < 2000
        if any(said[path] != said_there[path] for path in said.keys() & said_there.keys()):
            return
        found, again = comes_to(policies, ours.state), comes_to(policies, other.state)
        common = found.keys() & again.keys()
        assert {key: found[key] for key in common} == {key: again[key] for key in common}
        compared += len(said) > 1

    until(hold, lambda: compared >= 2)
    assert compared >= 2


def noting(said: dict[str, object], seed: int) -> Callable[[Question], object]:
    """Answers made by chance that are noted by their place."""

    def answer(question: Question) -> object:
        said[question.path] = some_answer(question, seed)
        return said[question.path]

    return answer


def answer_or_shrug(interview: Interview, answer: Callable[[Question], object]) -> None:
    question = interview.question()
    assert question is not None
    given = answer(question)
    if given is None and not question.may_be_absent:
        interview.unknown()
    else:
        interview.answer(given)


@few
@given(st.data())
def test_going_back_leads_to_the_same_question_and_the_same_verdicts(data: st.DataObject) -> None:
    policies, state = started(data)
    interview = policies.interview(state)
    before: list[tuple[object, object]] = []
    for _ in range(data.draw(st.integers(0, 8))):
        question = interview.question()
        if question is None:
            break
        before.append((question, outcomes(policies, interview.state)))
        if data.draw(st.booleans()):
            answer_or_shrug(interview, noting({}, 0))
        else:
            interview.skip()
    for asked, found in reversed(before):
        assert interview.back()
        assert interview.question() == asked
        assert outcomes(policies, interview.state) == found
    assert not interview.back()


@few
@given(st.data())
def test_what_is_kept_between_steps_is_what_would_be_found_anew(data: st.DataObject) -> None:
    policies, state = started(data)
    interview = policies.interview(state)
    for _ in range(3):
        question = interview.question()
        if question is None:
            break
        anew = policies.interview(interview.state)
        assert {each.path for each in interview.candidates()} == {each.path for each in anew.candidates()}
        found, again = interview.progress, anew.progress
        # How many questions are expected also rests on the borders that were met before.
        assert (found.settled, found.stuck, found.every) == (again.settled, again.stuck, again.every)
        answer_or_shrug(interview, noting({}, 3))
