"""What a report says on one listed entity: breaches first, what is unknown last."""

from __future__ import annotations

from collections import Counter

from sopb_rules.apps.plural import counted
from sopb_rules.apps.shown import Section
from sopb_rules.apps.text.clauses import failing
from sopb_rules.apps.text.finding import comes_to, print_decision, print_full, print_short
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.unknown import print_questions, questions
from sopb_rules.apps.text.words import BAD, OPEN, QUIET, STATUS
from sopb_rules.findings.finding import Finding
from sopb_rules.findings.report import is_breach
from sopb_rules.model.norms import sort_key

#: How each kind of finding is shown.
STYLES = {
    "Breaches": BAD,
    "Shortfalls": OPEN,
    "Opportunities": "bold",
    "Options": "bold",
    "Others must act": OPEN,
}

#: No more questions than these are printed where nobody asked for details.
QUESTIONS_SHOWN = 8


def print_brief(page: Page, section: Section) -> None:
    """An entity's part of a report on many: what it breaches in full, where it falls short; the rest is only named."""
    _print_title(page, section)
    standing = section.standing
    if standing.breaches:
        page.heading(f"Breaches ({len(standing.breaches)})", BAD)
        for finding in standing.breaches:
            print_short(page, finding)
    if standing.shortfalls:
        page.heading(f"Shortfalls ({len(standing.shortfalls)})", OPEN)
        for finding in sorted(standing.shortfalls, key=lambda finding: sort_key(finding.norm)):
            page.row((finding.norm, "bold"), "; ".join(failing(finding)), indent=2, column=8)
    page.blank()
    for heading, findings in section.groups:
        if heading not in ("Breaches", "Shortfalls") and findings:
            in_order = sorted(findings, key=lambda finding: sort_key(finding.norm))
            ids = dict.fromkeys(f"{each.norm} (breach)" if is_breach(each) else each.norm for each in in_order)
            page.row(f"{heading.lower()} ({len(findings)})", ", ".join(ids), column=22)
    for decision in section.decisions:
        page.row(decision.decision.replace("_", " "), *comes_to(page, decision), column=22)
    if section.unknown:
        asked = questions(section.unknown, ())
        told = f"{counted(len(section.unknown), 'finding')} {'waits' if len(section.unknown) == 1 else 'wait'} for "
        page.row("unknown", f"{told}{counted(len(asked), 'answer')}: --only {section.standing.subject.id}", column=22)


def _print_title(page: Page, section: Section) -> None:
    subject = section.standing.subject
    named = f"{subject.display} — " if subject.display != subject.id else ""
    page.rule(f"{named}{section.label} {subject.id}")
    page.line(STATUS[section.standing.status].on(page))


def print_section(page: Page, section: Section, details: bool, quoting: bool, alone: bool) -> None:
    """An entity's part of the report.

    Args:
        details: every finding in full.
        quoting: each sentence stands below the first finding that rests on it.
        alone: every question that is open.
    """
    _print_title(page, section)
    quoted: set[str] = set()
    for heading, findings in section.groups:
        if findings:
            page.heading(f"{heading} ({len(findings)})", STYLES[heading])
        for finding in findings:
            _print_finding(page, finding, details, quoted if quoting else None)
    _print_unknown(page, section, details, quoted if quoting else None, details or alone)
    if section.decisions:
        page.heading(f"Decisions ({len(section.decisions)})", BAD if section.conflicts else "bold")
        for decision in section.decisions:
            print_decision(page, decision, details=details)
    _print_rest(page, section, details)


def _print_finding(page: Page, finding: Finding, details: bool, quoted: set[str] | None) -> None:
    new = quoted is not None and finding.text not in quoted
    if details:
        print_full(page, finding, quoting=new)
    else:
        print_short(page, finding)
        if new:
            page.quote(finding.text, indent=10)
    if quoted is not None:
        quoted.add(finding.text)


def _print_unknown(page: Page, section: Section, details: bool, quoted: set[str] | None, whole: bool) -> None:
    unknown = section.unknown
    undecided = section.undecided
    if not unknown and not undecided:
        return
    page.heading(f"Unknown ({len(unknown) + len(undecided)}) — what would settle it", OPEN)
    if len(unknown) != 1 or not details:  # else the one finding says it
        asked = questions((*unknown, *undecided), section.standing.undetermined)
        shown = asked if whole else asked[:QUESTIONS_SHOWN]
        print_questions(page, shown, section.standing.subject.path)
        if (more := len(asked) - len(shown)) > 0:
            page.line(f"and {counted(more, 'more question')}: --details", indent=2)
    if details:
        for finding in unknown:
            _print_finding(page, finding, details, quoted)


def _print_rest(page: Page, section: Section, details: bool) -> None:
    """What is settled and needs nobody's attention: counted, or with details in full."""
    rest = section.settled
    if not rest:
        return
    if details:
        page.heading(f"Settled ({len(rest)})")
        for finding in rest:
            print_full(page, finding, quoting=False)
        return
    numbers = Counter(finding.verdict.value for finding in rest)
    words = {"met": "met", "used": "used", "not_applicable": "not applicable", "open": "open to others"}
    counts = [f"{number} {words.get(verdict, verdict)}" for verdict, number in numbers.items()]
    page.blank()
    page.line((f"{counted(len(rest), 'other finding')}: {', '.join(counts)}", QUIET))
