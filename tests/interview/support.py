"""Answers made by chance, interviews played to their end, and what must hold then."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sopb_rules.interview.question import Form, Question
from sopb_rules.interview.session import Interview
from sopb_rules.policy_set import PolicySet
from sopb_rules.states.records import State

TODAY = datetime.date(2026, 11, 1)


def some_answer(question: Question, seed: object) -> Any:
    """An answer that depends on nothing but the seed and the place."""
    draw = random.Random(f"{seed} {question.path}")
    if question.may_be_absent and draw.random() < 0.3:
        return None
    match question.form:
        case Form.YES_NO | Form.EXISTENCE:
            return draw.random() < 0.5
        case Form.ENTRIES:
            number = draw.choice((0, 1, 2))
            entity = question.place.of
            listed = getattr(entity, "listed", False)
            return [f"new-{index}" for index in range(number)] if listed else number
        case Form.COUNT | Form.NUMBER:
            return draw.choice((0, 1, 2, 3, 5, 10))
        case Form.PERCENT:
            return draw.choice(("0%", "40%", "100%"))
        case Form.AMOUNT:
            return Decimal(draw.choice((0, 500, 501)))
        case Form.DATE:
            return draw.choice((TODAY, datetime.date(2024, 2, 29), datetime.date(2030, 1, 1)))
        case Form.DAYS | Form.MONTHS:
            return f"{draw.choice((0, 1, 6, 30))} {question.unit}"
        case Form.TEXT:
            return draw.choice(("red", "green", "unknown"))
        case Form.CHOICE | Form.REFERENCE:
            return draw.choice(list(question.choices)) if question.choices else None


def play(interview: Interview, answer: Callable[[Question], Any], most: int = 2000) -> list[str]:
    """Answer until the interview is done; the paths that were asked. What cannot be answered is unknown."""
    asked = []
    while (question := interview.question()) is not None:
        assert question.path in missing(interview.policies, interview.state), "nothing else is asked"
        assert question.path not in asked, "nothing is asked twice"
        asked.append(question.path)
        given = answer(question)
        if given is None and not question.may_be_absent:
            interview.unknown()
        else:
            interview.answer(given)
        assert len(asked) < most
    return asked


def missing(policies: PolicySet, state: State) -> set[str]:
    """All that is missing in a state and was not asked."""
    report = policies.evaluate(state, state.as_of or TODAY)
    return {fact.path for found in (*report.findings, *report.decisions) for fact in found.missing if not fact.asked}


def outcomes(policies: PolicySet, state: State) -> dict[tuple[str, str], Any]:
    """What everything comes to, by name and subject."""
    report = policies.evaluate(state, state.as_of or TODAY)
    found: dict[tuple[str, str], Any] = {(f.norm, f.subject.path): f.verdict for f in report.findings}
    return found | {(f.decision, f.subject.path): (f.verdict, f.value) for f in report.decisions}


def comes_to(policies: PolicySet, state: State) -> dict[tuple[str, str], frozenset[Any]]:
    """What everything can still come to, whatever is stated more, by name and subject; only what is known exactly."""
    report = policies.evaluate(state, state.as_of or TODAY)
    found: dict[tuple[str, str], Any] = {(f.norm, f.subject.path): f for f in report.findings}
    found |= {(f.decision, f.subject.path): f for f in report.decisions}
    return {key: each.comes_to for key, each in found.items() if each.comes_to_exactly}
