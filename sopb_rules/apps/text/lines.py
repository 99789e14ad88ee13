"""The lines of explanations on a page: a sign, the words, and below them what a fact means and where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import attrs

from sopb_rules.apps.text.clauses import marked, print_clause
from sopb_rules.apps.text.page import Page, Part
from sopb_rules.apps.text.words import BAD, GOOD, OPEN, QUIET, place
from sopb_rules.findings.finding import Finding
from sopb_rules.findings.outline import Line
from sopb_rules.predicates.truth import Truth

_SIGNS = {Truth.TRUE: ("✓", "+", GOOD), Truth.FALSE: ("✗", "x", BAD), Truth.UNKNOWN: ("?", "?", OPEN)}


def print_explanation(page: Page, finding: Finding, indent: int) -> None:
    """Why a norm came to its verdict; its clauses with the words for what became of them."""
    clauses = iter(marked(finding))
    for line in finding.explain().outline():
        if line.kind == "clause" and not line.depth:
            print_clause(page, next(clauses), indent)
            if line.note.startswith("not reached"):  # which the clause says already
                continue
            _print_beside(page, line, indent + 2)
        elif line.kind == "heading":
            page.line((line.text, QUIET if line.truth is Truth.FALSE else ""), indent=indent)
        else:
            _print_line(page, _without_question(line, finding), indent)


def _without_question(line: Line, finding: Finding) -> Line:
    """A line without the note that comes again below, as a question whose answer could still change the verdict."""
    label = line.note.partition("; ")[0]
    asked = line.truth is Truth.UNKNOWN and any(fact.question.startswith(label) for fact in finding.missing)
    return attrs.evolve(line, note="") if asked and not line.place else line


def print_lines(page: Page, lines: Iterable[Line], indent: int, quoted: Collection[str] = ()) -> None:
    """Lines that stand by themselves, without the sentences that the page has quoted already."""
    for line in lines:
        if line.kind != "remark" or line.text.strip("“”") not in quoted:
            _print_line(page, line, indent)


def _print_line(page: Page, line: Line, indent: int) -> None:
    left = indent + 2 * line.depth
    sign: Part = "-"
    if line.kind == "remark" and line.text.startswith("“"):
        page.quote(line.text.strip("“”"), indent=left)
        return
    if line.kind == "heading" and line.truth is None:
        page.line(line.text, indent=left)
        return
    if line.truth is not None:
        fancy, plain, style = _SIGNS[line.truth]
        sign = (page.sign(fancy, plain), style)
    page.row(sign, line.text, indent=left, column=2)
    _print_beside(page, line, left + 4)


def _print_beside(page: Page, line: Line, indent: int) -> None:
    beside = " — ".join(filter(None, [line.note, place(line.place)]))
    if beside:
        page.line((beside, QUIET), indent=indent)
