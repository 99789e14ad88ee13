"""Questions answered: the one way from a question to its answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from sopb_rules.analysis.clash import acts_of, clashes, sharing_acts
from sopb_rules.analysis.implied import implied, may_imply
from sopb_rules.analysis.questions import Answer, Kind, Question, Status
from sopb_rules.analysis.replay import Mismatch
from sopb_rules.analysis.single import about, idle_case, settled_definition, whether_decides, whether_norm
from sopb_rules.analysis.solve import Undecided
from sopb_rules.model.called import called
from sopb_rules.model.norms import Policies, Statement
from sopb_rules.policy_set import PolicySet


def questions(policies: PolicySet, only: Collection[str] = ()) -> list[Question]:
    """All questions about a policy set, in the order of the document; or those about some norms, decisions or articles.

    Args:
        only: ids, names and numbers of articles; a question about several statements is asked if one of them is meant.

    Raises:
        RulesError: nothing is called so.
    """
    model = policies.model
    meant = None if not only else {id(each) for name in only for each in called(model, name)}

    def asked(*statements: Statement) -> bool:
        return meant is None or any(id(each) in meant for each in statements)

    found: list[Question] = []
    for statement in model.statements:
        if asked(statement):
            found += about(statement)
    for group in sharing_acts(model):
        if len(group) > 1 and asked(*group):
            found.append(Question(Kind.CONFLICT, tuple(norm.id for norm in group)))
    for permission in model.norms.values():
        for duty in model.norms.values():
            if permission.is_permission and not duty.is_permission and asked(permission, duty):
                if acts_of(permission.act) & acts_of(duty.satisfied):
                    found.append(Question(Kind.FORBIDS_PERMITTED, (permission.id, duty.id)))
    for norm in model.norms.values():
        if not norm.is_permission and asked(norm) and (others := may_imply(model, norm)):
            found.append(Question(Kind.IMPLIED, (norm.id, *(each.id for each in others))))
    return found


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
