"""What a parser error means to the person who wrote the line: no name of a token ever shows."""

from __future__ import annotations

import re
from functools import cache

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.lexer import PatternStr, TerminalDef

from sopb_rules.diagnostics import Code, Diagnostic, nearest, suggestion
from sopb_rules.source import Source, Span
from sopb_rules.syntax.layout import Chunk

STATEMENT_WORDS = (
    "vocabulary", "role", "kind", "ordered kind", "entity", "parameter", "article", "norm", "decision", "define", "note",
)  # fmt: skip

_OPERATORS = {
    ">=": "`is at least` (or `is on or after` for dates)",
    "<=": "`is at most` (or `is on or before` for dates)",
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
}
_OPERATOR = re.compile("|".join(map(re.escape, sorted(_OPERATORS, key=len, reverse=True))))

_FOREIGN = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": '"', "’": '"', "「": '"', "」": '"', "＂": '"',
    "，": ",", "、": ",", "。": ".", "．": ".", "：": "nothing", ":": "nothing", ";": "nothing", "；": "nothing",
    "（": "(", "）": ")", "｜": "|", "％": "%", "—": "-", "–": "-", "\u00a0": "an ordinary space", "\u3000": "an ordinary space",
}  # fmt: skip

# Groups of terminals that a person takes as one thing: if the first set is accepted, its phrase covers the second.
_OPERAND = frozenset({"NUMBER_OF", "TODAY", "INTEGER", "DECIMAL", "PERCENT", "PERIOD", "DATE", "STRING", "NAME"})
_LITERAL = frozenset({"INTEGER", "DECIMAL", "PERCENT", "PERIOD", "DATE", "STRING", "NAME", "YES", "NO"})
_COMPARATORS = frozenset({
    "IS", "IS_NOT", "IS_AT_LEAST", "IS_AT_MOST", "IS_MORE_THAN", "IS_FEWER_THAN", "IS_LESS_THAN", "IS_ABOVE", "IS_BELOW",
    "IS_BEFORE", "IS_AFTER", "IS_ON_OR_BEFORE", "IS_ON_OR_AFTER", "IS_ONE_OF", "EXISTS", "IS_ABSENT", "PLUS", "MINUS",
})  # fmt: skip
_TYPES = frozenset({
    "YES_NO", "COUNT", "NUMBER_TYPE", "PERCENT_TYPE", "MONEY", "DATE_TYPE", "PERIOD_IN_DAYS", "PERIOD_IN_MONTHS", "TEXT",
    "REFERENCE_TO", "LIST_OF", "JUDGEMENT_BY", "OPTIONAL", "NAME",
})  # fmt: skip
_FORCES = frozenset({"MUST", "MUST_NOT", "SHOULD", "SHOULD_NOT", "ENCOURAGED_TO", "WILL", "IS_TO", "MAY"})
_GROUPS = (
    (frozenset({"NOT", "ANY", "TODAY"}), "a condition", _OPERAND | {"NOT", "ANY", "EVERY", "NORM_REF", "LPAR"}),
    (frozenset({"TODAY", "NUMBER_OF"}), "a fact or a value", _OPERAND),
    (frozenset({"YES", "INTEGER"}), "a value", _LITERAL),
    (frozenset({"IS_AT_LEAST"}), "a comparison (`is`, `is at least`, `is one of`, `exists` …)", _COMPARATORS),
    (frozenset({"COUNT", "MONEY"}), "a type (count, date, yes/no, a kind, an entity …)", _TYPES),
    (frozenset({"MUST", "MAY"}), "a force (`must`, `should`, `may`, `is encouraged to` …)", _FORCES),
)
_PHRASES = {
    "NAME": "a name", "ID": "a number such as 8.1", "STRING": "a label in quotes", "BAR": "a line of the source text (`| …`)",
    "INTEGER": "a whole number", "DECIMAL": "a decimal", "DATE": "a date like 2026-11-01", "LETTER": "a letter such as `(a)`",
    "_LINE": "a new line", "$END": "the end of the statement", "COMMA": "a comma", "LPAR": "`(`", "RPAR": "`)`", "DOT": "a dot",
    "PERIOD": "a period like 30 days", "PERCENT": "a percentage", "NORM_REF": "a norm such as 8.1",
    "IS_VERDICT": "`is met`, `is unmet` or another verdict", "OVERRIDING": "`overriding`", "JUDGEMENT": "`judgement`",
}  # fmt: skip
# A line that begins with one of these opens a new part, so what is missing is missing before it.
_PART_OPENERS = frozenset({
    "WHEN", "UNLESS", "THE", "PROVIDED", "EXAMPLE", "GIVEN", "THEN", "LETTER", "BAR", "CASE", "MEANS", "_LINE", "$END",
})  # fmt: skip


def explain(error: UnexpectedInput, source: Source, chunk: Chunk) -> Diagnostic:
    """The one diagnostic for a statement that could not be read."""
    text = source.text[chunk.start : chunk.end]
    token = error.token if isinstance(error, UnexpectedToken) else None
    offset = error.pos_in_stream if error.pos_in_stream is not None and error.pos_in_stream >= 0 else len(text)
    ended = token is not None and token.type == "$END"
    if ended:
        offset = len(text)
    accepted = _accepted(error)
    found = "" if ended else _found(text, offset, token)
    span = Span(source, chunk.start + offset, chunk.start + offset + max(1, len(found)))
    where = _statement_name(text) if offset else ""

    special = _special(text, offset, found, span, where, token, accepted)
    if special is not None:
        return special
    expected = _expected(accepted)
    words = _words(accepted)
    if token is not None and token.type in _PART_OPENERS and (ended or "\n" in text[_content_end(text, offset) : offset + 1]):
        end = chunk.start + _content_end(text, offset)
        last = _last_word(text, _content_end(text, offset))
        after = f" after `{last}`" if last else ""
        return Diagnostic(Code.UNEXPECTED, f"something is missing{after}", Span(source, end, end + 1), where=where, expected=expected)
    near = nearest(found, words) if found else None
    help = f"did you mean `{near}`?" if near else ""
    return Diagnostic(Code.UNEXPECTED, f"`{found}` does not fit here", span, where=where, expected=expected, help=help)


def _special(
    text: str, offset: int, found: str, span: Span, where: str, token: Token | None, accepted: frozenset[str]
) -> Diagnostic | None:
    """The mistakes that have a name of their own."""
    char = text[offset : offset + 1]
    if offset == 0:
        word = re.match(r"[^\s]+", text)
        shown = word[0] if word else char
        help = suggestion(shown, STATEMENT_WORDS, "a statement starts with")
        return Diagnostic(Code.UNKNOWN_STATEMENT, f"`{shown}` starts no statement", span, help=help)
    if char == '"' and text.find('"', offset + 1, _line_end(text, offset)) < 0:
        return Diagnostic(Code.UNCLOSED_QUOTE, "the text in quotes does not end on its line", span, where=where, expected='a closing "')
    if char in _FOREIGN or (char and ord(char) > 127):
        return _foreign(char, Span(span.source, span.start, span.start + 1), where)
    if (operator := _OPERATOR.match(text, offset)) is not None:
        place = Span(span.source, span.start, span.start + len(operator[0]))
        message = f"`{operator[0]}` is a sign of programming languages"
        return Diagnostic(Code.PROGRAMMING_OPERATOR, message, place, where=where, expected=f"the words {_OPERATORS[operator[0]]}")
    if token is not None and token.type in {"AND", "OR"} and accepted & {"AND", "OR"}:
        message = "`and` and `or` stand side by side, which people read in two ways"
        help = "put parentheses around the part that belongs together"
        return Diagnostic(Code.MIXED_AND_OR, message, span, where=where, help=help)
    if char.isupper() and accepted & {"NAME"}:
        help = f"write `{found.lower()}`" if re.fullmatch(r"\w+", found) else ""
        return Diagnostic(Code.UNEXPECTED, f"`{found}` is not a name", span, where=where, expected="lower-case letters, digits and `_`", help=help)
    return None


def _foreign(char: str, span: Span, where: str) -> Diagnostic:
    message = f"the character `{char}` (U+{ord(char):04X}) is not part of the language here"
    if char in _FOREIGN:
        instead = _FOREIGN[char]
        help = "leave it out" if instead == "nothing" else f"write {instead if len(instead) > 1 else f'`{instead}`'}"
    elif "０" <= char <= "９":
        help = f"write `{chr(ord(char) - 0xFF10 + 48)}`"
    else:
        help = "names are lower-case letters, digits and `_`; other text stands in quotes or behind a bar"
    return Diagnostic(Code.FOREIGN_CHARACTER, message, span, where=where, help=help)


def _accepted(error: UnexpectedInput) -> frozenset[str]:
    interactive = getattr(error, "interactive_parser", None)
    if interactive is not None:
        return frozenset(interactive.accepts())
    if isinstance(error, UnexpectedCharacters):
        return frozenset(error.allowed or ())
    return frozenset(getattr(error, "expected", ()))


def _found(text: str, offset: int, token: Token | None) -> str:
    if token is not None and token.type not in {"BAR", "_LINE"}:
        return re.sub(r"\s+", " ", str(token)).lstrip(", ") or ","
    match = re.compile(r"[\w./-]+|\S").match(text, offset)
    return match[0] if match else ""


def _content_end(text: str, offset: int) -> int:
    """The offset after the last character before `offset` that is neither white space nor part of a comment."""
    lines = text[:offset].split("\n")
    while lines:
        line = re.sub(r'^((?:[^"#|]|"[^"]*")*)#.*$', r"\1", lines[-1]).rstrip()
        if line:
            return sum(len(each) + 1 for each in lines[:-1]) + len(line)
        lines.pop()
    return 0


def _last_word(text: str, end: int) -> str:
    line = text[:end].rsplit("\n", 1)[-1].strip()
    if line.startswith("|"):
        return "the quoted text"
    match = re.search(r'"[^"]*"$|\S+$', line)
    return match[0] if match else ""


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _statement_name(text: str) -> str:
    """What the statement is, for the line that says where: ``norm 8.1``, ``entity organization``."""
    match = re.match(r"(ordered kind|define|[a-z]+)[ \t]+([\w./]+)", text)
    return f"{match[1]} {match[2]}".replace("define", "definition") if match else ""


@cache
def _terminals() -> dict[str, TerminalDef]:
    from sopb_rules.syntax.parse import parser

    lark: Lark = parser()
    return {terminal.name: terminal for terminal in lark.terminals}


def _word(terminal: str) -> str:
    """How a keyword reads, or "" for a terminal that is no keyword."""
    if terminal in _PHRASES or terminal not in _terminals():
        return ""
    pattern = _terminals()[terminal].pattern
    if isinstance(pattern, PatternStr):
        return pattern.value
    return pattern.value.replace(r"\s+", " ").replace(r"\b", "").replace("(is|are)", "is").replace(",?\\s*", "")


def _words(accepted: frozenset[str]) -> set[str]:
    """The keywords that are accepted, whole and by their first word."""
    whole = {word for terminal in accepted if (word := _word(terminal))}
    return whole | {word.split()[0] for word in whole}


def _expected(accepted: frozenset[str]) -> str:
    phrases: list[str] = []
    rest = set(accepted)
    for marks, phrase, covered in _GROUPS:
        if marks <= rest:
            phrases.append(phrase)
            rest -= covered
    for terminal in sorted(rest, key=lambda name: (name == "$END", name)):
        phrase = _PHRASES.get(terminal) or f"`{_word(terminal)}`"
        if phrase not in phrases:
            phrases.append(phrase)
    if len(phrases) > 1:
        return ", ".join(phrases[:-1]) + " or " + phrases[-1]
    return phrases[0] if phrases else ""
