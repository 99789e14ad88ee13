"""What a state says, before it is checked: a tree of scalars, mappings and sequences, each with its place.

YAML, JSON and Python objects become the same tree, so that one checker serves them all.
"""

from __future__ import annotations

import datetime
import keyword
import re
from collections.abc import Iterable
from collections.abc import Mapping as AbstractMapping
from decimal import Decimal
from typing import Any

import attrs

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.model.vocabulary import Entity
from sopb_rules.source import Span
from sopb_rules.states.records import ABSENT
from sopb_rules.states.stating import NOT_STATED, UNKNOWN

#: How many values may stand inside each other. The deepest vocabulary needs a handful.
DEPTH_LIMIT = 50
#: How many values one file or object may hold: far more than a district, little enough for the memory of a laptop.
NODE_LIMIT = 1_000_000

#: What no report could print: control characters but tab and line feed, and halves of characters.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@attrs.frozen
class Scalar:
    """A single value.

    Args:
        text: the value as it is spelled, without quotes.
        plain: without quotes, so that it may be a number, a date or a keyword; a Python text is not plain.
        span: the place in the file; None for Python objects.
        value: the Python value, where that says more than the text (Decimal, float, date, ...); None otherwise.
    """

    text: str
    plain: bool
    span: Span | None = attrs.field(default=None, eq=False, repr=False)
    value: object = None


@attrs.frozen
class Mapping:
    """Names and their values, in order; a name stands once.

    Args:
        entity: the entity whose class a Python object has; None for all other mappings.
    """

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span | None = attrs.field(default=None, eq=False, repr=False)
    entity: Entity | None = None


@attrs.frozen
class Sequence:
    """Values in a row."""

    items: tuple[Node, ...]
    span: Span | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen
class Refused:
    """A value that cannot be part of a state.

    Args:
        mistake: what is wrong with it; None where the reader of the file has already said so.
    """

    span: Span | None = attrs.field(default=None, eq=False, repr=False)
    mistake: Diagnostic | None = None


Node = Scalar | Mapping | Sequence | Refused


def quoted(text: str, limit: int = 60) -> str:
    """A text as messages show it: on one line, cut where it is long, without anything that a terminal acts on."""
    shown = UNPRINTABLE.sub("�", text[: limit + 1].replace("\n", " ").replace("\t", " "))
    return f"`{shown[:limit]}…`" if len(text) > limit else f"`{shown}`"


def a(noun: str) -> str:
    """The noun with its article."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def shown(node: Node) -> str:
    """A value as messages show it."""
    match node:
        case Scalar(text, plain):
            return quoted(text) if plain or not text else f"the text {quoted(text)}"
        case Mapping():
            return "a group of facts"
        case Sequence():
            return "a list"
        case Refused():
            return "this value"


def from_python(value: object) -> Node:
    """A Python object as a tree: dicts, lists, attrs objects and values; whatever cannot be stated becomes `Refused`.

    Never raises: what is wrong is told when the tree is checked, with the path of the fact.
    """
    return _Conversion().node(value, 1)


class _Conversion:
    """One conversion; counts the values, since shared Python objects can unfold without end."""

    def __init__(self) -> None:
        self.count = 0

    def node(self, value: object, depth: int) -> Node:
        if isinstance(value, Scalar | Mapping | Sequence | Refused):
            return value
        if (scalar := _scalar(value)) is not None:
            return scalar
        self.count += 1
        if self.count > NODE_LIMIT:
            return _refuse(Code.STATE_SHAPE, f"there are more than {NODE_LIMIT:,} values")
        if depth > DEPTH_LIMIT:
            return _refuse(Code.STATE_TOO_DEEP, f"values stand more than {DEPTH_LIMIT} levels inside each other")
        if isinstance(value, list | tuple):
            return Sequence(tuple([self.node(item, depth + 1) for item in value if self.count <= NODE_LIMIT]))
        if isinstance(value, AbstractMapping):
            return self._mapping(value, depth)
        if attrs.has(type(value)):
            return self._object(value, depth)
        return _refuse(Code.STATE_WRONG_VALUE, f"a Python object of the type `{type(value).__name__}` cannot be stated")

    def _mapping(self, value: AbstractMapping[Any, Any], depth: int) -> Node:
        try:
            items = list(value.items())
        except Exception:  # noqa: BLE001 - a mapping of somebody else's may fail in any way
            name = type(value).__name__
            return _refuse(Code.STATE_SHAPE, f"the Python object of the type `{name}` cannot be read as a mapping")
        return Mapping(self._entries(((_key(key), item) for key, item in items), depth))

    def _object(self, value: object, depth: int) -> Node:
        names = [field.name for field in attrs.fields(type(value))]  # type: ignore[arg-type]
        facts = ((fact_name(name), getattr(value, name, NOT_STATED)) for name in names)
        entity = getattr(type(value), "__sopb_entity__", None)
        return Mapping(self._entries(facts, depth), entity=entity if isinstance(entity, Entity) else None)

    def _entries(self, items: Iterable[tuple[str, object]], depth: int) -> tuple[tuple[Scalar, Node], ...]:
        return tuple(
            [
                (Scalar(key, plain=True), self.node(item, depth + 1))
                for key, item in items
                if item is not NOT_STATED and self.count <= NODE_LIMIT
            ]
        )


def python_name(fact: str) -> str:
    """The name of a fact as a Python attribute: a keyword of Python gets a trailing underscore."""
    return fact + "_" if keyword.iskeyword(fact) or fact == "self" else fact


def fact_name(attribute: str) -> str:
    """The fact that a Python attribute states, the other way round of `python_name`."""
    stem = attribute[:-1]
    return stem if attribute.endswith("_") and python_name(stem) == attribute else attribute


def _scalar(value: object) -> Scalar | None:
    """A Python value as a scalar; None where it is none."""
    if isinstance(value, str):
        return Scalar(str.__str__(value), plain=False)
    if value is None:
        return Scalar("null", plain=True)
    if value is ABSENT:
        return Scalar("absent", plain=True)
    if value is UNKNOWN:
        return Scalar("unknown", plain=True)
    if isinstance(value, bool):
        return Scalar("true" if value else "false", plain=True, value=value)
    if isinstance(value, int):
        return Scalar(_whole(value), plain=True)
    if isinstance(value, float):
        return Scalar(float.__repr__(value), plain=True, value=value)
    if isinstance(value, Decimal):
        return Scalar(Decimal.__str__(value), plain=True, value=value)
    if isinstance(value, datetime.datetime | datetime.date):
        return Scalar(value.isoformat(), plain=True, value=value)
    if isinstance(value, datetime.timedelta):
        return Scalar(datetime.timedelta.__str__(value), plain=True, value=value)
    return None


def _whole(value: int) -> str:
    # Python refuses to write numbers of thousands of digits, and no count is that large.
    return int.__repr__(value) if value.bit_length() < 1000 else f"{'-' if value < 0 else ''}{'9' * 300}"


def _key(key: object) -> str:
    if isinstance(key, str):
        return str.__str__(key)
    if key is True:  # as readers of YAML 1.1 leave `on`, the day of a judgement
        return "on"
    return _whole(key) if isinstance(key, int) else f"<{type(key).__name__}>"


def _refuse(code: Code, message: str) -> Refused:
    return Refused(mistake=Diagnostic(code, message))
