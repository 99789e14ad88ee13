"""A question: what is asked, of whom, what can be answered, and what waits for the answer."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from sopb_rules.findings.finding import Finding, MissingFact
from sopb_rules.findings.report import could_be_breach
from sopb_rules.interview.open import Found, Open
from sopb_rules.interview.places import Place, root_of
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import is_number, sort_key
from sopb_rules.states.records import Record, State
from sopb_rules.states.scalars import expected


class Form(enum.Enum):
    """What kind of answer a question has."""

    YES_NO = "yes/no"
    COUNT = "count"
    NUMBER = "number"
    PERCENT = "percent"
    AMOUNT = "amount"
    DATE = "date"
    DAYS = "days"
    MONTHS = "months"
    TEXT = "text"
    CHOICE = "choice"
    ENTRIES = "entries"
    EXISTENCE = "existence"
    REFERENCE = "reference"


_FORMS: Mapping[type, Form] = {
    v.YesNo: Form.YES_NO,
    v.Judgement: Form.YES_NO,
    v.Count: Form.COUNT,
    v.Number: Form.NUMBER,
    v.Percent: Form.PERCENT,
    v.Money: Form.AMOUNT,
    v.Date: Form.DATE,
    v.Days: Form.DAYS,
    v.Months: Form.MONTHS,
    v.Text: Form.TEXT,
    v.KindType: Form.CHOICE,
    v.ListOf: Form.ENTRIES,
    v.Contained: Form.EXISTENCE,
    v.Reference: Form.REFERENCE,
}


@attrs.frozen
class Waiting:
    """A norm or a decision that waits for an answer.

    Args:
        name: the norm's id, or the decision's name.
        subject: the path of whom it is about.
        text: the sentence that it rests on; for a decision, what it decides.
        may_be_breach: whether it may still turn out to be a breach.
    """

    name: str
    article: int
    subject: str
    text: str
    may_be_breach: bool

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return attrs.asdict(self)


@attrs.frozen
class Question:
    """What to ask next.

    Args:
        path: the place in the state, as findings name it.
        text: the question, in the words of the vocabulary.
        about: of whom it is asked, in words: ``Sunny Days, leader 2 of 3``.
        assessor: who alone may answer, for a judgement; "" for a fact, which anybody may state who knows it.
        form: what kind of answer it has.
        expected: what can be answered, in words.
        choices: by value, the labels of the values of a kind, or the names of the records that can be referred to.
        unit: the currency of an amount; "days" or "months" of a period; "%".
        may_be_absent: whether “there is none” is an answer.
        waiting: what waits for the answer, what may be a breach first, then in the order of the document.
        place: the place itself, for those who state the answer.
    """

    path: str
    text: str
    about: str
    assessor: str
    form: Form
    expected: str
    choices: Mapping[str, str]
    unit: str
    may_be_absent: bool
    waiting: tuple[Waiting, ...]
    place: Place = attrs.field(eq=False, repr=False)

    @property
    def article(self) -> int:
        """The article of the first norm that waits for the answer, or 0: the topic, together with `subject`."""
        return self.waiting[0].article

    @property
    def subject(self) -> str:
        """The path of the record of which it is asked."""
        return self.place.record.path if self.place.record is not None else ""

    @property
    def is_judgement(self) -> bool:
        """Whether the answer also says who judged, and when."""
        of = self.place.of
        return isinstance(of, str) or (isinstance(of, v.Fact) and isinstance(of.type, v.Judgement))

    @property
    def may_be_breach(self) -> bool:
        """Whether a norm waits for the answer that may still turn out to be a breach."""
        return any(each.may_be_breach for each in self.waiting)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON and for forms."""
        own = (
            "path",
            "text",
            "about",
            "assessor",
            "is_judgement",
            "expected",
            "unit",
            "may_be_absent",
            "article",
            "may_be_breach",
        )
        return {
            **{name: getattr(self, name) for name in own},
            "form": self.form.value,
            "choices": dict(self.choices),
            "waiting": [each.as_dict() for each in self.waiting],
        }


def question_of(missing: MissingFact, place: Place, waiting: Iterable[Open], state: State) -> Question:
    """The question that asks for a missing fact."""
    fact = place.of if isinstance(place.of, v.Fact) else None
    form = _form(place)
    return Question(
        path=missing.path,
        text=_text(missing, place, form),
        about=whom(place.record),
        assessor=missing.assessor,
        form=form,
        expected=_expected(form, fact, state),
        choices=_choices(fact, state),
        unit=_unit(form, state),
        may_be_absent=fact is not None and fact.optional and form is not Form.EXISTENCE,
        waiting=tuple(sorted((_waiting(each.finding) for each in waiting), key=_rank)),
        place=place,
    )


def _form(place: Place) -> Form:
    if isinstance(place.of, v.Fact):
        return _FORMS[type(place.of.type)]
    return Form.ENTRIES if isinstance(place.of, v.Entity) else Form.YES_NO


def _text(missing: MissingFact, place: Place, form: Form) -> str:
    if isinstance(place.of, str):
        return missing.question.replace("_", " ")  # made of a comparison, as it is written in the policy
    label = place.of.label
    if label.endswith("?"):
        return missing.question
    match form:
        case Form.ENTRIES:
            return f"{label}: how many are there?"
        case Form.EXISTENCE:
            return f"{label}: is there one?"
        case Form.REFERENCE | Form.CHOICE:
            return f"{label}: which one?"
        case Form.COUNT:
            return f"{label}: how many?"
        case _:
            return missing.question


def _expected(form: Form, fact: v.Fact | None, state: State) -> str:
    match form:
        case Form.ENTRIES:
            return "how many there are, as a whole number from 0 up"
        case Form.YES_NO | Form.EXISTENCE:
            return "yes or no"
        case Form.REFERENCE:
            return "one of those listed"
        case Form.CHOICE:
            said = "one of the values"
        case _:
            said = expected(fact.type, state.vocabulary.currency) if fact is not None else ""
    return f"{said}, or none" if fact is not None and fact.optional else said


def _choices(fact: v.Fact | None, state: State) -> Mapping[str, str]:
    match fact:
        case v.Fact(type=v.KindType(kind=v.Kind(values=values))):
            return values
        case v.Fact(type=v.Reference(entity)):
            return {each.id: each.display for each in state.records(entity) if each.id}
        case _:
            return {}


def _unit(form: Form, state: State) -> str:
    match form:
        case Form.AMOUNT:
            return state.vocabulary.currency or ""
        case Form.DAYS | Form.MONTHS:
            return str(form.value)
        case Form.PERCENT:
            return "%"
        case _:
            return ""


def _waiting(found: Found) -> Waiting:
    subject = found.subject.path
    if isinstance(found, Finding):
        return Waiting(found.norm, found.article, subject, found.text, could_be_breach(found))
    return Waiting(found.decision, found.article, subject, found.model.label, may_be_breach=False)


def _rank(waiting: Waiting) -> tuple[bool, int, bool, tuple[str, tuple[int, ...], int], str]:
    """What may be a breach first; then in the order of the document, decisions behind the norms of their article."""
    decision = not is_number(waiting.name)
    place = ("", (), 0) if decision else sort_key(waiting.name)
    return (not waiting.may_be_breach, waiting.article, decision, place, waiting.subject)


def whom(record: Record | None) -> str:
    """A record as a person would name it: ``Sunny Days, leader 2 of 3``; "" for the state as a whole."""
    if record is None:
        return ""
    parts: list[str] = []
    while record.holder is not None:
        parts.append(_part(record))
        record = record.holder
    return ", ".join((root_of(record).display, *reversed(parts)))


def _part(record: Record) -> str:
    fact, holder = record.holder_fact, record.holder
    assert fact is not None
    assert holder is not None
    label = record.entity.label
    if not record.index:
        return label
    if record.display != record.path:
        return f"{label} {record.display}"
    siblings: Sequence[Record] = holder.get(fact.name) or ()
    return f"{label} {record.index} of {len(siblings)}"
