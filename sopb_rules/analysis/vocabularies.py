"""What two vocabularies do not share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sopb_rules.analysis.changes import WordChange
from sopb_rules.model import vocabulary as v


def differences(old: v.Vocabulary, new: v.Vocabulary) -> Iterator[WordChange]:
    """What states or norms may rest on, and what differs in labels only."""
    for name in {**old.entities, **new.entities}:
        before, after = old.entities.get(name), new.entities.get(name)
        if before is None or after is None:
            yield WordChange(name, "is no longer an entity" if after is None else "is a new entity")
            continue
        yield from _relabelled(name, before, after)
        for fact in {**before.facts, **after.facts}:
            yield from _of_fact(f"{name}.{fact}", before.facts.get(fact), after.facts.get(fact))
    for name in {**old.kinds, **new.kinds}:
        yield from _of_kind(name, old.kinds.get(name), new.kinds.get(name))
    yield from _of_roles(old.roles, new.roles)
    if old.currency != new.currency:
        yield WordChange("currency", f"was {old.currency or 'none'} and is {new.currency or 'none'}")


def _relabelled(name: str, old: Any, new: Any) -> Iterator[WordChange]:
    if old.label != new.label:
        yield WordChange(name, f"was called “{old.label}” and is called “{new.label}”", meaning=False)


def _of_fact(name: str, old: v.Fact | None, new: v.Fact | None) -> Iterator[WordChange]:
    if old is None or new is None:
        yield WordChange(name, "is no longer a fact" if new is None else "is a new fact")
        return
    yield from _relabelled(name, old, new)
    if not same_type(old.type, new.type):
        yield WordChange(name, "is a fact of another type")
        return
    if old.optional != new.optional:
        yield WordChange(name, "may be stated to be absent" if new.optional else "may no longer be stated to be absent")
    if old.act != new.act:
        words = "can be brought about by acting" if new.act else "can no longer be brought about by acting"
        yield WordChange(name, words)
    if old.assessor is not None and new.assessor is not None and old.assessor.name != new.assessor.name:
        yield WordChange(name, f"was judged by {old.assessor.name} and is judged by {new.assessor.name}")


def _of_kind(name: str, old: v.Kind | None, new: v.Kind | None) -> Iterator[WordChange]:
    if old is None or new is None:
        yield WordChange(name, "is no longer a kind" if new is None else "is a new kind")
        return
    yield from _relabelled(name, old, new)
    for value in {**old.values, **new.values}:
        if value not in old.values or value not in new.values:
            yield WordChange(f"{name}.{value}", "is a new value" if value in new.values else "is no longer a value")
        elif old.values[value] != new.values[value]:
            words = f"was called “{old.values[value]}” and is called “{new.values[value]}”"
            yield WordChange(f"{name}.{value}", words, meaning=False)
    if old.ordered != new.ordered:
        yield WordChange(name, "has an order" if new.ordered else "has no order any more")
    elif reordered(old, new):
        yield WordChange(name, "has its values in another order")


def _of_roles(old: Mapping[str, v.Role], new: Mapping[str, v.Role]) -> Iterator[WordChange]:
    for name in {**old, **new}:
        if name in old and name in new:
            yield from _relabelled(name, old[name], new[name])
        else:
            yield WordChange(name, "is a new role" if name in new else "is no longer a role")


def reordered(old: v.Kind, new: v.Kind) -> bool:
    """Whether values of an ordered kind that both have come in another order."""
    shared = [value for value in old.values if value in new.values]
    return old.ordered and new.ordered and shared != [value for value in new.values if value in old.values]


def same_type(old: v.FactType, new: v.FactType) -> bool:
    """Whether the same can be stated of a fact in both, but for new values of its kind."""
    match old, new:
        case v.KindType(one), v.KindType(other):
            return one.name == other.name
        case v.Inverse(one, by), v.Inverse(another, by_other):
            return one.name == another.name and by == by_other
        case (
            (v.Contained(one), v.Contained(other))
            | (v.Reference(one), v.Reference(other))
            | (v.ListOf(one), v.ListOf(other))
        ):
            return one.name == other.name
        case _:
            return type(old) is type(new)
