"""Questions answered: the one way from a question to its answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sopb_rules.analysis.questions import Answer, Question
from sopb_rules.policy_set import PolicySet


def questions(policies: PolicySet, only: Collection[str] = ()) -> list[Question]:
    """All questions about a policy set, in the order of the document; or those about some norms, decisions or articles.

    Raises:
        RulesError: nothing is called so.
    """
    raise NotImplementedError


def answers(policies: PolicySet, question: Question, seconds: float = 10.0) -> Iterator[Answer]:
    """The answers to a question: one, but for conflicts, of which each is an answer.

    Args:
        seconds: after which the solver gives up on one search.
    """
    raise NotImplementedError
