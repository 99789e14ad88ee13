"""Questions about one statement: whether a norm can apply, be met and be unmet, and what a decision leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from sopb_rules.analysis.logic import Formula, both
from sopb_rules.analysis.questions import Answer, Kind, Question, Status
from sopb_rules.analysis.replay import Claim
from sopb_rules.analysis.study import Study, conjuncts, in_words
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Policies, sentence_of
from sopb_rules.predicates.verdicts import Verdict

_ANY = tuple(each.value for each in (Verdict.MET, Verdict.UNMET, Verdict.OPEN, Verdict.USED, Verdict.EXCEEDED))


def whether_norm(policies: Policies, question: Question, seconds: float) -> Iterator[Answer]:
    """Whether a norm ever applies, and can be met, or unmet, where it applies.

    Of a norm that never applies nothing else is said: no answer.
    """
    norm = policies.norms[question.ids[0]]
    study = Study(policies, [norm], seconds)
    place = study.subject(norm)
    encoder, env = study.encoder, {norm.variable: place}
    parts = list(conjuncts(norm.applies))
    if question.kind is Kind.NEVER_APPLIES:
        wanted: Formula = True
        verdicts = _ANY
    else:
        if not study.solver.possible(encoder.truth(norm.applies, env).true):
            return
        if question.kind is Kind.CANNOT_BE_MET:
            verdict = Verdict.USED if norm.is_permission else Verdict.MET
            parts += [part for clause in (*norm.clauses, *norm.provided) for part in conjuncts(norm.kept(clause))]
            wanted = True
        else:
            verdict = Verdict.EXCEEDED if norm.is_permission else Verdict.UNMET
            parts += [norm.act] if norm.is_permission else []
            wanted = encoder.comes_to(norm, place, verdict)
        verdicts = (verdict.value,)
    formulas = [encoder.truth(part, env).true for part in parts]
    model = study.solver.model(wanted, *formulas)
    if model is not None:
        witness = study.witness(model, Claim(norm, place, verdicts))
        yield Answer(question, Status.CLEAR, (norm.id,), witness, bounds=study.bounds)
        return
    study.sure()
    because = _because(study, parts, formulas, wanted)
    yield Answer(question, Status.FOUND, (norm.id,), because=because, bounds=study.bounds)


def _because(
    study: Study, parts: Sequence[e.Condition], formulas: Sequence[Formula], wanted: Formula
) -> tuple[str, ...]:
    """The smallest number of parts that rule the rest out, in their own words."""
    core = study.solver.core(formulas, wanted)
    assert core is not None
    return tuple(in_words(parts[position]) for position in core)


def whether_decides(policies: Policies, question: Question, seconds: float) -> Iterator[Answer]:
    """Whether a decision has no case in some situation, and which of its cases clash in some situation."""
    decision = policies.decisions[question.ids[0]]
    study = Study(policies, [decision], seconds)
    place = study.subject(decision)
    if question.kind is Kind.GAP:
        given = study.encoder.given(decision, place)
        model = study.solver.model(*(truth.false for truth in given.values()))
        claim = Claim(decision, place, (Verdict.NO_CASE.value,))
        if model is None:
            study.sure()
            yield Answer(question, Status.CLEAR, (decision.name,), bounds=study.bounds)
        else:
            yield Answer(question, Status.FOUND, (decision.name,), study.witness(model, claim), bounds=study.bounds)
        return
    claim = Claim(decision, place, (Verdict.CONFLICT.value,))
    told: set[tuple[str, str]] = set()  # cases of one sentence clash with another sentence together
    for one, other in combinations(decision.cases, 2):
        sentences = sentence_of(one.id), sentence_of(other.id)
        if one.value == other.value or sentences in told:
            continue
        active = [study.encoder.truth(decision.active(case), {decision.variable: place}).true for case in (one, other)]
        if (model := study.solver.model(*active)) is not None:
            told.add(sentences)
            witness = study.witness(model, claim)
            yield Answer(question, Status.FOUND, (decision.name, one.id, other.id), witness, bounds=study.bounds)
    if not told:
        yield Answer(question, Status.CLEAR, (decision.name,), bounds=study.bounds)


def idle_case(policies: Policies, question: Question, seconds: float) -> Iterator[Answer]:
    """Whether a case never gives its value: it never holds, or only where others outrank it."""
    name, id = question.ids
    decision = policies.decisions[name]
    case = next(each for each in decision.cases if each.id == id)
    study = Study(policies, [decision], seconds)
    place = study.subject(decision)
    env = {decision.variable: place}
    parts = [part for each in conjuncts(decision.active(case)) for part in conjuncts(each)]
    formulas = [study.encoder.truth(part, env).true for part in parts]
    model = study.solver.model(*formulas)
    if model is None:
        study.sure()
        because = _because(study, parts, formulas, True)
        yield Answer(question, Status.FOUND, question.ids, because=because, bounds=study.bounds)
        return
    claim = Claim(decision, place, (case.value, Verdict.CONFLICT.value))
    yield Answer(question, Status.CLEAR, question.ids, study.witness(model, claim), bounds=study.bounds)


def settled_definition(policies: Policies, question: Question, seconds: float) -> Iterator[Answer]:
    """Whether a definition is true in every situation, or in none."""
    entity, _, name = question.ids[0].partition(".")
    definition = policies.definitions[entity, name]
    study = Study(policies, [definition], seconds)
    place = study.subject(definition)
    always = question.kind is Kind.ALWAYS_TRUE
    condition = e.Negation(definition.condition) if always else definition.condition
    parts = [condition] if always else list(conjuncts(condition))
    formulas = [study.encoder.truth(part, {definition.variable: place}).true for part in parts]
    model = study.solver.model(both(*formulas))
    if model is None:
        study.sure()
        because = () if always else _because(study, parts, formulas, True)
        yield Answer(question, Status.FOUND, question.ids, because=because, bounds=study.bounds)
        return
    claim = Claim(definition, place, ("no" if always else "yes",))
    yield Answer(question, Status.CLEAR, question.ids, study.witness(model, claim), bounds=study.bounds)
