"""The reasons of an explanation: conditions with their truth, terms with their values, and facts with their places.

A closed union of frozen nodes, which follow the conditions of the model (`model/expressions.py`) and refer to no model
and no state.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import attrs

from sopb_rules.predicates.truth import Truth
from sopb_rules.states.records import Absence

#: What a value can be. `entry` is a record, by its path; `list` is how many entries a list has.
TYPES = (
    "yes/no", "judgement", "count", "number", "percent", "money", "date", "days", "months", "text", "kind", "entry", "list",
)  # fmt: skip


@attrs.frozen
class Value:
    """A value with its type.

    Args:
        type: one of `TYPES`.
        value: `ABSENT` where it was stated to be absent.
        label: of a kind's value, its label; of an entry, its name; of an amount, its currency; else "".
    """

    type: str
    value: bool | int | Decimal | datetime.date | str | Absence
    label: str = ""


@attrs.frozen
class Fact:
    """A fact or judgement of a state.

    Args:
        path: where it stands in the state.
        label: what it says, in the vocabulary's words; the question of a judgement.
        type: of what can be stated there.
        value: what was stated; None while it is unknown.
        reached: False where a condition asks for a fact further on, and the way to it ends here, since this one is
            unknown or absent.
        where: file, line and column where it was stated, or "".
        by: who judged, for a judgement.
        on: when it was judged.
        assessor: who alone may state it, for a judgement.
        asked: stated as unknown: it was asked and nobody could say.
    """

    path: str
    label: str
    type: str
    value: Value | None
    reached: bool = True
    where: str = ""
    by: str = ""
    on: datetime.date | None = None
    assessor: str = ""
    asked: bool = False


# ---- terms --------------------------------------------------------------------------------------------------


@attrs.frozen
class Constant:
    """A literal of the policy."""

    value: Value


@attrs.frozen
class FactValue:
    """The value of a fact."""

    fact: Fact


@attrs.frozen
class ParameterValue:
    """The value that a parameter has on the day.

    Args:
        value: None while it is open.
        where: where the value is written.
        set_by: who gave it this value: `document`, or measures by their title; "" while it is open.
    """

    name: str
    label: str
    type: str
    value: Value | None
    where: str = ""
    set_by: str = ""


@attrs.frozen
class Today:
    """The date of the evaluation."""

    value: Value


@attrs.frozen
class Entry:
    """The record that a name stands for: the subject, an entry of a list, or what contains one.

    Args:
        value: its path; None where the way to it is unknown.
    """

    value: Value | None


@attrs.frozen
class Addend:
    """A term of a sum, multiplied by a constant."""

    factor: Value
    term: Term


@attrs.frozen
class Sum:
    """A sum.

    Args:
        low: the least that it may be; None where nothing is known.
        high: the most that it may be.
    """

    type: str
    addends: tuple[Addend, ...]
    low: Value | None
    high: Value | None


@attrs.frozen
class Shifted:
    """A date moved by a period in days or months.

    Args:
        later: whether it is moved into the future.
        low: the earliest date that it may be; None where nothing is known.
        high: the latest.
    """

    date: Term
    later: bool
    period: Term
    low: Value | None
    high: Value | None


@attrs.frozen
class Source:
    """A list that a condition goes through.

    Args:
        words: how the norm names it.
        facts: what states the list; several where it is put together from others.
        size: how many entries it has; None while it is unknown.
    """

    words: str
    facts: tuple[Fact, ...]
    size: int | None


@attrs.frozen
class Element:
    """An entry of a list, and what became of a condition for it.

    Args:
        truth: whether it meets the condition; of an entry that may belong to somebody else, whether it belongs and meets
            it, and where every entry is asked, whether it meets it if it belongs.
        path: where it stands in the state.
        name: what reports call it.
        belongs: where a list is put together by who belongs to somebody, whether it does; else None.
        condition: None where the entry belongs to somebody else, and nothing more is asked of it.
    """

    truth: Truth
    path: str
    name: str
    belongs: Condition | None
    condition: Condition | None


@attrs.frozen
class Tally:
    """How many entries of a list meet a condition: between `low` and `high`, while some are unknown.

    Args:
        elements: all of them, for each counts.
    """

    source: Source
    words: str
    elements: tuple[Element, ...]
    low: Value | None
    high: Value | None


Term = Constant | FactValue | ParameterValue | Today | Entry | Sum | Shifted | Tally

# ---- conditions ---------------------------------------------------------------------------------------------


@attrs.frozen
class Unconditional:
    """What always holds: the condition of a norm that has no `when`."""

    truth: Truth = Truth.TRUE


@attrs.frozen
class Joined:
    """Conditions of which all (`every`) or some are needed.

    Args:
        left_out: how many more there are that make no difference, since one that is there settles the whole.
    """

    truth: Truth
    every: bool
    parts: tuple[Condition, ...]
    left_out: int = 0


@attrs.frozen
class Opposite:
    """That a condition does not hold."""

    truth: Truth
    part: Condition


@attrs.frozen
class Holds:
    """A yes/no fact or a judgement of the vocabulary."""

    truth: Truth
    words: str
    fact: Fact


@attrs.frozen
class Exists:
    """An optional fact is there."""

    truth: Truth
    words: str
    fact: Fact


@attrs.frozen
class Compared:
    """Two terms compared.

    Args:
        operator: ``==``, ``!=``, ``<``, ``<=``, ``>``, ``>=``.
        order: the values of an ordered kind from low to high, where it is their order that counts.
    """

    truth: Truth
    words: str
    operator: str
    left: Term
    right: Term
    order: tuple[str, ...] = ()


@attrs.frozen
class OneOf:
    """A term is one of some values."""

    truth: Truth
    words: str
    term: Term
    values: tuple[Value, ...]


@attrs.frozen
class Each:
    """Every entry of a list, or some, meets a condition.

    Args:
        name: what the condition calls an entry.
        elements: the entries that settle it; all where none settles it alone.
        left_out: how many more entries there are.
    """

    truth: Truth
    words: str
    every: bool
    name: str
    source: Source
    elements: tuple[Element, ...]
    left_out: int = 0


@attrs.frozen
class Open:
    """A parameter that no value holds for on the day."""

    name: str
    label: str


@attrs.frozen
class Judged:
    """A judgement that stands in for a comparison with parameters that are open.

    Args:
        fact: the judgement; its label is the question.
    """

    truth: Truth
    words: str
    fact: Fact
    parameters: tuple[Open, ...]


@attrs.frozen
class Clause:
    """A labelled part of a norm.

    Args:
        letter: "" for one that stands alone.
        label: the document's words for it.
        part: `act` or `provided`.
        truth: whether it is kept; for a forbidden act, that it is not done.
    """

    truth: Truth
    letter: str
    label: str
    part: str
    condition: Condition


@attrs.frozen
class Case:
    """A case of a decision.

    Args:
        truth: whether its condition holds.
        active: whether it holds and no case that outranks it does.
        outranked_by: the cases that outrank it, whether they hold or not.
    """

    truth: Truth
    active: Truth
    id: str
    value: Value
    outranked_by: tuple[str, ...]
    text: str
    place: str
    condition: Condition


@attrs.frozen
class Statement:
    """A norm, decision or definition.

    Args:
        kind: `norm`, `decision` or `definition`.
        id: its number in the document, or "".
        name: of a decision or definition.
        label: the document's words for it.
        text: the sentence that it rests on; "" where the document has none, and for a decision, whose cases have them.
        place: file, line and column.
    """

    kind: str
    id: str
    name: str
    label: str
    text: str
    place: str


@attrs.frozen
class Asked:
    """A definition, norm or decision that a condition asks.

    Args:
        verb: of a norm, what is asked: `applies`, `is met`, `is unmet`; of a decision, the value; else "".
        subject: whom it is asked of; None where that is unknown.
        way: the fact that leads from the subject of the finding to it, if there is one.
        condition: what it comes to; None where it is asked of somebody unknown, and for a decision.
        cases: of a decision, its cases.
    """

    truth: Truth
    words: str
    statement: Statement
    verb: str
    subject: Value | None
    way: Fact | None
    condition: Condition | None
    cases: tuple[Case, ...] = ()


Condition = (
    Unconditional | Joined | Opposite | Holds | Exists | Compared | OneOf | Each | Judged | Clause | Asked
)  # fmt: skip
