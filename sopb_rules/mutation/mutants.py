"""The mutants of a policy set: its norms, decisions and definitions, each with one thing changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from sopb_rules.model.norms import Policies
from sopb_rules.model.numbering import statement_name
from sopb_rules.mutation.edits import Edit, Edits, shortened, swapped, without
from sopb_rules.source import Span
from sopb_rules.syntax import tree as t

Declaration = t.NormDeclaration | t.DecisionDeclaration | t.DefinitionDeclaration


@attrs.frozen
class Mutant:
    """A statement with one thing changed.

    Args:
        owner: the statement as people name it: ``norm 8.1``.
        sort: one of the keys of `sopb_rules.mutation.edits.SORTS`.
        words: how it differs: ``with `4` instead of `3` ``.
        span: the place of what was changed.
        original: the statement as it is written.
        changed: the statement with the change.
    """

    owner: str
    sort: str
    words: str
    span: Span
    original: Declaration = attrs.field(repr=False)
    changed: Declaration = attrs.field(repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        place = {"file": self.span.source.name, "line": self.span.line, "column": self.span.column}
        return {"statement": self.owner, "sort": self.sort, "change": self.words, **place}


def mutants(policies: Policies, files: Sequence[t.PolicyFile]) -> list[Mutant]:
    """Every mutant of a policy set, in the order of its files."""
    edits = Edits(policies.statements)
    declarations = (each for file in files for each in file.statements if isinstance(each, Declaration))
    return [
        Mutant(statement_name(declaration), edit.sort, edit.words, edit.span, declaration, edit.node)
        for declaration in declarations
        for edit in _edits(edits, declaration)
    ]


def _edits(edits: Edits, declaration: Declaration) -> Iterator[Edit]:
    match declaration:
        case t.NormDeclaration():
            yield from _of_condition(edits, declaration)
            yield from _of_force(declaration)
            yield from _of_clauses(edits, declaration, "clauses")
            yield from _of_clauses(edits, declaration, "provided")
        case t.DecisionDeclaration():
            yield from _of_decision(edits, declaration)
        case t.DefinitionDeclaration():
            yield from (edit.within(declaration, "expression") for edit in edits.of(declaration.expression))


def _of_clauses(edits: Edits, norm: t.NormDeclaration, field: str) -> Iterator[Edit]:
    """The changes of the clauses of a duty, or of the provisos of a permission; a norm keeps one clause."""
    clauses: tuple[t.Clause, ...] = getattr(norm, field)
    for index, clause in enumerate(clauses):
        if len(clauses) > 1 or field == "provided":
            words = f"({clause.letter}) " if clause.letter else ""
            words += f"“{clause.label.text}”" if clause.label else shortened(clause.expression.span)
            rest: dict[str, Any] = {field: clauses[:index] + clauses[index + 1 :]}
            yield without("dropped clause", clause.span, attrs.evolve(norm, **rest), words)
        for edit in edits.of(clause.expression):
            yield edit.within(clause, "expression").within(norm, field, index)


def _of_force(norm: t.NormDeclaration) -> Iterator[Edit]:
    """The force turned round, and made stronger or weaker."""
    word = norm.force.text

    def turned(to: str, sort: str = "force", **changes: Any) -> Edit:
        force = attrs.evolve(norm.force, text=to)
        return swapped(sort, word, to, norm.force.span, attrs.evolve(norm, force=force, **changes))

    if word == "may":
        yield turned("must", provided=())
        return
    forbids = " not" if word.endswith(" not") else ""
    yield turned(word.removesuffix(" not") if forbids else "must not")
    if len(norm.clauses) == 1:
        yield turned("may")
    for other in ("must", "should", "is encouraged to"):
        if other != word.removesuffix(" not").replace("are ", "is ") and not (forbids and other.startswith("is")):
            yield turned(other + forbids, "strength")


def _of_condition(edits: Edits, owner: t.NormDeclaration | t.CaseDeclaration) -> Iterator[Edit]:
    """The changes of `when` and `unless`."""
    condition = owner.condition
    for field, sort in (("when", "dropped condition"), ("unless", "dropped exception")):
        part: t.Expression | None = getattr(condition, field)
        if part is not None:
            nothing = without(sort, part.span, None, f"{field} {shortened(part.span)}")
            for edit in (nothing, *edits.of(part)):
                yield edit.within(condition, field).within(owner, "condition")


def _of_decision(edits: Edits, decision: t.DecisionDeclaration) -> Iterator[Edit]:
    for index, case in enumerate(decision.cases):
        if len(decision.cases) > 1:
            rest = decision.cases[:index] + decision.cases[index + 1 :]
            left = tuple(_not_overriding(each, case.id) for each in rest)
            yield without("dropped case", case.id.span, attrs.evolve(decision, cases=left), f"case {case.id}")
        for edit in (*_of_condition(edits, case), *_of_case(decision, case)):
            yield edit.within(decision, "cases", index)


def _not_overriding(case: t.CaseDeclaration, id: t.Name) -> t.CaseDeclaration:
    return attrs.evolve(case, overriding=tuple(name for name in case.overriding if name.text != id.text))


def _of_case(decision: t.DecisionDeclaration, case: t.CaseDeclaration) -> Iterator[Edit]:
    for name in case.overriding:
        yield without("dropped exception", name.span, _not_overriding(case, name), f"overriding {name}")
    for other in dict.fromkeys(each.value for each in decision.cases):
        if other != case.value and isinstance(other, t.Word) and isinstance(case.value, t.Word):
            word = t.Word(other.text, span=case.value.span)
            yield swapped("value", case.value.text, other.text, case.value.span, attrs.evolve(case, value=word))
