"""An article as a page: each sentence with what it is encoded as, so that one can be held against the other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from sopb_rules.apps.facts_data import type_name
from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.words import QUIET, bearers, force, place, shown_value
from sopb_rules.model.norms import (
    Article,
    Case,
    Clause,
    Decision,
    Definition,
    Norm,
    Note,
    Parameter,
    Policies,
    sort_key,
)

_Statement = Norm | Note | Case


def print_article(page: Page, model: Policies, article: Article) -> None:
    """Title, sentences in the order of the document, definitions and parameters."""
    page.rule(f"Article {article.number}  {article.title}")
    text = ""
    for statement in _statements(model, article.number):
        page.blank()
        if statement.text != text:
            page.quote(statement.text)
        text = statement.text
        _print_statement(page, statement, model)
    source = article.span.source
    _print_definitions(page, [each for each in model.definitions.values() if each.span.source is source])
    parameters = model.parameters.values()
    _print_parameters(page, [each for each in parameters if each.span is not None and each.span.source is source])


def _statements(model: Policies, number: int) -> Iterator[_Statement]:
    """Norms, notes and cases, in the order of the sentences they rest on."""
    found: list[_Statement] = [norm for norm in model.norms.values() if norm.article == number]
    found += [note for note in model.notes.values() if note.article == number]
    found += [case for decision in model.decisions.values() if decision.article == number for case in decision.cases]
    yield from sorted(found, key=lambda statement: sort_key(statement.id))


def _print_statement(page: Page, statement: _Statement, model: Policies) -> None:
    match statement:
        case Norm():
            _print_norm(page, statement)
        case Note():
            page.row((statement.id, "bold"), f"note: {statement.kind}", column=8)
        case Case():
            decision = next(each for each in model.decisions.values() if statement in each.cases)
            _print_case(page, statement, decision)


def _print_norm(page: Page, norm: Norm) -> None:
    sort = "permission" if norm.is_permission else "prohibition" if norm.is_prohibition else "duty"
    page.row((norm.id, "bold"), f"{sort} about each {norm.entity.name.replace('_', ' ')}", column=8)
    page.line(f"{bearers(norm)} {force(norm)}", indent=8)
    _print_clauses(page, norm.clauses)
    if norm.provided:
        page.line("provided", indent=8)
        _print_clauses(page, norm.provided)
    examples = counted(len(norm.examples), "example") if norm.examples else "no example"
    page.line((f"{examples}; {place(str(norm.span))}", QUIET), indent=8)


def _print_clauses(page: Page, clauses: Sequence[Clause]) -> None:
    for clause in clauses:
        if clause.letter:
            page.row(f"({clause.letter})", clause.label, indent=10, column=4)
        else:
            page.line(clause.label, indent=10)


def _print_case(page: Page, case: Case, decision: Decision) -> None:
    value = decision.kind.values.get(case.value, case.value)
    page.row((case.id, "bold"), f"decision {decision.name} ({decision.label}): gives {value}", column=8)
    if case.overrides:
        page.line(f"overriding {', '.join(case.overrides)}", indent=8)


def _print_definitions(page: Page, definitions: Sequence[Definition]) -> None:
    if definitions:
        page.heading("Defined here")
    for definition in definitions:
        entity = definition.entity.name.replace("_", " ")
        page.line(definition.name, f" — {definition.label}, of each {entity}", indent=2)
        if definition.text:
            page.quote(definition.text, indent=4)


def _print_parameters(page: Page, parameters: Sequence[Parameter]) -> None:
    if parameters:
        page.heading("Parameters")
    for parameter in parameters:
        page.line(f"{parameter.name} — {parameter.label} ({type_name(parameter.type)})", indent=2)
        for start, value in parameter.values:
            since = f"from {start}: " if start > datetime.date.min else "always "
            page.line(f"{since}{shown_value(value, parameter.type)}", indent=4)
        if parameter.may_be_open:
            assessor = parameter.assessor.label if parameter.assessor else "nobody in particular"
            while_open = "while it is open" if parameter.values else "open"
            page.line((f"{while_open}, judged by {assessor}", QUIET), indent=4)
