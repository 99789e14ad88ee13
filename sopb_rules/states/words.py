"""Words that stand for any value, right and wrong ones: nobody could say, there is none, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as AbstractMapping
from typing import Final, Literal

import attrs

from sopb_rules.diagnostics import nearest
from sopb_rules.model.vocabulary import Contained, Entity, Fact, KindType, Text
from sopb_rules.states.nodes import Node, Scalar
from sopb_rules.states.scalars import Mistake

Word = Literal["unknown", "absent", "blank"]
_WORDS: Final[dict[str, Word]] = {
    "unknown": "unknown",
    "absent": "absent",
    "null": "absent",
    "Null": "absent",
    "NULL": "absent",
    "~": "absent",
    "": "blank",
}
#: What people write where nothing is known, and where there is none.
_NOTHING_KNOWN = frozenset(
    ("?", "??", "???", "-", "--", "–", "—", "n/a", "na", "n.a.", "none", "nil", "not known", "not yet known", "unclear",
     "tbd", "no data", "未知", "不详", "不明", "待定")
)  # fmt: skip
_NONE = frozenset(["none", "nothing", "never", "not yet", "nil", "n/a", "无", "没有"])
#: The help for a word that means that there is none.
WRITE_ABSENT: Final = "write `absent` where there is none, or leave the fact out if it is not known"


def means_none(text: str) -> bool:
    """Whether somebody said in other words that there is none."""
    return text[:40].strip().casefold() in _NONE


def left_blank(
    fact: Fact, value: Node, following: Iterable[tuple[Scalar, Node]], facts: AbstractMapping[str, Fact]
) -> Entity | None:
    """The entity of a fact that has no value, where a fact of that entity, and not of the record, stands below it."""
    if not isinstance(value, Scalar) or value.text or not value.plain or not isinstance(fact.type, Contained):
        return None
    entity = fact.type.entity
    return entity if any(key.text in entity.facts and key.text not in facts for key, _ in following) else None


def helped(mistake: Mistake, fact: Fact, scalar: Scalar) -> Mistake:
    """The mistake, with what to write where somebody said in other words that nothing is known or that there is none."""
    if fact.optional:
        mistake = attrs.evolve(mistake, expected=f"{mistake.expected}, or absent")
    text = scalar.text[:40].strip().casefold()
    if "did you mean" in mistake.help or isinstance(fact.type, Text):
        return mistake
    if fact.optional and text in _NONE:
        return attrs.evolve(
            mistake, help="write `absent` where there is none, or leave the fact out if it is not known"
        )
    if text in _NOTHING_KNOWN or nearest(text, ["unknown"]) is not None:
        help = "write `unknown` where somebody was asked and could not say, or leave the fact out"
        return attrs.evolve(mistake, help=help)
    return mistake


def word_of(fact: Fact, scalar: Scalar) -> Word | None:
    """Whether a scalar is one of the words that stand for any value, and not a value itself.

    A text or a value of the kind that happens to be such a word is put in quotes. JSON can only write texts in quotes,
    so for all other types `"unknown"` and `"absent"` are the words as well.
    """
    word = _WORDS.get(scalar.text)
    if word is None:
        return None
    if isinstance(fact.type, KindType) and scalar.text in fact.type.kind.values:
        return word if scalar.plain and (word == "unknown" or fact.optional) else None
    if scalar.plain:
        return word
    return word if scalar.text in ("unknown", "absent") and not isinstance(fact.type, Text) else None
