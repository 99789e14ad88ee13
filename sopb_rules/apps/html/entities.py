"""The listed entities, each with its findings in groups that never mix, and with what is not known about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sopb_rules.apps.finding_data import asked
from sopb_rules.apps.html.articles import tiles
from sopb_rules.apps.html.finding import finding
from sopb_rules.apps.html.markup import Markup, element, named
from sopb_rules.apps.html.words import marked
from sopb_rules.apps.plural import counted
from sopb_rules.apps.report_data import EntityData, Group, ReportData, by_verdict, in_words
from sopb_rules.apps.text.unknown import Question
from sopb_rules.apps.text.words import STATUS
from sopb_rules.model.norms import Article


def entities(data: ReportData) -> Iterator[Markup]:
    """The part of each entity, the gravest first."""
    known = tuple(each.article for each in data.articles)
    for entity in data.entities:
        yield _entity(entity, known, data.shown.standing)


def _entity(entity: EntityData, known: Iterable[Article], standing: bool) -> Markup:
    subject, key = entity.section.standing.subject, entity.key
    named_otherwise = subject.display != subject.id
    label = element("span", entity.section.label, [" ", named(subject.id)] if named_otherwise else None, class_="of")
    heading = element("h3", named(subject.display), " ", label, id=f"{key}-heading")
    status = element("p", marked(STATUS[entity.section.standing.status])) if standing else None
    return element(
        "section",
        heading,
        status,
        tiles(entity, known),
        [_group(entity, group) for group in entity.groups],
        class_="entity", id=key, aria_labelledby=f"{key}-heading", data_entity=subject.path,
    )  # fmt: skip


def _group(entity: EntityData, group: Group) -> Markup:
    id, number = f"{entity.key}.{group.kind}", f" ({len(group.entries):,})"
    findings = [finding(entry) for entry in group.entries]
    if not group.folded:
        return element("section", element("h4", group.heading, number), findings, class_="group", id=id)
    more = f": {in_words(by_verdict(group.entries))}" if group.kind == "settled" else ""
    summary = element("summary", element("h4", group.heading, number, more))
    questions = _questions(entity) if group.kind == "unknown" else None
    return element("details", summary, questions, findings, class_="group", id=id)


def _questions(entity: EntityData) -> Markup | None:
    """What would settle what is unknown, by whom it is for: first facts, which anybody may state, then judgements."""
    parts = [
        [
            element("p", f"To be judged by {assessor}" if assessor else "To be stated", class_="part"),
            element("ul", [_question(each, entity) for each in asked_for]),
        ]
        for assessor, asked_for in entity.questions_by_assessor
    ]
    summary = element("summary", counted(len(entity.questions), "answer"), " would settle it")
    return element("details", summary, parts, class_="questions") if parts else None


def _question(question: Question, entity: EntityData) -> Markup:
    told = asked(question, entity.section.standing.subject.path)
    return element("li", told.text, " ", element("small", told.note))
