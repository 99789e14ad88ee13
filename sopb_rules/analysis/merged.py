"""One vocabulary for two versions of policies, so that both can be asked about the same states."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sopb_rules.analysis.vocabularies import same_type
from sopb_rules.model import vocabulary as v
from sopb_rules.model.expressions import Holder, Node, paths, walk
from sopb_rules.model.norms import Statement


def merged(old: v.Vocabulary, new: v.Vocabulary) -> v.Vocabulary:
    """The words of both: where they mean different things by one, those of the new one.

    What only one of them allows to be absent cannot be absent, and of what holds an entity that comes first which does so in
    both.
    """
    kinds = {name: _kind(old.kinds.get(name), new.kinds.get(name)) for name in {**old.kinds, **new.kinds}}
    entities: dict[str, v.Entity] = {}
    for name in {**new.entities, **old.entities}:
        entity = new.entities.get(name) or old.entities[name]
        entities[name] = v.Entity(name, entity.label, position=len(entities))
    for entity in entities.values():
        for fact in _facts(old.entities.get(entity.name), new.entities.get(entity.name)):
            entity.facts[fact.name] = attrs.evolve(fact, type=_moved(fact.type, entities, kinds))
    for entity in entities.values():
        for fact in entity.facts.values():
            if isinstance(fact.type, v.Contained | v.ListOf):
                fact.type.entity.holders.append((entity, fact))
    for entity in entities.values():
        shared = set(_shared_holders(old.entities.get(entity.name), new.entities.get(entity.name)))
        entity.holders.sort(key=lambda pair: (pair[0].name, pair[1].name) not in shared)
    return attrs.evolve(new, kinds=kinds, entities=entities)


def _kind(old: v.Kind | None, new: v.Kind | None) -> v.Kind:
    known = new or old
    assert known is not None
    return known if old is None else attrs.evolve(known, values={**known.values, **old.values})


def _facts(old: v.Entity | None, new: v.Entity | None) -> Iterator[v.Fact]:
    """The facts of an entity in either version, the new ones first."""
    before, after = ({} if entity is None else entity.facts for entity in (old, new))
    for name in {**after, **before}:
        fact = after.get(name) or before[name]
        both = name in before and name in after
        yield attrs.evolve(fact, optional=before[name].optional and after[name].optional) if both else fact


def _moved(type_: v.FactType, entities: dict[str, v.Entity], kinds: dict[str, v.Kind]) -> v.FactType:
    """A type, of what both vocabularies have in common."""
    match type_:
        case v.KindType(kind):
            return v.KindType(kinds[kind.name])
        case v.Contained() | v.Reference() | v.ListOf() | v.Inverse():
            return attrs.evolve(type_, entity=entities[type_.entity.name])
        case _:
            return type_


def _shared_holders(old: v.Entity | None, new: v.Entity | None) -> Iterator[tuple[str, str]]:
    """What holds an entity in both versions alike: the names of the holder and of its fact."""
    if old is not None and new is not None:
        after = {(holder.name, fact.name): (holder, fact) for holder, fact in new.holders}
        for holder, fact in old.holders:
            now = after.get((holder.name, fact.name))
            if now is not None and same_type(fact.type, now[1].type) and _alike(holder, now[0]):
                yield holder.name, fact.name


def _alike(old: v.Entity, new: v.Entity) -> bool:
    """Whether there is a place in a state where both versions find a record of an entity."""
    return old.listed and new.listed if old.listed or new.listed else any(_shared_holders(old, new))


def in_the_way(old: v.Vocabulary, new: v.Vocabulary, one: Statement, other: Statement) -> str:
    """Why no state says to both versions what a statement rests on, in a few words; "" where there is nothing in the way."""
    nodes = (node for part in (*one.parts, *other.parts) for node in walk(part))
    for name, fact in dict.fromkeys([(one.entity.name, ""), *(step for node in nodes for step in touched(node))]):
        before, after = old.entities.get(name), new.entities.get(name)
        if before is None or after is None:
            continue
        if not _alike(before, after):
            return f"`{name}` stands at another place in states"
        was, is_ = before.facts.get(fact), after.facts.get(fact)
        if was is not None and is_ is not None:
            if not same_type(was.type, is_.type):
                return f"`{name}.{fact}` is a fact of another type"
            if isinstance(is_.type, v.Money) and old.currency != new.currency:
                return f"`{name}.{fact}` is in another currency"
    return "together, the vocabularies hold entities in a circle" if _in_a_circle(merged(old, new)) else ""


def touched(node: Node) -> Iterator[tuple[str, str]]:
    """The entities and facts that a part of a condition reads itself, by the name of the entity and of the fact."""
    for path in paths(node):
        yield path.root.entity.name, ""
        for owner, step in path.owned():
            yield owner.name, "" if isinstance(step, Holder) else step.name
            if not isinstance(step, Holder) and isinstance(step.type, v.Contained | v.Reference | v.ListOf | v.Inverse):
                yield step.type.entity.name, ""


def _in_a_circle(vocabulary: v.Vocabulary) -> bool:
    """Whether an entity holds itself, as one version has it and another the other way round."""
    left = set(vocabulary.entities)
    while free := [
        name for name in left if not any(holder.name in left for holder, _ in vocabulary.entities[name].holders)
    ]:
        left.difference_update(free)
    return bool(left)
