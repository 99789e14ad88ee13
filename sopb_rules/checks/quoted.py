"""Sentences with all that rests on them in a file: what the checks of a sentence's words hold against it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sopb_rules.checks.check import File, title_line
from sopb_rules.checks.words import Number, numbers, related, stem_set
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Case, Definition, Norm, sentence_of
from sopb_rules.source import Span


@attrs.frozen
class Quoted:
    """A sentence, and what rests on it.

    Args:
        parts: the conditions of all norms, cases and definitions with its number.
        labels: their labels, and those of the facts and definitions that they read.
        span: the first line of what quotes it.
    """

    where: str
    text: str
    span: Span
    parts: tuple[e.Condition, ...]
    labels: str

    def says(self, number: Number) -> bool:
        """Whether a label says a number too, so that whoever judges is asked for it."""
        if number.value == 1 and number.unit:
            return related(number.unit, stem_set(self.labels)) or "annual" in self.labels.casefold()
        return any(each.value == number.value and each.percent == number.percent for each in numbers(self.labels))


def quoted(file: File) -> Iterator[Quoted]:
    """The sentences on which norms, cases and definitions of a file rest, each once."""
    cases = (case for decision in file.decisions for case in decision.cases)
    numbered: tuple[Norm | Case | Definition, ...] = (
        *file.norms,
        *cases,
        *(each for each in file.definitions if each.id),
    )
    by_sentence: dict[str, list[Norm | Case | Definition]] = {}
    for each in numbered:
        by_sentence.setdefault(sentence_of(each.id), []).append(each)
    for resting in by_sentence.values():
        first = next((one for one in resting if one.quote_span is not None), resting[0])
        parts = tuple(condition for one in resting for condition in _conditions(one))
        what = {Norm: "norm", Case: "case", Definition: "definition"}[type(first)]
        if first.text:
            labels = " ".join([*_labels(resting), *_read(parts)])
            yield Quoted(f"{what} {first.id}", first.text, title_line(first.span), parts, labels)


def _conditions(statement: Norm | Case | Definition) -> tuple[e.Condition, ...]:
    return (statement.condition,) if isinstance(statement, Case | Definition) else statement.parts


def _labels(statements: list[Norm | Case | Definition]) -> Iterator[str]:
    for each in statements:
        if isinstance(each, Norm):
            yield from (clause.label for clause in (*each.clauses, *each.provided))
        elif isinstance(each, Definition):
            yield each.label


def _read(parts: tuple[e.Condition, ...]) -> Iterator[str]:
    for part in parts:
        for node in e.walk(part):
            if isinstance(node, e.Defined):
                yield node.definition.label
            elif isinstance(node, e.ParameterValue):
                yield node.parameter.label
            for path in e.paths(node):
                if path.fact is not None:
                    yield path.fact.label
