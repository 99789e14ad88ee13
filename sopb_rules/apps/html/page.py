"""The page of a report: what it rests on, how entities stand, articles, findings, sentences, and the report as JSON."""

from __future__ import annotations

from sopb_rules.apps.html.articles import articles
from sopb_rules.apps.html.entities import entities
from sopb_rules.apps.html.filters import filters
from sopb_rules.apps.html.frame import page
from sopb_rules.apps.html.markup import Content, Markup, element
from sopb_rules.apps.html.sentences import sentences
from sopb_rules.apps.html.standing import standing
from sopb_rules.apps.report_data import ReportData
from sopb_rules.apps.shown import Shown


def html_page(shown: Shown) -> str:
    """The report as a page for browsers: the same report gives the same bytes."""
    data = ReportData.of(shown)
    parts: list[tuple[str, Content]] = [("Standing", standing(data.entities))] if shown.standing else []
    parts += [("Articles", articles(data)), ("Findings", _findings(data)), ("Sentences", sentences(data))]
    report = shown.report.as_dict()
    return page("Report of findings", "report", shown.title, data.head, parts, report, "report.js")


def _findings(data: ReportData) -> Markup:
    heading = element("h2", "Findings", id="findings-heading", tabindex=-1)
    return element(
        "section", heading, filters(data), list(entities(data)), id="findings", aria_labelledby="findings-heading"
    )
