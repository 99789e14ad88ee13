"""What is asked about a policy set. Nothing here knows the solver, so that questions can be listed without it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sopb_rules.analysis.questions import Kind, Question
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.called import called
from sopb_rules.model.norms import Decision, Definition, Norm, Policies, Statement, facts_of
from sopb_rules.policy_set import PolicySet


def questions(policies: PolicySet, only: Collection[str] = ()) -> list[Question]:
    """All questions about a policy set, in the order of the document; or those about some norms, decisions or articles.

    Args:
        only: ids, names and numbers of articles; a question about several statements is asked if one of them is meant.

    Raises:
        RulesError: nothing is called so.
    """
    model = policies.model
    only = (only,) if isinstance(only, str) else only
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
    duties = [(norm, acts_of(norm.satisfied)) for norm in model.norms.values() if not norm.is_permission]
    for permission in (norm for norm in model.norms.values() if norm.is_permission):
        acts = acts_of(permission.act)
        for duty, asked_for in duties:
            if acts & asked_for and asked(permission, duty):
                found.append(Question(Kind.FORBIDS_PERMITTED, (permission.id, duty.id)))
    for norm in model.norms.values():
        if not norm.is_permission and asked(norm) and (others := may_imply(model, norm)):
            found.append(Question(Kind.IMPLIED, (norm.id, *(each.id for each in others))))
    return found


def name_of(statement: Statement) -> str:
    """A statement as questions and answers name it."""
    match statement:
        case Norm(id=id):
            return id
        case Decision(name=name):
            return name
        case Definition(name=name, entity=entity):
            return f"{entity.name}.{name}"


def about(statement: Norm | Decision | Definition) -> Iterator[Question]:
    """The questions about one statement."""
    match statement:
        case Norm(id=id):
            yield Question(Kind.NEVER_APPLIES, (id,))
            yield Question(Kind.CANNOT_BE_MET, (id,))
            if not statement.is_permission or statement.provided:
                yield Question(Kind.CANNOT_BE_UNMET, (id,))
        case Decision(name=name, cases=cases):
            yield Question(Kind.GAP, (name,))
            yield Question(Kind.OVERLAP, (name,))
            yield from (Question(Kind.IDLE_CASE, (name, case.id)) for case in cases)
        case Definition(name=name, entity=entity):
            yield Question(Kind.ALWAYS_TRUE, (f"{entity.name}.{name}",))
            yield Question(Kind.ALWAYS_FALSE, (f"{entity.name}.{name}",))


def acts_of(*conditions: e.Condition) -> set[v.Fact]:
    """The facts that conditions read and that acting decides."""
    return {fact for fact in facts_of(*conditions) if fact.act}


def sharing_acts(policies: Policies) -> list[list[Norm]]:
    """The duties in groups: those that ask something of the same act, or of acts of a third duty, belong together."""
    groups: list[tuple[set[v.Fact], list[Norm]]] = []
    for norm in policies.norms.values():
        if norm.is_permission:
            continue
        acts, together = acts_of(norm.applies, norm.satisfied), [norm]
        for group in [each for each in groups if each[0] & acts]:
            groups.remove(group)
            acts, together = acts | group[0], group[1] + together
        groups.append((acts, together))
    order = {id: position for position, id in enumerate(policies.norms)}
    return [sorted(group, key=lambda norm: order[norm.id]) for _, group in groups]


#: The force of duties from the weakest to the strongest.
_STRENGTH = {"encouraged": 0, "should": 1, "should not": 1, "must": 2, "must not": 2}


def may_imply(policies: Policies, norm: Norm) -> list[Norm]:
    """The duties that may make sure of one: of no less force, and with something to say on what it asks for."""
    asked = set(facts_of(norm.satisfied))
    return [
        other
        for other in policies.norms.values()
        if other is not norm and as_strong(other, norm) and asked & set(facts_of(other.satisfied))
    ]


def as_strong(one: Norm, other: Norm) -> bool:
    """Whether one is a duty of no less force than another."""
    return not one.is_permission and _STRENGTH[one.force] >= _STRENGTH[other.force]
