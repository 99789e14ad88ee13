"""All questions answered, whatever becomes of the solver at one of them."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Collection
from typing import Any

import pytest

from sopb_rules.analysis import run
from sopb_rules.analysis.questions import Answer, Kind, Question, Status
from sopb_rules.analysis.run import analyze, answered
from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.policy_set import PolicySet
from tests.analysis import standins


@pytest.fixture
def policies() -> PolicySet:
    """Stands for any: the stand-ins do not look at it."""
    return None  # type: ignore[return-value]


def asked(monkeypatch: pytest.MonkeyPatch, *whats: str) -> list[Question]:
    """Let there be these questions, for the stand-in to answer."""
    made = [Question(Kind.CONFLICT, (str(index), what)) for index, what in enumerate(whats)]
    monkeypatch.setattr(run, "questions", lambda *_: made)
    monkeypatch.setattr(run, "_answer", standins.answer)
    return made


@pytest.mark.parametrize("processes", [1, 3])
def test_only_the_question_at_which_something_happens_is_undecided(
    monkeypatch: pytest.MonkeyPatch, policies: PolicySet, processes: int
) -> None:
    monkeypatch.setattr(run, "MARGIN", 1.5)
    whats = ("is slow", "hangs", "answers", "is killed", "partly raises", "partly hangs", "leaves", "answers")
    one, hangs, two, killed, raises, partly, leaves, three = asked(monkeypatch, *whats)
    died, late = "the solver ended unexpectedly", "not decided within 1.5 s"
    assert list(analyze(policies, seconds=0.0, processes=processes)) == [
        Answer(one, Status.CLEAR),
        Answer(hangs, Status.UNDECIDED, reason=late),
        Answer(two, Status.CLEAR),
        Answer(killed, Status.UNDECIDED, reason=died),
        Answer(raises, Status.FOUND),
        Answer(raises, Status.UNDECIDED, reason=f"{died} (ValueError: out of memory)"),
        Answer(partly, Status.FOUND),
        Answer(partly, Status.UNDECIDED, reason=late),
        Answer(leaves, Status.UNDECIDED, reason=died),
        Answer(three, Status.CLEAR),
    ]


def test_answers_come_before_all_questions_are_asked(monkeypatch: pytest.MonkeyPatch, policies: PolicySet) -> None:
    first, *rest = asked(monkeypatch, "answers", "hangs", "hangs")
    answers = answered(policies, [first, *rest], processes=2)
    assert next(answers) == (Answer(first, Status.CLEAR),)
    answers.close()  # type: ignore[attr-defined]


def test_as_many_processes_as_cores_where_nothing_is_said(monkeypatch: pytest.MonkeyPatch, policies: PolicySet) -> None:
    def in_order(*arguments: Any) -> list[Any]:
        counts.append(arguments[-1])
        return []

    counts: list[int] = []
    monkeypatch.setattr(run, "in_order", in_order)
    monkeypatch.setattr(run, "questions", lambda *_: [])
    for cores in (5, None):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        assert list(analyze(policies)) == []
    assert counts == [5, 1]


def test_a_missing_solver_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch, policies: PolicySet) -> None:
    monkeypatch.setattr(run, "find_spec", lambda *_: None)
    with pytest.raises(RulesError) as caught:
        analyze(policies)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code is Code.EXTRA_MISSING
    assert "\n" not in diagnostic.message
    assert diagnostic.help.startswith("pip install 'sopb-rules[analysis]'")


def test_names_that_nothing_has_are_told_at_once(monkeypatch: pytest.MonkeyPatch, policies: PolicySet) -> None:
    def questions(policies: PolicySet, only: Collection[str]) -> list[Question]:
        raise RulesError([Diagnostic(Code.UNKNOWN_NORM, f"there is no {only}")])

    monkeypatch.setattr(run, "questions", questions)
    with pytest.raises(RulesError, match="there is no 99"):
        analyze(policies, "99")


def test_the_solver_is_not_loaded_where_questions_are_asked() -> None:
    assert importlib.util.find_spec("z3") is not None
    code = (
        "import sys; from sopb_rules.analysis.run import check_installed; check_installed(); print('z3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
