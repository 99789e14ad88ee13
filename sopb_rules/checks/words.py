"""The words of sentences and labels: which belong together, and which numbers and dates they say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import attrs

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
#: Words that carry no meaning of their own.
_SMALL_WORDS = """
a about all also an and any are as at be been being both by can did do does done each every for from had has have how
if in into is it its made make may must no not of on only or other others our shall should so some such than that the
their them then there these they this those through to up upon was we were what when where whether which who whose
will with within without
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_ENDINGS = (
    "izations", "ization", "ations", "ation", "ements", "ement", "itions", "ition", "nesses", "ness", "ments", "ment",
    "ingly", "ively", "ities", "ings", "ions", "ally", "ants", "ents", "ance", "ence", "ing", "ion", "ies", "ied", "ity",
    "ive", "ory", "ers", "ant", "ent", "ors", "al", "ed", "er", "es", "ly", "or", "e", "s", "y",
)  # fmt: skip
_LEAST_STEM = 4


@cache
def stem(word: str) -> str:
    """What a word has in common with its relatives: `establish` for `establishes`, `established`, `establishment`.

    Cruder than a dictionary: it may join words that are no relatives, and then fewer differences are seen.
    """
    word = re.sub(r"[’']s?$", "", word.casefold())
    shortened = True
    while shortened:
        shortened = False
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
                word, shortened = word[: -len(ending)], True
                break
    return word[:-1] if len(word) > _LEAST_STEM and word[-1] == word[-2] else word


def all_words(text: str) -> Iterator[str]:
    """The words of a text in small letters, in its order."""
    return (match[0].casefold() for match in _WORD.finditer(text))


def stems(text: str) -> list[str]:
    """The stems of the words of a text that carry a meaning, in its order."""
    return [stem(word) for word in all_words(text) if word not in _SMALL and not word.isdigit()]


def stem_set(text: str) -> frozenset[str]:
    """The stems of a text, each once."""
    return frozenset(stems(text))


def related(stem: str, others: frozenset[str]) -> bool:
    """Whether one of some stems belongs to the same family: the same, or the longer one begins with the shorter one."""
    return stem in others or any(
        len(shorter) >= _LEAST_STEM and longer.startswith(shorter)
        for other in others
        for shorter, longer in [sorted((stem, other), key=len)]
    )


# ---- numbers ------------------------------------------------------------------------------------------------

_UNIT_WORDS = (
    "two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_UNITS = tuple(_UNIT_WORDS.split(" "))
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IN_WORDS = {word: number for number, word in enumerate(_UNITS, 2)} | {
    word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)
}
_DIGITS = r"(?<![\w.,/§-])(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w/-]|[.,]\d)"
_TEN_AND_UNIT = rf"(?:{'|'.join(_TENS)})(?:[- ](?:one|{'|'.join(_UNITS)}))?"
_NUMBER = re.compile(
    rf"(?:{_DIGITS}|\b(?P<words>{_TEN_AND_UNIT}|{'|'.join(reversed(_UNITS))})\b)(?![’'-]\w)"
    r"(?:\s*(?P<percent>%|percent\b|per cent\b))?(?:\s+(?P<unit>day|month|year|week)s?\b)?",
    re.IGNORECASE,
)


@attrs.frozen
class Number:
    """A number that a sentence says.

    Args:
        value: 40 for 40%.
        percent: whether it is a percentage.
        unit: `day`, `month`, `year`, `week`, or "".
        start: where it stands in the sentence; `end` is behind its unit.
    """

    text: str
    value: Decimal
    percent: bool
    unit: str
    start: int
    end: int


def numbers(text: str) -> Iterator[Number]:
    """The numbers from two up that a sentence says in digits or words, but for dates; “one” is often no number."""
    dated = [(match.start(), match.end()) for match in _DATE.finditer(text)]
    for match in _NUMBER.finditer(text):
        if any(start <= match.start() < end for start, end in dated):
            continue
        value = Decimal(match["digits"].replace(",", "")) if match["digits"] else Decimal(_spelled(match["words"]))
        if value >= 2 or match["percent"]:
            unit = (match["unit"] or "").casefold()
            text = match[0].rstrip()
            yield Number(text, value, bool(match["percent"]), unit, match.start(), match.start() + len(text))


_INTERVAL = re.compile(
    r"\b(?:(?:every|each|per|once a|once every|once in a) (?P<unit>day|week|month|year)|(?P<year>annually|yearly))\b(?![’'-]\w)",
    re.IGNORECASE,
)


def intervals(text: str) -> Iterator[Number]:
    """How often a sentence says that something is to happen, as the time between: `once a year` is one year."""
    for match in _INTERVAL.finditer(text):
        unit = (match["unit"] or "year").casefold()
        yield Number(match[0], Decimal(1), percent=False, unit=unit, start=match.start(), end=match.end())


def _spelled(words: str) -> int:
    parts = re.split(r"[- ]", words.casefold())
    return sum({"one": 1, **_IN_WORDS}[part] for part in parts)


# ---- dates --------------------------------------------------------------------------------------------------

_MONTH_WORDS = "january february march april may june july august september october november december"
_MONTHS = tuple(_MONTH_WORDS.split(" "))
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH}),? (?P<year>\d{{4}})\b"
    rf"|\b(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}})\b",
    re.IGNORECASE,
)


def dates(text: str) -> Iterator[tuple[str, datetime.date]]:
    """The dates that a sentence says, each with its words."""
    for match in _DATE.finditer(text):
        day, month, year = (match[part] or match[f"{part}2"] for part in ("day", "month", "year"))
        try:
            if match["iso"]:
                yield match[0], datetime.date.fromisoformat(match["iso"])
            else:
                yield match[0], datetime.date(int(year), _MONTHS.index(month.casefold()) + 1, int(day))
        except ValueError:  # no day of the calendar
            continue


# ---- borders ------------------------------------------------------------------------------------------------

#: Words before a number, and whether the number itself lies above the border that they draw.
_BEFORE = {
    "at least": True, "no fewer than": True, "not fewer than": True, "no less than": True, "not less than": True,
    "a minimum of": True, "fewer than": True, "less than": True, "under": True, "below": True,
    "more than": False, "over": False, "above": False, "exceeding": False, "exceeds": False, "exceed": False,
    "at most": False, "no more than": False, "not more than": False, "up to": False, "not exceeding": False,
    "a maximum of": False, "within": False,
}  # fmt: skip
#: Words behind it, likewise.
_BEHIND = {"or more": True, "and more": True, "or above": True, "and above": True, "or fewer": False, "or less": False,
           "and below": False, "or below": False}  # fmt: skip
_PERIODS_ONLY = frozenset({"within"})
_AHEAD = re.compile(rf"\b({'|'.join(sorted(_BEFORE, key=len, reverse=True))})(?: the)?(?: first)? $", re.IGNORECASE)
_AFTER = re.compile(rf"(?:[ -]\w+){{0,3}}?[ ,]+({'|'.join(_BEHIND)})\b", re.IGNORECASE)


@attrs.frozen
class Border:
    """A number with the words that say on which side of a border it lies.

    Args:
        above: whether the number itself is on the upper side.
    """

    text: str
    number: Number
    above: bool


def bordered(text: str) -> Iterator[Border]:
    """The numbers of a sentence that a word like “at least” or “or more” makes a border."""
    for number in numbers(text):
        ahead, behind = _AHEAD.search(text[: number.start]), _AFTER.match(text, number.end)
        if ahead is not None and behind is None and (number.unit or ahead[1].casefold() not in _PERIODS_ONLY):
            yield Border(f"{ahead[1]} {number.text}", number, _BEFORE[ahead[1].casefold()])
        elif behind is not None and ahead is None:
            yield Border(f"{number.text} {behind[1]}", number, _BEHIND[behind[1].casefold()])
