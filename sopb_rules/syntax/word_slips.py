"""Words and signs that stand for something the language says in another way.

Each function is a rule of `sopb_rules.syntax.mistakes`: a diagnostic where it finds its sort of mistake, else None.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.syntax.expectations import expected, language_words
from sopb_rules.syntax.layout import STATEMENT_WORDS
from sopb_rules.syntax.stop import Stop

_STATEMENT = re.compile(
    rf"({'|'.join(STATEMENT_WORDS)})[ \t]+(?!(?:is|exists|and|or|plus|minus|are)\b)(?:[a-z]\w*|\d[\d./]*)"
)
_CONTRACTIONS = {
    "mustn't": "must not", "shouldn't": "should not", "can't": "must not", "won't": "should not",
    "doesn't apply": "does not apply", "isn't": "is not", "aren't": "is not",
}  # fmt: skip
_CONTRACTION = re.compile(r"(?<!\w)[A-Za-z]{1,7}n['’]t\b(?:[ \t]+apply\b)?")
_POSSESSION = re.compile(r"(?<![\w.])([a-z][\w.]{0,60})['’]s[ \t]+([a-z]\w*)")
_ARROW = re.compile(r"->|::")
_COMMENT = re.compile(r"//|/\*|<!--|--[ \t]")
_CALL = re.compile(r"(?<![\w.])([a-z][\w.]{0,60})[ \t]{0,3}\([ \t]{0,3}([a-z][\w.]{0,60})?[ \t]{0,3}\)")
_COUNTS = frozenset({"count", "number", "len", "length", "size", "sum", "total"})
_EXISTENCE = {"exists": "exists", "exist": "exists", "defined": "exists", "absent": "is absent", "missing": "is absent"}
_NOTHING = frozenset({"null", "none", "nil", "nothing", "empty", "missing", "undefined"})
_BRACKETS = {"[": "(", "]": ")", "{": "", "}": "", "@": "", "$": "", "\\": "", "^": "", "~": "", "%": ""}
_BOUND = re.compile(r"(at least|at most|more than|fewer than|less than|above|below|before|after)\b")
_COMPARED = re.compile(r"(?<![\w.])([a-z][\w.]*)\s+is\b[^()]*\b(?:and|or)\s+$")
_VALUE = re.compile(r"([a-z][\w.]*)\s+is\s+([a-z]\w*)\s*$")
_MORE_VALUES = re.compile(r",\s*(?:(?:and|or)[ \t]+)?[a-z]\w*(?:,\s*[a-z]\w*){0,20}(?![\w.]|[ \t]+(?:is|exists)\b)")


def indented_statement(stop: Stop) -> Diagnostic | None:
    """A statement that is indented, and so belongs to the one above it."""
    match = _STATEMENT.match(stop.text, stop.offset)
    if match is None or not stop.opens_line:
        return None
    message = f"`{match[1]}` begins a statement, and is indented below another one"
    help = "a statement begins in the first column"
    return stop.diagnostic(message, stop.offset, stop.offset + len(match[1]), help=help)


def contraction(stop: Stop) -> Diagnostic | None:
    """`mustn't` and others with an apostrophe."""
    match = stop.around(_CONTRACTION, 20)
    if match is None:
        return None
    words = re.sub(r"[ \t]+", " ", match[0].lower().replace("’", "'"))
    instead = _CONTRACTIONS.get(words) or _CONTRACTIONS.get(words.split()[0])
    if instead is None:
        return None
    message = f"`{match[0]}` is not a word of the language here"
    return stop.diagnostic(message, match.start(), match.end(), help=f"write `{instead}`")


def possession(stop: Stop) -> Diagnostic | None:
    """`organization's level` and `organization->level`."""
    match = stop.around(_POSSESSION, 60)
    if match is not None:
        help = f"write `{match[1]}.{match[2]}`"
        end = match.start(2)
        message = f"`{stop.text[match.end(1) : end].rstrip()}` is not part of the language here"
        return stop.diagnostic(message, match.end(1), end, Code.FOREIGN_CHARACTER, help=help)
    arrow = _ARROW.match(stop.text, stop.offset)
    if arrow is None:
        return None
    message = f"`{arrow[0]}` is a sign of programming languages"
    help = "a fact of something stands behind a point: write `.`"
    return stop.diagnostic(message, arrow.start(), arrow.end(), Code.PROGRAMMING_OPERATOR, help=help)


def comment(stop: Stop) -> Diagnostic | None:
    """A comment as other languages write it."""
    match = _COMMENT.match(stop.text, stop.offset)
    if match is None or not (stop.opens_line or match[0] != "-- "):
        return None
    message = f"`{match[0].strip()}` is a sign of programming languages"
    help = "a comment begins with `#`"
    return stop.diagnostic(message, match.start(), match.end(), Code.PROGRAMMING_OPERATOR, help=help)


def call(stop: Stop) -> Diagnostic | None:
    """`count(changes)`, `exists(party_organization)`, `today()`."""
    match = stop.around(_CALL, 60)
    if match is None or not (stop.offset == match.start() or stop.character == "("):
        return None
    name, argument = match[1], match[2] or ""
    word = name.rpartition(".")[2]
    subject = argument or name.rpartition(".")[0]
    message = f"`{match[0]}` is written as in programming languages"
    if word in _COUNTS and subject:
        help = f"write `number of {subject}`"
    elif word in _EXISTENCE and subject:
        help = f"write `{subject} {_EXISTENCE[word]}`"
    elif not argument:
        start = match.end(1)
        help = f"leave it out: write `{name}`"
        return stop.diagnostic(f"`{match[0][len(name) :]}` does not fit here", start, match.end(), help=help)
    else:
        return None
    return stop.diagnostic(message, match.start(), match.end(), help=help)


def bracket(stop: Stop) -> Diagnostic | None:
    """A bracket of another sort, and other signs for which the language has no use."""
    instead = _BRACKETS.get(stop.character)
    if instead is None:
        return None
    help = f"write `{instead}`" if instead else "leave it out"
    message = f"the character `{stop.character}` is not part of the language here"
    return stop.at_found(message, Code.FOREIGN_CHARACTER, help=help)


def nothing(stop: Stop) -> Diagnostic | None:
    """`no party_organization` where a condition stands."""
    match = re.compile(r"no[ \t]+([a-z][\w.]*)").match(stop.text, stop.offset)
    if match is None or "TODAY" not in stop.accepted or stop.before(r"\b(?:when|unless|means|and|or|not)\s+$") is None:
        return None
    message = "`no` does not fit here"
    help = f"write `{match[1]} is absent`, or `not {match[1]}` for a yes/no fact"
    return stop.diagnostic(message, match.start(), match.end(), expected=expected(stop.accepted), help=help)


def repeated_subject(stop: Stop) -> Diagnostic | None:
    """`members is at least 3 and at most 50`: each comparison says what is compared."""
    for place in (stop.offset, stop.offset - len("at ")):
        match = _BOUND.match(stop.text, max(place, 0))
        before = stop.text[max(0, place - 200) : max(place, 0)]
        compared = _COMPARED.search(before)
        if match is not None and compared is not None and stop.offset <= match.end():
            message = f"`{match[1]}` does not say what is compared"
            help = f"write `{compared[1]} is {match[1]} …`"
            return stop.diagnostic(message, match.start(), match.end(), help=help)
    return None


def enumeration(stop: Stop) -> Diagnostic | None:
    """`kind is foundation, social_group`: one of several values."""
    if stop.character != "," or "AND" not in stop.accepted or "TODAY" in stop.accepted:
        return None
    first, more = stop.before(_VALUE.pattern), _MORE_VALUES.match(stop.text, stop.offset)
    if first is None or more is None or set(re.findall(r"\w+", more[0])) & language_words():
        return None
    if "OVERRIDING" in stop.accepted and re.search(r"\d", stop.text[stop.offset : stop.line_end]):
        return None  # a slip of `overriding`
    values = ", ".join([first[2], *(each for each in re.findall(r"\w+", more[0]) if each not in ("and", "or"))])
    help = f"one of several values: write `{first[1]} is one of {values}`; join conditions by `and` or `or`"
    return stop.at_found("`,` does not fit here", help=help)


def given_as_condition(stop: Stop) -> Diagnostic | None:
    """`given not approved`: an example states values."""
    match = re.compile(r"not[ \t]+([a-z][\w.]*)").match(stop.text, stop.offset)
    if match is None or not stop.accepted >= {"NAME", "JUDGEMENT"}:
        return None
    help = f"an example states values: write `{match[1]} is no`"
    return stop.at_found("`not` does not fit here", expected=expected(stop.accepted), help=help)


RULES: tuple[Callable[[Stop], Diagnostic | None], ...] = (
    indented_statement, contraction, possession, comment, call, bracket, nothing, repeated_subject, enumeration,
    given_as_condition,
)  # fmt: skip
