"""Values and states as the trees that a state file would have: the way back from what was read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from json import dumps
from typing import Any

from sopb_rules.model.literals import moved
from sopb_rules.model.vocabulary import Days, Fact, FactType, Judgement, KindType, Money, Months, Percent, Text, YesNo
from sopb_rules.states.nodes import Mapping, Node, Scalar, Sequence
from sopb_rules.states.records import ABSENT, Record, State, Stated

#: Words that mean something else than themselves where they are not in quotes.
_WORDS = frozenset({"unknown", "absent", "null", "Null", "NULL", "~", ""})


def unknown(json: bool = False) -> Scalar:
    """That somebody was asked and could not say."""
    return Scalar("unknown", plain=not json)


def absent(json: bool = False) -> Scalar:
    """That there is none."""
    return Scalar("null" if json else "absent", plain=True)


def written(type_: FactType, value: Any, currency: str | None = None, json: bool = False) -> Scalar:
    """A single value as a state file writes it.

    Args:
        value: a value as records hold it: bool, int, Decimal, date or text.
        currency: that of the vocabulary.
        json: whether the file is one of JSON, where only numbers, true and false stand without quotes.
    """
    match value, type_:
        case bool(), _:
            return Scalar(("true" if value else "false") if json else ("yes" if value else "no"), plain=True)
        case str(), KindType() | Text():
            return Scalar(value, plain=not json and _may_stand_plain(value))
        case Decimal(), Percent():
            return Scalar(f"{_short(moved(value, 2))}%", plain=not json)
        case Decimal(), Money():
            text = _short(value)
            return Scalar(f"{text} {currency}" if currency and not json else text, plain=True)
        case int(), Days():
            return Scalar(f"{value} {'day' if value == 1 else 'days'}", plain=not json)
        case int(), Months():
            return Scalar(f"{value} {'month' if value == 1 else 'months'}", plain=not json)
        case datetime.date(), _:
            return Scalar(value.isoformat(), plain=not json)
        case Decimal(), _:
            return Scalar(_short(value), plain=True)
        case _:
            text = str(value)
            return Scalar(text, plain=isinstance(value, int) or (not json and _may_stand_plain(text)))


def _short(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _may_stand_plain(text: str) -> bool:
    """Whether a text needs no quotes in YAML: letters, digits and signs between them that mean nothing to it."""
    inner = text.replace(" ", "a").replace("-", "a").replace("_", "a").replace(".", "a").replace("'", "a")
    return text not in _WORDS and text[:1].isalpha() and text[-1:].isalnum() and inner.isalnum() and len(text) <= 60


def judgement(value: bool | None, by: str, on: datetime.date, json: bool = False) -> Mapping:
    """A judgement, with who and when."""
    said = unknown(json) if value is None else written(YesNo(), value, None, json)
    who = written(Text(), by, None, json)
    parts = (("value", said), ("by", who), ("on", Scalar(on.isoformat(), plain=not json)))
    return Mapping(tuple((Scalar(name, plain=True), node) for name, node in parts))


# ---- the text of a file -------------------------------------------------------------------------------------


def yaml_text(tree: Mapping) -> str:
    """The text of a YAML file that says what a tree says; a judgement stands on one line."""
    return "".join(f"{line}\n" for line in _lines(tree)) or "{}\n"


def _lines(node: Mapping) -> Iterator[str]:
    for key, value in node.entries:
        match value:
            case Mapping(entries) if entries and not _is_judgement(value):
                yield f"{_inline(key)}:"
                yield from (f"  {line}" for line in _lines(value))
            case Sequence(items) if items:
                yield f"{_inline(key)}:"
                for item in items:
                    lines = list(_lines(item)) if isinstance(item, Mapping) else [_inline(item)]
                    yield from (f"  {'- ' if first else '  '}{line}" for first, line in _marked(lines or ["{}"]))
            case _:
                yield f"{_inline(key)}: {_inline(value)}"


def _marked(lines: list[str]) -> Iterator[tuple[bool, str]]:
    return ((number == 0, line) for number, line in enumerate(lines))


def _is_judgement(node: Mapping) -> bool:
    return [key.text for key, _ in node.entries] == ["value", "by", "on"]


def _inline(node: Node) -> str:
    match node:
        case Scalar(text, plain):
            return text if plain or _may_stand_plain(text) else dumps(text, ensure_ascii=False)
        case Mapping(entries):
            return f"{{{', '.join(f'{_inline(key)}: {_inline(value)}' for key, value in entries)}}}"
        case Sequence(items):
            return f"[{', '.join(map(_inline, items))}]"
        case _:
            raise AssertionError("a tree with a mistake is not written")


# ---- states -------------------------------------------------------------------------------------------------


def tree_of(state: State) -> Mapping:
    """The tree of a file that says what a state says; with the places at which it was said, where they are known."""
    entries: list[tuple[Scalar, Node]] = []
    if state.as_of is not None:
        entries.append((_name("as_of"), Scalar(state.as_of.isoformat(), plain=True)))
    for entity, records in state.lists.items():
        if records is not None:
            entries.append((_name(entity), Sequence(tuple(map(_record, records)))))
    return Mapping(tuple(entries))


def _name(text: str) -> Scalar:
    return Scalar(text, plain=True)


def _record(record: Record) -> Mapping:
    entries: list[tuple[Scalar, Node]] = []
    if record.id:
        entries.append((_name("id"), Scalar(record.id, plain=False)))
    entries += ((_name(name), node) for name, node in _facts(record))
    judged = tuple(
        (_name(key), _judged(record.judged.get(key), stated)) for key, stated in record.judged_stated.items()
    )
    if judged:
        entries.append((_name("judgements"), Mapping(judged)))
    return Mapping(tuple(entries), record.span)


def _facts(record: Record) -> Iterator[tuple[str, Node]]:
    for name, stated in record.stated.items():
        fact, value = record.entity.facts[name], record.get(name)
        if isinstance(fact.type, Judgement):
            yield name, _judged(value, stated)
        elif stated.unknown:
            yield name, Scalar("unknown", True, stated.span)
        else:
            yield name, _value(fact, value, record.state.vocabulary.currency, stated)


def _judged(value: bool | None, stated: Stated) -> Node:
    if stated.on is None:
        return Scalar("unknown", True, stated.span)
    return Mapping(judgement(value, stated.by, stated.on).entries, stated.span)


def _value(fact: Fact, value: Any, currency: str | None, stated: Stated) -> Node:
    match value:
        case tuple():
            return Sequence(tuple(map(_record, value)), stated.span)
        case Record() if value.holder is not None and value.holder_fact is fact:
            return _record(value)
        case Record():
            return Scalar(value.id, False, stated.span)
        case _ if value is ABSENT:
            return Scalar("absent", True, stated.span)
        case _:
            scalar = written(fact.type, value, currency)
            return Scalar(scalar.text, scalar.plain, stated.span)
