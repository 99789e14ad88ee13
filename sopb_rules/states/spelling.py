"""What somebody probably meant by a value that is spelled in another way than states spell it.

Nothing here is ever taken for the value: it is only what a message suggests, and only where it would be right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from sopb_rules.model.vocabulary import Date, FactType, Money, Percent
from sopb_rules.states.nodes import Node, Scalar, quoted

#: Signs that programs put around texts, and that are no part of a value.
_QUOTES = "\"'“”‘’„«»「」『』"
#: Longer texts are no slips of the pen.
_LENGTH = 60
_GROUPED = re.compile(r"-?[0-9]{1,3}([, _'][0-9]{3})+(\.[0-9]+)?")
_PERCENT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) *(?:percent|per cent|pct\.?)", re.IGNORECASE)
_DATE = re.compile(
    r"([0-9]{4}) *[-/.年‐–—−] *([0-9]{1,2}) *[-/.月‐–—−] *([0-9]{1,2}) *日?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
#: How people write a currency beside its name in the vocabulary.
_CURRENCIES = {"yuan": ("¥", "RMB", "CNY", "元", "人民币")}


def respelled(type_: FactType, text: str, currency: str | None) -> Iterator[str]:
    """Other spellings of a value of the type, the nearest first; not each of them is right."""
    if len(text) > _LENGTH:
        return
    plain = unicodedata.normalize("NFKC", text).strip().rstrip(",;").strip(_QUOTES).strip()
    if plain != text:
        yield plain
    match type_:
        case Date():
            if found := _DATE.fullmatch(plain):
                year, month, day = (each for each in found.groups() if each is not None)
                yield f"{year}-{month:>02}-{day:>02}"
        case Percent():
            if found := _PERCENT.fullmatch(plain):
                yield f"{found[1]}%"
        case Money() if currency is not None:
            units = "|".join(map(re.escape, (currency, *_CURRENCIES.get(currency, ()))))
            if found := re.fullmatch(rf"(?:{units})? *(-?[0-9][0-9.,_' ]*?) *(?:{units})?", plain, re.IGNORECASE):
                yield f"{ungrouped(found[1]) or found[1]} {currency}"


def ungrouped(text: str) -> str:
    """The number without the marks between its thousands; an empty text where there are none."""
    return re.sub(r"[^0-9.-]", "", text) if _GROUPED.fullmatch(text) else ""


def in_json(node: Node) -> bool:
    """Whether a value stands in a JSON file, where other values need quotes than in YAML."""
    return node.span is not None and Path(node.span.source.name).suffix.lower() == ".json"


def typed(text: str, scalar: Scalar) -> str:
    """How a value is typed in the file in which the scalar stands: in JSON, all but numbers need quotes."""
    shown = quoted(text).strip("`")
    return f'"{shown}"' if in_json(scalar) and not re.fullmatch(r"-?[0-9.]+|true|false", text) else shown
