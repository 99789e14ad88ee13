"""An audit as a page: what the sentences of each article are encoded as."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Column, Page, Part
from sopb_rules.audit import KINDS, Audit
from sopb_rules.measures_audit import LayerAudit

_HEADINGS = {
    "duty": "duties",
    "permission": "permis-\nsions",
    "decision": "deci-\nsions",
    "definition": "defini-\ntions",
    "note": "notes",
}

_WORDS = {"is to": "bare imperative", "is encouraged to": "encourage"}

#: How much is shown of a line that is left aside.
_SHOWN = 60


def print_audit(page: Page, audit: Audit, called: str, mistakes: int) -> None:
    """A line for each article and the sums, or with mistakes for those articles only that are not whole; what was left aside."""
    kinds = [Column(_HEADINGS[kind], right=True) for kind in KINDS]
    columns = [Column(right=True), Column("article"), Column("sentences\nencoded", right=True), *kinds]
    total = audit.coverage()
    counts = [(heading, audit.coverage(heading.number)) for heading in audit.document.headings]
    rows: list[list[Part]] = [
        [str(heading.number), heading.title, *_cells(each)]
        for heading, each in counts
        if not mistakes or each["encoded"] < each["sentences"]
    ]
    if not mistakes:
        rows.append(["", ("all", "bold"), *_cells(total)])
    if rows:
        page.table(columns, rows, flexible=1)
        page.blank()
    if not mistakes:
        _print_words(page, audit)
    if audit.document.outside:
        page.line(f"left aside, since it stands outside the articles of {Path(audit.document.source.name).name}:")
        for span in audit.document.outside:
            text = span.text.strip()
            page.row(f"line {span.line}", text[:_SHOWN] + ("…" if len(text) > _SHOWN else ""), indent=2, column=10)
    found = counted(mistakes, "mistake") if mistakes else "each quoted once and to the letter"
    page.line(f"{called}: {total['encoded']} of {counted(total['sentences'], 'sentence')} encoded; {found}")


def print_layer(page: Page, layer: LayerAudit) -> None:
    """What measures make of the sentences of the document, and how they stand with their own text."""
    page.heading(layer.measures.title)
    completes = [f"{', '.join(ids) or 'nothing'} ({name})" for name, ids in layer.completes.items()]
    for word, told in (("completes", completes), ("tightens", layer.tightens), ("adds", layer.adds)):
        if told:
            page.row(word, ", ".join(told), indent=2, column=11)
    file = Path(layer.measures.span.source.name)
    if layer.document is None:
        page.line(f"no text of the measures lies beside {file.name}, such as {file.stem}.txt", indent=2)
        return
    name = Path(layer.document.source.name).name
    encoded = sum(bool(each) for each in layer.encodings.values())
    mistakes = len(layer.diagnostics)
    found = counted(mistakes, "mistake") if mistakes else "each quoted to the letter"
    page.line(f"{encoded} of {counted(len(layer.encodings), 'sentence')} of {name} encoded; {found}", indent=2)


def _print_words(page: Page, audit: Audit) -> None:
    """How many norms have which word of force, and which have one that does not stand in their sentence."""
    words = Counter(each.word for encodings in audit.encodings.values() for each in encodings if each.force)
    page.line(
        "norms by the document's word: " + ", ".join(f"{n} {_WORDS.get(word, word)}" for word, n in words.most_common())
    )
    for sentence, encoding in audit.words_not_in_their_sentence():
        named = _WORDS.get(encoding.word, encoding.word)
        page.line(
            f"{encoding.id} has the force of `{named}`, a word that {sentence.id} does not have: see how it was read"
        )
    for sentence in audit.notes_with_a_word_of_force():
        page.line(f"{sentence.id} is a note, and has a word of force: see how it was read")


def _cells(counts: Counter[str]) -> list[Part]:
    encoded, sentences = counts["encoded"], counts["sentences"]
    style = "" if encoded == sentences else "bold red"
    return [(f"{encoded} of {sentences}", style), *(str(counts[kind]) if counts[kind] else "" for kind in KINDS)]
