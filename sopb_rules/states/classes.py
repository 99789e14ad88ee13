"""Python classes made from a vocabulary, to state facts with an editor's help; and their stubs.

    Organization = entity_classes(vocabulary)["organization"]
    state = build_state(vocabulary, [Organization(id="riverside", formal_members=5)])

A class checks no values: an object becomes a tree like a file does, and the one checker tells what is wrong.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, assert_never
from weakref import WeakKeyDictionary

import attrs

from sopb_rules.model.vocabulary import (
    Contained,
    Count,
    Date,
    Days,
    Entity,
    Fact,
    Inverse,
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
)
from sopb_rules.model.vocabulary import Judgement as JudgementType
from sopb_rules.states.nodes import python_name
from sopb_rules.states.stating import NOT_STATED, UNKNOWN, Judgement, NotStated, Unknown

__all__ = ["NOT_STATED", "UNKNOWN", "EntityObject", "Judgement", "NotStated", "Unknown", "entity_classes", "stubs"]


class EntityObject:
    """The base of the classes: an entity as a Python program states it."""

    __slots__ = ()
    __sopb_entity__: ClassVar[Entity]

    def __repr__(self) -> str:
        """Only what was stated."""
        fields = attrs.fields(type(self))  # type: ignore[arg-type]
        values = ((field.name, getattr(self, field.name)) for field in fields)
        stated = ", ".join(f"{name}={value!r}" for name, value in values if value is not NOT_STATED)
        return f"{type(self).__name__}({stated})"


_CLASSES: WeakKeyDictionary[Vocabulary, Mapping[str, type[Any]]] = WeakKeyDictionary()


def entity_classes(vocabulary: Vocabulary) -> Mapping[str, type[Any]]:
    """A class for each entity, by its name; made once for a vocabulary.

    The classes are frozen and take keywords only. A fact that is left out is `NOT_STATED`; `UNKNOWN` says that somebody
    was asked and could not say; None says that there is none. `id` must be given for an entity that states list at
    their top. Facts that have the name of a Python keyword get a trailing underscore.
    """
    classes = _CLASSES.get(vocabulary)
    if classes is None:
        classes = {name: _entity_class(vocabulary.entities[name], title) for name, title in _titles(vocabulary).items()}
        _CLASSES[vocabulary] = classes
    return classes


def _entity_class(entity: Entity, title: str) -> type[Any]:
    fields: dict[str, Any] = {"id": attrs.field() if entity.listed else attrs.field(default=NOT_STATED)}
    fields |= {python_name(fact.name): attrs.field(default=NOT_STATED) for fact in _stated(entity)}
    fields["judgements"] = attrs.field(default=NOT_STATED)
    made: type[EntityObject] = attrs.make_class(
        title, fields, bases=(EntityObject,), frozen=True, kw_only=True, slots=True, repr=False
    )
    made.__sopb_entity__ = entity
    facts = "\n".join(f"    {python_name(fact.name)}: {fact.label}" for fact in _stated(entity))
    made.__doc__ = f"{entity.label}\n\nArgs:\n{facts}\n"
    return made


def stubs(vocabulary: Vocabulary) -> str:
    """The text of a ``.pyi`` file that declares the classes, so that editors and mypy know their facts.

    The module it belongs to binds the classes of `entity_classes` to the names that stand in the stub.
    """
    titles = _titles(vocabulary)
    parts = [_HEADER.format(name=vocabulary.name)]
    parts += [_kind_stub(kind) for kind in vocabulary.kinds.values()]
    parts += [_class_stub(entity, titles) for entity in vocabulary.entities.values()]
    return "\n".join(parts)


_HEADER = """\
# Made by sopb_rules.states.classes.stubs from the vocabulary {name}; changes here are lost.
from collections.abc import Mapping as _Mapping
from collections.abc import Sequence as _Sequence
from datetime import date as _date
from datetime import timedelta as _timedelta
from decimal import Decimal as _Decimal
from typing import Literal as _Literal
from typing import TypeAlias as _TypeAlias

import attrs as _attrs

from sopb_rules.states.classes import EntityObject as _EntityObject
from sopb_rules.states.stating import Judgement as _JudgementObject
from sopb_rules.states.stating import NotStated as _NotStated
from sopb_rules.states.stating import Unknown as _Unknown

_Open: _TypeAlias = _Unknown | _NotStated
_Id: _TypeAlias = str | int
_YesNo: _TypeAlias = bool | _Open
_Count: _TypeAlias = int | _Open
_Number: _TypeAlias = _Decimal | int | _Open
_Percent: _TypeAlias = _Decimal | str | _Open
_Money: _TypeAlias = _Decimal | int | str | _Open
_Date: _TypeAlias = _date | str | _Open
_Days: _TypeAlias = _timedelta | str | _Open
_Months: _TypeAlias = str | _Open
_Text: _TypeAlias = str | _Open
_Reference: _TypeAlias = str | int | _Open
_Judgement: _TypeAlias = _JudgementObject | _Open
_Judgements: _TypeAlias = _Mapping[str, _JudgementObject | _Unknown] | _NotStated
"""


def _kind_stub(kind: Kind) -> str:
    values = ", ".join(repr(value) for value in kind.values)
    return f"_{_camel_case(kind.name)}Value: _TypeAlias = _Literal[{values}] | _Open"


def _class_stub(entity: Entity, titles: Mapping[str, str]) -> str:
    lines = ["", "@_attrs.frozen(kw_only=True)", f"class {titles[entity.name]}(_EntityObject):"]
    lines.append(f"    {entity.label!r}")
    lines.append("    id: _Id" if entity.listed else "    id: _Id | _NotStated = ...")
    for fact in _stated(entity):
        optional = " | None" if fact.optional else ""
        lines.append(f"    {python_name(fact.name)}: {_annotation(fact, titles)}{optional} = ...")
        lines.append(f"    {fact.label!r}")
    return "\n".join([*lines, "    judgements: _Judgements = ...", ""])


def _annotation(fact: Fact, titles: Mapping[str, str]) -> str:
    match fact.type:
        case YesNo() | Count() | Number() | Percent() | Money() | Date() | Days() | Months() | Text() | Reference():
            return f"_{type(fact.type).__name__}"
        case JudgementType():
            return "_Judgement"
        case KindType(kind):
            return f"_{_camel_case(kind.name)}Value"
        case Contained(entity):
            return f"{titles[entity.name]} | _Open"
        case ListOf(entity):
            return f"_Sequence[{titles[entity.name]}] | _Open"
        case Inverse():
            raise AssertionError("an inverse fact is not stated")
        case _:
            assert_never(fact.type)


def _stated(entity: Entity) -> Iterator[Fact]:
    """The facts that can be stated: all but the inverse ones, which are computed."""
    return (fact for fact in entity.facts.values() if not isinstance(fact.type, Inverse))


def _titles(vocabulary: Vocabulary) -> dict[str, str]:
    """The class name of each entity; names that would fall together or mean something in Python get underscores."""
    titles: dict[str, str] = {}
    taken: set[str] = set()
    for name in vocabulary.entities:
        title = _camel_case(name)
        while title in taken or keyword.iskeyword(title):
            title += "_"
        taken.add(title)
        titles[name] = title
    return titles


def _camel_case(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))
