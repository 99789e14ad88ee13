"""The report of `sopb evaluate`: the summary first, then the entities that need attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import attrs
from rich.cells import cell_len

from sopb_rules.apps.plural import counted
from sopb_rules.apps.roots import root
from sopb_rules.apps.text.entity import Section, print_brief, print_section
from sopb_rules.apps.text.page import Column, Page
from sopb_rules.apps.text.words import BAD, QUIET, STATUS, listing, short
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.findings.report import SOFTWARE, Report, is_breach
from sopb_rules.model.vocabulary import Entity
from sopb_rules.policy_set import PolicySet

#: With fewer columns than this, the numbers of the summary are told in words.
_TABLE_WIDTH = 72
_IN_ORDER = ("breach", "undetermined", "compliant")
_COLUMNS = (
    Column("breach", True, 6), Column("short-\nfall", True, 6), Column("oppor-\ntunity", True, 6),
    Column("option", True, 6), Column("un-\nknown", True, 5), Column("others\nto act", True, 6),
)  # fmt: skip


@attrs.frozen
class Shown:
    """A report with what a reader wants to know besides it.

    Args:
        origin: where the date comes from, in a few words.
        states: the files and folders that were read.
        details: whether every finding is printed in full.
        alone: whether somebody asked for one entity, and so for every question that is open.
    """

    policies: PolicySet
    report: Report
    origin: str
    states: tuple[str, ...]
    details: bool = False
    alone: bool = False


def print_report(page: Page, shown: Shown) -> None:
    """Print a report: summary, entities, and the sentences that are spoken of."""
    sections = _sections(shown)
    brief = len(sections) > 1 and not shown.details
    attention = [
        section for section in sections if shown.details or (section.needs_attention if brief else section.has_more)
    ]
    _print_head(page, shown)
    _print_summary(page, sections)
    _print_total(page, shown.report, sections)
    for section in attention:
        if brief:
            print_brief(page, section)
        else:
            print_section(page, section, shown.details, len(attention) == 1, shown.alone)
    if len(attention) > 1:
        _print_sentences(page, attention, shown.details)
    if attention:
        _print_hint(page, shown, attention)
    _print_foot(page, shown.report)


def _sections(shown: Shown) -> list[Section]:
    """The listed entities, the gravest first."""
    findings: dict[str, list[Finding]] = {}
    decisions: dict[str, list[DecisionFinding]] = {}
    for finding in shown.report.findings:
        findings.setdefault(root(finding.record).path, []).append(finding)
    for decision in shown.report.decisions:
        decisions.setdefault(root(decision.record).path, []).append(decision)
    entities = shown.policies.model.vocabulary.entities
    sections = [
        Section(
            standing,
            _short_label(entities[standing.subject.entity]),
            tuple(findings.get(standing.subject.path, ())),
            tuple(decisions.get(standing.subject.path, ())),
        )
        for standing in shown.report.standing
    ]
    return sorted(sections, key=lambda section: _IN_ORDER.index(section.standing.status))


def _short_label(entity: Entity) -> str:
    """What to call an entity in a heading: its label, or its name where that is a whole phrase."""
    return entity.label if len(entity.label) <= 30 else entity.name.replace("_", " ")


def _print_head(page: Page, shown: Shown) -> None:
    report, model = shown.report, shown.policies.model
    page.line((model.vocabulary.title or report.name, "bold"))
    version = f"version {report.version}, " if report.version else ""
    page.row("policies", f"{report.name}, {version}{counted(len(model.norms), 'norm')}", column=10)
    if report.measures:
        page.row("measures", report.measures, column=10)
    page.row("as of", f"{report.as_of} ({shown.origin})", column=10)
    page.row("state", listing(shown.states), column=10)


def _print_summary(page: Page, sections: Sequence[Section]) -> None:
    if not sections:
        page.blank()
        page.line("The state lists nothing that a norm is about.")
    by_entity: dict[str, list[Section]] = {}
    for section in sections:
        by_entity.setdefault(section.label, []).append(section)
    if page.width < _TABLE_WIDTH:
        _print_counts(page, by_entity)
        return
    names = max((cell_len(section.standing.subject.display) for section in sections), default=0)
    for index, (label, each) in enumerate(by_entity.items()):
        page.heading(_told(label, each))
        counts = (attrs.evolve(column, heading=column.heading if index == 0 else "") for column in _COLUMNS)
        columns = (Column(least=14), Column(least=names), *counts)
        page.table(columns, [_row(page, section) for section in each], flexible=1, gap=2 if page.width >= 100 else 1)


def _print_counts(page: Page, by_entity: Mapping[str, Sequence[Section]]) -> None:
    """The summary where there is no room for a table: the numbers in words."""
    singular = ("breach", "shortfall", "opportunity", "option", "unknown", "for others to act")
    plural = ("breaches", "shortfalls", "opportunities", "options", "unknown", "for others to act")
    for label, each in by_entity.items():
        page.heading(_told(label, each))
        for section in each:
            numbers = zip(_counts(section), singular, plural, strict=True)
            told = [counted(number, one, many) for number, one, many in numbers if number]
            name = section.standing.subject.display
            status = STATUS[section.standing.status].on(page)
            page.row(status, name, f": {', '.join(told)}" if told else "", column=15)


def _told(label: str, sections: Sequence[Section]) -> str:
    numbers = Counter(section.standing.status for section in sections)
    words = {"breach": "in breach"}
    told = ", ".join(f"{numbers[status]} {words.get(status, status)}" for status in _IN_ORDER if numbers[status])
    return f"{label} ({len(sections)}): {told}"


def _row(page: Page, section: Section) -> list[str | tuple[str, str]]:
    numbers = (str(number) if number else (page.sign("·", "."), QUIET) for number in _counts(section))
    return [STATUS[section.standing.status].on(page), section.standing.subject.display, *numbers]


def _counts(section: Section) -> list[int]:
    """How many breaches, shortfalls, opportunities, options and unknown findings, and how many that are for others."""
    standing = section.standing
    own = (standing.breaches, standing.shortfalls, standing.opportunities, standing.options)
    return [len(findings) for findings in (*own, section.unknown, standing.owed_by_others)]


def _print_total(page: Page, report: Report, sections: Sequence[Section]) -> None:
    """What the lines of the summary do not show: what others breach, and decisions that come to nothing."""
    owed = [finding for section in sections for finding in section.standing.owed_by_others if _falls_short(finding)]
    breached = sum(map(is_breach, owed))
    page.blank()
    if owed:
        norms = counted(len(owed), "time", "times")
        breach = f", {counted(breached, 'breach', 'breaches')} among them" if breached else ""
        page.line((f"Others fall short {norms}{breach}: see “Others must act” below.", BAD if breached else ""))
    troubled = Counter(decision.verdict.value for decision in report.decisions)
    for verdict, words, style in (("conflict", "in conflict", BAD), ("no_case", "without a case that holds", "")):
        if troubled[verdict]:
            page.line((f"{counted(troubled[verdict], 'decision is', 'decisions are')} {words}.", style))


def _falls_short(finding: Finding) -> bool:
    """Whether something is neglected that was owed, and not only encouraged."""
    return finding.model.force != "encouraged"


def _print_sentences(page: Page, sections: Sequence[Section], details: bool) -> None:
    """Each sentence that is breached once, in the order of the document; with `details`, each that is spoken of."""
    if details:
        norms = {finding.norm: finding.model for section in sections for finding in section.findings}
    else:
        norms = {norm.id: norm for section in sections for norm in section.breached()}
    if not norms:
        return
    from sopb_rules.model.norms import sort_key

    texts: dict[str, list[str]] = {}
    for id in sorted(norms, key=sort_key):
        texts.setdefault(norms[id].text, []).append(id)
    page.rule("The sentences" if details else "The sentences that are breached")
    for text, ids in texts.items():
        page.row((ids[0], "bold"), column=8) if len(ids) == 1 else page.line((", ".join(ids), "bold"))
        page.quote(text, indent=2)


def _print_hint(page: Page, shown: Shown, attention: Sequence[Section]) -> None:
    if shown.details:
        return
    standing = attention[0].standing
    first = standing.breaches or standing.shortfalls or standing.undetermined or attention[0].findings
    norm = first[0].norm if first else "NORM"
    page.blank()
    hint = f"`sopb explain {norm} STATE` shows a finding in full; `--only ID` and `--details` show more here."
    page.line((hint, QUIET))


def _print_foot(page: Page, report: Report) -> None:
    """What the report rests on: the beginnings of the digests, which the JSON has in full."""
    page.blank()
    page.line(
        (
            f"Policies {short(report.digest)}, state {short(report.state.digest)}, {' '.join(SOFTWARE.values())}.",
            QUIET,
        )
    )
