"""Situations of Catala's own tests on exceptions, conflicts and gaps, with the answers that stand there.

Each is named by its path below `tests/` in https://github.com/CatalaLang/catala. What is a variable there is a decision
here: its definitions are cases, an `exception` is a case that is `overriding`, “might return an empty error” is a gap,
and “two exceptions overlap” or “conflict between multiple valid consequences” an overlap. A variable by which a
definition is conditioned is a fact, since the proofs there do not look at how it is defined either.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from sopb_rules.analysis.questions import Kind, Question, Status
from sopb_rules.diagnostics import Code, RulesError
from sopb_rules.predicates.verdicts import Verdict
from tests.analysis.catala_exceptions import DEFAULTS, EXCEPTIONS
from tests.analysis.catala_proofs import PROOFS
from tests.analysis.catala_words import facts
from tests.analysis.situations import (
    DAY,
    Facts,
    Situation,
    answered,
    asked,
    decision,
    outcomes,
    policy_set,
    replayed,
    status,
    tried,
)

SITUATIONS = [*PROOFS, *EXCEPTIONS, *DEFAULTS]


@pytest.mark.parametrize(("situation", "stated", "expected"), tried(SITUATIONS))
def test_a_state_comes_to_what_it_comes_to_there(
    situation: Situation, stated: Facts, expected: Mapping[str, str]
) -> None:
    policies = situation.policies
    state = policies.state({"thing": [{"id": "t", **stated}]})
    assert {name: outcomes(policies, state, DAY)["thing[t]", name] for name in expected} == expected


@pytest.mark.parametrize(("situation", "question", "expected"), asked(SITUATIONS))
def test_the_analysis_finds_what_is_found_there(situation: Situation, question: Question, expected: Status) -> None:
    assert status(situation.policies, question) is expected


SHOWN = {Kind.GAP: Verdict.NO_CASE, Kind.OVERLAP: Verdict.CONFLICT}


@pytest.mark.parametrize(
    ("situation", "question", "expected"),
    [each for each in asked(SITUATIONS) if each.values[2] is Status.FOUND and each.values[1].kind in SHOWN],  # type: ignore[union-attr, index]
)
def test_a_state_shows_it(situation: Situation, question: Question, expected: Status, tmp_path: Path) -> None:
    (answer,) = answered(situation.policies, question)
    assert answer.witness is not None
    came = replayed(situation.policies, answer, tmp_path)
    assert came[answer.witness.subject, question.ids[0]] == SHOWN[question.kind].value


def test_two_cases_that_meet_in_a_third_meet_nowhere() -> None:
    """proof/bad/rationals-overlap.catala_en: they meet at a third, which is a rational there; here numbers are decimals.

    No state shows an overlap, so none may be said to be there.
    """
    policies = policy_set(
        facts("x number"), decision("y", "one when 3 times x is at least 1", "zero when 3 times x is at most 1")
    )
    answers = answered(policies, Question(Kind.OVERLAP, ("y",)))
    assert {answer.status for answer in answers} <= {Status.CLEAR, Status.UNDECIDED}


CIRCLE = ("zero when a, overriding 1.3", "one when b, overriding 1.1", "two when c, overriding 1.2")


@pytest.mark.parametrize(
    ("source", "statements", "code"),
    [
        (
            "exception/bad/exceptions_cycle.catala_en",
            (decision("y", *CIRCLE),),
            Code.BAD_OVERRIDE,
        ),
        ("exception/bad/self_exception.catala_en", (decision("y", "zero when a, overriding 1.1"),), Code.BAD_OVERRIDE),
        (
            "exception/bad/dangling_exception.catala_en",
            (decision("x", "zero"), decision("y", "one when a, overriding 1.1", first=2)),
            Code.BAD_OVERRIDE,
        ),
        (
            "scope/bad/cyclic_scopes.catala_en",
            (decision("x", "one when y is one"), decision("y", "one when x is one", first=2)),
            Code.CYCLE,
        ),
    ],
)
def test_what_is_refused_there_is_refused_here(source: str, statements: tuple[str, ...], code: Code) -> None:
    with pytest.raises(RulesError) as refused:
        policy_set(facts("a yes/no", "b yes/no", "c yes/no"), *statements)
    assert {diagnostic.code for diagnostic in refused.value.diagnostics} == {code}
