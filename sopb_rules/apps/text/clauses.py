"""The clauses of a finding, each with the word for what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from sopb_rules.apps.text.words import BAD, GOOD, OPEN, QUIET, Mark
from sopb_rules.findings.finding import ClauseFinding, Finding
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict

if TYPE_CHECKING:
    from sopb_rules.apps.text.page import Page

KEPT = Mark("✓", "+", "kept", GOOD)
FAILS = Mark("✗", "x", "fails", BAD)
DONE = Mark("✓", "+", "done", GOOD)
NOT_DONE = Mark("○", "o", "not done", "cyan")
FORBIDDEN_DONE = Mark("✗", "x", "done", BAD)
FORBIDDEN_NOT_DONE = Mark("✓", "+", "not done", GOOD)
HOLDS = Mark("✓", "+", "holds", GOOD)
UNKNOWN = Mark("?", "?", "unknown", OPEN)
NOT_REACHED = Mark("–", "-", "not reached", QUIET)
CONDITION = Mark("–", "-", "condition", QUIET)


@attrs.frozen
class MarkedClause:
    """A clause with its mark."""

    clause: ClauseFinding
    mark: Mark

    @property
    def fails(self) -> bool:
        """Whether the finding's verdict is due to this clause failing."""
        return self.mark in (FAILS, FORBIDDEN_DONE)

    @property
    def text(self) -> str:
        """Letter and label."""
        clause = self.clause
        return f"({clause.letter}) {clause.label}" if clause.letter else clause.label


def marked(finding: Finding) -> Iterator[MarkedClause]:
    """The clauses in their order.

    One that is unknown after an earlier one of the same duty has failed, or whose norm does not apply, is not reached:
    nothing that could be said of it changes the verdict any more, and often (an approval of a Party organization that
    does not exist) there is nothing to say. What is unknown of the conditions of a permission that is not used is no
    question either, but told as what would have to hold.
    """
    settled = finding.applies is Truth.FALSE
    for clause in finding.clauses:
        mark = _mark(finding, clause)
        if settled and mark is UNKNOWN:
            mark = CONDITION if finding.verdict is Verdict.OPEN else NOT_REACHED
        settled = settled or mark.style == BAD or mark is NOT_DONE
        yield MarkedClause(clause, mark)


def failing(finding: Finding) -> list[str]:
    """The clauses to which an unmet verdict is due, in the document's words."""
    return [each.text for each in marked(finding) if each.fails]


def _mark(finding: Finding, clause: ClauseFinding) -> Mark:
    if clause.truth is Truth.UNKNOWN:
        return UNKNOWN
    holds = clause.truth is Truth.TRUE
    if clause.part == "provided":
        return HOLDS if holds else FAILS
    if finding.model.is_permission:
        return DONE if holds else NOT_DONE
    if finding.model.is_prohibition:
        return FORBIDDEN_NOT_DONE if holds else FORBIDDEN_DONE
    return KEPT if holds else FAILS


def print_clause(page: Page, each: MarkedClause, indent: int) -> None:
    """One clause in a line: mark, word, and the document's words for it."""
    before = "provided: " if each.clause.part == "provided" else ""
    page.row(each.mark.on(page), f"{before}{each.text}", indent=indent, column=max(15, len(each.mark.word) + 4))
