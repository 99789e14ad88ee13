"""Explanations as plain data for JSON, and read back. The classes themselves say what is where.

A node that could be one of several carries its class in `is`: ``{"is": "compared", "truth": "false", …}``. Exact
decimals and dates are texts; a value that was stated to be absent is null.
"""

from __future__ import annotations

import datetime
import enum
import re
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.findings import explanation, reasons
from sopb_rules.findings.finding import plain
from sopb_rules.states.records import ABSENT

_NUMBERS = frozenset({"count", "number", "percent", "money", "days", "months", "list"})
_DECIMAL = re.compile(r"-?[0-9]{1,100000}(\.[0-9]{1,100000})?")
#: Whole numbers from here on are texts, since readers of JSON may keep no more digits.
_EXACT = 2**53

T = TypeVar("T")


def as_dict(told: explanation.Explanation) -> dict[str, Any]:
    """An explanation as plain data."""
    data = _plain(told)
    assert isinstance(data, dict)
    return data


def plain_node(node: reasons.Condition) -> dict[str, Any]:
    """A part of an explanation as plain data."""
    data = _plain(node)
    assert isinstance(data, dict)
    return data


def from_dict(data: Mapping[str, Any]) -> explanation.Explanation:
    """An explanation from plain data.

    Raises:
        RulesError: the data is no explanation.
    """
    try:
        return _Reader().one(explanation.Explanation, data, ())
    except _MistakeError as mistake:
        expected = str(mistake)
    except RecursionError:  # no explanation of a document comes near it
        expected = "fewer conditions inside each other"
    raise RulesError([Diagnostic(Code.BAD_USAGE, "the data is no explanation", expected=expected)])


# ---- to plain data ------------------------------------------------------------------------------------------


def _plain(told: Any) -> Any:
    match told:
        case reasons.Value():
            return {"type": told.type, "value": _plain_value(told.value), "label": told.label}
        case enum.Enum():
            return told.value
        case tuple():
            return [_plain(each) for each in told]
        case frozenset():
            return sorted(_plain(each) for each in told)
        case _ if attrs.has(type(told)):
            data = {name: _plain(getattr(told, name)) for name in _names(type(told))}
            return {"is": tag(type(told)), **data} if type(told) in _tagged() else data
        case _:
            return plain(told)


def _plain_value(value: Any) -> Any:
    if value is ABSENT:
        return None
    if isinstance(value, int) and abs(value) >= _EXACT:
        return str(value)
    return plain(value)


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(cls: Any) -> tuple[str, ...]:
    names = _NAMES.get(cls)
    if names is None:
        names = _NAMES[cls] = tuple(field.name for field in attrs.fields(cls))
    return names


def tag(cls: type) -> str:
    """``fact_value`` for `FactValue`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


@cache
def _tagged() -> frozenset[type]:
    """The classes that stand where another could."""
    choices = (explanation.NormReasons, explanation.DecisionReasons, explanation.DefinitionReasons)
    return frozenset((*get_args(reasons.Condition), *get_args(reasons.Term), *choices))


# ---- from plain data ----------------------------------------------------------------------------------------


class _MistakeError(Exception):
    """What was expected at which place of the data."""


class _Reader:
    """Reads plain data by the types of the fields that it is for."""

    def one(self, wanted: type[T], data: Any, at: tuple[str, ...]) -> T:
        """A value of a class, its fields read by their types."""
        fields: Mapping[str, Any] = _hints(wanted)
        given = self._mapping(data, at)
        keys = {key for key in given if key != "is" or wanted not in _tagged()}
        if keys != set(fields):
            raise _MistakeError(f"{_place(at)} to have exactly {', '.join(fields)}")
        read = {name: self.typed(type, given[name], (*at, name)) for name, type in fields.items() if name != "value"}
        if "value" in fields:
            is_value = wanted is reasons.Value
            type = fields["value"]
            read["value"] = (
                _value(read["type"], given, at) if is_value else self.typed(type, given["value"], (*at, "value"))
            )
        return wanted(**read)

    def typed(self, wanted: Any, data: Any, at: tuple[str, ...]) -> Any:
        """What an annotation describes."""
        origin = get_origin(wanted)
        if origin is tuple:
            return tuple(
                self.typed(get_args(wanted)[0], each, (*at, str(i))) for i, each in enumerate(self._list(data, at))
            )
        if origin is frozenset:
            return frozenset(self.typed(get_args(wanted)[0], each, at) for each in self._list(data, at))
        if origin in (Union, types.UnionType):
            return self._choice(get_args(wanted), data, at)
        if attrs.has(wanted):
            return self.one(wanted, data, at)
        if isinstance(wanted, type) and issubclass(wanted, enum.Enum):
            return _checked(lambda: wanted(data), data, at, f"one of {', '.join(str(each.value) for each in wanted)}")
        if wanted is datetime.date:
            return _date(data, at)
        if type(data) is not wanted:
            raise _MistakeError(f"{_place(at)} to be {_SPOKEN[wanted]}")
        return data

    def _choice(self, members: tuple[Any, ...], data: Any, at: tuple[str, ...]) -> Any:
        if type(None) in members:
            if data is None:
                return None
            members = tuple(member for member in members if member is not type(None))
        if len(members) == 1:
            return self.typed(members[0], data, at)
        by_tag = {tag(member): member for member in members}
        which = self._mapping(data, at).get("is")
        if not isinstance(which, str) or which not in by_tag:
            raise _MistakeError(f"{_place(at)} to say in `is` which it is: {', '.join(by_tag)}")
        return self.one(by_tag[which], data, at)

    def _mapping(self, data: Any, at: tuple[str, ...]) -> Mapping[str, Any]:
        if not isinstance(data, Mapping):
            raise _MistakeError(f"{_place(at)} to be an object")
        return data

    def _list(self, data: Any, at: tuple[str, ...]) -> list[Any]:
        if not isinstance(data, list):
            raise _MistakeError(f"{_place(at)} to be a list")
        return data


_HINTS: dict[type, Mapping[str, Any]] = {}


def _hints(cls: Any) -> Mapping[str, Any]:
    hints = _HINTS.get(cls)
    if hints is None:
        found = get_type_hints(cls)
        hints = _HINTS[cls] = {name: found[name] for name in _names(cls)}
    return hints


_SPOKEN = {str: "a text", bool: "true or false", int: "a whole number"}


def _value(type: str, given: Mapping[str, Any], at: tuple[str, ...]) -> Any:
    """The value of a `Value`, by its type."""
    data, inner = given["value"], (*at, "value")
    if type not in reasons.TYPES:
        raise _MistakeError(f"{_place((*at, 'type'))} to be one of {', '.join(reasons.TYPES)}")
    if data is None:
        return ABSENT
    if type in _NUMBERS:
        if isinstance(data, str) and _DECIMAL.fullmatch(data):
            return Decimal(data)
        return _of_class(int, data, inner, "a whole number, or a decimal as a text")
    if type == "date":
        return _date(data, inner)
    if type in ("yes/no", "judgement"):
        return _of_class(bool, data, inner, "true or false")
    return _of_class(str, data, inner, "a text")


def _of_class(cls: type[T], data: Any, at: tuple[str, ...], expected: str) -> T:
    if type(data) is not cls:
        raise _MistakeError(f"{_place(at)} to be {expected}")
    return data


def _date(data: Any, at: tuple[str, ...]) -> datetime.date:
    return _checked(lambda: datetime.date.fromisoformat(data), data, at, "a date like 2026-11-01")


def _checked(read: Callable[[], T], data: Any, at: tuple[str, ...], expected: str) -> T:
    try:
        if isinstance(data, str):
            return read()
    except ValueError:
        pass
    raise _MistakeError(f"{_place(at)} to be {expected}")


def _place(at: tuple[str, ...]) -> str:
    return f"`{'.'.join(at)}`" if at else "it"
