"""Names of several words, and what goes wrong in the lines of a vocabulary.

Each function is a rule of `sopb_rules.syntax.mistakes`: a diagnostic where it finds its sort of mistake, else None.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable

from sopb_rules.diagnostics import Diagnostic, nearest
from sopb_rules.syntax.expectations import expected, language_words
from sopb_rules.syntax.stop import Stop

_TYPE_WORD = r"(?:yes/no|count|number|percent|money|date|period|text|optional|reference|list|judgement)\b"
_SPACED_FACT = re.compile(rf"[ \t]+([a-z]\w*(?:[ \t][a-z]\w*){{1,4}})[ \t]+(?={_TYPE_WORD})")
_WORDS = re.compile(r"(?<!\w)[a-z]\w*")
#: How far a name of several words may reach on both sides of the place, in characters.
_NEAR = 60
_SHORT_TYPES = {"judgement": "by", "list": "of", "reference": "to"}
_SHORT_TYPE = re.compile(r"\b(judgement|list|reference)[ \t]+$")
#: What ends a name of several words: the words of the language that stand beside names.
_BESIDE_NAMES = frozenset({
    "about", "gives", "is", "are", "and", "or", "not", "when", "unless", "means", "given", "exists", "plus", "minus",
    "at", "more", "fewer", "less", "applies",
})  # fmt: skip
#: What a name may follow that several words could be meant as; elsewhere a word is missing between two names.
_BEFORE_NAME = re.compile(r"(?:\b(?:about|when|unless|means|and|or|not|given)|[(,])\s*$")


def spaced_fact(stop: Stop) -> Diagnostic | None:
    """`paying members  count` in an entity."""
    if not stop.where.startswith("entity"):
        return None
    fact = _SPACED_FACT.match(stop.text, stop.line_start)
    if fact is None or stop.offset <= fact.start(1) or re.search(_TYPE_WORD, fact[1]):
        return None
    return _not_one_name(stop, fact.start(1), fact[1])


def spaced_name(stop: Stop) -> Diagnostic | None:
    """`formal members` for `formal_members`."""
    if stop.opens_line or not re.match(r"[a-z]\w*$", stop.found) or stop.found in language_words():
        return None
    start = max(stop.line_start, stop.offset - _NEAR)
    front = _names(reversed(list(_WORDS.finditer(stop.text, start, stop.offset))))[::-1]
    back = _names(_WORDS.finditer(stop.text, stop.offset, min(stop.line_end, stop.offset + _NEAR)))
    if not front or _BEFORE_NAME.search(stop.text[max(0, front[0].start() - _NEAR) : front[0].start()]) is None:
        return None
    gaps = stop.text[front[0].start() : back[-1].end()] if back else ""
    words = " ".join(match[0] for match in [*front, *back])
    if re.sub(r"[ \t]+", " ", gaps) != words:  # a sign stands between them
        return None
    return _not_one_name(stop, front[0].start(), words, "AND" in stop.accepted)


def _names(words: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """The words up to the first one that is no part of a name."""
    return list(itertools.takewhile(lambda word: word[0] not in _BESIDE_NAMES, words))


def _not_one_name(stop: Stop, start: int, words: str, joined: bool = False) -> Diagnostic:
    help = f"a name has no spaces: write `{words.replace(' ', '_')}`"
    help += ", or join two conditions by `and`" if joined else ""
    end = max(start + len(words), stop.offset + len(stop.found)) if joined else start + len(words)
    return stop.diagnostic(f"`{words}` is not one name", start, end, help=help)


# ---- the lines of a vocabulary --------------------------------------------------------------------------------


def short_type(stop: Stop) -> Diagnostic | None:
    """`judgement registrar`, `list branch`, `reference region`."""
    if not stop.where.startswith(("entity", "parameter")) or not re.match(r"[a-z]\w*$", stop.found):
        return None
    match = _SHORT_TYPE.search(stop.text, stop.line_start, stop.offset)
    if match is None:
        return None
    word = _SHORT_TYPES[match[1]]
    if nearest(stop.found, [word], 1) is not None:
        return None  # the word is there, with a slip
    help = f"write `{match[1]} {word} {stop.found}`"
    return stop.at_found(f"`{word}` is missing after `{match[1]}`", expected=f"`{word}`", help=help)


def late_label(stop: Stop) -> Diagnostic | None:
    """`yes/no act "has an office"`: the label comes before `act`."""
    if stop.terminal != "STRING" or not stop.where.startswith("entity") or stop.before(r"\bact[ \t]+$") is None:
        return None
    return stop.at_found("the label stands behind `act`", help="put `act` behind the label")


def comma(stop: Stop) -> Diagnostic | None:
    """A comma between the facts of an entity, or another sign between the values of a kind."""
    if stop.where.startswith(("kind", "ordered kind")) and stop.character in ("/", "|", ";"):
        return stop.at_found(f"`{stop.character}` does not fit here", help="write a comma, or nothing")
    if not stop.where.startswith(("entity", "vocabulary")) or stop.character != ",":
        return None
    return stop.at_found("`,` does not fit here", help="leave it out: each fact stands on a line of its own")


def deeper_line(stop: Stop) -> Diagnostic | None:
    """A fact that is indented more than the facts above it, and so goes on with the line above."""
    if not stop.where.startswith(("entity", "vocabulary")) or not stop.opens_line or stop.ended:
        return None
    if not (stop.found[:1].isalpha() and "_LINE" in stop.accepted):
        return None
    message = f"`{stop.found}` is indented below the line above, and so goes on with it"
    return stop.at_found(message, help="indent all lines of the statement alike")


def reserved_name(stop: Stop) -> Diagnostic | None:
    """A word of the language where a name is declared."""
    declared = stop.text.startswith(("entity", "kind", "ordered", "role", "parameter", "define", "vocabulary"))
    if stop.accepted != {"NAME"} or stop.found not in language_words() or not declared:
        return None
    message = f"`{stop.found}` is a word of the language and no name"
    return stop.at_found(message, expected=expected(stop.accepted), help="choose another name")


FACT_RULES: tuple[Callable[[Stop], Diagnostic | None], ...] = (
    spaced_fact, short_type, late_label, comma, deeper_line, reserved_name,
)  # fmt: skip
