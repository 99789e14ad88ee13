"""What is shown of an answer to a question about all states: its sentence, its places, its state, and what could be done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from textwrap import shorten
from typing import Any

import attrs

from sopb_rules.analysis.questions import Answer, Kind, Question, Status
from sopb_rules.apps.answer_advice import advice, case_to_add
from sopb_rules.apps.answer_words import is_of_permission, message, name, norms
from sopb_rules.apps.text.words import listing
from sopb_rules.checks.check import Check, title_line
from sopb_rules.checks.questions import MISMATCH, QUESTIONS, UNDECIDED, without_allowed
from sopb_rules.diagnostics import Diagnostic, RulesError, Severity
from sopb_rules.model.norms import Case, Decision, Definition, Norm, Policies, Statement
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source, Span
from sopb_rules.states.records import Record
from sopb_rules.states.yaml import parse_yaml
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.parts import format_example
from sopb_rules.testing.situations import TITLE_WIDTH
from sopb_rules.testing.state_examples import example_of
from sopb_rules.testing.trials import SOME_DAY

#: How much is shown of the sentence that a norm rests on.
FIRST_WORDS = 70


@attrs.frozen
class Involved:
    """A norm, a decision, a case or a definition that an answer speaks of.

    Args:
        text: the first words of its sentence, or its label.
    """

    name: str
    span: Span
    text: str

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        file, line, column = self.span.source.name, self.span.line, self.span.column
        return {"name": self.name, "file": file, "line": line, "column": column, "text": self.text}


@attrs.frozen
class Told:
    """An answer as it is shown.

    Args:
        diagnostic: what it says, with its code, its place and what could be done; of what is clear only the sentence counts.
        clause: a case to add, ready to paste, with a placeholder.
        example: an example to add, ready to paste.
    """

    answer: Answer
    diagnostic: Diagnostic
    involved: tuple[Involved, ...]
    clause: str = ""
    example: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON: `sopb_rules/analysis/answers.schema.json` says what each key means."""
        answer, told, shown = self.answer, self.diagnostic, self.answer.witness
        clear = answer.status is Status.CLEAR
        return {
            "kind": answer.question.kind.value,
            "about": list(answer.question.ids),
            "status": answer.status.value,
            "code": None if clear else told.code.value,
            "severity": None if clear else told.severity.value,
            "message": told.message,
            "ids": list(answer.ids),
            "places": [each.as_dict() for each in self.involved],
            "because": list(answer.because),
            "reason": answer.reason,
            "witness": None
            if shown is None
            else {
                "state": shown.state,
                "subject": shown.subject,
                "outcomes": [dict(zip(("subject", "name", "outcome"), each, strict=True)) for each in shown.outcomes],
            },
            "bounds": [attrs.asdict(each) for each in answer.bounds],
            "uncovered": list(answer.uncovered),
            "help": told.help,
            "clause": self.clause,
            "example": self.example,
        }


@attrs.frozen
class Analysis:
    """All answers as they are shown.

    Args:
        told: without what comments allow.
        allowed: the findings that comments allow, without advice.
        comments: what is wrong with such comments.
    """

    policies: PolicySet
    asked: Sequence[Question]
    told: tuple[Told, ...]
    allowed: tuple[Told, ...]
    comments: tuple[Diagnostic, ...]

    def count(self, *statuses: Status) -> int:
        """How many answers there are of some status."""
        return sum(each.answer.status in statuses for each in self.told)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is found, undecided or a mistake of ours, and what is wrong with comments."""
        return (*(each.diagnostic for each in self.told if each.answer.status is not Status.CLEAR), *self.comments)

    @property
    def subjects(self) -> dict[str, int]:
        """How many norms, decisions and definitions were asked about."""
        model = self.policies.model
        ids = {id for each in self.asked for id in each.ids[: None if each.kind in _OF_GROUPS else 1]}
        return {
            "norms": len(ids & model.norms.keys()),
            "decisions": len(ids & model.decisions.keys()),
            "definitions": sum(f"{entity}.{name}" in ids for entity, name in model.definitions),
        }


#: The questions of which each norm is as much a part as the others.
_OF_GROUPS = (Kind.CONFLICT, Kind.FORBIDS_PERMITTED)


def analysis(policies: PolicySet, asked: Sequence[Question], answers: Iterable[Answer], partly: bool) -> Analysis:
    """Answers as they are shown.

    Args:
        partly: whether questions were asked about a part of the policies only, so that no comment is known to be needless.
    """
    answers = list(answers)
    seen = [(each, _diagnostic(each, policies.model)) for each in answers]
    open_kinds = {each.question.kind for each in answers if each.status in (Status.UNDECIDED, Status.MISMATCH)}
    decided: Collection[Kind] = () if partly else set(Kind) - open_kinds
    found = [diagnostic for each, diagnostic in seen if each.status is Status.FOUND]
    left = without_allowed(found, policies.model.sources, decided)
    allowed = {id(each) for each in found} - {id(each) for each in left.kept}
    told = tuple(_told(policies, each, diagnostic) for each, diagnostic in seen if id(diagnostic) not in allowed)
    pairs = [(each, diagnostic) for each, diagnostic in seen if id(diagnostic) in allowed]
    accepted = tuple(
        Told(each, diagnostic, tuple(_involved(each, policies.model)), "", "") for each, diagnostic in pairs
    )
    return Analysis(policies, asked, told, accepted, left.comments)


def _told(policies: PolicySet, answer: Answer, diagnostic: Diagnostic) -> Told:
    example = _example(policies, answer)
    clause = ""
    if example is not None and answer.question.kind is Kind.GAP:
        clause = case_to_add(policies.model, answer.question.ids[0], example)
    text = "" if example is None else format_example(example)
    return Told(answer, diagnostic, tuple(_involved(answer, policies.model)), clause, text)


# ---- what it says, and where --------------------------------------------------------------------------------


def _check(answer: Answer) -> Check:
    match answer.status:
        case Status.UNDECIDED:
            return UNDECIDED
        case Status.MISMATCH:
            return MISMATCH
        case _:
            return QUESTIONS[answer.question.kind]


def _diagnostic(answer: Answer, model: Policies) -> Diagnostic:
    check = _check(answer)
    mild = answer.question.kind is Kind.CANNOT_BE_UNMET and is_of_permission(answer, model)
    severity = Severity.NOTE if mild and check is not MISMATCH else check.severity
    return Diagnostic(
        check.code, message(answer, model), _place(answer, model), where="", help=advice(answer, model),
        severity=severity, check=check.name,
    )  # fmt: skip


def _place(answer: Answer, model: Policies) -> Span | None:
    """Where an answer is shown, and a comment that allows it stands: at the case that would override, else at the first norm."""
    ids = answer.ids or answer.question.ids
    at = ids[-1] if answer.question.kind in (Kind.OVERLAP, Kind.IDLE_CASE) else ids[0]
    found = _statement(at, model)
    return None if found is None else title_line(found.span)


def _statement(id: str, model: Policies) -> Statement | Case | None:
    """What an id stands for."""
    entity, _, defined = id.partition(".")
    cases = (case for decision in model.decisions.values() for case in decision.cases if case.id == id)
    found = model.norms.get(id) or model.decisions.get(id) or model.definitions.get((entity, defined))
    return found or next(cases, None)


def _involved(answer: Answer, model: Policies) -> Iterator[Involved]:
    ids = answer.ids or answer.question.ids
    for id in ids:
        found = _statement(id, model)
        if found is not None and not (isinstance(found, Decision) and len(ids) > 1):
            text = found.text if isinstance(found, Norm | Case | Definition) else ""
            words = shorten(text or getattr(found, "label", ""), FIRST_WORDS, placeholder=" …")
            yield Involved(name(id, model), title_line(found.span), words)


# ---- the example --------------------------------------------------------------------------------------------


def _example(policies: PolicySet, answer: Answer) -> t.Example | None:
    """An example that shows what the witness shows; None where there is none or no example can say it."""
    witness = answer.witness
    if witness is None:
        return None
    targets = [_statement(named, policies.model) for _, named, _ in witness.outcomes]
    statements = [each for each in targets if isinstance(each, Norm | Decision | Definition)]
    if not statements or (record := _subject(policies, witness.state, witness.subject, statements[0])) is None:
        return None
    today = record.state.as_of or SOME_DAY
    title = shorten(_title(answer, policies.model), TITLE_WIDTH, placeholder=" …")
    return example_of(policies, statements, record, today, title)


def _subject(policies: PolicySet, text: str, path: str, statement: Statement) -> Record | None:
    """The record of a witness that it is about."""
    node, _ = parse_yaml(Source("witness.yaml", text))
    try:
        state = policies.state(node)
    except RulesError:
        return None
    return next((each for each in state.records(statement.entity) if each.path == path), None)


def _title(answer: Answer, model: Policies) -> str:
    ids = answer.ids or answer.question.ids
    match answer.status, answer.question.kind:
        case Status.FOUND, Kind.GAP:
            return "no case fits"
        case Status.FOUND, Kind.OVERLAP:
            return f"cases {listing(ids[1:])} clash"
        case Status.FOUND, Kind.CONFLICT:
            return f"{norms(ids)} cannot{' all' if len(ids) > 1 else ''} be kept"
        case Status.FOUND, Kind.FORBIDS_PERMITTED:
            return f"{norms(ids[1:])} forbids what {norms(ids[:1])} permits"
        case _:
            return message(answer, model)
