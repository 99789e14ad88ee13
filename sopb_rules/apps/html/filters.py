"""The filters of the findings, which need a script; without one they stay hidden and all findings are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sopb_rules.apps.html.markup import Content, Markup, element
from sopb_rules.apps.report_data import VERDICTS_IN_ORDER, EntityData, ReportData
from sopb_rules.apps.text.words import VERDICTS, as_verb
from sopb_rules.model.norms import FORCES, Norm
from sopb_rules.model.vocabulary import called


def filters(data: ReportData) -> Markup:
    """The form, and the place where the number of findings is told."""
    models = [sentence.model for article in data.articles for sentence in article.sentences]
    norms = [model for model in models if isinstance(model, Norm)]
    found = {entry.verdict for article in data.articles for entry in article.entries}
    verdicts = {each: VERDICTS[each].word for each in VERDICTS_IN_ORDER if each in found}
    forces = {each: as_verb(each) for each in FORCES if any(norm.force == each for norm in norms)}
    bearers = {bearer.name: called(bearer) for norm in norms for bearer in norm.bearers}
    articles = {
        str(each.article.number): f"{each.article.number or '+'} {each.article.title}"
        for each in data.articles
        if each.sentences
    }
    search = element("label", "Text ", element("input", type="search", name="text", autocomplete="off"))
    buttons = (
        element("button", "Clear filters", type="reset", form="filters"), " ",
        element("button", "Open all", type="button", id="open-all"), " ",
        element("button", "Close all", type="button", id="close-all"),
    )  # fmt: skip
    form = element(
        "form",
        _select("entity", "Entity", _entities(data.entities)),
        _select("article", "Article", _options(articles)),
        _select("verdict", "Verdict", _options(verdicts)),
        _select("force", "Force", _options(forces)),
        _select("bearer", "Bearer", _options(dict(sorted(bearers.items(), key=lambda item: item[1])))),
        search,
        id="filters", hidden=True, aria_label="Filter the findings",
    )  # fmt: skip
    told = element("p", id="shown", role="status", aria_live="polite")
    return element("div", form, element("div", told, buttons, id="controls", hidden=True), class_="controls")


def _select(name: str, label: str, options: Content) -> Markup:
    return element("label", f"{label} ", element("select", element("option", "all", value=""), options, name=name))


def _options(choices: Mapping[str, str]) -> list[Markup]:
    return [element("option", label, value=value) for value, label in choices.items()]


def _entities(entities: Iterable[EntityData]) -> list[Markup]:
    by_label: dict[str, dict[str, str]] = {}
    for entity in entities:
        by_label.setdefault(entity.section.label, {})[entity.section.standing.subject.path] = entity.display
    return [element("optgroup", _options(choices), label=label) for label, choices in by_label.items()]
