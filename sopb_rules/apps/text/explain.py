"""Pages that explain: the findings on one norm or decision, and the codes of diagnostics."""

from __future__ import annotations

from collections.abc import Sequence

from sopb_rules.apps.finding_data import about
from sopb_rules.apps.roots import root
from sopb_rules.apps.text.changes import print_what_would_change
from sopb_rules.apps.text.finding import print_decision, print_full
from sopb_rules.apps.text.lines import print_lines
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.words import QUIET, VERDICTS, place, place_of_norm
from sopb_rules.codes import CodeExplanation
from sopb_rules.completions.changes import Changes
from sopb_rules.findings.explanation import Explanation
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.findings.why_not import WhyNot
from sopb_rules.model.norms import Decision, Definition, Norm
from sopb_rules.states.records import Record


def print_norm_findings(page: Page, norm: Norm, findings: Sequence[Finding]) -> None:
    """The sentence once, then each subject's finding in full."""
    page.line((f"Norm {norm.id}", "bold"), f", on {findings[0].as_of}")
    page.quote(norm.text)
    page.line((place_of_norm(norm), QUIET))
    for finding in findings:
        _print_subject(page, finding.record)
        print_full(page, finding, indent=0, quoting=False, turns=True)


def print_decision_findings(page: Page, decision: Decision, findings: Sequence[DecisionFinding]) -> None:
    """The sentences of its cases, then what it comes to for each subject."""
    page.line((f"Decision {decision.id} {decision.name}", "bold"), f", on {findings[0].as_of}")
    for text in dict.fromkeys(case.text for case in decision.cases):
        page.quote(text)
    page.line((place(str(decision.span)), QUIET))
    for finding in findings:
        _print_subject(page, finding.record)
        print_decision(page, finding, indent=0, details=True, quoting=False)


def _print_subject(page: Page, record: Record) -> None:
    outer = root(record)
    named = f"{outer.display} — " if outer.display != outer.id else ""
    page.rule(f"{named}{outer.entity.name.replace('_', ' ')} {outer.id}")


def print_definition(page: Page, definition: Definition, explained: Sequence[tuple[Record, Explanation]]) -> None:
    """The sentence once, then for each subject whether the definition holds, and why."""
    number = f"{definition.id} " if definition.id else ""
    page.line((f"Definition {number}{definition.name}", "bold"), f", on {explained[0][1].as_of}")
    if definition.text:
        page.quote(definition.text)
    page.line((place(str(definition.span)), QUIET))
    for record, explanation in explained:
        _print_subject(page, record)
        where = about(record)
        if where:
            page.line((f"about {where}", QUIET))
        print_lines(page, explanation.outline(), 0)


def print_why_not(page: Page, of: Norm | Decision, told: Sequence[tuple[Record, WhyNot]]) -> None:
    """The sentence of a norm, then for each subject what stands against what was expected."""
    head = f"Norm {of.id}" if isinstance(of, Norm) else f"Decision {of.id} {of.name}"
    page.line((head, "bold"), f", on {told[0][1].explanation.as_of}")
    if isinstance(of, Norm):
        page.quote(of.text)
    page.line((place_of_norm(of) if isinstance(of, Norm) else place(str(of.span)), QUIET))
    for record, why_not in told:
        _print_subject(page, record)
        where = about(record)
        if where:
            page.line((f"about {where}", QUIET))
        print_lines(page, why_not.outline(), 0)


def print_changed(page: Page, head: str, told: Sequence[tuple[Finding | DecisionFinding, Changes]]) -> None:
    """For each subject, what would change what was found."""
    page.line((head, "bold"), f", on {told[0][0].as_of}")
    for finding, changes in told:
        _print_subject(page, finding.record)
        where = about(finding.record)
        page.line(VERDICTS[finding.verdict.value].on(page), f", about {where}" if where else "")
        print_what_would_change(page, finding, changes, 2)


def print_explanation(page: Page, explanation: CodeExplanation, check: str = "") -> None:
    """What a code means, with an example that leads to it and the example put right; of a check, its name too."""
    page.line((f"{explanation.code.value}  {explanation.title}", "bold"))
    if check:
        page.line((f"check {check}", QUIET))
    page.blank()
    page.line(explanation.text)
    for heading, example in (("Leads to it", explanation.bad), ("Put right", explanation.good)):
        page.heading(heading)
        for line in example.rstrip("\n").split("\n"):
            page.verbatim(f"    {line}" if line else "")
