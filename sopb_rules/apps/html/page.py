"""The whole page: what the report rests on, how entities stand, articles, findings, sentences, and the report as JSON.

It loads nothing: style sheet and script stand in it, and its content security policy allows these two and nothing else.
"""

from __future__ import annotations

from importlib import resources

from sopb_rules.apps.html import markup
from sopb_rules.apps.html.articles import articles
from sopb_rules.apps.html.entities import entities
from sopb_rules.apps.html.filters import filters
from sopb_rules.apps.html.markup import Markup, element
from sopb_rules.apps.html.sentences import sentences
from sopb_rules.apps.html.standing import standing
from sopb_rules.apps.report_data import ReportData
from sopb_rules.apps.shown import Shown


def html_page(shown: Shown) -> str:
    """The report as a page for browsers: the same report gives the same bytes."""
    data = ReportData.of(shown)
    css, javascript = _packaged("report.css"), _packaged("report.js")
    main = element(
        "main",
        standing(data.entities) if shown.standing else None,
        articles(data),
        _findings(data),
        sentences(data),
        id="main",
        tabindex=-1,
    )
    body = element("body", _skip(), _header(data), main, _footer(), _json(shown), markup.script(javascript))
    return markup.document(_head(shown.title, css, javascript), body)


def _packaged(name: str) -> str:
    return resources.files("sopb_rules.apps.html").joinpath(name).read_text("utf-8")


def _head(title: str, css: str, javascript: str) -> Markup:
    policy = (
        f"default-src 'none'; style-src {markup.source_hash(css)}; script-src {markup.source_hash(javascript)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{title}: report"),
        element("link", rel="icon", href="data:,"),
        markup.style(css),
    )


def _skip() -> Markup:
    return element("a", "Skip to the report", href="#main", class_="skip")


def _header(data: ReportData) -> Markup:
    rows = [element("div", element("dt", label), element("dd", markup.named(text))) for label, text in data.head]
    parts = ["Standing"] if data.shown.standing else []
    parts += ["Articles", "Findings", "Sentences"]
    links = [element("li", element("a", part, href=f"#{part.lower()}")) for part in parts]
    return element(
        "header",
        element("p", "Report of findings", class_="kicker"),
        element("h1", data.shown.title),
        element("dl", rows),
        element("nav", element("ul", links), aria_label="Parts of the report"),
    )


def _findings(data: ReportData) -> Markup:
    heading = element("h2", "Findings", id="findings-heading", tabindex=-1)
    return element(
        "section", heading, filters(data), list(entities(data)), id="findings", aria_labelledby="findings-heading"
    )


def _footer() -> Markup:
    return element(
        "footer", element("p", "The report that this page shows is in the page as JSON, in the element “report”.")
    )


def _json(shown: Shown) -> Markup:
    return markup.data("report", shown.report.as_dict())
