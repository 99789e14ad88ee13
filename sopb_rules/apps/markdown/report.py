"""The report in Markdown: standing, articles, and each entity with what it neglects, may do and does not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sopb_rules.apps import finding_data as told
from sopb_rules.apps.markdown.text import escaped, heading, item, quoted, table
from sopb_rules.apps.plural import counted
from sopb_rules.apps.report_data import EntityData, Entry, Group, ReportData, by_verdict, in_words
from sopb_rules.apps.shown import STATUSES, Shown
from sopb_rules.apps.text.words import STATUS, VERDICTS, Mark
from sopb_rules.findings.finding import Finding
from sopb_rules.predicates.truth import Truth

_COLUMNS = ("Status", "Name", "Breaches", "Shortfalls", "Opportunities", "Options", "Unknown", "Others must act")


def markdown_page(shown: Shown) -> str:
    """The report in GitHub-flavoured Markdown: the same report gives the same text.

    What is unknown is told as questions, of many entities counted; what is settled is counted. With `shown.details` each
    such finding is told in full, too.
    """
    data = ReportData.of(shown)
    parts = [heading(1, shown.title)]
    parts += [item(0, f"{label}: {text}") for label, text in data.head] + ["\n"]
    if shown.standing:
        parts += _standing(data.entities)
    parts += _articles(data)
    for entity in data.entities:
        parts += _entity(entity, shown, shown.details or len(data.entities) == 1)
    return "".join(parts).rstrip("\n") + "\n"


def _sign(mark: Mark, text: str) -> str:
    return f"{mark.sign} {escaped(text)}"


def _standing(entities: Sequence[EntityData]) -> Iterator[str]:
    yield heading(2, "Standing")
    if not entities:
        yield "The state lists nothing that a norm is about.\n\n"
    by_label: dict[str, list[EntityData]] = {}
    for entity in entities:
        by_label.setdefault(entity.section.label, []).append(entity)
    words = {"breach": "in breach"}
    for label, each in by_label.items():
        numbers = Counter(entity.section.standing.status for entity in each)
        statuses = ", ".join(f"{numbers[status]} {words.get(status, status)}" for status in STATUSES if numbers[status])
        yield heading(3, f"{label} ({len(each)}): {statuses}")
        yield table(_COLUMNS, map(_row, each), numbers=6)


def _row(entity: EntityData) -> list[str]:
    mark = STATUS[entity.section.standing.status]
    return [_sign(mark, mark.word), escaped(entity.display), *map(str, entity.section.counts)]


def _articles(data: ReportData) -> Iterator[str]:
    yield heading(2, "Articles")
    rows = []
    for each in data.articles:
        numbers = by_verdict(each.entries)
        found = [_sign(VERDICTS[verdict], f"{number} {VERDICTS[verdict].word}") for verdict, number in numbers.items()]
        rows.append([str(each.article.number), escaped(each.article.title), ", ".join(found) or "no finding"])
    yield table(("Article", "Title", "Findings"), rows, numbers=0)


def _entity(entity: EntityData, shown: Shown, asking: bool) -> Iterator[str]:
    subject = entity.section.standing.subject
    name = f"{subject.display} — " if subject.display != subject.id else ""
    yield heading(2, f"{name}{entity.section.label} {subject.id}")
    if shown.standing:
        mark = STATUS[entity.section.standing.status]
        yield f"{_sign(mark, mark.word)}\n\n"
    for group in entity.groups:
        yield from _group(entity, group, shown.details, asking)


def _group(entity: EntityData, group: Group, details: bool, asking: bool) -> Iterator[str]:
    number = f"{group.heading} ({len(group.entries):,})"
    if group.kind == "settled" and not details:
        numbers = by_verdict(group.entries)
        yield f"{counted(len(group.entries), 'other finding')}: {escaped(in_words(numbers))}\n\n"
        return
    if group.kind == "unknown" and not asking:
        told = f"{counted(len(group.entries), 'finding')} {'waits' if len(group.entries) == 1 else 'wait'} for "
        yield f"unknown: {told}{counted(len(entity.questions), 'answer')}\n\n"
        return
    yield heading(3, number)
    if group.kind == "unknown":
        yield from _questions(entity)
    if not group.folded or details:
        for entry in group.entries:
            yield from _finding(entry)


def _questions(entity: EntityData) -> Iterator[str]:
    for assessor, questions in entity.questions_by_assessor:
        yield item(0, f"to be judged by {assessor}" if assessor else "to be stated")
        for question in questions:
            asked = told.asked(question, entity.section.standing.subject.path)
            yield item(1, asked.text, asked.note)
    yield "\n"


def _finding(entry: Entry) -> Iterator[str]:
    found, mark = entry.finding, VERDICTS[entry.verdict]
    outcome = told.outcome(found)
    yield f"**{escaped(entry.number)}** {_sign(mark, f'{mark.word} — {outcome}' if outcome else mark.word)}\n\n"
    if isinstance(found, Finding):
        yield f"{escaped(told.who(found))}\n\n"
        yield quoted(found.text)
    else:
        yield f"{escaped(told.decides(found))}\n\n"
        for text in dict.fromkeys(case.text for case in found.cases if case.holds is not Truth.FALSE):
            yield quoted(text)
    yield f"{escaped(told.place_of(found.model))}\n\n"
    yield from map(_line, told.explanation(found))
    for title, lines in (("could still change it", told.questions(found)), *told.ways_out(found)):
        if lines:
            yield item(0, title)
            yield from (item(1, each.text, each.note) for each in lines)
    yield "\n"


def _line(line: told.ToldLine) -> str:
    mark = line.mark
    before = "" if mark is None else f"{mark.sign} {mark.word}: " if line.worded else f"{mark.sign} "
    return item(line.depth, f"“{line.text}”" if line.quoted else f"{before}{line.text}", line.note)
