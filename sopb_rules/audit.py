"""The source audit: every sentence of the document is quoted to the letter by exactly one statement of the policies.

The document is cut into numbered sentences (`sopb_rules.document`), and the quotes of a policy set are held against them.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, assert_never

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.document import Document, Sentence, read_document
from sopb_rules.model.force import binds, has_word
from sopb_rules.model.norms import (
    Case,
    Decision,
    Definition,
    Norm,
    Note,
    Numbered,
    Policies,
    Statement,
    sentence_of,
    sort_key,
)
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source, Span, read_source

#: The name of the document in a folder of policies.
SOURCE = "source.txt"

#: What a sentence can be encoded as.
KINDS = ("duty", "permission", "decision", "definition", "note")

#: A line with a sentence in it, and not only a heading.
_BODY = re.compile(r"""[a-z,;)”"'][.!?]["'”’)]*(\s|$)|[;,…。！？]\s*$|^\s*(\([a-z0-9]{1,3}\)|[-•*–])\s""")
#: How much of a line is marked that belongs to no article.
_SHOWN = 60
_QUOTED = re.compile("“([^”]+)”")
#: A character of a quote; the end of a bar line and the bar of the next are the space between their words.
_BAR_OR_CHARACTER = re.compile(r"(?:\s*\n\s*\|\s*)+|.", re.DOTALL)
_NUMBER = re.compile(r"([0-9]{1,4})\. ")


# ---- what the policies say ----------------------------------------------------------------------------------


@attrs.frozen
class Encoding:
    """A statement that encodes a sentence, or a part of it.

    Args:
        kind: one of `KINDS`; in measures also `tightening` and `setting`.
        force: of a norm: `must`, `should`, …; None for what is no norm.
        word: the document's own word for it: `will`, `is to` for a bare imperative, …
        bearers: of a norm, by their names in the vocabulary.
    """

    id: str
    kind: str
    force: str | None = None
    word: str = ""
    bearers: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {"id": self.id, "kind": self.kind, "force": self.force, "bearer": list(self.bearers) or None}


@attrs.frozen
class Quote:
    """What a statement quotes, and where.

    Args:
        text: None for a further statement on a sentence that is quoted already.
        sentence: the number of the sentence in its document.
        dependents: what has to be read again where the sentence is another.
    """

    encoding: Encoding
    text: str | None
    span: Span
    sentence: str
    dependents: tuple[str, ...]


def _quotes(policies: Policies) -> list[Quote]:
    found = (quote_of(policies, each) for each in policies.of_document)
    return sorted(found, key=lambda quote: sort_key(quote.encoding.id))


def quote_of(policies: Policies, statement: Numbered) -> Quote:
    """What a statement with a number quotes; the number is that of the sentence in the document, or in the measures."""
    text = None if statement.quote_span is None else statement.text
    sentence = sentence_of(statement.id)
    return Quote(
        _encoding(statement), text, statement.quote_span or statement.span,
        sentence.rpartition(":")[2], tuple(dependent_ids(policies, sentence)),
    )  # fmt: skip


def _encoding(statement: Numbered) -> Encoding:
    match statement:
        case Norm():
            kind = "permission" if statement.is_permission else "duty"
            bearers = tuple(bearer.name for bearer in statement.bearers)
            return Encoding(statement.id, kind, statement.force, statement.word, bearers)
        case Case():
            return Encoding(statement.id, "decision")
        case Definition():
            return Encoding(statement.id, "definition")
        case Note():
            return Encoding(statement.id, "note")
        case _:
            assert_never(statement)


# ---- the audit ----------------------------------------------------------------------------------------------


@attrs.frozen
class Audit:
    """What became of each sentence of the document.

    Args:
        encodings: by the number of the sentence, for all sentences.
        diagnostics: left-out, altered, doubled and misplaced sentences and titles.
    """

    document: Document
    encodings: Mapping[str, tuple[Encoding, ...]]
    diagnostics: tuple[Diagnostic, ...]

    def coverage(self, article: int | None = None) -> Counter[str]:
        """How many sentences there are, how many are encoded, and how many statements of each kind encode them.

        Args:
            article: only the sentences of this article.
        """
        counts: Counter[str] = Counter()
        for sentence in self.document.sentences:
            if article is None or sentence.article == article:
                encodings = self.encodings[sentence.id]
                counts.update(["sentences", *["encoded"][: len(encodings)], *(each.kind for each in encodings)])
        return counts

    def words_not_in_their_sentence(self) -> Iterator[tuple[Sentence, Encoding]]:
        """The norms whose word of force their sentence does not have: a person has read it so, or has made a mistake."""
        for sentence in self.document.sentences:
            for encoding in self.encodings[sentence.id]:
                if not has_word(sentence.text, encoding.word):
                    yield sentence, encoding

    def notes_with_a_word_of_force(self) -> Iterator[Sentence]:
        """The sentences that are notes though they say that somebody must, should or may: a person has read it so."""
        for sentence in self.document.sentences:
            is_note = any(encoding.kind == "note" for encoding in self.encodings[sentence.id])
            if is_note and binds(sentence.text):
                yield sentence

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {
            "coverage": {
                **self._counts(None),
                "forces": dict(Counter(e.force for each in self.encodings.values() for e in each if e.force)),
                "articles": [
                    {"article": heading.number, "title": heading.title, **self._counts(heading.number)}
                    for heading in self.document.headings
                ],
            },
            "sentences": [
                {
                    "id": sentence.id,
                    "text": sentence.text,
                    "encoded_by": [each.as_dict() for each in self.encodings[sentence.id]],
                }
                for sentence in self.document.sentences
            ],
            "outside": [{"line": span.line, "text": span.text} for span in self.document.outside],
            "diagnostics": [diagnostic.as_dict() for diagnostic in self.diagnostics],
        }

    def _counts(self, article: int | None) -> dict[str, Any]:
        counts = self.coverage(article)
        return {
            "sentences": counts["sentences"],
            "encoded": counts["encoded"],
            "kinds": {kind: counts[kind] for kind in KINDS},
        }


def audit(policies: PolicySet, source: Path | str | None = None) -> Audit:
    """Hold the quotes of a policy set against its document.

    Args:
        source: the file of the document; `source.txt` beside the policies where it is left out.

    Raises:
        RulesError: there is no such file, or it cannot be read.
    """
    if not isinstance(policies, PolicySet):
        message = f"a policy set is audited, and this is {type(policies).__name__}"  # type: ignore[unreachable]
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help="load one with sopb_rules.load_policies()")])
    file = Path(source) if source is not None else _beside(policies.model)
    return audit_texts(policies.model, read_source(file))


def _beside(policies: Policies) -> Path:
    """The document that lies in the folder of the policies.

    Raises:
        RulesError: there is none.
    """
    # Measures lie elsewhere, and are no part of the document.
    measures = [each.span.source for each in policies.measures]
    sources = [source for source in policies.sources if source not in measures]
    folders = [os.path.dirname(source.name) for source in sources]  # noqa: PTH120 - commonpath wants texts
    folder = Path(os.path.commonpath(folders)) if folders else Path()
    file = folder / SOURCE
    if not file.exists():
        message = f"`{folder}` has no {SOURCE} to audit"
        help = f"put the document there as {SOURCE}, each article as one paragraph, or name the file (--source FILE)"
        raise RulesError([Diagnostic(Code.FILE_MISSING, message, file=str(file), help=help)])
    return file


def audit_texts(policies: Policies, source: Source) -> Audit:
    """The audit of a checked model against a text."""
    document = read_document(source)
    quotes = _quotes(policies)
    encodings = {
        sentence.id: tuple(quote.encoding for quote in quotes if quote.sentence == sentence.id)
        for sentence in document.sentences
    }
    diagnostics = [
        *_check_titles(policies, document),
        *_check_remarks(policies, document),
        *Check(document, [quote for quote in quotes if quote.text is not None]).diagnostics(),
    ]
    return Audit(document, encodings, tuple(diagnostics))


def _check_titles(policies: Policies, document: Document) -> Iterator[Diagnostic]:
    for heading in document.headings:
        article = policies.articles.get(heading.number)
        if article is not None and article.title != heading.title:
            message = f"the title of article {heading.number} is not what the source says"
            texts = (("source", heading.title), ("policy", article.title))
            title = Span(article.span.source, article.span.start + article.span.text.index('"'), article.span.end)
            yield Diagnostic(Code.ALTERED_SENTENCE, message, title, texts=texts)


def _check_remarks(policies: Policies, document: Document) -> Iterator[Diagnostic]:
    """What remarks on interplay put into quotation marks stands in the document."""
    text = _folded(document.source.text)
    for remark in policies.interplay.values() if document.sentences else ():
        for quote in _QUOTED.findall(f"{remark.title} {remark.text} {remark.treatment}"):
            for part in re.split(r"\s*…\s*", quote):
                if (words := _folded(part).strip(" .,;:")) and words not in text:
                    message = f"the source does not say “{part}”"
                    help = "put the words into no quotation marks, or quote them to the letter"
                    where = f"{remark.kind} {remark.name}"
                    yield Diagnostic(Code.ALTERED_SENTENCE, message, remark.span, where=where, help=help)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


class Check:
    """Each sentence against the quotes that claim it, and each quote against the sentences.

    A document may say the same words twice, so a quote is right if it has the words of the sentence of its own number,
    whatever else has these words.

    Args:
        quotes: those that have a text.
        front: what numbers of the policies have in front of those of the document: ``riverside:`` for measures.
    """

    def __init__(self, document: Document, quotes: list[Quote], front: str = "") -> None:
        self.document = document
        self.front = front
        self.quotes = quotes
        self.sentences = {sentence.id: sentence for sentence in reversed(document.sentences)}  # the first of a number
        self.quoted = {quote.sentence: quote for quote in quotes if self._is_right(quote)}

    def _is_right(self, quote: Quote) -> bool:
        sentence = self.sentences.get(quote.sentence)
        return sentence is not None and sentence.text == quote.text

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What is wrong with the numbers of the source, its quotes, its sentences, and what belongs to no article."""
        if not self.document.sentences:
            message = "the source has no numbered articles"
            help = "an article is a paragraph like `1. Its title. Its first sentence.`"
            yield Diagnostic(Code.NO_SENTENCES, message, file=self.document.source.name, help=help)
            return
        # Who has the words of a sentence claims it before who has its number and other words.
        claims = sorted(
            (quote for quote in self.quotes if not self._is_right(quote)), key=lambda quote: not self._same(quote)
        )
        wrong = [diagnostic for quote in claims for diagnostic in self._quote(quote)]
        yield from self._left_out()
        yield from wrong
        yield from self._numbers()
        yield from self._outside()

    def _same(self, quote: Quote) -> list[Sentence]:
        """The sentences that have the words of a quote."""
        return [sentence for sentence in self.document.sentences if sentence.text == quote.text]

    def _quote(self, quote: Quote) -> Iterator[Diagnostic]:
        """What is wrong with a quote that is not the sentence of its number."""
        assert quote.text is not None
        id, sentence = quote.encoding.id, self.sentences.get(quote.sentence)
        same = self._same(quote)
        free = [each for each in same if each.id not in self.quoted]
        if free:
            self.quoted[free[0].id] = quote
            message, help = f"{id} quotes the sentence {free[0].id}", f"number it {self.front}{free[0].id}"
            yield self._wrong(Code.MISPLACED_SENTENCE, message, quote, free[0], help)
        elif same:
            first = self.quoted[same[0].id]
            message = f"{id} quotes {same[0].id}, which {first.encoding.id} quotes already"
            yield self._wrong(Code.DOUBLED_SENTENCE, message, quote, same[0], f"it also stands at {first.span}")
        elif sentence is None:
            message = f"the source has no sentence {quote.sentence}"
            yield self._wrong(Code.NO_SUCH_SENTENCE, message, quote, None, self._where_it_may_be(quote))
        else:
            self.quoted[sentence.id] = quote
            again = ", ".join(quote.dependents)
            message = f"{id} does not quote its sentence to the letter"
            help = f"read again what rests on it: {again}; the sentence stands at {sentence.span}"
            yield self._wrong(Code.ALTERED_SENTENCE, message, quote, sentence, help)

    def _where_it_may_be(self, quote: Quote) -> str:
        article, source = quote.sentence.split(".")[0], self.document.source
        last = [each.id for each in self.document.sentences if each.id.split(".")[0] == article]
        if (found := source.text.find(quote.text or "")) >= 0:
            place = Span(source, found, found + 1)
            told = f"its text stands at {place}, which is no part of an article {article}"
            return f"{told}: a line that begins with `{article}. ` and the title"
        return f"article {article} ends with {last[-1]}" if last else f"the source has no article {article}"

    def _left_out(self) -> Iterator[Diagnostic]:
        for sentence in self.document.sentences:
            if sentence.id not in self.quoted and self.sentences[sentence.id] is sentence:
                message = f"no statement quotes {sentence.id}"
                what = "a norm, a definition or a note" if self.front else "a norm, a case, a definition or a note"
                help = f"encode it as {what} with the number {self.front}{sentence.id}"
                if self.front:
                    help += ", or quote it where it sets or tightens something"
                texts = (("source", sentence.text), ("policy", ""))
                where = f"sentence {sentence.id}"
                yield Diagnostic(Code.LEFT_OUT, message, sentence.span, where=where, help=help, texts=texts)

    def _numbers(self) -> Iterator[Diagnostic]:
        """Sentences that have a number which another has, or whose item is not the next one."""
        before = ""
        for sentence in self.document.sentences:
            article, *item = sentence.id.split(".")
            front = sentence.id if len(item) == 1 and sentence.lead else ""
            if self.sentences[sentence.id] is not sentence:
                message = f"two sentences of the source have the number {sentence.id}"
                yield self._misnumbered(message, sentence)
            elif front:
                expected = int(before.split(".")[1]) + 1 if before.startswith(f"{article}.") else 1
                if int(item[0]) != expected:
                    yield self._misnumbered(f"item ({item[0]}) stands where ({expected}) comes next", sentence)
            before = front or before

    def _misnumbered(self, message: str, sentence: Sentence) -> Diagnostic:
        help = "the items of an article are numbered (1), (2), (3) …, each number once"
        return Diagnostic(Code.MISNUMBERED, message, sentence.span, help=help)

    def _outside(self) -> Iterator[Diagnostic]:
        """Text behind the first article that is no heading and belongs to no article."""
        for span in self.document.outside:
            before = [heading.number for heading in self.document.headings if heading.span.start < span.start]
            number = _NUMBER.match(span.text)
            if not before or not (_BODY.search(span.text) or (number and int(number[1]) == before[-1] + 1)):
                continue
            help = "an article is one paragraph on one line, which begins with its number and its title"
            message = "this text belongs to no article"
            if number and int(number[1]) == before[-1] + 1:
                message = f"this begins like article {number[1]}, and has no title with sentences behind it"
                help = f"write `{number[1]}. `, the title, a full stop, and the sentences on one line"
            elif number:
                message = f"a second article, or one out of order, has the number {number[1]}"
                help = "articles are numbered upwards, each number once"
            end = min(span.start + _SHOWN, span.end)
            yield Diagnostic(Code.OUTSIDE_ARTICLES, message, Span(span.source, span.start, end), help=help)

    def _wrong(self, code: Code, message: str, quote: Quote, sentence: Sentence | None, help: str) -> Diagnostic:
        kind = quote.encoding.kind
        names = {"duty": "norm ", "permission": "norm ", "decision": "case ", "tightening": "", "setting": ""}
        where = f"{names.get(kind, f'{kind} ')}{quote.encoding.id}"
        source = (f"source {sentence.id}", sentence.text) if sentence else ("source", "")
        texts = (source, (f"policy {quote.encoding.id}", quote.text or ""))
        span = _apart(quote, sentence.text) if sentence and code is Code.ALTERED_SENTENCE else quote.span
        return Diagnostic(code, message, span, where=where, help=help, texts=texts)


def _apart(quote: Quote, sentence: str) -> Span:
    """Where a quote begins to differ from its sentence: the first word that is another."""
    text = quote.text or ""
    pairs = enumerate(zip(text, sentence, strict=False))
    same = next((index for index, (one, other) in pairs if one != other), min(len(text), len(sentence)))
    word = text.rfind(" ", 0, same) + 1
    # Each character of the text, in the bar lines that it was joined from.
    places = [match.start() for match in _BAR_OR_CHARACTER.finditer(quote.span.text)]
    if word >= len(places):
        return quote.span
    start = quote.span.start + places[word]
    return Span(quote.span.source, start, max(start + 1, quote.span.end))


def dependent_ids(policies: Policies, sentence: str) -> list[str]:
    """The ids and names of all statements that rest on a sentence: those that encode it, and those that refer to them."""
    direct = {each for each in policies.statements if _rests_on(each, sentence)}
    found = [each for each in policies.statements if each in direct or not direct.isdisjoint(policies.referred[each])]
    norms = sorted((each.id for each in found if isinstance(each, Norm)), key=sort_key)
    others = sorted(each.name for each in found if not isinstance(each, Norm))
    return [*(id for id in policies.notes if id == sentence), *norms, *others]


def _rests_on(statement: Statement, sentence: str) -> bool:
    ids = [case.id for case in statement.cases] if isinstance(statement, Decision) else [statement.id]
    return any(sentence_of(id) == sentence for id in ids)
