"""What changed in the text of a statement and not in its meaning: quotes, labels, examples, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopb_rules.model.norms import Clause, Decision, Norm, Note, Statement
from sopb_rules.source import Span

_EXAMPLE = re.compile(r"^ *example\b.*", re.MULTILINE | re.DOTALL)
#: A label, and no text that something is compared with.
_LABEL = re.compile(r'(?<!is )(?<!not )(?<!of )(?<!, )"[^"\n]*"')
_COMMENT = re.compile(r"#.*")


#: What is said where the conditions are written in other words.
REWRITTEN = "how it is written"


def without_examples(span: Span) -> str:
    """The text of a statement up to its examples."""
    return _EXAMPLE.sub("", span.text).rstrip()


def rewording(one: Statement | Note, other: Statement | Note) -> Iterator[str]:
    """What changed in the text, each in a few words: of the quote, the labels, the examples, or else in how it is written."""
    found = list(_of_parts(one, other))
    if _bare(one) != _bare(other):
        found.append(REWRITTEN)
    elif not found and _heading(one) == _heading(other) and _with_comment(one.span) != _with_comment(other.span):
        found.append("comments or layout")
    yield from found


def same_text(one: Statement, other: Statement) -> bool:
    """Whether a statement is written with the same words, but for its number, force, quote, labels and examples."""
    return _bare(one) == _bare(other)


def _of_parts(one: Statement | Note, other: Statement | Note) -> Iterator[str]:
    if _quotes(one) != _quotes(other):
        yield "the sentence that it quotes"
    if isinstance(one, Note) or isinstance(other, Note):
        return
    if isinstance(one, Norm) and isinstance(other, Norm) and one.word != other.word and one.force == other.force:
        yield f"the word of its force, which was `{one.word}` and is `{other.word}`"
    if _labels(one) != _labels(other):
        yield "labels"
    examples = [[each.span.text.split() for each in statement.examples] for statement in (one, other)]
    if examples[0] != examples[1]:
        yield "examples"


def _quotes(statement: Statement | Note) -> list[str]:
    return [case.text for case in statement.cases] if isinstance(statement, Decision) else [statement.text]


def _labels(statement: Statement) -> list[tuple[str, str]]:
    """The labels that are written: where a clause has none, its condition stands for it."""
    if isinstance(statement, Norm):
        return [(clause.letter, _label(clause)) for clause in (*statement.clauses, *statement.provided)]
    return [("", statement.label)]


def _label(clause: Clause) -> str:
    return clause.label if clause.span.text.lstrip().startswith((f'({clause.letter}) "', '"')) else ""


def _bare(statement: Statement | Note) -> str:
    """The words of a statement without its number, force, quote, labels, examples and comments."""
    lines = (line for line in without_examples(statement.span).split("\n") if not line.lstrip().startswith("|"))
    text = " ".join(word for line in lines for word in _COMMENT.sub("", _LABEL.sub(" ", line)).split())
    text = text.replace(f" {statement.id} ", " ", 1) if statement.id else text
    return text.replace(f" {statement.word} ", " ", 1) if isinstance(statement, Norm) else text


def _heading(statement: Statement | Note) -> tuple[str, str]:
    """The number and the force of a statement, a change of which is told elsewhere."""
    return statement.id, statement.word if isinstance(statement, Norm) else ""


def _with_comment(span: Span) -> str:
    """The text of a statement, with the comment lines directly above it."""
    number = first = span.line
    while number > 1 and span.source.line(number - 1).startswith("#"):
        number -= 1
    above = [span.source.line(each) for each in range(number, first)]
    return "\n".join([*above, span.text.rstrip()])
