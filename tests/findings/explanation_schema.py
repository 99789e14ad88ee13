"""The JSON Schema of explanations, made from their classes, so that neither can change without the other."""

from __future__ import annotations

import datetime
import enum
import inspect
import types
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from sopb_rules.findings import reasons
from sopb_rules.findings.explanation import DecisionReasons, DefinitionReasons, Explanation, NormReasons
from sopb_rules.findings.explanation_data import tag

_TAGGED = {*get_args(reasons.Condition), *get_args(reasons.Term), NormReasons, DecisionReasons, DefinitionReasons}
_DATE = {"type": "string", "format": "date"}


def schema() -> dict[str, Any]:
    """The schema of one explanation."""
    found: dict[str, Any] = {}
    _of_class(Explanation, found)
    whole = found.pop("explanation")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "An explanation, as `as_dict` gives it"}
    return {**head, **whole, "$defs": dict(sorted(found.items()))}


def _of_class(cls: Any, found: dict[str, Any]) -> None:
    name = tag(cls)
    if name in found:
        return
    found[name] = {}  # classes refer to each other
    hints = get_type_hints(cls)
    properties: dict[str, Any] = {"is": {"const": name}} if cls in _TAGGED else {}
    for field in attrs.fields(cls):
        properties[field.name] = (
            _of_value() if (cls, field.name) == (reasons.Value, "value") else _of(hints[field.name], found)
        )
    if cls is reasons.Value:
        properties["type"] = {"enum": list(reasons.TYPES)}
    found[name] = {
        "type": "object",
        "description": (inspect.getdoc(cls) or "").split("\n\n", 1)[0].replace("\n", " "),
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _of_value() -> dict[str, Any]:
    described = "By the type; decimals and dates are texts, and null says that it was stated to be absent."
    return {"type": ["boolean", "integer", "string", "null"], "description": described}


def _of(hint: Any, found: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin in (tuple, frozenset):
        return {"type": "array", "items": _of(get_args(hint)[0], found)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(each, found) for each in get_args(hint)]}
    if attrs.has(hint):
        _of_class(hint, found)
        return {"$ref": f"#/$defs/{tag(hint)}"}
    if issubclass(hint, enum.Enum):
        return {"enum": [each.value for each in hint]}
    return (
        _DATE
        if hint is datetime.date
        else {"type": {str: "string", bool: "boolean", int: "integer", type(None): "null"}[hint]}
    )
