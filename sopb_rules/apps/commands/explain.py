"""`sopb explain`: a finding in full, or what the code of a diagnostic means."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.inputs import as_of_option, date_for, format_option, load, output_json, policies_option
from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion

if TYPE_CHECKING:
    from sopb_rules.apps.text.page import Page
    from sopb_rules.findings.explanation import Explanation
    from sopb_rules.findings.finding import DecisionFinding, Finding
    from sopb_rules.model.norms import Decision, Definition, Norm
    from sopb_rules.policy_set import PolicySet
    from sopb_rules.states.records import Record, State

#: The code of a message, or the name of a check: those of decisions have no hyphen. Of the names of questions some have none.
_CODE = re.compile(r"[A-Za-z]\d+|[A-Za-z]+(-[A-Za-z]+)+")


@click.command("explain", short_help="Explain a finding in full, or the code of a message.")
@click.argument("what", metavar="NORM|CODE")
@click.argument("states", nargs=-1, type=click.Path(path_type=Path), metavar="[STATE]...")
@click.option("--subject", metavar="ID", help="Only for the subject with this id, name or path.")
@click.option(
    "--why-not", "expected", metavar="VERDICT", help="What stands against this verdict, or value of a decision."
)
@click.option(
    "--changes",
    "changing",
    is_flag=True,
    help="What would change it: the smallest changes of facts, and what is not known, with two answers that differ.",
)
@format_option("text", "json")
@policies_option
@as_of_option
def command(
    what: str,
    states: tuple[Path, ...],
    subject: str | None,
    expected: str | None,
    changing: bool,
    form: str,
    folder: Path | None,
    as_of: datetime.date | None,
) -> None:
    """Explain the finding on NORM for each subject in STATE, or a CODE like P001.

    For NORM also stands a decision or a definition, by its name or by one of its numbers, and for CODE the name of a
    check. The JSON has a schema, sopb_rules/findings/explanation.schema.json in the package.
    """
    if _CODE.fullmatch(what) or (not states and _is_question(what)):
        if states or subject or expected or changing or form == "json":
            raise click.UsageError(f"{what} is the code of a message, and is explained without a state")
        _explain_code(what)
        return
    if expected is not None and changing:
        raise click.UsageError("ask for `--why-not` or for `--changes`, one at a time")
    from sopb_rules.model.norms import layer_of

    policies = load(folder)
    asked = _asked(policies, what)
    if not states:
        article = getattr(asked, "article", None) or layer_of(asked.id) or asked.id.partition(".")[0]
        hint = f"; `sopb article {article}` shows it without one" if article else ""
        raise click.UsageError(f"name a state to explain {what} for: sopb explain {what} STATE{hint}")
    state = policies.read_state(*states)
    today = date_for(state, as_of).day
    records = _subjects(asked, state, subject)
    if expected is not None:
        _explain_why_not(policies, asked, records, today, expected, form)
    elif changing:
        _explain_changes(policies, asked, records, today, form)
    elif form == "json":
        output_json([_explanation(policies, asked, record, today).as_dict() for record in records])
    else:
        _explain_findings(policies, asked, records, today)


def _is_question(what: str) -> bool:
    """Whether it is the name of a question that `sopb analyze` asks."""
    from sopb_rules.analysis.questions import Kind

    return what in {kind.value for kind in Kind}


def _asked(policies: PolicySet, what: str) -> Norm | Decision | Definition:
    from sopb_rules.model.norms import is_number
    from sopb_rules.model.numbering import id_suggestion

    model = policies.model
    by_case = {case.id: decision for decision in model.decisions.values() for case in decision.cases}
    by_id = {decision.id: decision for decision in model.decisions.values()}
    defined = {name: each for each in model.definitions.values() for name in (each.name, each.id) if name}
    found: Norm | Decision | Definition | None
    found = model.norms.get(what) or model.decisions.get(what) or by_case.get(what) or by_id.get(what)
    found = found or defined.get(what)
    if found is not None:
        return found
    named = {note.id: f"a note ({note.kind})" for note in model.notes.values()}
    message = f"there is no norm, decision, definition or code {what}"
    if what in named:
        message = f"{what} is {named[what]}, on which nothing is found"
        help = f"`sopb article {what.partition(':' if ':' in what else '.')[0]}` shows it"
    elif not is_number(what):
        help = suggestion(
            what,
            [*model.decisions, *(each.name for each in model.definitions.values()), *(code.value for code in Code)],
            "there is",
        )
    else:
        help = id_suggestion(what, (each.id for each in model.numbered))
    raise RulesError([Diagnostic(Code.UNKNOWN_NORM, message, help=help)])


def _subjects(asked: Norm | Decision | Definition, state: State, subject: str | None) -> Sequence[Record]:
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


def _finding(
    policies: PolicySet, asked: Norm | Decision, record: Record, today: datetime.date
) -> Finding | DecisionFinding:
    from sopb_rules.model.norms import Norm

    if isinstance(asked, Norm):
        return policies.find(asked, record, today)
    return policies.decide(asked, record, today)


def _explanation(
    policies: PolicySet, asked: Norm | Decision | Definition, record: Record, today: datetime.date
) -> Explanation:
    from sopb_rules.findings.explain import explain_definition
    from sopb_rules.model.norms import Definition

    if isinstance(asked, Definition):
        return explain_definition(asked, record, today)
    return _finding(policies, asked, record, today).explain()


def _explain_findings(
    policies: PolicySet, asked: Norm | Decision | Definition, records: Sequence[Record], today: datetime.date
) -> None:
    from sopb_rules.apps.text.explain import print_decision_findings, print_definition, print_norm_findings
    from sopb_rules.apps.text.page import Page
    from sopb_rules.model.norms import Decision, Norm

    page = Page.of_stdout()
    if not records:
        _print_nobody(page, asked)
    elif isinstance(asked, Norm):
        print_norm_findings(page, asked, [policies.find(asked, record, today) for record in records])
    elif isinstance(asked, Decision):
        print_decision_findings(page, asked, [policies.decide(asked, record, today) for record in records])
    else:
        explained = [(record, _explanation(policies, asked, record, today)) for record in records]
        print_definition(page, asked, explained)


def _print_nobody(page: Page, asked: Norm | Decision | Definition) -> None:
    name = asked.entity.name.replace("_", " ")
    called = asked.id or getattr(asked, "name", "")
    page.line(f"{called} is about each {name}, and the state has no {name}.")


def _explain_why_not(
    policies: PolicySet,
    asked: Norm | Decision | Definition,
    records: Sequence[Record],
    today: datetime.date,
    expected: str,
    form: str,
) -> None:
    """What stands against a verdict or value for each subject."""
    from sopb_rules.apps.text.explain import print_why_not
    from sopb_rules.apps.text.page import Page
    from sopb_rules.findings.why_not import asked_value, asked_verdict
    from sopb_rules.model.norms import Definition, Norm

    if isinstance(asked, Definition):
        message = f"{asked.name} is a definition, which has no verdict"
        help = f"`sopb explain {asked.name} STATE` shows whether it holds, and why"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])
    if isinstance(asked, Norm):
        verdict = asked_verdict(asked, expected)
        told = [(record, policies.find(asked, record, today).why_not(verdict)) for record in records]
    else:
        value = asked_value(asked, expected)
        told = [(record, policies.decide(asked, record, today).why_not(value)) for record in records]
    if form == "json":
        output_json([why_not.as_dict() for _, why_not in told])
    elif told:
        print_why_not(Page.of_stdout(), asked, told)
    else:
        _print_nobody(Page.of_stdout(), asked)


def _explain_changes(
    policies: PolicySet, asked: Norm | Decision | Definition, records: Sequence[Record], today: datetime.date, form: str
) -> None:
    """What would change the finding for each subject."""
    from sopb_rules.apps.text.explain import print_changed
    from sopb_rules.apps.text.page import Page
    from sopb_rules.findings.change_data import changes_data
    from sopb_rules.model.norms import Definition, Norm

    if isinstance(asked, Definition):
        help = f"`sopb explain {asked.name} STATE` shows whether it holds, and why"
        raise RulesError([Diagnostic(Code.BAD_USAGE, f"{asked.name} is a definition, which has no verdict", help=help)])
    findings = [_finding(policies, asked, record, today) for record in records]
    told = [(finding, finding.changes()) for finding in findings]
    if form == "json":
        output_json([changes_data(finding, changes) for finding, changes in told])
    elif told:
        head = f"Norm {asked.id}" if isinstance(asked, Norm) else f"Decision {asked.id} {asked.name}"
        print_changed(Page.of_stdout(), head, told)
    else:
        _print_nobody(Page.of_stdout(), asked)


def _explain_code(code: str) -> None:
    from sopb_rules.apps.text.explain import print_explanation
    from sopb_rules.apps.text.page import Page
    from sopb_rules.catalogue import check_named, explain

    explanation = explain(code)
    print_explanation(Page.of_stdout(), explanation, check_named(explanation))
