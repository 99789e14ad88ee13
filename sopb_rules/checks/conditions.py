"""The parts of conditions that checks hold against each other, and how to tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

import attrs

from sopb_rules.checks.regions import region
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Decision, Norm, Statement
from sopb_rules.source import Span
from sopb_rules.syntax import tree as t

#: An example's way of saying something, with nothing of how it is laid out.
Said = tuple[object, ...]


@attrs.frozen
class Part:
    """A condition of a statement, and how to name its place: `norm 8.1`, `norm 8.1 (a)`, `case 6.2`."""

    where: str
    condition: e.Condition


def all_parts(statements: Iterable[Statement]) -> Iterator[Part]:
    """The conditions of statements, each with its place."""
    return (part for statement in statements for part in parts(statement))


def parts(statement: Statement) -> Iterator[Part]:
    """The conditions of a statement, each with its place."""
    match statement:
        case Norm(id=id):
            yield Part(f"norm {id}", statement.applies)
            for clause in (*statement.clauses, *statement.provided):
                yield Part(f"norm {id} ({clause.letter})" if clause.letter else f"norm {id}", clause.condition)
        case Decision(cases=cases):
            for case in cases:
                yield Part(f"case {case.id}", case.condition)
        case _:
            yield Part(f"definition {statement.name}", statement.condition)


def groups(node: e.Node) -> Iterator[tuple[e.All | e.Some, tuple[e.Condition, ...]]]:
    """Each `and` and each `or` below a node, with its parts; parts that are joined by the same word are parts of the whole."""
    stack: list[e.Node] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, e.All | e.Some):
            flat = tuple(_flat(current, type(current)))
            if len(flat) > 1:
                yield current, flat
            stack += reversed(flat)
        else:
            stack += reversed(e.children(current))


def _flat(node: e.Condition, joined: type[e.All | e.Some]) -> Iterator[e.Condition]:
    """What `and` (or `or`) joins; a negated `or` is an `and` of what is negated."""
    other = e.Some if joined is e.All else e.All
    match node:
        case e.Always():
            return
        case e.All(inner) | e.Some(inner) if isinstance(node, joined):
            for part in inner:
                yield from _flat(part, joined)
        case e.Negation(e.All(inner) | e.Some(inner) as negated) if isinstance(negated, other):
            for part in inner:
                yield from _flat(e.Negation(part), joined)
        case e.Negation(e.Negation(part)):
            yield from _flat(part, joined)
        case _:
            yield node


def conjuncts(condition: e.Condition) -> tuple[e.Condition, ...]:
    """What has to be true together."""
    return tuple(_flat(condition, e.All))


def opposite(condition: e.Condition) -> e.Condition:
    """What is true when a condition is false."""
    return condition.part if isinstance(condition, e.Negation) else e.Negation(condition)


def follows(condition: e.Condition, given: e.Condition) -> bool:
    """Whether one condition that is no `and` follows from another: they are the same, or its region holds the other's."""
    if condition == given:
        return True
    one, other = region(given), region(condition)
    return one is not None and other is not None and one.within(other)


def implies(given: Sequence[e.Condition], wanted: Sequence[e.Condition]) -> bool:
    """Whether all that is wanted follows from what is given, as far as a look at single conditions can tell."""
    return all(any(follows(each, one) for one in given) for each in wanted)


def place(node: e.Node) -> Span | None:
    """Where a condition stands; for one that joins others, from the first to the last of them."""
    spans: list[Span] = [
        span for each in e.walk(node, into_applied=False) if (span := getattr(each, "span", None)) is not None
    ]
    if not spans:
        return None
    first = min(spans, key=lambda span: span.start)
    return first.to(max(spans, key=lambda span: span.end))


def words(condition: e.Condition) -> str:
    """A condition as it is written, on one line."""
    span = place(condition)
    if isinstance(condition, e.Negation) and span is not None:
        inner = words(condition.part)
        written = _negated_as_written(span)
        return written or f"not {inner}"
    told = str(getattr(condition, "words", ""))
    return told or (" ".join(span.text.split()) if span is not None else "this condition")


def _negated_as_written(span: Span) -> str:
    """What is written where a negation has words of its own (`is absent`, `is not`), and no `not` before it."""
    text = " ".join(span.text.split())
    return text if text.endswith(" is absent") or " is not " in text else ""


def said(item: t.GivenItem) -> Said:
    """What an example states, whatever the order and the layout."""
    match item:
        case t.GivenRecords(path, records):
            return "records", path.text, tuple(frozenset(map(said, record)) for record in records)
        case t.GivenToday(date):
            return "today", date.text
        case t.GivenJudgement(key, value):
            return "judgement", key, value
        case t.Given(path, value):
            return "fact", path.text, value
    assert_never(item)
