"""One finding: in a few lines for a report, or in full."""

from __future__ import annotations

from sopb_rules.apps.roots import root
from sopb_rules.apps.text.changes import print_turn, print_way_out
from sopb_rules.apps.text.clauses import marked, print_clause
from sopb_rules.apps.text.lines import print_explanation, print_lines
from sopb_rules.apps.text.page import Page, Part
from sopb_rules.apps.text.words import QUIET, VERDICTS, bearers, force, listing, may_come_to, place
from sopb_rules.findings.finding import CaseFinding, DecisionFinding, Finding
from sopb_rules.model.norms import Decision
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import Record


def about(record: Record) -> str:
    """Where in its listed entity a subject stands: ``changes[#2]``, with its name; "" for the entity itself."""
    outer = root(record)
    if record is outer:
        return ""
    path = record.path.removeprefix(outer.path + ".")
    named = record.display not in (record.path, record.id)
    return f"{path} ({record.display})" if named else path


def _who(finding: Finding) -> str:
    """The force, who is bound, and about what, where that is not the bearer itself or the listed entity."""
    record, where = finding.record, about(finding.record)
    bound = f"{force(finding.model)} — {bearers(finding.model)}"
    if not where:
        return bound
    if finding.model.bearers == (record.entity,) and not record.index:
        return f"{bound} ({record.display})" if record.display not in (record.path, record.id) else bound
    return f"{bound}, about {where}"


def print_short(page: Page, finding: Finding, indent: int = 2) -> None:
    """Who is bound by which norm, and the clauses to which the verdict is due."""
    page.row((finding.norm, "bold"), _who(finding), indent=indent, column=8)
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
    page.line(_who(finding), indent=inner)
    if quoting:
        page.quote(finding.text, indent=inner)
        page.line((place(finding.place), QUIET), indent=inner)
    print_explanation(page, finding, inner)
    print_missing(page, finding, inner, turns)
    if turns:
        print_way_out(page, finding, inner)


def print_missing(page: Page, finding: Finding | DecisionFinding, indent: int, turns: bool = False) -> None:
    """What could still change a finding, as questions; with `turns`, two answers that make a difference."""
    outer = root(finding.record).path
    if finding.missing:
        page.line(("could still change it", QUIET), indent=indent)
    for fact in finding.missing:
        page.line(fact.question, indent=indent + 2)
        notes = [f"judged by {fact.assessor}"] if fact.assessor else []
        notes += ["asked, and nobody could say"] if fact.asked else []
        notes.append(f"state it as {fact.path.removeprefix(outer + '.')}")
        page.line(("; ".join(notes), QUIET), indent=indent + 4)
        if turns:
            print_turn(page, finding, fact, indent + 4)


def print_decision(
    page: Page, finding: DecisionFinding, indent: int = 2, details: bool = False, quoting: bool = True
) -> None:
    """What a decision comes to, and through which cases; with details why, and `quoting` their sentences."""
    decision, where = finding.model, about(finding.record)
    page.row((decision.id, "bold"), f"{decision.label}{f', about {where}' if where else ''}", indent=indent, column=8)
    inner = indent + 8
    page.line(*comes_to(page, finding), indent=inner)
    if details:
        quoted = () if quoting else tuple(case.text for case in finding.cases)
        print_lines(page, finding.explain().outline(), inner, quoted)
        print_missing(page, finding, inner, turns=True)
        return
    for case in finding.cases:
        if case.holds is not Truth.FALSE:
            page.line(f"case {case.case} gives {_label(decision, case.value)}: {_case(case)}", indent=inner)


def _case(case: CaseFinding) -> str:
    """What became of a case."""
    if case.outranked_by:
        return f"outranked by {listing(case.outranked_by)}"
    match case.active:
        case Truth.TRUE:
            return "holds"
        case Truth.UNKNOWN:
            return "unknown"
        case _:
            return "does not hold"


def comes_to(page: Page, finding: DecisionFinding) -> tuple[Part, ...]:
    """What became of a decision, and which value it gives or may give."""
    return VERDICTS[finding.verdict.value].on(page), f" — {_value_or_values(finding)}"


def _value_or_values(finding: DecisionFinding) -> str:
    decision = finding.model
    if finding.value is not None:
        return _label(decision, finding.value)
    match finding.verdict:
        case Verdict.NO_CASE:
            return "no case of the decision holds"
        case Verdict.CONFLICT:
            return "between " + listing(f"{_label(decision, case.value)} ({case.case})" for case in finding.basis)
        case _:
            words = {"no_case": "no case", "conflict": "a conflict"}
            values = [words.get(each) or _label(decision, each) for each in sorted(finding.comes_to)]
            return f"may come to {listing(values, 'or')}"


def _label(decision: Decision, value: str) -> str:
    return decision.kind.values.get(value, value)
