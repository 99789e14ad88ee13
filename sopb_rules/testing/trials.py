"""What the examples of a policy set try: each outcome that an example states, with the state that it states it of."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Definition, Norm, Policies, Setting, Statement, depend_on_date, is_number
from sopb_rules.model.numbering import id_suggestion
from sopb_rules.predicates.evaluate import Environment, evaluate_decision, evaluate_norm, truth
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.source import Source
from sopb_rules.states.records import Record
from sopb_rules.syntax import tree as t
from sopb_rules.testing.givens import Givens

#: The day of an example whose verdict does not depend on the date.
SOME_DAY = datetime.date(2000, 1, 1)


#: What has examples.
Owner = Statement | Setting


def owners(model: Policies) -> Iterator[Owner]:
    """What has examples that hold for these policies, in the order of the files.

    The examples of the policies that measures are under were written while their parameters were open and their norms
    as they were, so that only those of the measures hold; of several layers, those of the one on top.
    """
    if model.measures:
        source = model.measures[-1].span.source
        written: list[Owner] = [*model.measures[-1].settings.values(), *model.statements]
        yield from sorted((each for each in written if each.span.source == source), key=lambda owner: owner.span.start)
        return
    yield from sorted(model.statements, key=lambda owner: (owner.span.source.name, owner.span.start))


def owner_name(owner: Owner) -> str:
    """A statement as people name it."""
    match owner:
        case Norm(id=id, tightens=below):
            return f"norm {id}" if below is None else f"tighten {id}"
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
    """What an example says of a norm, a decision or a definition, with the state that it says it of.

    Args:
        title: of the example; "" for what is no example yet.
    """

    target: Statement
    record: Record
    today: datetime.date
    title: str = ""


def settled(trial: Trial) -> str:
    """What a trial comes to by the reference evaluator: a verdict, a value of a decision, yes or no; "" where it is open."""
    target, record, today = trial.target, trial.record, trial.today
    match target:
        case Norm():
            verdict = evaluate_norm(target, record, today).verdict
            return "" if verdict is Verdict.UNKNOWN else verdict.value
        case Decision():
            decided = evaluate_decision(target, record, today)
            return "" if decided.verdict is Verdict.UNKNOWN else decided.value or decided.verdict.value
        case Definition():
            value = truth(target.condition, Environment({target.variable: record}, today))
            return {True: "yes", False: "no", None: ""}[value]


def outcome_as_written(trial: Trial) -> t.Outcome:
    """What a trial comes to, as an example says it."""
    target, came, span = trial.target, settled(trial) or "unknown", trial.target.span
    name = target.id if isinstance(target, Norm) else target.name
    is_value = not isinstance(target, Norm) and came not in ("unknown", "no_case", "conflict")
    value = t.Word(came, span=span) if is_value else None
    return t.Outcome(t.Name(name, span=span), "" if is_value else came, span=span, value=value)


def trials(policies: Policies, targets: Iterable[Statement] | None = None) -> Iterator[Trial]:
    """All that the examples try, but for those that cannot be run; or no more than those that name one of these targets."""
    names = None if targets is None else {each.id if isinstance(each, Norm) else each.name for each in targets}
    for owner in owners(policies):
        for example in owner.examples:
            if names is not None and names.isdisjoint(outcome.subject.text for outcome in example.outcomes):
                continue
            try:
                yield from (trial for _, trial in aims(policies, owner, example))
            except RulesError:
                continue


def check_examples(policies: Policies, source: Source | None = None) -> Iterator[Diagnostic]:
    """What is wrong with the examples themselves, whatever they come to.

    Args:
        source: only those of this file.
    """
    for owner in owners(policies):
        if source is None or owner.span.source == source:
            for example in owner.examples:
                try:
                    aims(policies, owner, example)
                except RulesError as error:
                    yield from error.diagnostics


def aims(policies: Policies, owner: Owner, example: t.Example) -> list[tuple[Aim, Trial]]:
    """The outcomes of an example, and what each tries.

    Raises:
        RulesError: something in the example has no meaning.
    """
    where = f"{owner_name(owner)}, example “{example.title.text}”"
    entity = _about(policies, owner, example)
    tests = [Aim(policies, entity, outcome, where) for outcome in example.outcomes]
    givens = Givens(policies, entity, example, where)
    state, record = givens.state()
    if givens.today is None and any(depend_on_date(*test.target.parts) for test in tests):
        help = "add `today is 2026-11-01` to what is given"
        message = "the verdict depends on the date, and the example does not say what today is"
        raise RulesError([Diagnostic(Code.EXAMPLE, message, example.title.span, where=where, help=help)])
    today = state.as_of or SOME_DAY
    return [(test, Trial(test.target, test.record(record), today, example.title.text)) for test in tests]


class Aim:
    """One outcome of an example.

    Raises:
        RulesError: its subject or its value has no meaning.
    """

    def __init__(self, policies: Policies, entity: v.Entity, outcome: t.Outcome, where: str) -> None:
        self.policies = policies
        self.outcome = outcome
        self.where = where
        self.target = self._target(entity)
        self._check_value()

    def _target(self, entity: v.Entity) -> Statement:
        model, name = self.policies, self.outcome.subject.text
        if is_number(name):
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
