"""All questions answered, on every core, with no answer lost where the solver hangs or dies."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from importlib.util import find_spec
from itertools import chain

from sopb_rules.analysis.asked import questions
from sopb_rules.analysis.questions import Answer, Question, Status
from sopb_rules.analysis.workers import End, Outcome, in_order
from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.policy_set import PolicySet

#: How many searches that take their whole time a question may need: one for conflicts makes several.
SEARCHES = 6
#: The seconds for all other searches of a question, and for writing it down, on a machine that is busy.
MARGIN = 60.0


def analyze(
    policies: PolicySet, only: Collection[str] = (), seconds: float = 10.0, processes: int | None = None
) -> Iterator[Answer]:
    """The answers to all questions about a policy set, in the order of the questions, each as soon as it is there.

    The solver runs in processes of our own. It gives up a search after `seconds` by itself; one question may take several
    searches, so a question as a whole is given up after `SEARCHES` times that and a margin. What it had answered until then
    is kept, and the rest is undecided. So it is where the solver dies. The answers are the same, in the same order, however
    many processes there are.

    Args:
        only: ids of norms, names of decisions, numbers of articles; all where it is empty.
        seconds: after which the solver gives up on one search.
        processes: how many; as many as there are cores where it is left out.

    Raises:
        RulesError: nothing is called so, the solver is not installed, or the processes cannot be started: a script that
            calls this must do so below ``if __name__ == "__main__":``.
    """
    check_installed()
    return chain.from_iterable(answered(policies, questions(policies, only), seconds, processes))


#: The command that brings the solver.
INSTALL = "pip install 'sopb-rules[analysis]'"


def check_installed(what: str = "questions about all states need") -> None:
    """Make sure that the solver is there, without loading it.

    Args:
        what: the beginning of the sentence that says what needs it.

    Raises:
        RulesError: it is not.
    """
    if find_spec("z3") is None:
        message = f"{what} the solver z3, which is not installed"
        help = f"{INSTALL}; in a clone with a .venv: .venv/bin/pip install -e '.[analysis]'"
        raise RulesError([Diagnostic(Code.EXTRA_MISSING, message, help=help)])


def answered(
    policies: PolicySet, asked: Sequence[Question], seconds: float = 10.0, processes: int | None = None
) -> Iterator[tuple[Answer, ...]]:
    """The answers to each of some questions, as `analyze` gives them.

    Raises:
        RulesError: the processes cannot be started.
    """
    limit = SEARCHES * seconds + MARGIN
    outcomes = in_order(_answer, (policies, seconds), asked, limit, processes or os.cpu_count() or 1)
    for question, outcome in zip(asked, outcomes, strict=True):
        reason = _why_undecided(outcome, limit)
        undecided = (Answer(question, Status.UNDECIDED, reason=reason),) if reason else ()
        yield (*outcome.results, *undecided)


def _why_undecided(outcome: Outcome[Answer], limit: float) -> str:
    """Why a question has no answer, or not all; "" where it has."""
    match outcome.end:
        case End.DONE:
            return ""
        case End.LATE:
            return f"not decided within {limit:g} s"
        case End.DIED:
            return "the solver ended unexpectedly"
        case End.RAISED:
            return f"the solver ended unexpectedly ({outcome.told})"


def _answer(setting: tuple[PolicySet, float], question: Question) -> Iterator[Answer]:
    """The answers to a question; in another process."""
    from sopb_rules.analysis.ask import answers

    policies, seconds = setting
    yield from answers(policies, question, seconds)
