"""A JSON Schema of state files, made from the vocabulary, for editors: completion, labels, and marks while typing.

It sees what an editor sees of a file: in YAML 1.2 `yes` is a text, so it is allowed beside true. What only the whole
state can tell (ids that are taken, references) and days that a month lacks are left to `build_state`.
"""

from __future__ import annotations

from typing import Any, assert_never

from sopb_rules.model.literals import DIGITS
from sopb_rules.model.vocabulary import (
    Contained,
    Count,
    Date,
    Days,
    Entity,
    Fact,
    FactType,
    Inverse,
    Judgement,
    Kind,
    KindType,
    ListOf,
    Money,
    Months,
    Number,
    Percent,
    Reference,
    Text,
    Vocabulary,
    YesNo,
    called,
)
from sopb_rules.states.judgements import JudgementKeys
from sopb_rules.states.scalars import ID_LENGTH, PERIOD_DIGITS, expected

_Schema = dict[str, Any]
_DECIMAL = rf"-?(0|[1-9][0-9]{{0,{DIGITS - 1}}})(\.[0-9]{{1,{DIGITS}}})?"
_PERIOD = f"[0-9]{{1,{PERIOD_DIGITS}}}"
_RESERVED_IDS = ["unknown", "absent", "null", "~"]


def json_schema(vocabulary: Vocabulary, judgement_keys: JudgementKeys | None = None) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of state files.

    Args:
        judgement_keys: by entity, the keys of judgements that stand in for open parameters, with their questions;
            where it is not given, any key is accepted.
    """
    lists = {entity.name: _list(entity) for entity in vocabulary.listed()}
    definitions = _common(vocabulary)
    definitions |= {f"kind.{kind.name}": _kind(kind) for kind in vocabulary.kinds.values()}
    definitions |= {
        f"entity.{entity.name}": _entity(entity, vocabulary, judgement_keys) for entity in vocabulary.entities.values()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"State: {vocabulary.title or vocabulary.name}",
        "type": "object",
        "additionalProperties": False,
        "properties": {"as_of": {"title": "the date of the state", **_ref("date")}, **lists},
        "$defs": definitions,
    }


def _common(vocabulary: Vocabulary) -> dict[str, _Schema]:
    """What the facts of all vocabularies are made of."""
    currency = vocabulary.currency
    amounts: list[_Schema] = [_ref("number")]
    if currency is not None:
        amounts.append({"type": "string", "pattern": f"^{_DECIMAL} +{currency}$"})
    text = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
    return {
        "unknown": {"const": "unknown", "description": "asked, and nobody could say"},
        "absent": {"enum": ["absent", None], "description": "there is none"},
        "id": {**text, "pattern": r"^\S(.*\S)?$", "maxLength": ID_LENGTH, "not": {"enum": _RESERVED_IDS}},
        "yes_no": {"enum": [True, False, "yes", "no"]},
        "count": {"type": "integer", "minimum": 0, "exclusiveMaximum": 10**DIGITS},
        "number": {"type": "number", "exclusiveMinimum": -(10**DIGITS), "exclusiveMaximum": 10**DIGITS},
        "percent": {"type": "string", "pattern": f"^{_DECIMAL} *%$"},
        "money": {"anyOf": amounts},
        "date": {
            "type": "string",
            "format": "date",
            "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        },
        "days": {"type": "string", "pattern": f"^{_PERIOD} +days?$"},
        "months": {
            "type": "string",
            "pattern": f"^({_PERIOD} +years?( +{_PERIOD} +months?)?|{_PERIOD} +months?)$",
        },
        "text": text,
        "judgement": {
            "type": "object",
            "additionalProperties": False,
            "required": ["value", "by", "on"],
            "properties": {
                "value": {"anyOf": [_ref("yes_no"), _ref("unknown")], "description": "what was judged"},
                "by": {**_ref("text"), "description": "who judged"},
                "on": {**_ref("date"), "description": "the day on which it was judged"},
            },
        },
    }


def _kind(kind: Kind) -> _Schema:
    values = [{"const": value, "title": label} for value, label in kind.values.items()]
    return {"title": kind.label, "anyOf": values}


def _entity(entity: Entity, vocabulary: Vocabulary, judgement_keys: JudgementKeys | None) -> _Schema:
    facts = [fact for fact in entity.facts.values() if not isinstance(fact.type, Inverse)]
    schema: _Schema = {
        "title": entity.label,
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "id": {"title": "the name that references and reports use", **_ref("id")},
            **{fact.name: _fact(fact, vocabulary.currency) for fact in facts},
            "judgements": _judgements(entity, judgement_keys),
        },
    }
    return schema | ({"required": ["id"]} if entity.listed else {})


def _fact(fact: Fact, currency: str | None) -> _Schema:
    choices = [_type(fact.type), _ref("unknown")]
    if fact.optional:
        choices.append(_ref("absent"))
    schema: _Schema = {"title": fact.label, "anyOf": choices}
    description = expected(fact.type, currency)
    if isinstance(fact.type, Judgement):
        description = f"a judgement by {called(fact.type.assessor)}"
    elif isinstance(fact.type, Reference):
        description = f"the id of a record of {fact.type.entity.name}"
    return schema | ({"description": description} if description else {})


def _type(type_: FactType) -> _Schema:
    match type_:
        case YesNo():
            return _ref("yes_no")
        case Count() | Number() | Percent() | Money() | Date() | Days() | Months() | Text() | Judgement():
            return _ref(type(type_).__name__.lower())
        case KindType(kind):
            return _ref(f"kind.{kind.name}")
        case Contained(entity):
            return _ref(f"entity.{entity.name}")
        case ListOf(entity):
            return _list(entity)
        case Reference():
            return _ref("id")
        case Inverse():
            raise AssertionError("an inverse fact is not stated")
        case _:
            assert_never(type_)


def _judgements(entity: Entity, judgement_keys: JudgementKeys | None) -> _Schema:
    judgement = {"anyOf": [_ref("judgement"), _ref("unknown")]}
    schema: _Schema = {"title": "judgements that stand in for what the document leaves open", "type": "object"}
    if judgement_keys is None:
        return {**schema, "additionalProperties": judgement}
    keys = judgement_keys.get(entity.name, {})
    properties = {key: {"title": question, **judgement} for key, question in keys.items()}
    return {**schema, "additionalProperties": False, "properties": properties}


def _list(entity: Entity) -> _Schema:
    return {"title": entity.label, "type": "array", "items": _ref(f"entity.{entity.name}")}


def _ref(name: str) -> _Schema:
    return {"$ref": f"#/$defs/{name}"}
