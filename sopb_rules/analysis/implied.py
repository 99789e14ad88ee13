"""Whether a duty follows from others: nobody could leave it unmet and keep all of them."""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.analysis.asked import as_strong
from sopb_rules.analysis.questions import Answer, Question, Status
from sopb_rules.analysis.replay import Claim
from sopb_rules.analysis.study import Study
from sopb_rules.model.norms import Norm, Policies, facts_of
from sopb_rules.policy_set import subjects
from sopb_rules.predicates.evaluate import evaluate_norm
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import State


def implied(policies: Policies, question: Question, seconds: float) -> Iterator[Answer]:
    """Whether a duty is implied by others.

    It starts with those that speak of what it asks for. Where they leave it open, others are added that the state found
    does not meet, or may not meet, until there is a state that leaves the duty unmet and no other, or none. Duties that have
    nothing to do with any of these are left aside.
    """
    norm, *others = (policies.norms[id] for id in question.ids)
    stronger = [each for each in policies.norms.values() if each is not norm and as_strong(each, norm)]
    while True:
        study = Study(policies, [norm, *others], seconds)
        place = study.subject(norm)
        breached = study.breached(norm, place)
        kept = [study.never_unmet(other) for other in others]
        model = study.solver.model(breached, *kept)
        if model is None:
            break
        state = study.state(model)
        read = {fact for fact, _ in study.world.slots.values()}
        near = [each for each in stronger if each not in others and read & set(facts_of(*each.parts))]
        more = [each for each in near if _verdicts(each, state) == {Verdict.UNMET}]
        if not more:  # what the state leaves open may still be unmet
            more = [each for each in near if Verdict.UNMET in _verdicts(each, state)]
        if not more:
            met = [claim for other in others if (claim := _met(study, other, state)) is not None]
            witness = study.witness(model, Claim(norm, place, (Verdict.UNMET.value,)), *met)
            yield Answer(question, Status.CLEAR, (norm.id,), witness, bounds=study.bounds)
            return
        others += more
    if not study.solver.possible(breached):
        return  # it cannot be unmet at all, which is an answer to another question
    study.sure()
    core = study.solver.core(kept, breached)
    assert core is not None
    yield Answer(question, Status.FOUND, (norm.id, *(others[each].id for each in core)), bounds=study.bounds)


def _met(study: Study, norm: Norm, state: State) -> Claim | None:
    """That a duty is met for the first record of which that is so."""
    claims = (Claim(norm, place, (Verdict.MET.value,)) for place in study.world.of(norm.entity.name))
    return next((claim for claim in claims if claim.holds(state)), None)


def _verdicts(norm: Norm, state: State) -> set[Verdict]:
    """What a norm may come to in a state, by the reference evaluator: nothing else than unmet if a record breaches it."""
    today = state.as_of
    assert today is not None
    possible = [evaluate_norm(norm, record, today).possible for record in subjects(state, norm.entity)]
    return {Verdict.UNMET} if {Verdict.UNMET} in possible else {verdict for each in possible for verdict in each}
