"""Reading an answer: what was given, as the tree that a state file would have in its place.

A text is read as if it were typed into a state file, with the liberties that a person at a terminal takes: `y` for yes, the
label of a value or its number instead of its name. Whatever is wrong is told in the words of state files.
"""

from __future__ import annotations

import datetime
from typing import Any

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.interview.question import Form, Question
from sopb_rules.model import vocabulary as v
from sopb_rules.states.nodes import Mapping, Node, Scalar, Sequence, from_python, quoted
from sopb_rules.states.records import ABSENT
from sopb_rules.states.scalars import Mistake, folded, read_id, read_scalar
from sopb_rules.states.words import helped
from sopb_rules.states.writing import absent, judgement, unknown, written

#: The most entries of a list that are made at once.
MOST = 200
_YES_NO = {"y": "yes", "n": "no", "true": "yes", "false": "no"}
_NONE = frozenset({"none", "absent", "there is none"})


@attrs.frozen
class Assessed:
    """Who judged, and when."""

    by: str
    on: datetime.date


def read_answer(question: Question, given: Any, assessed: Assessed, json: bool = False) -> Node:
    """What an answer states, as a tree.

    Args:
        given: a text as a person types it, or a Python value: bool, int, `Decimal`, date, the name of a value, an id;
            for a list, how many entries it has, or their names or ids; `ABSENT` or None where there is none.
        assessed: who judged and when, for a judgement.
        json: whether it is for a file of JSON.

    Raises:
        RulesError: it is no answer to the question.
    """
    scalar = _scalar(given)
    if question.may_be_absent and _is_none(question, given, scalar):
        return absent(json)
    match question.form:
        case Form.ENTRIES:
            return _entries(question, given, json)
        case Form.YES_NO | Form.EXISTENCE:
            value = _read(question, v.YesNo(), _truth(scalar))
            if question.form is Form.EXISTENCE:
                return Mapping(()) if value else absent(json)
            if question.is_judgement:
                return judgement(bool(value), assessed.by, assessed.on, json)
            return written(v.YesNo(), value, None, json)
        case Form.REFERENCE:
            return _reference(question, scalar, json)
        case Form.CHOICE:
            scalar = _choice(question, scalar)
    fact = question.place.of
    assert isinstance(fact, v.Fact)
    value = _read(question, fact.type, scalar)
    assert question.place.record is not None
    return written(fact.type, value, question.place.record.state.vocabulary.currency, json)


def read_unknown(question: Question, json: bool = False) -> Node:
    """That somebody was asked and could not say, as a tree.

    Raises:
        RulesError: the file cannot say so.
    """
    fact = question.place.of
    if isinstance(fact, v.Entity):
        message = f"a state cannot say that the list of {fact.name} is unknown"
        raise _wrong(question, message, question.expected, "ask later")
    word = isinstance(fact, v.Fact) and isinstance(fact.type, v.KindType) and "unknown" in fact.type.kind.values
    if json and isinstance(fact, v.Fact) and (isinstance(fact.type, v.Text) or word):
        message = "JSON cannot tell that this is unknown from the text `unknown`"
        raise _wrong(question, message, question.expected, "ask later, or use a YAML file")
    return unknown(json)


def _scalar(given: Any) -> Scalar:
    """What was given as a scalar; a text as if it stood in a file without quotes."""
    node = from_python(given)
    if not isinstance(node, Scalar):
        return Scalar(str(given), plain=False)
    if isinstance(given, str):
        return Scalar(given.strip(), plain=True)
    # The readers of scalars know Python values of exact types; a bool is read by its spelling.
    return Scalar(node.text, plain=True) if isinstance(given, bool | int) else node


def _is_none(question: Question, given: Any, scalar: Scalar) -> bool:
    if given is None or given is ABSENT:
        return True
    return isinstance(given, str) and scalar.text.casefold() in _NONE and scalar.text not in question.choices


def _truth(scalar: Scalar) -> Scalar:
    return attrs.evolve(scalar, text=_YES_NO.get(scalar.text.casefold(), scalar.text.lower()))


def _read(question: Question, type_: Any, scalar: Scalar) -> Any:
    record = question.place.record
    currency = record.state.vocabulary.currency if record is not None else None
    fact = question.place.of
    if isinstance(type_, v.Text):
        scalar = attrs.evolve(scalar, plain=False)
    read = read_scalar(type_, scalar, currency)
    if isinstance(read, Mistake):
        told = helped(read, fact, scalar) if isinstance(fact, v.Fact) and question.form is not Form.EXISTENCE else read
        raise _told(question, told)
    return read


def _choice(question: Question, scalar: Scalar) -> Scalar:
    """The name of a value, from its name, its label or its number."""
    names = list(question.choices)
    if scalar.text in names:
        return scalar
    if scalar.text.isdecimal() and 1 <= int(scalar.text[:9]) <= len(names):
        return attrs.evolve(scalar, text=names[int(scalar.text) - 1])
    meant = folded(scalar.text)
    for name, label in question.choices.items():
        if meant in (folded(name), folded(label)):
            return attrs.evolve(scalar, text=name)
    return scalar


def _reference(question: Question, scalar: Scalar, json: bool) -> Node:
    id = _choice(question, scalar).text
    if id not in question.choices:
        fact = question.place.of
        assert isinstance(fact, v.Fact)
        assert isinstance(fact.type, v.Reference)
        name = fact.type.entity.name
        message = f"there is no {name} with the id {quoted(id)}"
        near = suggestion(id, question.choices, f"ids of {name}") if question.choices else ""
        help = near if "did you mean" in near else f"`new {id}` lists one"
        raise _wrong(question, message, question.expected, help)
    return written(v.Text(), id, None, json)


def read_new(question: Question, given: Any) -> str | None:
    """The id of a record that is to be listed, so that a reference can lead to it: ``new ID``; None for other answers.

    Raises:
        RulesError: it cannot be an id, or is one already.
    """
    if question.form is not Form.REFERENCE or not isinstance(given, str) or given in question.choices:
        return None
    word, _, name = given.strip().partition(" ")
    if word.casefold() != "new" or not name:
        return None
    id = read_id(Scalar(name.strip(), plain=True))
    if isinstance(id, Mistake):
        raise _told(question, id)
    if id in question.choices:
        raise _wrong(question, f"{quoted(id)} is listed already", question.expected, f"write {id}")
    return id


# ---- lists --------------------------------------------------------------------------------------------------


def entity_of(question: Question) -> v.Entity:
    """The entity of the entries of a list."""
    of = question.place.of
    if isinstance(of, v.Entity):
        return of
    assert isinstance(of, v.Fact)
    assert isinstance(of.type, v.ListOf)
    return of.type.entity


def names_entries(question: Question) -> bool:
    """Whether the entries of a list may be told by their names, which they have as a fact."""
    name = entity_of(question).facts.get("name")
    return name is not None and isinstance(name.type, v.Text)


def _entries(question: Question, given: Any, json: bool) -> Node:
    """As many entries as were told, or one for each name or id."""
    entity = entity_of(question)
    if isinstance(given, str):
        told = [each.strip() for each in given.split(",") if each.strip()]
        numeric = len(told) == 1 and (told[0].lstrip("-").isdecimal() or told[0].casefold() in (*_NONE, "no"))
        named = not numeric and bool(told) and (entity.listed or names_entries(question))
        if not named:
            number = "0" if told and told[0].casefold() in (*_NONE, "no") else given.strip()
            given = _read(question, v.Count(), Scalar(number, plain=True))
        else:
            given = told
    if isinstance(given, list | tuple):
        return Sequence(tuple(_entry(question, entity, str(each), json) for each in given))
    length = _read(question, v.Count(), _scalar(given))
    if length > MOST:
        message = f"{length} entries are more than can be asked about one after the other"
        raise _wrong(question, message, f"a whole number from 0 to {MOST}", "state them in the file")
    if length and entity.listed:
        message = f"each {entity.name} that a state lists has an id"
        raise _wrong(question, message, "their ids, with commas between them, or none", "")
    return Sequence((Mapping(()),) * length)


def _entry(question: Question, entity: v.Entity, name: str, json: bool) -> Mapping:
    if entity.listed:
        id = read_id(Scalar(name, plain=True))
        if isinstance(id, Mistake):
            raise _told(question, id)
        return Mapping(((Scalar("id", plain=True), written(v.Text(), id, None, json)),))
    value = _read(question, v.Text(), Scalar(name, plain=False))
    return Mapping(((Scalar("name", plain=True), written(v.Text(), value, None, json)),))


def _told(question: Question, mistake: Mistake) -> RulesError:
    if question.form is Form.CHOICE and "did you mean" not in mistake.help:
        mistake = attrs.evolve(mistake, help="")  # what is valid is named as what is expected
    # A person does not write a file: there are words for what is put in it.
    help = mistake.help.replace("leave the fact out", "skip it").replace("`absent`", "`none`")
    mistake = attrs.evolve(mistake, help=help, expected=mistake.expected.replace(", or absent", ", or none"))
    return _wrong(question, mistake.problem, mistake.expected, mistake.help, mistake.code)


def _wrong(
    question: Question, problem: str, expected: str, help: str, code: Code = Code.STATE_WRONG_VALUE
) -> RulesError:
    return RulesError([Diagnostic(code, problem, where=question.path, expected=expected, help=help)])
