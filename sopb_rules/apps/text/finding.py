"""One finding: in a few lines for a report, or in full."""

from __future__ import annotations

from sopb_rules.apps.finding_data import decides, fate, questions, value, value_label, who
from sopb_rules.apps.text.changes import print_turn, print_way_out
from sopb_rules.apps.text.clauses import marked, print_clause
from sopb_rules.apps.text.lines import print_explanation, print_lines
from sopb_rules.apps.text.page import Page, Part
from sopb_rules.apps.text.words import QUIET, VERDICTS, may_come_to, place_of_norm
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict


def print_short(page: Page, finding: Finding, indent: int = 2) -> None:
    """Who is bound by which norm, and the clauses to which the verdict is due."""
    page.row((finding.norm, "bold"), who(finding), indent=indent, column=8)
    for each in marked(finding):
        if finding.verdict is Verdict.UNMET and not each.fails:
            continue
        print_clause(page, each, indent + 8)


def print_full(page: Page, finding: Finding, indent: int = 2, quoting: bool = True, turns: bool = False) -> None:
    """All that is known of a finding: verdict, sentence, clauses, facts, and what is missing; with `turns`, what would change it."""
    page.blank()
    head: list[Part] = [VERDICTS[finding.verdict.value].on(page)]
    if finding.verdict is Verdict.UNKNOWN:
        head.append(f" — {may_come_to(finding)}")
    page.row((finding.norm, "bold"), *head, indent=indent, column=8)
    inner = indent + 8
    page.line(who(finding), indent=inner)
    if quoting:
        page.quote(finding.text, indent=inner)
        page.line((place_of_norm(finding.model), QUIET), indent=inner)
    print_explanation(page, finding, inner)
    print_missing(page, finding, inner, turns)
    if turns:
        print_way_out(page, finding, inner)


def print_missing(page: Page, finding: Finding | DecisionFinding, indent: int, turns: bool = False) -> None:
    """What could still change a finding, as questions; with `turns`, two answers that make a difference."""
    if finding.missing:
        page.line(("could still change it", QUIET), indent=indent)
    for fact, told in zip(finding.missing, questions(finding), strict=True):
        page.line(told.text, indent=indent + 2)
        page.line((told.note, QUIET), indent=indent + 4)
        if turns:
            print_turn(page, finding, fact, indent + 4)


def print_decision(
    page: Page, finding: DecisionFinding, indent: int = 2, details: bool = False, quoting: bool = True
) -> None:
    """What a decision comes to, and through which cases; with details why, and `quoting` their sentences."""
    decision = finding.model
    page.row((decision.id, "bold"), decides(finding), indent=indent, column=8)
    inner = indent + 8
    page.line(*comes_to(page, finding), indent=inner)
    if details:
        quoted = () if quoting else tuple(case.text for case in finding.cases)
        print_lines(page, finding.explain().outline(), inner, quoted)
        print_missing(page, finding, inner, turns=True)
        return
    for case in finding.cases:
        if case.holds is not Truth.FALSE:
            page.line(f"case {case.case} gives {value_label(decision, case.value)}: {fate(case)}", indent=inner)


def comes_to(page: Page, finding: DecisionFinding) -> tuple[Part, ...]:
    """What became of a decision, and which value it gives or may give."""
    return VERDICTS[finding.verdict.value].on(page), f" — {value(finding)}"
