"""Running the examples of a policy set: the drafter's unit tests."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.findings.finding import Finding, plain
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Definition, Norm, Policies, Setting, Statement
from sopb_rules.model.numbering import id_suggestion
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.evaluate import Environment, truth
from sopb_rules.predicates.truth import Truth
from sopb_rules.source import Span
from sopb_rules.states.records import Record
from sopb_rules.syntax import tree as t
from sopb_rules.testing.givens import Givens

#: What has examples.
Owner = Statement | Setting

_SOME_DAY = datetime.date(2000, 1, 1)  # for examples whose verdict does not depend on the date


@attrs.frozen
class ExampleResult:
    """What became of one example.

    Args:
        owner: the statement it belongs to: ``norm 8.1``.
        failures: what is wrong with it, or what came out otherwise than it says.
        broken: whether it could not be run at all.
    """

    owner: str
    title: str
    span: Span
    failures: tuple[Diagnostic, ...] = ()
    broken: bool = False

    @property
    def passed(self) -> bool:
        """Whether everything came out as the example says."""
        return not self.failures


def run_examples(policies: PolicySet) -> list[ExampleResult]:
    """Run every example, in the order of the document; where measures are in force, the examples of the measures."""
    return [_run(policies, owner, example) for owner in _owners(policies.model) for example in owner.examples]


def check_examples(policies: PolicySet) -> list[Diagnostic]:
    """What is wrong with the examples themselves, whatever they come to."""
    return [failure for result in run_examples(policies) if result.broken for failure in result.failures]


def _owners(model: Policies) -> Iterator[Owner]:
    """What has examples that hold for these policies.

    The examples of the policies that measures are under were written while their parameters were open, so that only those
    of the measures hold.
    """
    if model.measures is not None:
        yield from sorted(model.measures.settings.values(), key=lambda owner: owner.span.start)
        return
    yield from sorted(model.statements, key=lambda owner: (owner.span.source.name, owner.span.start))


def owner_name(owner: Owner) -> str:
    """A statement as people name it."""
    match owner:
        case Norm(id=id):
            return f"norm {id}"
        case Decision(id=id):
            return f"decision {id}"
        case Definition(name=name):
            return f"definition {name}"
        case Setting(parameter=parameter):
            return f"set {parameter.name}"


def _about(model: Policies, owner: Owner, example: t.Example) -> v.Entity:
    """Whose facts an example gives: of what its owner is about; for measures, of what its first outcome is about."""
    if not isinstance(owner, Setting):
        return owner.entity
    name = example.outcomes[0].subject.text
    definition = next((each for each in model.definitions.values() if each.name == name), None)
    target = model.norms.get(name) or model.decisions.get(name) or definition
    return target.entity if target is not None else next(iter(model.vocabulary.entities.values()))


@attrs.frozen
class Trial:
    """What an example says of a norm, a decision or a definition, with the state that it says it of."""

    target: Statement
    record: Record
    today: datetime.date


def trials(policies: PolicySet) -> Iterator[Trial]:
    """All that the examples try, but for those that cannot be run."""
    for owner in _owners(policies.model):
        for example in owner.examples:
            try:
                yield from (trial for _, trial in _trials(policies, owner, example))
            except RulesError:
                continue


def _run(policies: PolicySet, owner: Owner, example: t.Example) -> ExampleResult:
    try:
        tests = _trials(policies, owner, example)
        failures = [failure for test, trial in tests if (failure := test.run(trial)) is not None]
    except RulesError as error:
        return ExampleResult(owner_name(owner), example.title.text, example.span, error.diagnostics, broken=True)
    return ExampleResult(owner_name(owner), example.title.text, example.span, tuple(failures))


def _trials(policies: PolicySet, owner: Owner, example: t.Example) -> list[tuple[_Test, Trial]]:
    """The outcomes of an example, and what each tries.

    Raises:
        RulesError: something in the example has no meaning.
    """
    where = f"{owner_name(owner)}, example “{example.title.text}”"
    entity = _about(policies.model, owner, example)
    tests = [_Test(policies, entity, outcome, where) for outcome in example.outcomes]
    givens = Givens(policies.model, entity, example, where)
    state, record = givens.state()
    if givens.today is None and any(test.reads_today() for test in tests):
        help = "add `today is 2026-11-01` to what is given"
        message = "the verdict depends on the date, and the example does not say what today is"
        raise RulesError([Diagnostic(Code.EXAMPLE, message, example.title.span, where=where, help=help)])
    today = state.as_of or _SOME_DAY
    return [(test, Trial(test.target, test.record(record), today)) for test in tests]


class _Test:
    """One outcome of an example.

    Raises:
        RulesError: its subject or its value has no meaning.
    """

    def __init__(self, policies: PolicySet, entity: v.Entity, outcome: t.Outcome, where: str) -> None:
        self.policies = policies
        self.outcome = outcome
        self.where = where
        self.target = self._target(entity)
        self._check_value()

    def _target(self, entity: v.Entity) -> Statement:
        model, name = self.policies.model, self.outcome.subject.text
        if name[0].isdigit():
            if name not in model.norms:
                raise self._error(f"there is no norm {name}", id_suggestion(name, model.norms))
            return model.norms[name]
        decision = model.decisions.get(name)
        definition = next(
            (d for (about, each), d in model.definitions.items() if each == name and about == entity.name), None
        )
        if (target := decision or definition) is None:
            names = [*model.decisions, *(each for about, each in model.definitions if about == entity.name)]
            raise self._error(f"there is no decision or definition `{name}`", suggestion(name, names, "names"))
        return target

    def _check_value(self) -> None:
        target, value, verdict = self.target, self.outcome.value, self.outcome.verdict
        if isinstance(target, Norm):
            duty, permission = ("met", "unmet"), ("used", "open", "exceeded")
            if verdict in (permission if not target.is_permission else duty):
                allowed = permission if target.is_permission else duty
                kind = "permission" if target.is_permission else "duty"
                help = "its verdicts are " + ", ".join([*allowed, "unknown"]) + " and `does not apply`"
                raise self._error(f"{target.id} is a {kind}, which is never {verdict}", help)
        elif isinstance(target, Decision) and value is not None and value.text not in target.kind.values:
            help = suggestion(value.text, target.kind.values, "values")
            raise self._error(f"`{value.text}` is no value of the kind `{target.kind.name}`", help)
        elif isinstance(target, Definition) and (value.text not in ("yes", "no") if value else verdict != "unknown"):
            raise self._error(
                f"`{target.name}` is a definition", f"write `{target.name} is yes`, `is no` or `is unknown`"
            )

    def _conditions(self) -> tuple[e.Condition, ...]:
        match self.target:
            case Norm() as norm:
                return norm.parts
            case Decision() as decision:
                return tuple(map(decision.gives, decision.values))
            case Definition(condition=condition):
                return (condition,)

    def reads_today(self) -> bool:
        """Whether the outcome depends on the date, through `today` or through a parameter with dates."""
        nodes = (node for condition in self._conditions() for node in e.walk(condition))
        return any(isinstance(node, e.Today) or (isinstance(node, e.ParameterValue) and _dated(node)) for node in nodes)

    def run(self, trial: Trial) -> Diagnostic | None:
        """A diagnostic where something else came out."""
        came, why = self._came(trial.record, trial.today)
        expected = self.outcome.verdict or (self.outcome.value.text if self.outcome.value else "")
        if came == expected:
            return None
        name = self.outcome.subject.text
        message = f"{name} is {came.replace('_', ' ')}, and the example says {expected.replace('_', ' ')}"
        return Diagnostic(Code.EXAMPLE_FAILED, message, self.outcome.span, where=self.where, help=why)

    def _came(self, record: Record, today: datetime.date) -> tuple[str, str]:
        """What comes out, and why, for a norm."""
        match self.target:
            case Norm() as norm:
                finding = self.policies.find(norm, record, today)
                return finding.verdict.value, _why(finding)
            case Decision() as decision:
                decided = self.policies.decide(decision, record, today)
                return decided.value or decided.verdict.value, ""
            case Definition() as definition:
                value = truth(definition.condition, Environment({definition.variable: record}, today))
                return {True: "yes", False: "no", None: "unknown"}[value], ""

    def record(self, subject: Record) -> Record:
        """The record that the outcome is about: the subject, what holds it, or the only one of its sort."""
        record: Record | None = subject
        while record is not None:
            if record.entity is self.target.entity:
                return record
            record = record.holder
        records = list(subject.state.records(self.target.entity))
        if len(records) == 1:
            return records[0]
        message = f"{self.outcome.subject} is about {self.target.entity.name}, and the example has {len(records) or 'none'} of it"
        raise self._error(message, "test it in an example of its own")

    def _error(self, message: str, help: str) -> RulesError:
        return RulesError([Diagnostic(Code.EXAMPLE, message, self.outcome.span, where=self.where, help=help)])


def _dated(node: e.ParameterValue) -> bool:
    return any(start > datetime.date.min for start, _ in node.parameter.values)


def _why(finding: Finding) -> str:
    """What the verdict rests on, in one line: the facts, the clauses that are not kept, what is not stated."""
    # What is held inside is told by its own facts.
    facts = [fact for fact in finding.facts if not isinstance(fact.value, Record)]
    parts = [f"{_said(fact.path)} is {_value(fact.value)}" for fact in facts]
    if finding.applies is not Truth.FALSE:
        parts += [
            f"{f'({clause.letter}) ' if clause.letter else ''}{clause.label}: {clause.truth.value}"
            for clause in finding.clauses
            if clause.truth is not Truth.TRUE
        ]
    return "; ".join([*parts, *(f"{_said(each.path)} is not stated" for each in finding.missing)])


def _said(path: str) -> str:
    """A path as an example says it: without the subject that the example is about."""
    return re.sub(r"^\w+\[[\w-]+\]\.|\[#1\]", "", path)


def _value(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(plain(value))
