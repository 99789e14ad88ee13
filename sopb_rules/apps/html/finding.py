"""One finding: a line that says what became of it, and opens to its explanation.

The sentence is not repeated: a finding names it, links to it, and has a place into which a script copies it.
"""

from __future__ import annotations

from collections.abc import Iterable

from sopb_rules.apps import finding_data as told
from sopb_rules.apps.html.markup import Content, Markup, element, named
from sopb_rules.apps.html.words import marked
from sopb_rules.apps.report_data import Entry, place_name
from sopb_rules.apps.text.clauses import marked as marked_clauses
from sopb_rules.apps.text.words import VERDICTS
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.predicates.truth import Truth


def finding(entry: Entry) -> Markup:
    """A finding on a norm or on a decision."""
    found = entry.finding
    head = (marked(VERDICTS[entry.verdict]), " ", element("b", entry.number), " ")
    if isinstance(found, Finding):
        summary, body = _summary(found), _body(found)
    else:
        summary, body = _decision_summary(found), _decision_body(found)
    return element(
        "details",
        element("summary", head, summary),
        element("p", element("a", f"Sentence {entry.number}", href=f"#n-{place_name(entry.name)}"), class_="cite"),
        body,
        class_="finding", id=entry.key, data_norm=entry.name, data_verdict=entry.verdict,
    )  # fmt: skip


def _summary(found: Finding) -> Content:
    return [named(told.who(found)), " ", element("span", told.in_short(found), class_="short")]


def _body(found: Finding) -> Content:
    outcome = told.outcome(found)
    applies = ". ".join(filter(None, [told.applies(found).capitalize(), outcome.capitalize()]))
    return [
        element("p", f"{applies}."),
        _clauses(found),
        _told("Because", told.facts(found)),
        _told("Could still change it", told.missing(found)),
    ]


def _clauses(found: Finding) -> Markup | None:
    if found.applies is Truth.FALSE:
        return None
    lines = [
        element("li", marked(each.mark), " ", "provided: " if each.clause.part == "provided" else "", each.text)
        for each in marked_clauses(found)
    ]
    return element("ul", lines, class_="clauses")


def _told(title: str, lines: Iterable[told.Told]) -> Content:
    items = [element("li", named(each.text), " ", element("small", named(each.note))) for each in lines]
    return [element("p", title, class_="part"), element("ul", items)] if items else None


def _decision_summary(found: DecisionFinding) -> Content:
    return [named(told.decides(found)), " ", element("span", told.value(found), class_="short")]


def _decision_body(found: DecisionFinding) -> Content:
    cases = [
        element("li", f"case {each.case} gives {told.value_label(found.model, each.value)}: {told.fate(each)}")
        for each in found.cases
    ]
    return [
        element("ul", cases, class_="clauses"),
        _told("Because", told.facts(found)),
        _told("Could still change it", told.missing(found)),
    ]
