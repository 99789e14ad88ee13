"""Situations that other projects document with their answers, told in this language and asked of the analysis."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs
import pytest

from sopb_rules.analysis.ask import answers
from sopb_rules.analysis.questions import Answer, Kind, Question, Status
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet, subjects
from sopb_rules.predicates.evaluate import Environment, evaluate_decision, evaluate_norm, truth
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.source import Source
from sopb_rules.states.records import State

DAY = datetime.date(2026, 11, 1)
SECONDS = 20.0

Facts = Mapping[str, Any]


@attrs.frozen(slots=False)
class Situation:
    """A situation, told in this language.

    Args:
        source: where it comes from, as a path in the repository that the test names.
        vocabulary: of the policies that tell it.
        statements: their statements, all in one article.
        says: the answers that the source documents.
        also: answers that the source does not give, and that were worked out by hand.
        states: facts of the only subject, with what norms, decisions and definitions come to, by their names.
    """

    source: str
    vocabulary: str = attrs.field(repr=False)
    statements: tuple[str, ...] = attrs.field(repr=False)
    says: Mapping[Question, Status]
    also: Mapping[Question, Status] = attrs.field(factory=dict)
    states: tuple[tuple[Facts, Mapping[str, str]], ...] = ()

    @cached_property
    def policies(self) -> PolicySet:
        """The policy set."""
        return policy_set(self.vocabulary, *self.statements)

    @property
    def expected(self) -> Iterator[tuple[Question, Status]]:
        """Every answer that is expected."""
        yield from self.says.items()
        yield from self.also.items()


def asked(situations: Iterable[Situation]) -> list[Any]:
    """Parameters of a test: a situation, a question and its status; named by them."""
    return [
        pytest.param(each, question, status, id=f"{each.source} {question.kind.value} {' '.join(question.ids)}")
        for each in situations
        for question, status in each.expected
    ]


def tried(situations: Iterable[Situation]) -> list[Any]:
    """Parameters of a test: a situation, the facts of a state and what comes of it."""
    return [
        pytest.param(each, facts, outcomes, id=f"{each.source} {facts}")
        for each in situations
        for facts, outcomes in each.states
    ]


def found(kind: Kind, *ids: str) -> dict[Question, Status]:
    """That what is asked for exists."""
    return {Question(kind, ids): Status.FOUND}


def clear(kind: Kind, *ids: str) -> dict[Question, Status]:
    """That what is asked for does not exist."""
    return {Question(kind, ids): Status.CLEAR}


# ---- policies -----------------------------------------------------------------------------------------------


def policy_set(vocabulary: str, *statements: str) -> PolicySet:
    """The policy set of a vocabulary and of the statements of one article."""
    article = 'article 1 "One"\n\n' + "\n".join(statements)
    return PolicySet(compile_policies([Source("vocabulary.policy", vocabulary), Source("article.policy", article)]))


def decision(name: str, *cases: str, first: int = 1) -> str:
    """A decision on things, by what stands behind `gives` in each of its cases, which are 1.1, 1.2 and so on."""
    numbered = (f"  case 1.{number} gives {case}\n    | It is so.\n" for number, case in enumerate(cases, first))
    return f"decision 1 {name} about thing gives value\n" + "".join(numbered)


def definition(name: str, condition: str, about: str = "thing") -> str:
    """A definition by its condition."""
    return f"define {name} about {about}\n  means {condition}\n"


# ---- evaluating ---------------------------------------------------------------------------------------------


def outcomes(policies: PolicySet, state: State, today: datetime.date) -> dict[tuple[str, str], str]:
    """What norms, decisions and definitions come to, by the path of the subject and the name; by both evaluators.

    A definition is there by its name, and by that with its entity in front.
    """
    found: dict[tuple[str, str], str] = {}
    parameters = policies.compiled.values_on(today)
    for norm in policies.model.norms.values():
        for record in subjects(state, norm.entity):
            outcome = evaluate_norm(norm, record, today)
            compiled = policies.compiled.verdicts[norm.id](record, parameters, today)
            assert compiled.for_subject(record.hypothetical) == outcome
            found[record.path, norm.id] = outcome.verdict.value
    for decision in policies.model.decisions.values():
        for record in subjects(state, decision.entity):
            decided = evaluate_decision(decision, record, today)
            assert policies.decide(decision, record, today).outcome == decided
            value = decided.value if decided.verdict is Verdict.DECIDED else decided.verdict.value
            found[record.path, decision.name] = str(value)
    for definition in policies.model.definitions.values():
        for record in subjects(state, definition.entity):
            holds = truth(definition.condition, Environment({definition.variable: record}, today))
            came = {True: "yes", False: "no", None: "unknown"}[holds]
            found[record.path, definition.name] = found[record.path, f"{record.entity.name}.{definition.name}"] = came
    return found


# ---- asking -------------------------------------------------------------------------------------------------


def answered(policies: PolicySet, question: Question, seconds: float = SECONDS) -> list[Answer]:
    """All answers to a question."""
    return list(answers(policies, question, seconds))


def status(policies: PolicySet, question: Question) -> Status:
    """The status of the answers to a question, which is the same for all of them."""
    (only,) = {answer.status for answer in answered(policies, question)}
    return only


def replayed(policies: PolicySet, answer: Answer, folder: Path) -> dict[tuple[str, str], str]:
    """What comes of the state of a witness, read from its text as anybody would; it is what the witness says."""
    assert answer.witness is not None
    file = folder / "witness.yaml"
    file.write_text(answer.witness.state, encoding="utf-8")
    state = policies.read_state(file)
    assert state.as_of is not None
    found = outcomes(policies, state, state.as_of)
    for subject, name, outcome in answer.witness.outcomes:
        assert found[subject, name] == outcome
    return found
