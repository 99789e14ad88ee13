"""What people write out of habit, from prose, from programming and from other keyboards, and what to write instead."""

from __future__ import annotations

import unicodedata

#: Signs of programming languages and of mathematics, and the words for them.
SIGNS = {
    ">=": "`is at least` (or `is on or after` for dates)",
    "<=": "`is at most` (or `is on or before` for dates)",
    "=<": "`is at most` (or `is on or before` for dates)",
    "==": "`is`",
    "!=": "`is not`",
    "<>": "`is not`",
    "&&": "`and`",
    "||": "`or`",
    "=>": "`when … the … must`",
    ">": "`is more than` (or `is after` for dates)",
    "<": "`is fewer than` (or `is before` for dates)",
    "=": "`is`",
    "!": "`not`",
    "+": "`plus`",
    "*": "`times`, as in `2 times members`",
    "-": "`minus`",
    "/": "`50% of x`, since nothing is divided",
    "&": "`and`",
    "≥": "`is at least` (or `is on or after` for dates)",
    "≤": "`is at most` (or `is on or before` for dates)",
    "≠": "`is not`",
    "×": "`times`, as in `2 times members`",
    "÷": "`50% of x`, since nothing is divided",
    "−": "`minus`",
    "∧": "`and`",
    "∨": "`or`",
    "¬": "`not`",
    "→": "`when … the … must`",
    "⇒": "`when … the … must`",
}

#: The signs above, and the same from other keyboards and from word processors.
ALL_SIGNS = (*SIGNS, *(chr(ord(sign) + 0xFEE0) for sign in SIGNS if len(sign) == 1 and sign.isascii()), "–", "—")

#: Words of other languages for yes and no, and for what is not there.
TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
NOTHING = ("null", "none", "nil", "nothing", "empty", "missing", "undefined", "absent")

_QUOTES = "“”„‟«»‘’‚‹›「」『』《》〈〉＂"
_INSTEAD = {"、": ",", "—": "-", "–": "-", "•": "(a)", "·": "(a)"}
_LEAVE_OUT = "`'。:;：；?？!！"

#: Words from elsewhere, and the keywords that may stand for them; the first that is accepted is proposed.
WORDS = {
    "if": ("when",),
    "where": ("when",),
    "whenever": ("when",),
    "once": ("when",),
    "except when": ("unless",),
    "except if": ("unless",),
    "except": ("unless",),
    "otherwise": ("unless",),
    "else": ("unless",),
    "provided that": ("provided",),
    "on condition that": ("provided",),
    "as long as": ("provided", "when"),
    "shall": ("must", "should"),
    "may not": ("must not", "should not"),
    "will not": ("must not", "should not"),
    "is not to": ("must not", "should not"),
    "cannot": ("must not", "should not"),
    "is required to": ("must", "should"),
    "is obliged to": ("must", "should"),
    "shall not": ("must not", "should not"),
    "has to": ("must", "should"),
    "have to": ("must", "should"),
    "needs to": ("must", "should"),
    "ought to": ("should",),
    "can": ("may",),
    "must to": ("must",),
    "should to": ("should",),
    "may to": ("may",),
    "will to": ("will",),
    "is encouraged": ("is encouraged to",),
    "are encouraged": ("are encouraged to",),
    "encouraged to": ("is encouraged to",),
    "encouraged": ("is encouraged to",),
    "is allowed to": ("may",),
    "are allowed to": ("may",),
    "is permitted to": ("may",),
    "are permitted to": ("may",),
    "is entitled to": ("may",),
    "is not allowed to": ("must not", "should not"),
    "is not permitted to": ("must not", "should not"),
    "is prohibited from": ("must not", "should not"),
    "is forbidden to": ("must not", "should not"),
    "is recommended to": ("should",),
    "equals": ("is",),
    "is equal to": ("is",),
    "are equal to": ("is",),
    "is greater than or equal to": ("is at least",),
    "is less than or equal to": ("is at most",),
    "is greater than": ("is more than", "is after"),
    "is bigger than": ("is more than",),
    "is larger than": ("is more than",),
    "is higher than": ("is above",),
    "is lower than": ("is below",),
    "is smaller than": ("is less than",),
    "is later than": ("is after",),
    "is earlier than": ("is before",),
    "is no more than": ("is at most",),
    "is not more than": ("is at most",),
    "is no less than": ("is at least",),
    "is not less than": ("is at least",),
    "is not fewer than": ("is at least",),
    "is between": ("is at least", "is at most"),
    "is any of": ("is one of",),
    "is either": ("is one of",),
    "at least": ("is at least",),
    "at most": ("is at most",),
    "more than": ("is more than",),
    "fewer than": ("is fewer than",),
    "less than": ("is less than",),
    "greater than": ("is more than",),
    "one of": ("is one of",),
    "before": ("is before",),
    "after": ("is after",),
    "is in": ("is one of",),
    "is null": ("is absent",),
    "is missing": ("is absent",),
    "is present": ("exists",),
    "does not exist": ("is absent",),
    "do not exist": ("is absent",),
    "doesn't exist": ("is absent",),
    "exist": ("exists",),
    "is not met": ("is unmet",),
    "is violated": ("is unmet",),
    "is breached": ("is unmet",),
    "is satisfied": ("is met",),
    "is fulfilled": ("is met",),
    "is complied with": ("is met",),
    "is kept": ("is met",),
    "is true": ("is met",),
    "holds": ("is met",),
    "passes": ("is met",),
    "is false": ("is unmet",),
    "is broken": ("is unmet",),
    "is failed": ("is unmet",),
    "fails": ("is unmet",),
    "is breach": ("is unmet",),
    "is in breach": ("is unmet",),
    "met": ("is met",),
    "unmet": ("is unmet",),
    "used": ("is used",),
    "open": ("is open",),
    "exceeded": ("is exceeded",),
    "absent": ("is absent",),
    "unknown": ("is unknown",),
    "none": ("is none",),
    "is not applicable": ("does not apply",),
    "does not applies": ("does not apply",),
    "do not apply": ("does not apply",),
    "not applicable": ("does not apply",),
    "does apply": ("applies",),
    "is applicable": ("applies",),
    "has no value": ("has no case",),
    "conflicts": ("is in conflict",),
    "such that": ("where", "satisfies"),
    "with": ("where", "satisfies"),
    "has": ("satisfies", "where"),
    "all": ("every",),
    "each": ("every",),
    "some": ("any",),
    "count of": ("number of",),
    "sum of": ("number of",),
    "multiplied by": ("times",),
    "but": ("and",),
    "expect": ("then",),
    "result": ("then",),
    "overrides": ("overriding",),
    "overides": ("overriding",),
    "override": ("overriding",),
    "has force of": ("has the force of",),
    "period in weeks": ("period in days",),
    "period in years": ("period in months",),
    "period in day": ("period in days",),
    "period in month": ("period in months",),
    "returns": ("gives",),
    "boolean": ("yes/no",),
    "bool": ("yes/no",),
    "yes or no": ("yes/no",),
    "integer": ("count", "number"),
    "int": ("count", "number"),
    "string": ("text",),
    "decimal": ("number",),
    "percentage": ("percent",),
    "assessed by": ("judged by",),
}


def plain(text: str) -> str:
    """What to write for text with characters of other keyboards: full-width forms, typographic quotes, odd spaces.

    Returns:
        "" where nothing plain stands for it.
    """
    result = "".join(_plain_character(character) for character in text)
    return result if result.isascii() else ""


def useless(character: str) -> bool:
    """Whether the character is punctuation for which the language has no use."""
    return character in _LEAVE_OUT


def _plain_character(character: str) -> str:
    if character in _QUOTES:
        return '"'
    return _INSTEAD.get(character) or unicodedata.normalize("NFKC", character)
