"""What would change a finding: facts that are not known, and facts that would have to be otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from sopb_rules.apps.plural import counted
from sopb_rules.apps.roots import root
from sopb_rules.apps.text.page import Page
from sopb_rules.apps.text.words import QUIET
from sopb_rules.completions.changes import Change, Changes, ChangeSet
from sopb_rules.findings.change_words import change_words, outcome_words, turn_words
from sopb_rules.findings.finding import DecisionFinding, Finding, MissingFact
from sopb_rules.findings.term_words import Naming
from sopb_rules.model import vocabulary as v
from sopb_rules.predicates.verdicts import Verdict

#: How many sets of changes stand on a page that was not asked for them.
FEW = 3


def print_way_out(page: Page, finding: Finding, indent: int) -> None:
    """For a norm that is not complied with: what would make it so, in a few sets of changes."""
    wanted = {Verdict.UNMET: Verdict.MET, Verdict.EXCEEDED: Verdict.USED}.get(finding.verdict)
    if wanted is not None:
        print_changes(page, finding, finding.changes(wanted, most=FEW), indent)


def print_changes(page: Page, finding: Finding | DecisionFinding, changes: Changes, indent: int) -> None:
    """The sets of changes, by what they lead to."""
    for outcome in dict.fromkeys(each.outcome for each in changes.sets):
        _print_sets(page, finding, outcome, [each for each in changes.sets if each.outcome == outcome], indent)
    if not changes.complete:
        page.line(("the search met its bound: there may be more", QUIET), indent=indent)


def _print_sets(
    page: Page, finding: Finding | DecisionFinding, outcome: Verdict | str, sets: Sequence[ChangeSet], indent: int
) -> None:
    goes = (
        "it would not apply with"
        if outcome is Verdict.NOT_APPLICABLE
        else f"it would come to {outcome_words(outcome)} with"
    )
    page.line((goes, QUIET), indent=indent)
    for number, each in enumerate(sets):
        if number:
            page.line(("or with", QUIET), indent=indent)
        for change in each.changes:
            page.line(change_words(change, _names(finding), _currency(finding)), indent=indent + 2)
            page.line((_note(change), QUIET), indent=indent + 4)


def _note(change: Change) -> str:
    """What the fact says, and who can bring it about."""
    label = change.label if change.label != change.path.rsplit(".", 1)[-1].replace("_", " ") else ""
    if change.assessor is not None:
        who = f"judged by {v.called(change.assessor)}"
    else:
        who = "by acting" if change.act else "not by acting"
    return "; ".join(filter(None, [label, who]))


def print_turn(page: Page, finding: Finding | DecisionFinding, missing: MissingFact, indent: int) -> None:
    """The two completions that show why a fact is asked for."""
    if missing.turn is None:
        page.line(("the search for two answers that differ met its bound", QUIET), indent=indent)
        return
    first, second, *besides = turn_words(missing.turn, _names(finding), _currency(finding))
    page.line((f"{first}; {second}", QUIET), indent=indent)
    for each in besides:
        page.line((each, QUIET), indent=indent)


def print_what_would_change(page: Page, finding: Finding | DecisionFinding, changes: Changes, indent: int) -> None:
    """All that would change a finding: the answers that are missing, then the facts that would have to be otherwise."""
    from sopb_rules.apps.text.finding import print_missing

    print_missing(page, finding, indent, turns=True)
    if not changes.sets:
        outcomes = sorted({outcome_words(each) for each in finding.comes_to})
        page.line(f"no change of facts leads to anything but {' or '.join(outcomes)}", indent=indent)
    print_changes(page, finding, changes, indent)
    by_acting = sum(each.by_acting for each in changes.sets)
    if changes.sets:
        sets = counted(len(changes.sets), "set of changes", "sets of changes")
        page.line((f"{sets}, {by_acting or 'none'} of them by acting alone", QUIET), indent=indent)


def _names(finding: Finding | DecisionFinding) -> Naming:
    record = finding.record
    return Naming(tuple(dict.fromkeys((record.path, root(record).path))))


def _currency(finding: Finding | DecisionFinding) -> str:
    return finding.record.state.vocabulary.currency or ""
