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
    Measures,
    Norm,
    Note,
    Parameter,
    Policies,
    Setting,
    layer_of,
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
        quote: the sentence of measures that tighten what the document says; "" for what stands below its own sentence.
    """

    name: str
    text: str
    reading: str
    examples: tuple[tuple[str, str], ...]
    span: Span
    case: str = ""
    quote: str = ""


@attrs.frozen
class SentenceView:
    """A sentence, and what it is encoded as."""

    id: str
    text: str
    pieces: tuple[Piece, ...]


@attrs.frozen
class ArticleView:
    """An article as a page shows it, or measures.

    Args:
        number: of the article; 0 for measures.
        pieces: definitions and parameters that rest on no sentence; of measures also what they set and tighten.
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
    """All that the policies say of an article, and what measures make of it."""
    source = article.span.source
    decisions = [decision for decision in model.decisions.values() if decision.article == article.number]
    definitions = [definition for definition in model.definitions.values() if definition.span.source is source]
    parameters = [each for each in model.parameters.values() if each.span is not None and each.span.source is source]
    defining = [definition for definition in definitions if definition.id]
    whole = [each for each in model.of_document if isinstance(each, Norm | Note) and each.article == article.number]
    encoding = _encoding([*whole, *defining], decisions)
    others = [*map(_piece, (each for each in definitions if not each.id)), *map(_piece, parameters)]
    if model.measures:
        # The examples of the document were written while its parameters were open and its norms as they were.
        encoding = [(id, text, attrs.evolve(piece, examples=())) for id, text, piece in encoding]
        others = [attrs.evolve(piece, examples=()) for piece in others]
    norms = [norm for norm in model.norms.values() if norm.article == article.number]
    encoding += [(norm.id, norm.first.text, piece) for norm in norms for piece in _tightenings(norm)]
    names = {each.name for each in parameters}
    settings = [each for layer in model.measures for name, each in layer.settings.items() if name in names]
    return ArticleView(
        article.number,
        article.title,
        tuple(_sentences(encoding)),
        (*sorted(others, key=lambda piece: piece.span.start), *map(_piece, settings)),
        tuple(_facts(model, [*norms, *decisions, *definitions])),
        tuple(each for each in model.interplay.values() if each.touches(article.number)),
    )


def layer_view(model: Policies, measures: Measures) -> ArticleView:
    """All that measures say: the norms that they add, what they tighten, and what they set."""
    source = measures.span.source
    added = [each for each in model.numbered if layer_of(each.id) and layer_of(each.id) == measures.name]
    norms = [form for norm in model.norms.values() for form in _forms(norm) if form.span.source == source]
    whole = [each.first if isinstance(each, Norm) else each for each in added if not isinstance(each, Case)]
    tightened = [form for form in norms if form.tightens is not None]
    definitions = [each for each in model.definitions.values() if each.span.source == source]
    parameters = [each for each in model.parameters.values() if each.span is not None and each.span.source == source]
    others = [each for each in definitions if not each.id]
    said: list[Parameter | Setting | Definition] = [*parameters, *measures.settings.values(), *others]
    pieces = [*map(_piece, said), *map(_quoting, tightened)]
    return ArticleView(
        0,
        measures.title,
        tuple(_sentences(_encoding(whole, []))),
        tuple(sorted(pieces, key=lambda piece: piece.span.start)),
        tuple(_facts(model, [*norms, *definitions])),
        (),
    )


def _encoding(whole: Iterable[Norm | Note | Definition], decisions: Iterable[Decision]) -> list[tuple[str, str, Piece]]:
    """Numbers, sentences, and what encodes them."""
    cases = [(case, decision) for decision in decisions for case in decision.cases]
    found = [(each.id, each.text, _piece(each)) for each in whole]
    return [*found, *((case.id, case.text, _piece(decision, case)) for case, decision in cases)]


def _forms(norm: Norm) -> tuple[Norm, ...]:
    """A norm as the document or measures wrote it first, and with each tightening."""
    return (norm,) if norm.tightens is None else (*_forms(norm.tightens), norm)


def _tightenings(norm: Norm) -> list[Piece]:
    return [_quoting(form) for form in _forms(norm)[1:]]


def _quoting(norm: Norm) -> Piece:
    return attrs.evolve(_piece(norm), quote=norm.text)


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
            tightens = isinstance(statement, Norm) and statement.tightens is not None
            name = f"{'tighten' if tightens else 'norm' if isinstance(statement, Norm) else 'note'} {id}"
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
