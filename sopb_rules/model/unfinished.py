"""Places that are still to be written: where the placeholder of `sopb new` stands, and what belongs there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.model.numbering import statement_name
from sopb_rules.source import Span
from sopb_rules.syntax import tree as t

#: The name that stands wherever a person has to decide. Nothing can be called so.
PLACEHOLDER = "to_be_written"

#: What a part of a statement is called, by its name in the tree.
_PARTS = {
    "bearers": "the bearer", "when": "the `when`", "unless": "the `unless`", "clauses": "the condition",
    "provided": "the `provided`", "expression": "the condition", "examples": "an example", "kind": "the kind",
    "value": "the value", "name": "the name", "entity": "the entity", "overriding": "the case that is overridden",
}  # fmt: skip
#: How many facts are named to somebody who has to write a condition.
_FACTS_SHOWN = 8
_NOTE_KINDS = "background, principle or aim"


def unfinished(files: Iterable[t.PolicyFile]) -> list[Diagnostic]:
    """One error for each place that has still to be written."""
    files = list(files)
    statements = [statement for file in files for statement in file.statements]
    entities = {each.name.text: each for each in statements if isinstance(each, t.EntityDeclaration)}
    roles = ", ".join(each.name.text for each in statements if isinstance(each, t.RoleDeclaration))
    helps = {
        "entity": f"entities: {', '.join(entities)}",
        "bearers": f"roles: {roles}; entities: {', '.join(entities)}",
    }
    return [
        Diagnostic(Code.TO_BE_WRITTEN, f"{part} of {where} has still to be written", span, where=where, help=help)
        for file in files
        if PLACEHOLDER in file.source.text  # looking through all trees takes as long as resolving them
        for statement in file.statements
        for part, where, span, help in _places(
            statement, statement_name(statement), {**helps, "": _condition(statement, entities)}
        )
    ]


def _condition(statement: t.Statement, entities: Mapping[str, t.EntityDeclaration]) -> str:
    """What a condition is written with: the facts of what the statement is about."""
    about = getattr(statement, "entity", None)
    entity = entities.get(about.text) if about is not None else None
    if entity is None:
        return "write what has to be so"
    names = [fact.name.text for fact in entity.facts]
    more = f" and {len(names) - _FACTS_SHOWN} more" if len(names) > _FACTS_SHOWN else ""
    return f"write what has to be so, by the facts of {entity.name}: {', '.join(names[:_FACTS_SHOWN])}{more}"


def told_by_unfinished(files: Iterable[t.PolicyFile], diagnostic: Diagnostic) -> bool:
    """Whether a diagnostic only follows from a placeholder.

    It is about one; or it is about facts of an entity that is one; or it asks a norm about such an entity.
    """
    span = diagnostic.span
    if span is None:
        return False
    entity_missing = [
        statement
        for file in files
        for statement in file.statements
        if isinstance(statement, t.NormDeclaration | t.DefinitionDeclaration | t.DecisionDeclaration)
        and statement.entity.text == PLACEHOLDER
    ]
    asked = {str(each.id) for each in entity_missing} if diagnostic.code is Code.NOT_IN_SCOPE else set()
    return span.text == PLACEHOLDER or span.text in asked or any(_within(span, each.span) for each in entity_missing)


def _within(inner: Span, outer: Span) -> bool:
    return inner.source is outer.source and outer.start <= inner.start and inner.end <= outer.end


def _places(node: Any, where: str, helps: Mapping[str, str]) -> Iterator[tuple[str, str, Span, str]]:
    """The placeholders in a statement or a case: the part, the statement, the place, and what belongs there."""
    for field in attrs.fields(type(node)):
        inner = getattr(node, field.name)
        if field.name == "cases":
            for case in inner:
                yield from _places(case, f"case {case.id}", helps)
            continue
        if isinstance(inner, t.Condition):
            yield from _places(inner, where, helps)
            continue
        part, help = _PARTS.get(field.name, "a part"), helps.get(field.name, helps[""])
        if field.name == "kind":
            help = _NOTE_KINDS if isinstance(node, t.NoteDeclaration) else "write a kind of the vocabulary"
        elif field.name == "clauses" and isinstance(node, t.NormDeclaration) and node.force.text == "may":
            part = "the act"
        for told, span in _placed(inner, part):
            yield told, where, span, help


def _placed(node: Any, part: str) -> Iterator[tuple[str, Span]]:
    """The placeholders in a part, each with the name of the part; a lettered clause is a part of its own."""
    match node:
        case t.Quote() | Span():
            return
        case t.Name(text=text) | t.Word(text=text):
            if text == PLACEHOLDER:
                yield part, node.span
        case t.Clause(letter=letter) if letter:
            yield from _placed(node.expression, f"clause ({letter})")
        case tuple():
            for each in node:
                yield from _placed(each, part)
        case _ if attrs.has(type(node)):
            for field in attrs.fields(type(node)):
                yield from _placed(getattr(node, field.name), part)
