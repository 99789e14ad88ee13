"""The source document as text: numbered articles, cut into numbered sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import attrs

from sopb_rules.source import Source, Span

_ARTICLE = re.compile(r"(?P<number>[0-9]{1,4})\. +(?P<title>[^.:]+)[.:] +(?=\S)")
_ITEM = re.compile(r"\((?P<number>[0-9]{1,3})\) +")
_SENTENCE = re.compile(r"""\S.*?(?:[.!?]["'”’)]*(?=\s|$)|$)""")


@attrs.frozen
class Sentence:
    """A sentence of the document, by its number: article and sentence, with the item between them where there is one.

    Args:
        lead: whether it is the lead phrase of an item, and has the number of it.
    """

    id: str
    text: str
    span: Span = attrs.field(repr=False)
    lead: bool = False

    @property
    def article(self) -> int:
        """The article that it belongs to."""
        return int(self.id.partition(".")[0])


@attrs.frozen
class Heading:
    """The number and the title of an article."""

    number: int
    title: str
    span: Span = attrs.field(repr=False)


@attrs.frozen
class Document:
    """The articles and the sentences of a document, in its order.

    Args:
        outside: the lines that belong to no article: titles, chapters, a preamble.
    """

    source: Source
    headings: tuple[Heading, ...]
    sentences: tuple[Sentence, ...]
    outside: tuple[Span, ...]


def read_document(source: Source) -> Document:
    """The numbered articles of a document, each one paragraph, cut into sentences by full stops.

    An article begins with its number and its title, which ends with a full stop or a colon. Articles are numbered upwards:
    of the lines that could begin one, the longest such row is taken, so that the number of a chapter or a slip in one number
    does not hide the others. Items in parentheses number their sentences within the item, and
    the first of them, the lead phrase, has the number of the item.
    """
    headings: list[Heading] = []
    sentences: list[Sentence] = []
    outside: list[Span] = []
    lines = [(start, source.line(number)) for number, start in enumerate(source.line_starts, 1)]
    articles = _rising(
        [(index, int(match["number"])) for index, (_, line) in enumerate(lines) if (match := _ARTICLE.match(line))]
    )
    for index, (start, line) in enumerate(lines):
        match = _ARTICLE.match(line) if index in articles else None
        if match is None:
            if line.strip():
                outside.append(Span(source, start, start + len(line)))
            continue
        span = Span(source, start + match.start("title"), start + match.end("title"))
        headings.append(Heading(int(match["number"]), match["title"], span))
        sentences += _sentences(source, match["number"], start + match.end(), line[match.end() :])
    return Document(source, tuple(headings), tuple(sentences), tuple(outside))


def _rising(numbered: Sequence[tuple[int, int]]) -> set[int]:
    """The indexes of the longest row of numbers that rise; of several, one that holds on to what stands first."""
    rows: list[tuple[int, ...]] = []  # for each length the row that begins highest, found from the back
    begins: list[int] = []
    for index, number in reversed(numbered):
        place = bisect_left(begins, -number)
        rows[place : place + 1] = [(*(rows[place - 1] if place else ()), index)]
        begins[place : place + 1] = [-number]
    return set(rows[-1]) if rows else set()


def _sentences(source: Source, article: str, start: int, text: str) -> Iterator[Sentence]:
    items = list(_ITEM.finditer(text))
    if not items or items[0].start() > 0:
        yield from _numbered(source, article, start, text, first=1)
        return
    ends = [item.start() for item in items[1:]] + [len(text)]
    for item, end in zip(items, ends, strict=True):
        yield from _numbered(source, f"{article}.{item['number']}", start + item.end(), text[item.end() : end], first=0)


def _numbered(source: Source, front: str, start: int, text: str, first: int) -> Iterator[Sentence]:
    for number, match in enumerate(_SENTENCE.finditer(text), first):
        span = Span(source, start + match.start(), start + match.end())
        yield Sentence(f"{front}.{number}" if number else front, match[0].rstrip(), span, lead=not number)
