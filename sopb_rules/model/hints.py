"""What to write instead of words and values that mean nothing, or something else, at their place."""

from __future__ import annotations

import re

from sopb_rules.model import vocabulary as v
from sopb_rules.model.literals import LiteralError, date
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.habits import NOTHING, TRUTHS

_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_DATES = ("now", "current_date", "tomorrow", "yesterday")
#: What other languages call the length of a list.
COUNTS = frozenset({"count", "number", "length", "size", "total"})


def word_hint(word: str, subject: str = "") -> str:
    """What to write for a word from elsewhere; `subject` is what it is compared with. "" for any other word."""
    if word in _NUMBERS:
        return f"write `{_NUMBERS.index(word)}`"
    if word in _DATES:
        return "write `today`, with `plus 1 day` or `minus 1 day` for another day"
    if word in NOTHING and subject:
        return f"write `{subject} is absent`"
    if word in TRUTHS and subject:
        return f"a yes/no fact stands alone: write `{subject if TRUTHS[word] else f'not {subject}'}`"
    return ""


def literal_hint(node: object, type_: v.FactType, currency: str | None) -> str:
    """How a constant reads as a value of a type that it does not have; "" where it cannot."""
    if not isinstance(node, t.Constant):
        return ""
    text = node.text
    if node.form == "text":
        written = text.strip()
    elif node.form in ("integer", "decimal"):
        written = _as(text, type_, currency)
    else:
        written = ""
    if node.form == "text" and not _reads_as(written, type_):
        return ""
    return f"write `{written}`" if written else ""


def _as(number: str, type_: v.FactType, currency: str | None) -> str:
    """A number with what makes it a value of the type."""
    match type_:
        case v.Percent():
            return f"{number}%"
        case v.Money() if currency:
            return f"{number} {currency}"
        case v.Days() if number.isdigit():
            return f"{number} days"
        case v.Months() if number.isdigit():
            return f"{number} months"
        case v.Date() if re.fullmatch(r"(1[89]|2[01])\d\d", number):
            return f"{number}-01-01"
        case _:
            return ""


def _reads_as(text: str, type_: v.FactType) -> bool:
    """Whether the text in quotes would be a value of the type without them."""
    match type_:
        case v.Count():
            return text.isascii() and text.isdigit()
        case v.Number():
            return re.fullmatch(r"\d+(\.\d+)?", text) is not None
        case v.Percent():
            return re.fullmatch(r"\d+(\.\d+)?%", text) is not None
        case v.Date():
            try:
                date(text)
            except LiteralError:
                return False
            return True
        case v.KindType(kind):
            return text in kind.values
        case _:
            return False


def inner_path(entity: v.Entity, name: str, depth: int = 2) -> str:
    """The path to a fact of this name in what an entity contains or refers to, the shortest first; "" where none is."""
    level: list[tuple[str, v.Entity]] = [("", entity)]
    for _ in range(depth):
        deeper: list[tuple[str, v.Entity]] = []
        for path, each in level:
            for fact in each.facts.values():
                if isinstance(fact.type, v.Contained | v.Reference):
                    if name in fact.type.entity.facts:
                        return f"{path}{fact.name}.{name}"
                    deeper.append((f"{path}{fact.name}.", fact.type.entity))
        level = deeper
    return ""
