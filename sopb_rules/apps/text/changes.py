"""What would change a finding: facts that are not known, and facts that would have to be otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from sopb_rules.apps.finding_data import change_note, currency_of, leads_to, names_for, way_out
from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.words import QUIET
from sopb_rules.completions.changes import Changes, ChangeSet
from sopb_rules.findings.change_words import change_words, outcome_words, turn_words
from sopb_rules.findings.finding import DecisionFinding, Finding, MissingFact


def print_way_out(page: Page, finding: Finding, indent: int) -> None:
    """For a norm that is not complied with: what would make it so, in a few sets of changes."""
    found = way_out(finding)
    if found is not None:
        print_changes(page, finding, found, indent)


def print_changes(page: Page, finding: Finding | DecisionFinding, changes: Changes, indent: int) -> None:
    """The sets of changes, by what they lead to."""
    for words in dict.fromkeys(leads_to(finding, each) for each in changes.sets):
        _print_sets(page, finding, [each for each in changes.sets if leads_to(finding, each) == words], indent)
    if not changes.complete:
        page.line(("the search met its bound: there may be more", QUIET), indent=indent)


def _print_sets(page: Page, finding: Finding | DecisionFinding, sets: Sequence[ChangeSet], indent: int) -> None:
    page.line((leads_to(finding, sets[0]), QUIET), indent=indent)
    for number, each in enumerate(sets):
        if number:
            page.line(("or with", QUIET), indent=indent)
        for change in each.changes:
            page.line(change_words(change, names_for(finding), currency_of(finding)), indent=indent + 2)
            page.line((change_note(change), QUIET), indent=indent + 4)


def print_turn(page: Page, finding: Finding | DecisionFinding, missing: MissingFact, indent: int) -> None:
    """The two completions that show why a fact is asked for."""
    if missing.turn is None:
        page.line(("the search for two answers that differ met its bound", QUIET), indent=indent)
        return
    first, second, *besides = turn_words(missing.turn, finding.model, names_for(finding), currency_of(finding))
    page.line((f"{first}; {second}", QUIET), indent=indent)
    for each in besides:
        page.line((each, QUIET), indent=indent)


def print_what_would_change(page: Page, finding: Finding | DecisionFinding, changes: Changes, indent: int) -> None:
    """All that would change a finding: the answers that are missing, then the facts that would have to be otherwise."""
    from sopb_rules.apps.text.finding import print_missing

    print_missing(page, finding, indent, turns=True)
    if not changes.sets:
        outcomes = sorted({outcome_words(each, finding.model) for each in finding.comes_to})
        page.line(f"no change of facts leads to anything but {' or '.join(outcomes)}", indent=indent)
    print_changes(page, finding, changes, indent)
    by_acting = sum(each.by_acting for each in changes.sets)
    if changes.sets:
        sets = counted(len(changes.sets), "set of changes", "sets of changes")
        page.line((f"{sets}, {by_acting or 'none'} of them by acting alone", QUIET), indent=indent)
