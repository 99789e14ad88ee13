"""What would change a finding, as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from sopb_rules.completions import Assumption, Turn
from sopb_rules.completions.changes import Change, Changes
from sopb_rules.findings.change_words import change_words, turn_words
from sopb_rules.findings.finding import DecisionFinding, Finding, plain
from sopb_rules.findings.leaves import type_name
from sopb_rules.findings.term_words import Naming
from sopb_rules.model import vocabulary as v
from sopb_rules.predicates.verdicts import Verdict


def changes_data(finding: Finding | DecisionFinding, changes: Changes) -> dict[str, Any]:
    """The sets of changes that turn a finding, and the missing facts that can, with the completions that show it."""
    names, currency = Naming((finding.record.path,)), finding.record.state.vocabulary.currency or ""
    return {
        "norm" if isinstance(finding, Finding) else "decision": finding.model.id,
        "subject": attrs.asdict(finding.subject),
        "as_of": finding.as_of.isoformat(),
        "verdict": finding.verdict.value,
        "comes_to": sorted(_outcome(each) for each in finding.comes_to),
        "changes": [
            {
                "to": _outcome(each.outcome),
                "by_acting": each.by_acting,
                "facts": [_change(change, names, currency) for change in each.changes],
            }
            for each in changes.sets
        ],
        "complete": changes.complete,
        "missing": [{**each.as_dict(), "turn": _turn(finding, each.turn, names, currency)} for each in finding.missing],
    }


def _change(change: Change, names: Naming, currency: str) -> dict[str, Any]:
    stretch = change.stretch and {
        **{end: plain(getattr(change.stretch, end)) for end in ("low", "high")},
        "low_included": change.stretch.low_included,
        "high_included": change.stretch.high_included,
    }
    return {
        "path": change.path,
        "label": change.label,
        "type": type_name(change.type) if change.type is not None else "list",
        "before": plain(change.before),
        "after": plain(change.after),
        "stretch": stretch,
        "act": change.act,
        "assessor": v.called(change.assessor) if change.assessor is not None else "",
        "words": change_words(change, names, currency),
    }


def _turn(finding: Finding | DecisionFinding, turn: Turn | None, names: Naming, currency: str) -> dict[str, Any] | None:
    if turn is None:
        return None
    sides = zip(turn.sides, turn.outcomes, strict=True)
    return {
        "shared": _assumed(turn.shared),
        "completions": [{"states": _assumed(side), "comes_to": _outcome(outcome)} for side, outcome in sides],
        "words": list(turn_words(turn, finding.model, names, currency)),
    }


def _assumed(assumptions: Iterable[Assumption]) -> list[dict[str, Any]]:
    return [{"path": each.path, "value": plain(each.value)} for each in assumptions]


def _outcome(outcome: Verdict | str) -> str:
    return outcome.value if isinstance(outcome, Verdict) else outcome
