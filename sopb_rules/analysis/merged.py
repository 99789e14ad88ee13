"""One vocabulary for two versions of policies, so that both can be asked about the same states."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sopb_rules.model import vocabulary as v


@attrs.frozen
class Difference:
    """A word that two vocabularies do not share.

    Args:
        name: of the entity, kind, fact (`entity.fact`) or value (`kind.value`).
        words: what became of it.
    """

    name: str
    words: str


def merged(old: v.Vocabulary, new: v.Vocabulary) -> v.Vocabulary:
    """The words of both: where they mean different things by one, those of the new one."""
    kinds = {name: _kind(old.kinds.get(name), new.kinds.get(name)) for name in {**old.kinds, **new.kinds}}
    entities: dict[str, v.Entity] = {}
    for name in {**new.entities, **old.entities}:
        entity = new.entities.get(name) or old.entities[name]
        entities[name] = v.Entity(name, entity.label, position=len(entities))
    for vocabulary in (new, old):
        for name, entity in vocabulary.entities.items():
            for fact in entity.facts.values():
                if fact.name not in entities[name].facts:
                    entities[name].facts[fact.name] = attrs.evolve(fact, type=_moved(fact.type, entities, kinds))
    for entity in entities.values():
        for fact in entity.facts.values():
            if isinstance(fact.type, v.Contained | v.ListOf):
                fact.type.entity.holders.append((entity, fact))
    return attrs.evolve(new, kinds=kinds, entities=entities)


def _kind(old: v.Kind | None, new: v.Kind | None) -> v.Kind:
    known = new or old
    assert known is not None
    return known if old is None else attrs.evolve(known, values={**known.values, **old.values})


def _moved(type_: v.FactType, entities: dict[str, v.Entity], kinds: dict[str, v.Kind]) -> v.FactType:
    """A type, of what both vocabularies have in common."""
    match type_:
        case v.KindType(kind):
            return v.KindType(kinds[kind.name])
        case v.Contained() | v.Reference() | v.ListOf() | v.Inverse():
            return attrs.evolve(type_, entity=entities[type_.entity.name])
        case _:
            return type_


def differences(old: v.Vocabulary, new: v.Vocabulary) -> Iterator[Difference]:
    """What the vocabularies do not share and what states or norms may rest on; labels aside."""
    for name in {**old.entities, **new.entities}:
        before, after = old.entities.get(name), new.entities.get(name)
        if before is None or after is None:
            yield Difference(name, "is no longer an entity" if after is None else "is a new entity")
            continue
        for fact in {**before.facts, **after.facts}:
            words = _of_fact(before.facts.get(fact), after.facts.get(fact))
            if words:
                yield Difference(f"{name}.{fact}", words)
    for name in {**old.kinds, **new.kinds}:
        yield from _of_kind(name, old.kinds.get(name), new.kinds.get(name))


def _of_fact(old: v.Fact | None, new: v.Fact | None) -> str:
    if old is None or new is None:
        return "is no longer a fact" if new is None else "is a new fact"
    if not same_type(old, new):
        return "is a fact of another type"
    if old.act != new.act:
        return "can be brought about by acting" if new.act else "can no longer be brought about by acting"
    return ""


def _of_kind(name: str, old: v.Kind | None, new: v.Kind | None) -> Iterator[Difference]:
    if old is None or new is None:
        yield Difference(name, "is no longer a kind" if new is None else "is a new kind")
        return
    for value in {**old.values, **new.values}:
        if value not in old.values or value not in new.values:
            yield Difference(f"{name}.{value}", "is a new value" if value in new.values else "is no longer a value")
    shared = [value for value in old.values if value in new.values]
    if (old.ordered or new.ordered) and shared != [value for value in new.values if value in old.values]:
        yield Difference(name, "has its values in another order")


def same_type(old: v.Fact, new: v.Fact) -> bool:
    """Whether the same can be stated of a fact in both, but for new values of its kind."""
    if old.optional != new.optional or type(old.type) is not type(new.type):
        return False
    match old.type, new.type:
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
            return True
