"""What is not known about a listed entity: the facts and judgements that norms wait for, each asked once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from sopb_rules.apps.text.words import OPEN, QUIET, listing
from sopb_rules.findings.finding import DecisionFinding, Finding, MissingFact
from sopb_rules.model.norms import is_number, sort_key

if TYPE_CHECKING:
    from sopb_rules.apps.text.page import Page, Part

#: With more waiting norms than this they get a line of their own.
_FEW = 3
#: No more than these are named that are not grave.
_NAMED = 8


@attrs.define
class Question:
    """A missing fact, with the norms and decisions that wait for it.

    Args:
        grave: those that may still turn out to be a breach.
        waiting: the others.
    """

    fact: MissingFact
    grave: list[str] = attrs.field(factory=list)
    waiting: list[str] = attrs.field(factory=list)

    @property
    def rank(self) -> tuple[bool, int]:
        """First those that a possible breach waits for, then those that most norms wait for."""
        return (not self.grave, -len(self.grave) - len(self.waiting))


def questions(unknown: Iterable[Finding | DecisionFinding], grave: Iterable[Finding]) -> list[Question]:
    """The missing facts of findings that are not settled, the gravest first."""
    found: dict[str, Question] = {}
    feared = set(map(id, grave))
    for finding in unknown:
        name = finding.norm if isinstance(finding, Finding) else finding.decision
        for fact in finding.missing:
            question = found.setdefault(fact.path, Question(fact))
            names = question.grave if id(finding) in feared else question.waiting
            if name not in names:
                names.append(name)
    for question in found.values():
        question.grave.sort(key=_in_document)
        question.waiting.sort(key=_in_document)
    return sorted(found.values(), key=lambda question: question.rank)


def _in_document(name: str) -> tuple[bool, tuple[str, tuple[int, ...], int], str]:
    """Norms in the order of the document, then decisions by name."""
    return (False, sort_key(name), "") if is_number(name) else (True, ("", (), 0), name)


def print_questions(page: Page, asked: Sequence[Question], root: str, indent: int = 2) -> None:
    """The questions by whom they are for: first facts, which anybody may state, then each assessor's judgements."""
    assessors = sorted({question.fact.assessor: None for question in asked}, key=bool)
    for assessor in assessors:
        page.line(f"to be judged by {assessor}" if assessor else "to be stated", indent=indent)
        for question in asked:
            if question.fact.assessor == assessor:
                _print_question(page, question, root, indent + 2)


def _print_question(page: Page, question: Question, root: str, indent: int) -> None:
    fact = question.fact
    bullet = (page.sign("•", "*"), OPEN)
    page.row(bullet, fact.question, f" — {_waiting(question)}", indent=indent, column=2)
    if len(question.grave) + len(question.waiting) > _FEW:
        page.line(*_names(question), indent=indent + 2)
    asked = "; asked, and nobody could say" if fact.asked else ""
    page.line((f"{fact.path.removeprefix(root + '.')}{asked}", QUIET), indent=indent + 2)


def _waiting(question: Question) -> str:
    number = len(question.grave) + len(question.waiting)
    if number > _FEW:
        return f"{number} norms wait for it"
    names = [*(f"{name} (possible breach)" for name in question.grave), *question.waiting]
    return f"{listing(names)} {'waits' if number == 1 else 'wait'} for it"


def _names(question: Question) -> list[Part]:
    parts: list[Part] = []
    if question.grave:
        parts += [("possible breach: ", OPEN), ", ".join(question.grave)]
    if question.waiting:
        shown, more = question.waiting[:_NAMED], len(question.waiting) - _NAMED
        names = ", ".join(shown) + (f" and {more} more" if more > 0 else "")
        parts.append(f"{'; also ' if question.grave else ''}{names}")
    return parts
