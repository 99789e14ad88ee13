"""One finding: a line that says what became of it, and opens to its explanation.

The sentence is not repeated: a finding names it, links to it, and has a place into which a script copies it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sopb_rules.apps import finding_data as told
from sopb_rules.apps.html.markup import Content, Markup, element, named
from sopb_rules.apps.html.words import marked, signed
from sopb_rules.apps.report_data import Entry, place_name
from sopb_rules.apps.text.words import VERDICTS
from sopb_rules.findings.finding import Finding


def finding(entry: Entry) -> Markup:
    """A finding on a norm or on a decision."""
    found = entry.finding
    head = (marked(VERDICTS[entry.verdict]), " ", element("b", entry.number), " ")
    return element(
        "details",
        element("summary", head, _summary(entry)),
        element("p", element("a", f"Sentence {entry.number}", href=f"#n-{place_name(entry.name)}"), class_="cite"),
        _still_possible(entry),
        explanation(tuple(told.explanation(found))),
        _told("Could still change it", told.questions(found)),
        [_told(title.capitalize(), changes) for title, changes in told.ways_out(found)],
        class_="finding", id=entry.key, data_norm=entry.name, data_verdict=entry.verdict,
    )  # fmt: skip


def _summary(entry: Entry) -> Content:
    found = entry.finding
    if isinstance(found, Finding):
        return [named(told.who(found)), " ", element("span", told.in_short(found), class_="short")]
    return [named(told.decides(found)), " ", element("span", told.value(found), class_="short")]


def _still_possible(entry: Entry) -> Content:
    outcome = told.outcome(entry.finding) if isinstance(entry.finding, Finding) else ""
    return element("p", f"{outcome.capitalize()}.") if outcome else None


def explanation(lines: Sequence[told.ToldLine], depth: int = 0) -> Markup | None:
    """Lines as a list, with what stands below each as a list inside it."""
    starts = [index for index, line in enumerate(lines) if line.depth <= depth]
    ends = [*starts[1:], len(lines)]
    if starts and starts[0] > 0:  # what stands deeper than anything above it
        starts, ends = [0, *starts], [starts[0], *ends]
    if not starts:
        return explanation(lines, depth + 1) if lines else None
    items = [
        element("li", _line(lines[start]), " ", explanation(lines[start + 1 : end], lines[start].depth + 1))
        for start, end in zip(starts, ends, strict=True)
    ]
    return element("ul", items, class_="why")


def _line(line: told.ToldLine) -> Content:
    note: Content = [" ", element("small", line.note)] if line.note else None
    if line.quoted:
        return [element("q", line.text), note]
    if line.mark is None:
        return [line.text, note]
    return [marked(line.mark) if line.worded else signed(line.mark), " ", line.text, note]


def _told(title: str, lines: Sequence[told.Told]) -> Content:
    items = [element("li", each.text, " ", element("small", each.note)) for each in lines]
    return [element("p", title, class_="part"), element("ul", items)] if items else None
