"""The sentences that findings rest on, each quoted once, with the findings that somebody has to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sopb_rules.apps.finding_data import about, place_of
from sopb_rules.apps.html.markup import Markup, element, named
from sopb_rules.apps.html.words import marked, numbers
from sopb_rules.apps.report_data import (
    ATTENTION,
    ArticleData,
    EntityData,
    Entry,
    ReportData,
    SentenceData,
    by_verdict,
    place_name,
)  # fmt: skip
from sopb_rules.apps.text.words import VERDICTS, bearers, force
from sopb_rules.model.norms import Decision, Norm


def sentences(data: ReportData) -> Markup:
    """The section on sentences, by article."""
    heading = element("h2", "Sentences", id="sentences-heading")
    listed = [_article(each) for each in data.articles if each.sentences]
    return element("section", heading, listed, id="sentences", aria_labelledby="sentences-heading")


def _article(data: ArticleData) -> list[Markup]:
    article = data.article
    heading = element("h3", f"{data.name} ", element("span", article.title, class_="of"))
    return [element("section", heading, [_sentence(each) for each in data.sentences], id=f"a{article.number}")]


def _sentence(sentence: SentenceData) -> Markup:
    model = sentence.model
    attributes = {}
    if isinstance(model, Norm):
        attributes = {"data_force": model.force, "data_bearer": " ".join(bearer.name for bearer in model.bearers)}
    return element(
        "div", quoted(model), list(_findings(sentence)),
        class_="norm", id=place_of_sentence(sentence.name), data_norm=sentence.name, data_article=model.article, **attributes,
    )  # fmt: skip


def quoted(model: Norm | Decision) -> list[Markup]:
    """What a norm or a decision says: whom it binds, its sentences, and where it is written."""
    if isinstance(model, Norm):
        bound, texts = f"{force(model)} — {bearers(model)}", [model.text]
    else:
        bound, texts = f"decision: {model.label}", list(dict.fromkeys(case.text for case in model.cases))
    return [
        element("h4", model.id, " ", element("span", bound, class_="of")),
        *(element("blockquote", element("p", text)) for text in texts),
        element("p", place_of(model), class_="place"),
    ]


def place_of_sentence(name: str) -> str:
    """How the element of a norm or a decision is called."""
    return f"n-{place_name(name)}"


def _findings(sentence: SentenceData) -> Iterator[Markup]:
    """How many findings come to which verdict, and on whom those are that somebody has to look at."""
    counts = by_verdict(entry for _, entry in sentence.entries)
    several = {each for each, number in Counter(entity.key for entity, _ in sentence.entries).items() if number > 1}
    for verdict in ATTENTION:
        found = [each for each in sentence.entries if each[1].verdict == verdict]
        if found:
            items = [element("li", _link(entity, entry, entity.key in several)) for entity, entry in found]
            yield element("div", marked(VERDICTS[verdict], len(found)), " ", element("ul", items), class_="who")
    others = {verdict: number for verdict, number in counts.items() if verdict not in ATTENTION}
    if others:
        yield element("p", numbers(others), class_="who")


def _link(entity: EntityData, entry: Entry, where: bool) -> Markup:
    name = f"{entity.display}: {about(entry.finding.record)}" if where else entity.display
    return element("a", named(name), href=f"#{entry.key}")
