"""An article as an auditor reads it: each sentence with the statements that encode it, in the words of the policy files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

import attrs

from sopb_rules.checks.allow import is_allowance
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import (
    Article,
    Case,
    Decision,
    Definition,
    Interplay,
    Norm,
    Note,
    Parameter,
    Policies,
    Setting,
    sentence_of,
    sort_key,
)
from sopb_rules.model.vocabulary import Entity, Fact
from sopb_rules.source import Span
from sopb_rules.syntax.tree import Example

_COMMENT = re.compile(r"#+ ?")
_FROM_HERE = re.compile(r"^\s*example\b", re.MULTILINE)


@attrs.frozen
class Piece:
    """A statement as its author wrote it.

    Args:
        name: ``norm 8.1``, ``definition newly_established``.
        text: the statement without its quotes and examples.
        reading: the comment above it: which reading was chosen, and why.
        examples: title and outcomes, as in ``8.1 is met``.
        case: for a further case of a decision that is shown already, its number; else "".
    """

    name: str
    text: str
    reading: str
    examples: tuple[tuple[str, str], ...]
    span: Span
    case: str = ""


@attrs.frozen
class SentenceView:
    """A sentence, and what it is encoded as."""

    id: str
    text: str
    pieces: tuple[Piece, ...]


@attrs.frozen
class ArticleView:
    """An article as a page shows it.

    Args:
        pieces: definitions and parameters that rest on no sentence.
        facts: what the article reads, by entity.
        interplay: how its sentences go together with others.
    """

    number: int
    title: str
    sentences: tuple[SentenceView, ...]
    pieces: tuple[Piece, ...]
    facts: tuple[tuple[Entity, tuple[Fact, ...]], ...]
    interplay: tuple[Interplay, ...]


def article_view(model: Policies, article: Article) -> ArticleView:
    """All that the policies say of an article."""
    norms = [norm for norm in model.norms.values() if norm.article == article.number]
    decisions = [decision for decision in model.decisions.values() if decision.article == article.number]
    notes = [note for note in model.notes.values() if note.article == article.number]
    source = article.span.source
    definitions = [definition for definition in model.definitions.values() if definition.span.source is source]
    parameters = [each for each in model.parameters.values() if each.span is not None and each.span.source is source]
    defining = [definition for definition in definitions if definition.id]
    cases = [(case, decision) for decision in decisions for case in decision.cases]
    whole: list[Norm | Note | Definition] = [*norms, *notes, *defining]
    encoding = [(each.id, each.text, _piece(each)) for each in whole]
    encoding += [(case.id, case.text, _piece(decision, case)) for case, decision in cases]
    others = [*map(_piece, (each for each in definitions if not each.id)), *map(_piece, parameters)]
    if model.measures is not None:
        # The examples of the document were written while its parameters were open.
        encoding = [(id, text, attrs.evolve(piece, examples=())) for id, text, piece in encoding]
        others = [attrs.evolve(piece, examples=()) for piece in others]
        names = {each.name for each in parameters}
        settings = [each for name, each in model.measures.settings.items() if name in names]
    else:
        settings = []
    return ArticleView(
        article.number,
        article.title,
        tuple(_sentences(encoding)),
        (*sorted(others, key=lambda piece: piece.span.start), *map(_piece, settings)),
        tuple(_facts(model, [*norms, *decisions, *definitions])),
        tuple(each for each in model.interplay.values() if each.touches(article.number)),
    )


def _sentences(encoding: list[tuple[str, str, Piece]]) -> Iterator[SentenceView]:
    found: dict[str, SentenceView] = {}
    for id, text, piece in sorted(encoding, key=lambda each: sort_key(each[0])):
        sentence = sentence_of(id)
        view = found.setdefault(sentence, SentenceView(sentence, text, ()))
        same = {each.span for each in view.pieces}
        if piece.span not in same:
            found[sentence] = attrs.evolve(view, pieces=(*view.pieces, piece))
    yield from found.values()


def _piece(statement: Norm | Note | Definition | Decision | Parameter | Setting, case: Case | None = None) -> Piece:
    match statement:
        case Norm(id=id) | Note(id=id):
            name = f"{'norm' if isinstance(statement, Norm) else 'note'} {id}"
        case Decision(name=named):
            name = f"decision {named}"
        case Definition(name=named):
            name = f"definition {named}"
        case Parameter(name=named):
            name = f"parameter {named}"
        case Setting():
            name = f"set {statement.parameter.name}"
        case _:
            assert_never(statement)
    span = statement.span
    assert span is not None
    further = case is not None and isinstance(statement, Decision) and case is not statement.cases[0]
    examples = () if isinstance(statement, Note | Parameter) or further else statement.examples
    shown = tuple((example.title.text, _outcomes(example)) for example in examples)
    return Piece(name, _statement(span), _comment(span), shown, span, case.id if case is not None and further else "")


def _outcomes(example: Example) -> str:
    return " and ".join(" ".join(outcome.span.text.split()) for outcome in example.outcomes)


def _statement(span: Span) -> str:
    """The statement as it is written, without bar lines and examples."""
    text = span.text
    if start := _FROM_HERE.search(text):
        text = text[: start.start()]
    lines = [line.rstrip() for line in text.split("\n") if not line.lstrip().startswith("|")]
    return "\n".join(lines).strip()


def _comment(span: Span) -> str:
    """The comment lines directly above a statement, as one paragraph."""
    lines: list[str] = []
    number = span.line - 1
    while number >= 1 and (line := span.source.line(number)).startswith("#"):
        if not is_allowance(line):  # it speaks to the checks, not to readers
            lines.append(_COMMENT.sub("", line, count=1))
        number -= 1
    return " ".join(reversed(lines))


def _facts(
    model: Policies, statements: Iterable[Norm | Decision | Definition]
) -> Iterator[tuple[Entity, tuple[Fact, ...]]]:
    """The facts that statements read themselves, not through others, in the order of the vocabulary."""
    nodes = (
        node
        for statement in statements
        for condition in statement.parts
        for node in e.walk(condition, into_applied=False)
    )
    read = {step for node in nodes for path in e.paths(node) for step in path.steps if isinstance(step, Fact)}
    for entity in model.vocabulary.entities.values():
        facts = tuple(fact for fact in entity.facts.values() if fact in read)
        if facts:
            yield entity, facts
