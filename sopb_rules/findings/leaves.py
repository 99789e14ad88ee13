"""The leaves of explanations: facts and judgements of a record, and values with their types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sopb_rules.findings import reasons as x
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.predicates.evaluate import Environment
from sopb_rules.states.records import ABSENT, Record, State, Stated


def fact_on(path: e.Path, env: Environment) -> x.Fact:
    """The fact that a path ends with, or the first on its way that is unknown or absent."""
    *_, last = facts_on(path, env)
    return last


def facts_on(path: e.Path, env: Environment) -> Iterator[x.Fact]:
    """The facts that say where a path leads; several for a list that is put together from others, none without a fact."""
    record = env.records[path.root]
    for index, step in enumerate(path.steps, 1):
        if isinstance(step, e.Holder):
            assert record.holder is not None
            record = record.holder
            continue
        if isinstance(step.type, v.Inverse):
            yield from _lists(record.state, step.type.entity)
            return
        found = record.get(step.name)
        if index == len(path.steps) or not isinstance(found, Record):
            yield fact_of(record, step, reached=index == len(path.steps))
            return
        record = found


def fact_of(record: Record, fact: v.Fact, reached: bool = True) -> x.Fact:
    """What a record states of a fact."""
    stated = record.stated.get(fact.name, _NOT_STATED)
    type = type_name(fact.type)
    value = _value_or_none(record.get(fact.name), fact.type, record)
    path, assessor = f"{record.path}.{fact.name}", v.called(fact.assessor) if fact.assessor else ""
    where = str(stated.span or "")
    return x.Fact(path, fact.label, type, value, reached, where, stated.by, stated.on, assessor, stated.unknown)


def _lists(state: State, entity: v.Entity) -> Iterator[x.Fact]:
    """All that may hold a record of an entity: the list at the top of the state, or the facts that contain one."""
    if entity.listed:
        listed = state.lists.get(entity.name)
        value = None if listed is None else x.Value("list", len(listed))
        yield x.Fact(entity.name, f"all that is listed under {entity.name}", "list", value)
        return
    for holder, fact in entity.holders:
        if state.all_records(holder) is None:
            yield from _lists(state, holder)
        for record in state.records(holder):
            yield fact_of(record, fact)


def judgement_of(record: Record, node: e.Judged) -> x.Fact:
    """The judgement of a record that stands in for an open parameter."""
    stated, judged = record.judged_stated.get(node.key, _NOT_STATED), record.judged.get(node.key)
    value = None if judged is None else x.Value("judgement", judged)
    path, where = f'{record.path}.judgements["{node.key}"]', str(stated.span or "")
    told = (stated.by, stated.on, v.called(node.assessor), stated.unknown)
    return x.Fact(path, node.question, "judgement", value, True, where, *told)


_NOT_STATED = Stated()
_TYPES: dict[type, str] = {
    v.YesNo: "yes/no", v.Judgement: "judgement", v.Count: "count", v.Number: "number", v.Percent: "percent",
    v.Money: "money", v.Date: "date", v.Days: "days", v.Months: "months", v.Text: "text", v.KindType: "kind",
    v.Contained: "entry", v.Reference: "entry", v.ListOf: "list", v.Inverse: "list",
}  # fmt: skip


def type_name(of: v.FactType) -> str:
    """The name of a type, one of `TYPES`."""
    return _TYPES[type(of)]


def _value_or_none(found: Any, of: v.FactType, record: Record) -> x.Value | None:
    return None if found is None else value_of(found, of, record.state.vocabulary.currency or "")


def value_of(found: Any, of: v.FactType, currency: str) -> x.Value:
    """A known value as an explanation holds it."""
    match found, of:
        case Record(), _:
            return x.Value("entry", found.path, found.display)
        case tuple(), _:
            return x.Value("list", len(found))
        case str(), v.KindType(kind):
            return kind_value(kind, found)
        case _, v.Money() if found is not ABSENT:
            return x.Value("money", found, currency)
        case _:
            return x.Value(type_name(of), found)


def kind_value(kind: v.Kind, value: str) -> x.Value:
    """A value of a kind, with its label."""
    return x.Value("kind", value, kind.values[value])


def currency_of(env: Environment) -> str:
    """The currency of the vocabulary, or ""."""
    return next(iter(env.records.values())).state.vocabulary.currency or ""
