"""Which facts and parameters a truth value rests on, and which unknown facts could still change it.

For a condition that is settled, the readings are the facts that settle it; for one that is unknown, they are the
facts of its unknown parts. A part that is settled inside an unknown whole cannot change, whatever is stated, so its
unknown facts are not missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm, Parameter
from sopb_rules.predicates.evaluate import Environment, follow, truth
from sopb_rules.source import Span
from sopb_rules.states.records import ABSENT, Record, Stated


@attrs.frozen
class Reading:
    """A fact of a record, or a judgement that stands in for an open parameter, that was read.

    Args:
        name: the fact's name, or the key of the judgement.
        judged: the condition that the judgement stands in for; None for a fact.
    """

    record: Record
    name: str
    judged: e.Judged | None = None

    @property
    def unknown(self) -> bool:
        """Whether the state says nothing of it, or says that it is unknown."""
        return self.value is None

    @property
    def fact(self) -> v.Fact | None:
        """The fact; None for a judgement, and for the list of all entities of a sort at the top of the state."""
        return self.record.entity.facts.get(self.name) if self.judged is None else None

    @property
    def path(self) -> str:
        """Its path in the state."""
        if self.judged is not None:
            return f'{self.record.path}.judgements["{self.name}"]'
        return self.name if self.fact is None else f"{self.record.path}.{self.name}"

    @property
    def label(self) -> str:
        """What it says, in the vocabulary's words."""
        if self.judged is not None:
            return self.judged.question
        return f"all that is listed under {self.name}" if self.fact is None else self.fact.label

    @property
    def value(self) -> Any:
        """What is stated: as in a slot of a record."""
        if self.judged is not None:
            return self.record.judged.get(self.name)
        return self.record.state.lists.get(self.name) if self.fact is None else self.record.get(self.name)

    @property
    def stated(self) -> Stated:
        """Where and how it was stated."""
        stated = self.record.stated if self.judged is None else self.record.judged_stated
        return stated.get(self.name, Stated())


@attrs.frozen
class Held:
    """The value of a parameter that was read.

    Args:
        place: where it is written.
    """

    parameter: Parameter
    value: int | Decimal | datetime.date | str
    place: Span | None

    unknown = False


def readings(condition: e.Condition, env: Environment) -> Iterator[Reading | Held]:
    """The readings on which the truth of a condition rests, in reading order, perhaps repeated."""
    match condition:
        case e.Always():
            return
        case e.All(parts) | e.Some(parts):
            yield from _of_parts(condition, parts, env)
        case e.Negation(part):
            yield from readings(part, env)
        case e.Quantifier():
            yield from _of_quantifier(condition, env)
        case e.Judged(key, subject, _, _, parameters, comparison):
            if any(parameter.on(env.today) is None for parameter in parameters):
                yield Reading(env.records[subject], key, condition)
            else:
                yield from readings(comparison, env)
        case e.Defined() | e.NormIs() | e.Decided():
            yield from of_path(condition.subject, env)
            asked = follow(condition.subject, env)
            if isinstance(asked, Record):
                yield from readings(condition.body, Environment({condition.variable: asked}, env.today))
        case e.Comparison() | e.Membership() | e.Holds() | e.Existence():
            settled = truth(condition, env) is not None
            for path in e.paths(condition):
                yield from of_path(path, env)
            for term in e.children(condition):
                yield from _of_term(term, env, settled)  # type: ignore[arg-type]


def _of_parts(whole: e.All | e.Some, parts: tuple[e.Condition, ...], env: Environment) -> Iterator[Reading | Held]:
    truths = [truth(part, env) for part in parts]
    decisive = not isinstance(whole, e.All)  # the value that settles the whole alone
    wanted = decisive if decisive in truths else None if None in truths else not decisive
    for part, value in zip(parts, truths, strict=True):
        if value is wanted:
            yield from readings(part, env)


def _of_quantifier(condition: e.Quantifier, env: Environment) -> Iterator[Reading | Held]:
    yield from of_path(condition.source, env)
    elements = follow(condition.source, env)
    if not isinstance(elements, tuple):
        return
    inner = [env.binding(condition.variable, element) for element in elements]
    truths = [truth(condition.condition, each) for each in inner]
    decisive = not condition.every
    wanted = decisive if decisive in truths else None if None in truths else not decisive
    for each, value in zip(inner, truths, strict=True):
        if value is wanted:
            yield from readings(condition.condition, each)


def _of_term(term: e.Term, env: Environment, settled: bool) -> Iterator[Reading | Held]:
    if isinstance(term, e.ParameterValue):
        held, place = term.parameter.on(env.today), term.parameter.place_on(env.today)
        if held is not None:
            yield Held(term.parameter, held, place)
        return
    for path in e.paths(term):
        yield from of_path(path, env)
    if isinstance(term, e.Tally):
        elements = follow(term.source, env)
        for element in elements if isinstance(elements, tuple) else ():
            inner = env.binding(term.variable, element)
            if not settled or truth(term.condition, inner) is not None:
                yield from readings(term.condition, inner)
    else:
        for part in e.children(term):
            yield from _of_term(part, env, settled)  # type: ignore[arg-type]


def of_path(path: e.Path, env: Environment) -> Iterator[Reading]:
    """The last fact on a path that can be read: its end, or the first that is unknown or absent."""
    record: object = env.records[path.root]
    for index, step in enumerate(path.steps):
        if not isinstance(record, Record):
            return
        if isinstance(step, e.Holder):
            record = record.holder
            continue
        if isinstance(step.type, v.Inverse):
            yield from _of_inverse(record, step.type.entity)
            return
        value = record.get(step.name)
        if index == len(path.steps) - 1 or value is None or value is ABSENT:
            yield Reading(record, step.name)
            return
        record = value


def _of_inverse(record: Record, entity: v.Entity) -> Iterator[Reading]:
    """What must be stated for all records of an entity to be known: the lists that may hold one."""
    if entity.listed:
        yield Reading(record, entity.name)
        return
    for holder, fact in entity.holders:
        if record.state.all_records(holder) is None:
            yield from _of_inverse(record, holder)
        for each in record.state.records(holder):
            yield Reading(each, fact.name)


def facts_read(norm: Norm, env: Environment) -> tuple[Reading | Held, ...]:
    """The facts and the values of parameters that made a norm's outcome so: of its condition, and of its clauses where it applies."""
    found = list(readings(norm.applies, env))
    if truth(norm.applies, env) is not False:
        found += [reading for part in _tested(norm, env) for reading in readings(part, env)]
    return tuple(dict.fromkeys(reading for reading in found if not reading.unknown))


def unknown_readings(model: Norm | Decision, env: Environment) -> tuple[Reading, ...]:
    """The unknown facts and judgements on which an outcome that is not settled rests, in reading order."""
    if isinstance(model, Decision):
        parts = tuple(model.gives(value) for value in model.values)
    else:
        applies = truth(model.applies, env)
        parts = () if applies is False else (model.applies, *_tested(model, env))
    unknown = (part for part in parts if truth(part, env) is None)
    read = (reading for part in unknown for reading in readings(part, env))
    return tuple(dict.fromkeys(each for each in read if isinstance(each, Reading) and each.unknown))


def _tested(norm: Norm, env: Environment) -> tuple[e.Condition, ...]:
    """The conditions that the verdict depends on once the norm applies."""
    if not norm.is_permission:
        return (norm.satisfied,)
    return (norm.act,) if truth(norm.act, env) is False else (norm.act, norm.conditions)
