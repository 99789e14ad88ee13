"""What could stand at a place, in words: the terminals that the parser accepts there, as a person would name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

# How the patterns of the grammar write the space between words.
_WHITE_SPACE = re.compile(r"(?:\\s|\[ (?:\\t|\t)\])\+")

# Groups of terminals that a person takes as one thing: if the first set is accepted, its phrase covers the second.
_OPERAND = frozenset({"NUMBER_OF", "TODAY", "INTEGER", "DECIMAL", "PERCENT", "PERIOD", "DATE", "STRING", "NAME"})
_LITERAL = frozenset({"INTEGER", "DECIMAL", "PERCENT", "PERIOD", "DATE", "STRING", "NAME", "YES", "NO"})
_COMPARATORS = frozenset({
    "IS", "IS_NOT", "IS_AT_LEAST", "IS_AT_MOST", "IS_MORE_THAN", "IS_FEWER_THAN", "IS_LESS_THAN", "IS_ABOVE",
    "IS_BELOW", "IS_BEFORE", "IS_AFTER", "IS_ON_OR_BEFORE", "IS_ON_OR_AFTER", "IS_ONE_OF", "EXISTS", "IS_ABSENT",
    "PLUS", "MINUS",
})  # fmt: skip
_TYPES = frozenset({
    "YES_NO", "COUNT", "NUMBER_TYPE", "PERCENT_TYPE", "MONEY", "DATE_TYPE", "PERIOD_IN_DAYS", "PERIOD_IN_MONTHS",
    "TEXT", "REFERENCE_TO", "LIST_OF", "JUDGEMENT_BY", "OPTIONAL", "NAME",
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
    "NAME": "a name",
    "ID": "a number such as 8.1",
    "STRING": "a label in quotes",
    "BAR": "a line of the source text (`| …`)",
    "INTEGER": "a whole number",
    "DECIMAL": "a decimal",
    "DATE": "a date like 2026-11-01",
    "LETTER": "a letter such as `(a)`",
    "_LINE": "a new line",
    "$END": "the end of the statement",
    "COMMA": "a comma",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "DOT": "a dot",
    "PERIOD": "a period like 30 days",
    "PERCENT": "a percentage",
    "NORM_REF": "a norm such as 8.1",
    "IS_VERDICT": "`is met`, `is unmet` or another verdict",
    "JUDGEMENT": "`judgement`",
}
# Terminals that read in several ways, or in another way than their pattern looks.
_SPELLINGS = {
    "IS_VERDICT": ("is met", "is unmet", "is unknown", "is used", "is open", "is exceeded"),
    "IS_TO": ("is to", "are to"),
    "ENCOURAGED_TO": ("is encouraged to", "are encouraged to"),
    "OVERRIDING": ("overriding",),
    "JUDGEMENT": ("judgement",),
}


def accepted_terminals(state: Any) -> frozenset[str]:
    """The names of the terminals that Lark's parser could read next; `state` is its `ParserState`.

    `InteractiveParser.accepts` says the same, but copies all that was read for each terminal that it tries.
    """
    table: Mapping[Any, Mapping[str, tuple[Any, Any]]] = state.parse_conf.parse_table.states
    end = state.parse_conf.end_state
    names = [name for name in table[state.state_stack[-1]] if name.isupper() or name == "$END"]
    return frozenset(name for name in names if _accepts(table, end, list(state.state_stack), name))


def _accepts(table: Mapping[Any, Mapping[str, tuple[Any, Any]]], end: Any, stack: list[Any], name: str) -> bool:
    """Whether the reductions that a terminal sets off lead to a state that takes it."""
    while (entry := table[stack[-1]].get(name)) is not None:
        _, target = entry
        if not hasattr(target, "expansion"):
            return True
        if target.expansion:
            del stack[-len(target.expansion) :]
        stack.append(table[stack[-1]][target.origin.name][1])
        if name == "$END" and stack[-1] == end:
            return True
    return False


@cache
def spellings(terminal: str) -> tuple[str, ...]:
    """How a keyword reads; nothing for a terminal that is no keyword."""
    from sopb_rules.syntax.parse import parser

    if terminal in _SPELLINGS:
        return _SPELLINGS[terminal]
    definition = next((each for each in parser().terminals if each.name == terminal), None)
    if terminal in _PHRASES or definition is None:
        return ()
    value = _WHITE_SPACE.sub(" ", definition.pattern.value.partition("(?!")[0]).removesuffix(r"\b")
    return (value,) if value[:1].isalpha() else ()


def keywords(accepted: frozenset[str]) -> Iterator[str]:
    """The spellings of all keywords among the terminals."""
    for terminal in sorted(accepted):
        yield from spellings(terminal)


@cache
def language_words() -> frozenset[str]:
    """All keywords of the language."""
    from sopb_rules.syntax.parse import parser

    return frozenset(keywords(frozenset(terminal.name for terminal in parser().terminals)))


def expected(accepted: frozenset[str]) -> str:
    """The terminals as a list of alternatives, without those that would only make it longer."""
    rest = set(_without_noise(accepted))
    phrases: list[str] = []
    for marks, phrase, covered in _GROUPS:
        if marks <= rest:
            phrases.append(phrase)
            rest -= covered
    for terminal in sorted(rest, key=lambda name: (name == "$END", name)):
        spelt = spellings(terminal)
        phrases.append(_PHRASES.get(terminal) or (f"`{spelt[0]}`" if spelt else f"`{terminal.lower()}`"))
    if len(phrases) > 1:
        return ", ".join(phrases[:-1]) + " or " + phrases[-1]
    return phrases[0] if phrases else ""


def _without_noise(accepted: frozenset[str]) -> frozenset[str]:
    noise = {"DOT"}
    if "AND" in accepted:  # a condition could be complete here: how a term could go on is of no interest
        noise |= {"PLUS", "MINUS", "TIMES"}
    if "TIMES" in accepted:  # behind a number a name is a currency
        noise |= {"NAME"}
    return accepted - noise or accepted
