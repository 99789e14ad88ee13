"""The vocabulary as plain data: what can be stated of which entity."""

from __future__ import annotations

from typing import Any

from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Policies


def facts_as_dict(model: Policies) -> dict[str, Any]:
    """Entities with their facts and judgement keys, kinds and roles, for JSON."""
    vocabulary = model.vocabulary
    return {
        "policies": {"name": vocabulary.name, "version": vocabulary.version, "digest": model.digest},
        "entities": [_entity(entity, model) for entity in vocabulary.entities.values()],
        "kinds": [
            {"name": kind.name, "label": kind.label, "ordered": kind.ordered, "values": dict(kind.values)}
            for kind in vocabulary.kinds.values()
        ],
        "roles": [{"name": role.name, "label": role.label} for role in vocabulary.roles.values()],
    }


def _entity(entity: v.Entity, model: Policies) -> dict[str, Any]:
    return {
        "name": entity.name,
        "label": entity.label,
        "listed": entity.listed,
        "facts": [_fact(fact) for fact in entity.facts.values()],
        "judgements": dict(model.asked_judgements.get(entity.name, {})),
    }


def _fact(fact: v.Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "type": type_name(fact.type),
        "label": fact.label,
        "optional": fact.optional,
        "act": fact.act,
        "assessor": fact.assessor.name if fact.assessor else None,
        "stated": not isinstance(fact.type, v.Inverse),
    }


def type_name(type: v.FactType) -> str:
    """A type as it is written in a vocabulary."""
    match type:
        case v.KindType(kind):
            return kind.name
        case v.Contained(entity):
            return entity.name
        case v.Reference(entity):
            return f"reference to {entity.name}"
        case v.ListOf(entity):
            return f"list of {entity.name}"
        case v.Inverse(entity, by):
            return f"list of {entity.name} by {by}"
        case v.Judgement(assessor):
            return f"judgement by {assessor.name}"
        case v.Days() | v.Months():
            return f"period in {'days' if isinstance(type, v.Days) else 'months'}"
        case v.YesNo():
            return "yes/no"
        case _:
            return type.__class__.__name__.lower()
