"""Questions answered: the one way from a question to its answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sopb_rules.analysis.asked import questions
from sopb_rules.analysis.clash import clashes
from sopb_rules.analysis.implied import implied
from sopb_rules.analysis.questions import Answer, Kind, Question, Status
from sopb_rules.analysis.replay import Mismatch
from sopb_rules.analysis.single import idle_case, settled_definition, whether_decides, whether_norm
from sopb_rules.analysis.solve import Undecided
from sopb_rules.model.norms import Policies
from sopb_rules.policy_set import PolicySet


def answers(policies: PolicySet, question: Question, seconds: float = 10.0) -> Iterator[Answer]:
    """The answers to a question: mostly one; of conflicts each is an answer; none where another question tells it already.

    Args:
        seconds: after which the solver gives up on one search.
    """
    try:
        yield from _ANSWERED[question.kind](policies.model, question, seconds)
    except Undecided as error:
        yield Answer(question, Status.UNDECIDED, reason=str(error))
    except Mismatch as error:
        yield Answer(question, Status.MISMATCH, reason=str(error))


_ANSWERED: Mapping[Kind, Callable[[Policies, Question, float], Iterator[Answer]]] = {
    Kind.NEVER_APPLIES: whether_norm,
    Kind.CANNOT_BE_MET: whether_norm,
    Kind.CANNOT_BE_UNMET: whether_norm,
    Kind.GAP: whether_decides,
    Kind.OVERLAP: whether_decides,
    Kind.IDLE_CASE: idle_case,
    Kind.ALWAYS_TRUE: settled_definition,
    Kind.ALWAYS_FALSE: settled_definition,
    Kind.CONFLICT: clashes,
    Kind.FORBIDS_PERMITTED: clashes,
    Kind.IMPLIED: implied,
}


__all__ = ["answers", "questions"]
