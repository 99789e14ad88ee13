"""Answers to questions about all states as a page: a sentence, whom it concerns, why, a state, and what could be done."""

from __future__ import annotations

from sopb_rules.analysis.questions import Status, Witness
from sopb_rules.apps.answer_data import Analysis, Involved, Told
from sopb_rules.apps.answer_words import because_words, bound_words, came_to, name
from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.words import BAD, GOOD, OPEN, QUIET, listing, place
from sopb_rules.diagnostics import Severity
from sopb_rules.model.norms import Policies

_STYLES = {Severity.ERROR: BAD, Severity.WARNING: OPEN, Severity.NOTE: "blue"}
_INDENT = 2


def print_analysis(page: Page, analysis: Analysis, called: str, everything: bool = False) -> None:
    """What was found, and how much was asked.

    Args:
        everything: also what comments allow, and the bounds that are proved to be enough.
    """
    for told in (*analysis.told, *(analysis.allowed if everything else ())):
        page.blank()
        _print(page, told, analysis.policies.model, everything, allowed=told in analysis.allowed)
    for comment in analysis.comments:
        page.blank()
        for line in str(comment).split("\n"):
            page.verbatim(line)
    page.blank()
    if analysis.count(Status.FOUND):
        page.line("`# allow NAME: why` above a statement says that what is found there is meant to be so.")
    page.verbatim(f"{called}: {summary(analysis)}")


def summary(analysis: Analysis) -> str:
    """How much was asked, and what came of it."""
    about = [counted(number, what[:-1]) for what, number in analysis.subjects.items() if number]
    counts = [f"{analysis.count(Status.FOUND)} found", f"{analysis.count(Status.UNDECIDED)} not decided"]
    if analysis.allowed:
        counts.append(f"{len(analysis.allowed)} allowed by comments")
    if mismatches := analysis.count(Status.MISMATCH):
        counts.append(counted(mismatches, "mistake in sopb", "mistakes in sopb"))
    concerning = f" about {listing(about)}" if about else ""
    return f"{counted(len(analysis.asked), 'question')}{concerning}: {', '.join(counts)}"


def _print(page: Page, told: Told, model: Policies, everything: bool, allowed: bool) -> None:
    answer, diagnostic = told.answer, told.diagnostic
    clear = answer.status is Status.CLEAR
    word = "clear" if clear else "allowed" if allowed else diagnostic.severity.value
    code = answer.question.kind.value if clear else f"{diagnostic.code.value} {diagnostic.check}"
    where = f"{place(diagnostic.location)}: " if diagnostic.location else ""
    style = GOOD if clear else f"bold {_STYLES[diagnostic.severity].removeprefix('bold ')}"
    page.verbatim((f"{where}{word} {code}: {diagnostic.message}", style))
    for each in () if clear else told.involved:
        _print_involved(page, each)
    if answer.because:
        page.line(because_words(answer), indent=_INDENT)
        for part in answer.because:
            page.line(part, indent=2 * _INDENT)
    if answer.status is Status.MISMATCH:
        _print_block(page, answer.reason)
    if answer.witness is not None:
        _print_witness(page, answer.witness, model)
    for bound in answer.bounds:
        if everything or not bound.enough:
            page.line((bound_words(bound), QUIET), indent=_INDENT)
    for sentence in answer.uncovered:
        page.line((f"not covered: {sentence}", QUIET), indent=_INDENT)
    _print_advice(page, told)


def _print_involved(page: Page, each: Involved) -> None:
    text = f"“{each.text}” — " if each.text else ""
    page.row(each.name, text, (place(str(each.span)), QUIET), indent=_INDENT, column=len(each.name) + 2)


def _print_witness(page: Page, witness: Witness, model: Policies) -> None:
    page.line("a state that shows it", indent=_INDENT)
    _print_block(page, witness.state)
    for subject, named, outcome in witness.outcomes:
        page.line(f"there {came_to(name(named, model), outcome)} for {subject}", indent=_INDENT)


def _print_block(page: Page, text: str) -> None:
    for line in text.rstrip("\n").split("\n"):
        page.verbatim(f"{' ' * 3 * _INDENT}{line}")


def _print_advice(page: Page, told: Told) -> None:
    if told.diagnostic.help:
        page.line((f"help: {told.diagnostic.help}", "cyan"), indent=_INDENT)
    for what, text in (("a case to complete", told.clause), ("an example to add", told.example)):
        if text:
            page.line(f"{what}:", indent=_INDENT)
            page.blank()
            for line in text.rstrip("\n").split("\n"):
                page.verbatim(line)
            page.blank()
