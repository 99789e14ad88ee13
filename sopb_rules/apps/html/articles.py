"""Pictures of the articles by verdict: of all findings as bars, and of one entity's as tiles.

Every number stands with the sign and the word of its verdict, so that nothing is said by colour or length alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sopb_rules.apps.html.markup import Content, Markup, element
from sopb_rules.apps.html.words import marked, numbers, style_of
from sopb_rules.apps.report_data import ArticleData, EntityData, Entry, ReportData, by_verdict, gravest
from sopb_rules.apps.text.words import VERDICTS
from sopb_rules.model.norms import Article


def articles(data: ReportData) -> Markup:
    """The section on articles: a bar for each, with the numbers of its findings."""
    heading = element("h2", "Articles", id="articles-heading")
    lead = element("p", "How many findings on the norms of each article come to which verdict.")
    listed = element("ol", [_article(each) for each in data.articles], class_="articles")
    return element("section", heading, lead, listed, id="articles", aria_labelledby="articles-heading")


def _article(data: ArticleData) -> Markup:
    article, found = data.article, by_verdict(data.entries)
    title = element("span", element("b", str(article.number or "+")), " ", article.title, class_="title")
    if not found:
        return element("li", title, " ", element("span", "no finding", class_="quiet"))
    links = [_link(article, verdict, number) for verdict, number in found.items()]
    return element("li", title, " ", _bar(found), " ", element("span", links, class_="links"))


def _link(article: Article, verdict: str, number: int) -> Content:
    query = f"article={article.number}&verdict={verdict}"
    return [element("a", marked(VERDICTS[verdict], number), href=f"#a{article.number}", data_query=query), " "]


def _bar(found: Mapping[str, int]) -> Markup:
    """A picture of the numbers beside it."""
    return element(
        "svg", list(_pieces(found)), class_="bar", viewBox="0 0 100 10", preserveAspectRatio="none", aria_hidden="true"
    )


def _pieces(found: Mapping[str, int]) -> Iterator[Markup]:
    total, done = sum(found.values()), 0
    for verdict, number in found.items():
        x, width = (f"{share * 100 / total:.2f}" for share in (done, number))
        yield element("rect", x=x, y=0, width=width, height=10, class_=style_of(VERDICTS[verdict]))
        done += number


def tiles(entity: EntityData, known: Iterable[Article]) -> Markup:
    """One entity's findings by article, a tile for each article."""
    by_article: dict[int, list[Entry]] = {}
    for entry in entity.entries:
        by_article.setdefault(entry.finding.article, []).append(entry)
    made = [_tile(article, by_article.get(article.number, [])) for article in known]
    return element("ol", made, class_="tiles", aria_label="Findings by article")


def _tile(article: Article, entries: list[Entry]) -> Markup:
    number = element("b", str(article.number or "+"))
    if not entries:
        return element("li", number, element("span", " none", class_="quiet"))
    worst = gravest(entries)
    link = element(
        "a", number, numbers(by_verdict(entries)), href=f"#{worst.key}", data_query=f"article={article.number}"
    )
    return element("li", link, class_=style_of(VERDICTS[worst.verdict]))
