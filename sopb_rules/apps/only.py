"""A part of a report: what it says on one norm, one decision, or one listed entity."""

from __future__ import annotations

from sopb_rules.apps.roots import root
from sopb_rules.diagnostics import Code, Diagnostic, RulesError, nearest, suggestion
from sopb_rules.findings.report import Report
from sopb_rules.model.norms import is_number
from sopb_rules.model.numbering import id_suggestion
from sopb_rules.policy_set import PolicySet


def only_about(report: Report, policies: PolicySet, id: str) -> Report:
    """The report as if nothing else had been evaluated.

    Raises:
        RulesError: there is neither a norm nor a decision nor a listed entity with this id.
    """
    model = policies.model
    if id not in model.norms and id not in model.decisions:
        records = [*(each.record for each in report.findings), *(each.record for each in report.decisions)]
        called = {root(record).display: root(record).id for record in records}
        id = called.get(id, id)
        if id not in called.values():
            names = [*called.values(), *called]
            numbered = is_number(id) and nearest(id, names) is None
            help = id_suggestion(id, model.norms) if numbered else suggestion(id, names, "ids")
            message = f"there is no norm and no listed entity with the id or name {id}"
            raise RulesError([Diagnostic(Code.UNKNOWN_NORM, message, help=help)])
    return report.about(id)
