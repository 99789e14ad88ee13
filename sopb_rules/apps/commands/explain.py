"""`sopb explain`: a finding in full, or what the code of a diagnostic means."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.inputs import as_of_option, date_for, load, policies_option
from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion

if TYPE_CHECKING:
    from sopb_rules.model.norms import Decision, Norm
    from sopb_rules.policy_set import PolicySet
    from sopb_rules.states.records import Record, State

#: The code of a message, or the name of a check: those of decisions have no hyphen.
_CODE = re.compile(r"[A-Za-z]\d+|[A-Za-z]+(-[A-Za-z]+)+")


@click.command("explain", short_help="Explain a finding in full, or the code of a message.")
@click.argument("what", metavar="NORM|CODE")
@click.argument("states", nargs=-1, type=click.Path(path_type=Path), metavar="[STATE]...")
@click.option("--subject", metavar="ID", help="Only for the subject with this id, name or path.")
@policies_option
@as_of_option
def command(
    what: str, states: tuple[Path, ...], subject: str | None, folder: Path | None, as_of: datetime.date | None
) -> None:
    """Explain the finding on NORM for each subject in STATE, or a CODE like P001.

    For NORM also stands a decision, by its name or by one of its cases, and for CODE the name of a check.
    """
    if _CODE.fullmatch(what):
        if states or subject:
            raise click.UsageError(f"{what} is the code of a message, and is explained without a state")
        _explain_code(what)
        return
    policies = load(folder)
    asked = _asked(policies, what)
    if not states:
        hint = f"; `sopb article {asked.article}` shows it without one"
        raise click.UsageError(f"name a state to explain {what} for: sopb explain {what} STATE{hint}")
    state = policies.read_state(*states)
    dated = date_for(state, as_of)
    _explain_findings(policies, asked, _subjects(asked, state, subject), dated.day)


def _asked(policies: PolicySet, what: str) -> Norm | Decision:
    from sopb_rules.model.numbering import id_suggestion

    model = policies.model
    by_case = {case.id: decision for decision in model.decisions.values() for case in decision.cases}
    by_id = {decision.id: decision for decision in model.decisions.values()}
    found = model.norms.get(what) or model.decisions.get(what) or by_case.get(what) or by_id.get(what)
    if found is not None:
        return found
    named = {note.id: f"a note ({note.kind})" for note in model.notes.values()}
    named |= {each.id: f"the definition of {each.name}" for each in model.definitions.values() if each.id}
    message = f"there is no norm, decision or code {what}"
    if what in named:
        message = f"{what} is {named[what]}, on which nothing is found"
        help = f"`sopb article {what.partition('.')[0]}` shows it"
    elif what[:1].isalpha():
        help = suggestion(what, [*model.decisions, *(code.value for code in Code)], "there is")
    else:
        help = id_suggestion(what, (each.id for each in model.numbered))
    raise RulesError([Diagnostic(Code.UNKNOWN_NORM, message, help=help)])


def _subjects(asked: Norm | Decision, state: State, subject: str | None) -> Sequence[Record]:
    from sopb_rules.apps.roots import root
    from sopb_rules.policy_set import subjects

    records = list(subjects(state, asked.entity))
    if subject is None:
        return records
    names = [{record.id, record.path, record.display, root(record).id, root(record).display} for record in records]
    found = [record for record, called in zip(records, names, strict=True) if subject in called]
    if not found:
        ids = {root(record).id for record in records}
        message = f"there is no {asked.entity.name} {subject} in the state"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=suggestion(subject, ids, "ids"))])
    return found


def _explain_findings(
    policies: PolicySet, asked: Norm | Decision, records: Sequence[Record], today: datetime.date
) -> None:
    from sopb_rules.apps.text.explain import print_decision_findings, print_norm_findings
    from sopb_rules.apps.text.page import Page
    from sopb_rules.model.norms import Norm

    page = Page.of_stdout()
    if not records:
        name = asked.entity.name.replace("_", " ")
        page.line(f"{asked.id} is about each {name}, and the state has no {name}.")
    elif isinstance(asked, Norm):
        print_norm_findings(page, asked, [policies.find(asked, record, today) for record in records])
    else:
        print_decision_findings(page, asked, [policies.decide(asked, record, today) for record in records])


def _explain_code(code: str) -> None:
    from sopb_rules.apps.text.explain import print_explanation
    from sopb_rules.apps.text.page import Page
    from sopb_rules.catalogue import check_named, explain

    explanation = explain(code)
    print_explanation(Page.of_stdout(), explanation, check_named(explanation))
