"""Charts that are tables: cells as dark as their share is large, and numbers with a bar.

Each number stands there as text, so that a reader who sees no colours, or no picture at all, misses nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from sopb_rules.apps.chart import share
from sopb_rules.apps.html.markup import Content, Markup, element, join
from sopb_rules.apps.html.sentences import place_of_sentence, quoted
from sopb_rules.apps.html.words import marked, style_of
from sopb_rules.apps.text.words import VERDICTS
from sopb_rules.model.norms import Article, Decision, Norm, Policies

#: In how many steps a cell gets darker.
_STEPS = 10
#: How many links stand in a cell before they are folded.
_FEW = 4


def table(columns: Sequence[Content], bodies: Iterable[Content], numbers: int, kind: str = "") -> Markup:
    """A table.

    Args:
        columns: the headings, of which the last `numbers` are those of numbers.
        bodies: its bodies; the first cell of a row is its heading.
        kind: a class that it has besides.
    """
    first = len(columns) - numbers
    heads = [element("th", head, scope="col", class_="n" if at >= first else None) for at, head in enumerate(columns)]
    return element("table", element("thead", element("tr", heads)), bodies, class_=f"standing {kind}".strip())


def body(heading: Content, rows: Iterable[Markup], columns: int) -> Markup:
    """Rows under a heading of their own; without one where it is "" or nothing."""
    head = element("tr", element("th", heading, colspan=columns, scope="rowgroup"), class_="of") if heading else None
    return element("tbody", head, list(rows))


def shaded(verdict: str, number: int | None, whole: int) -> Markup:
    """The cell of a number, as dark as its share of the whole is large; an empty one where there can be none."""
    heading = VERDICTS[verdict].word
    if number is None:
        return element("td", class_="n zero", data_label=heading)
    step = math.ceil(share(number, whole) * _STEPS)
    style = f"n {style_of(VERDICTS[verdict])} s{step}" if number else "n zero"
    return element("td", f"{number:,}", class_=style, data_label=heading)


def with_bar(number: int, most: int, heading: str, style: str = "option") -> Markup:
    """The cell of a number with a bar, which is as long as the cell for the largest one."""
    drawn = element("rect", x=0, y=0, width=f"{100 * share(number, most):.2f}", height=10, class_=style)
    bar = element("svg", drawn, class_="bar", viewBox="0 0 100 10", preserveAspectRatio="none", aria_hidden="true")
    return element("td", f"{number:,}", bar, class_="n bars", data_label=heading)


def verdict(word: str | None) -> Markup:
    """A verdict with its sign, or the value of a decision."""
    if word is None:
        return element("span", "–", class_="quiet")
    return marked(VERDICTS[word]) if word in VERDICTS else join(word.replace("_", " "))


def style(word: str | None) -> str:
    """The class of a verdict."""
    return style_of(VERDICTS[word]) if word in VERDICTS else "option"


def link(model: Norm | Decision) -> Markup:
    """A link to what a norm or a decision says on the same page."""
    name = model.id if isinstance(model, Norm) else model.name
    return element("a", name, href=f"#{place_of_sentence(name)}")


def links(models: Sequence[Norm | Decision]) -> Content:
    """Several of them; many are folded."""
    listed = [join(", " if at else "", link(model)) for at, model in enumerate(models)]
    if len(models) <= _FEW:
        return listed
    return element("details", element("summary", f"{len(models)} of them"), element("p", listed))


def statement(policies: Policies, name: str) -> Norm | Decision:
    """The norm with an id, or the decision with a name."""
    return policies.norms.get(name) or policies.decisions[name]


def sentences(policies: Policies, named: Iterable[str]) -> list[Markup]:
    """What these norms and decisions say, by article and in the order of the document."""
    wanted = set(named)
    models: list[Norm | Decision] = [each for name, each in policies.decisions.items() if name in wanted]
    models += [each for name, each in policies.norms.items() if name in wanted]
    by_article: dict[int, list[Norm | Decision]] = {}
    for model in models:
        by_article.setdefault(model.article, []).append(model)
    return [_article(policies.articles.get(number), by_article[number]) for number in sorted(by_article)]


def _article(article: Article | None, models: Iterable[Norm | Decision]) -> Markup:
    name, title = (f"Article {article.number} ", article.title) if article else ("Measures ", "Norms that measures add")
    heading = element("h3", name, element("span", title, class_="of"))
    return element("section", heading, [_sentence(model) for model in models])


def _sentence(model: Norm | Decision) -> Markup:
    name = model.id if isinstance(model, Norm) else model.name
    return element("div", quoted(model), class_="norm", id=place_of_sentence(name))
