"""Rules as code: policy documents as plain text, evaluated honestly, with every verdict explained."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sopb_rules.diagnostics import Diagnostic, RulesError
    from sopb_rules.findings.decision_log import DecisionLog
    from sopb_rules.findings.finding import CaseFinding, DecisionFinding, Finding
    from sopb_rules.findings.report import Report, Standing
    from sopb_rules.loading import load_policies
    from sopb_rules.policy_set import PolicySet
    from sopb_rules.predicate import DecisionRule, NormPredicate, Predicate
    from sopb_rules.predicates.truth import Truth
    from sopb_rules.predicates.verdicts import Verdict
    from sopb_rules.receipts.compare import Replay
    from sopb_rules.receipts.files import read_receipt
    from sopb_rules.receipts.receipt import Receipt
    from sopb_rules.states.records import ABSENT, State
    from sopb_rules.states.stating import NOT_STATED, UNKNOWN, Judgement

_HOMES = {
    "ABSENT": "states.records", "CaseFinding": "findings.finding", "DecisionRule": "predicate", "DecisionFinding": "findings.finding", "Diagnostic": "diagnostics",
    "Finding": "findings.finding", "Judgement": "states.stating", "NOT_STATED": "states.stating",
    "NormPredicate": "predicate", "PolicySet": "policy_set", "Predicate": "predicate", "Report": "findings.report",
    "RulesError": "diagnostics", "Standing": "findings.report", "State": "states.records", "Truth": "predicates.truth",
    "UNKNOWN": "states.stating", "Verdict": "predicates.verdicts", "load_policies": "loading",
    "DecisionLog": "findings.decision_log", "Receipt": "receipts.receipt", "Replay": "receipts.compare",
    "read_receipt": "receipts.files",
}  # fmt: skip

__all__ = [
    "ABSENT", "NOT_STATED", "UNKNOWN", "CaseFinding", "DecisionFinding", "DecisionLog", "DecisionRule", "Diagnostic", "Finding", "Judgement", "NormPredicate",
    "PolicySet", "Predicate", "Receipt", "Replay", "Report", "RulesError", "Standing", "State", "Truth", "Verdict", "load_policies",
    "read_receipt",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that importing the package costs next to nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
