"""What a state states, as one digest.

Two states have the same digest if and only if they say the same of the same entities. The order of files, of entities and
of facts, the format and the layout of a file, and the way in which a number is written are no part of that; what was
stated as unknown or absent is, and who judged and when. An entry of a list that has no id is named by its place in the
list, in the paths of findings as in the digest. The date of a state is no fact about an entity, and stands beside its
digest wherever that is told.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sopb_rules.model.vocabulary import Reference
from sopb_rules.states.records import Absence, Record, State, Stated

#: Stands at the beginning of what the digest is taken of; another canonical form would begin with another number.
_FORM = "sopb-state-1"


def state_digest(state: State) -> str:
    """The SHA-256 of what a state states, in hexadecimal digits; takes time with the size of the state."""
    listed = {name: _list(records) for name, records in state.lists.items() if records is not None}
    text = json.dumps([_FORM, listed], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _list(records: Iterable[Record]) -> Mapping[str, Any]:
    return {f"id {each.id}" if each.id else f"#{each.index}": _record(each) for each in records}


def _record(record: Record) -> Mapping[str, Any]:
    facts: dict[str, Any] = {}
    for name, fact in record.entity.facts.items():
        value, stated = record.get(name), record.stated.get(name, Stated())
        if value is not None or stated.unknown:
            facts[name] = _stated(_reference(value) if isinstance(fact.type, Reference) else _value(value), stated)
    judged = {key: _stated(value, record.judged_stated[key]) for key, value in record.judged.items()}
    return {"id": record.id, "facts": facts, "judged": judged}


def _stated(value: Any, stated: Stated) -> Any:
    """A value, with who judged and when where it was judged; null where it was stated as unknown."""
    return value if stated.on is None else {"judged": value, "by": stated.by, "on": stated.on.isoformat()}


def _reference(value: Any) -> Any:
    return {"to": value.id} if isinstance(value, Record) else _value(value)


def _value(value: Any) -> Any:
    """A value in a form in which no two types look the same."""
    match value:
        case None | bool() | int() | str():
            return value
        case Absence():
            return {"absent": True}
        case Decimal():
            return {"exact": _exact(value)}
        case datetime.date():
            return {"date": value.isoformat()}
        case Record():
            return {"record": _record(value)}
        case tuple():
            return {"list": _list(value)}
    raise TypeError(f"no value of a state: {value!r}")


def _exact(number: Decimal) -> str:
    """An exact decimal in its shortest form: 0.40 is 0.4, and there is one zero."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
