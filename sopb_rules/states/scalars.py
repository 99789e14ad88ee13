"""Single values, read by the type that the vocabulary expects: exact, bounded, never guessed.

Each reader returns the value or a `Mistake` in a drafter's words; which fact it was, the caller adds.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from decimal import Decimal
from typing import assert_never

import attrs

from sopb_rules.diagnostics import Code, suggestion
from sopb_rules.model.literals import DIGITS, moved
from sopb_rules.model.vocabulary import (
    Count,
    Date,
    Days,
    FactType,
    Kind,
    KindType,
    Money,
    Months,
    Number,
    Percent,
    Text,
    YesNo,
)
from sopb_rules.states.nodes import UNPRINTABLE, Scalar, quoted, shown
from sopb_rules.states.spelling import in_json, respelled, typed, ungrouped

#: The most digits of each number in a period; more than a thousand million days is no period of anybody's.
PERIOD_DIGITS = 9
#: The longest id, in characters.
ID_LENGTH = 200

_TRUTH = {
    spelling: word in ("true", "yes")
    for word in ("true", "yes", "false", "no")
    for spelling in (word, word.capitalize(), word.upper())
}
_WHOLE = re.compile(r"0|[1-9][0-9]*")
_DECIMAL = re.compile(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAYS = re.compile(r"([0-9]+) +days?")
_MONTHS = re.compile(r"(?:([0-9]+) +years?)?(?:(?:^| +)([0-9]+) +months?)?")

ScalarType = YesNo | Count | Number | Percent | Money | Date | Days | Months | Text | KindType
Value = bool | int | Decimal | datetime.date | str


@attrs.frozen
class Mistake:
    """Why a value cannot be what is expected.

    Args:
        problem: one sentence without a full stop.
        expected: what would be right.
        help: a suggestion, if there is one.
    """

    problem: str
    expected: str
    help: str = ""
    code: Code = Code.STATE_WRONG_VALUE


def read_scalar(type_: ScalarType, scalar: Scalar, currency: str | None) -> Value | Mistake:
    """The value that a scalar states for a fact of the type, or what is wrong with it."""
    read = _read(type_, scalar, currency)
    if not isinstance(read, Mistake) or read.help or scalar.value is not None:
        return read
    for text in respelled(type_, scalar.text, currency):
        if not isinstance(_read(type_, Scalar(text, plain=True), currency), Mistake):
            return attrs.evolve(read, help=f"write {typed(text, scalar)}")
    return read


def _read(type_: ScalarType, scalar: Scalar, currency: str | None) -> Value | Mistake:
    match type_:
        case Count():
            return _count(scalar)
        case YesNo():
            return _yes_no(scalar)
        case KindType(kind):
            return _kind(kind, scalar)
        case Text():
            return _text(scalar)
        case Date():
            return read_date(scalar)
        case Number():
            return _number(scalar)
        case Percent():
            return _percent(scalar)
        case Money():
            return _money(scalar, currency)
        case Days() | Months():
            return _period(type_, scalar)
        case _:
            assert_never(type_)


def expected(type_: FactType, currency: str | None = None) -> str:
    """What can be stated for a fact of the type, in a drafter's words."""
    match type_:
        case YesNo():
            return "yes or no"
        case Count():
            return "a whole number from 0 up"
        case Number():
            return "a number like 12 or 2.5"
        case Percent():
            return "a percentage like 40%"
        case Money():
            return f"an amount like 500 or 500 {currency}" if currency else "an amount like 500 or 499.50"
        case Date():
            return "a date like 2026-11-01"
        case Days():
            return "a period in days like 30 days"
        case Months():
            return "a period in months like 6 months or 2 years"
        case Text():
            return "a text"
        case KindType(kind):
            return one_of(kind)
        case _:
            return ""


def one_of(kind: Kind) -> str:
    """The values of a kind, as an expectation."""
    names = list(kind.values)
    return "one of: " + ", ".join(names[:20]) + (", …" if len(names) > 20 else "")


def read_date(scalar: Scalar) -> datetime.date | Mistake:
    """A calendar date; a time of day is refused."""
    right = expected(Date())
    if isinstance(scalar.value, datetime.date) and not isinstance(scalar.value, datetime.datetime):
        return datetime.date(scalar.value.year, scalar.value.month, scalar.value.day)
    if (match := _DATE.fullmatch(scalar.text)) is None:
        if _DATE.match(scalar.text[:10]) and scalar.text[10:11] in ("T", "t", " "):
            return Mistake(f"{shown(scalar)} has a time of day", right, f"write {typed(scalar.text[:10], scalar)}")
        digits = "year, month and day with 4, 2 and 2 digits"
        for text in respelled(Date(), scalar.text, None):
            if not isinstance(read_date(Scalar(text, plain=True)), Mistake):
                return Mistake(f"{shown(scalar)} is not a date", right, f"write {typed(text, scalar)}: {digits}")
        return Mistake(f"{shown(scalar)} is not a date", right, f"write {digits}")
    year, month, day = map(int, match.groups())
    if year < 1:
        return Mistake(f"{shown(scalar)} is no date: years start at 0001", right)
    if not 1 <= month <= 12:
        return Mistake(f"{shown(scalar)} is no date: there is no month {month:02}", right)
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = datetime.date(year, month, 1).strftime("%B")
        return Mistake(f"{shown(scalar)} is no date: {name} {year} has {last} days", right)
    return datetime.date(year, month, day)


def read_id(scalar: Scalar) -> str | Mistake:
    """An id: a short text on one line; a whole number counts as its text."""
    right = "a short name like riverside-foundation"
    text = _text(scalar)
    if isinstance(text, Mistake):
        return attrs.evolve(text, expected=right, help="")
    if text in ("unknown", "absent", "null", "~"):
        return Mistake(f"`{text}` cannot be an id, since the word has a meaning of its own", right)
    if len(text) > ID_LENGTH:
        return Mistake(f"the id {quoted(text)} has more than {ID_LENGTH} characters", right)
    if "\n" in text or "\t" in text or text != text.strip():
        return Mistake(f"the id {quoted(text)} has a line break, a tab or spaces around it", right)
    return text


def _yes_no(scalar: Scalar) -> bool | Mistake:
    if scalar.plain and (truth := _TRUTH.get(scalar.text)) is not None:
        return truth
    right = "true or false" if in_json(scalar) else expected(YesNo())
    if (truth := _TRUTH.get(scalar.text)) is not None:
        word = ("true" if truth else "false") if in_json(scalar) else _bare(scalar)
        return Mistake(
            f"{quoted(scalar.text)} stands in quotes, so it is a text", right, f"write {word} without quotes"
        )
    return Mistake(f"{shown(scalar)} is neither yes nor no", right)


def _count(scalar: Scalar) -> int | Mistake:
    right = expected(Count())
    text = scalar.text
    if scalar.plain and _WHOLE.fullmatch(text):
        if len(text) > DIGITS:
            return Mistake(f"{shown(scalar)} has more than {DIGITS} digits", right)
        return int(text)
    if isinstance(scalar.value, float):
        return Mistake(f"{shown(scalar)} is a Python float, which is not exact", right, "use an int")
    if isinstance(scalar.value, bool) or text in _TRUTH:
        return Mistake(f"{shown(scalar)} is yes or no, not a number", right)
    if _DECIMAL.fullmatch(text):
        if not scalar.plain:
            return _text_for_a_number(scalar, right)
        why = "is below 0" if text.startswith("-") else "is not a whole number"
        return Mistake(f"{shown(scalar)} {why}", right)
    return Mistake(f"{shown(scalar)} is not a whole number", right, _spelling(text))


def _number(scalar: Scalar) -> Decimal | Mistake:
    return _exact(scalar, expected(Number()), "use decimal.Decimal")


def _money(scalar: Scalar, currency: str | None) -> Decimal | Mistake:
    right = expected(Money(), currency)
    amount, space, unit = scalar.text.partition(" ")
    if space and currency is not None and unit.strip() == currency:
        # With the currency after it an amount is no number to YAML and JSON, so quotes make no difference.
        read = _exact(Scalar(amount, plain=True), right, "")
        return attrs.evolve(read, help="") if isinstance(read, Mistake) else read
    if space and currency is not None and _DECIMAL.fullmatch(amount):
        return Mistake(f"{shown(scalar)} is not in {currency}", right)
    spelled = f"use decimal.Decimal or a text like '500 {currency}'" if currency else "use decimal.Decimal"
    return _exact(scalar, right, spelled)


def _percent(scalar: Scalar) -> Decimal | Mistake:
    right = expected(Percent())
    if isinstance(scalar.value, float):
        help = "use decimal.Decimal('0.4') or the text '40%' for 40%"
        return Mistake(f"{shown(scalar)} is a Python float, which is not exact", right, help)
    if isinstance(scalar.value, Decimal):
        return _exact(scalar, right, "")
    text = scalar.text
    if text.endswith("%"):
        number = _exact(Scalar(text[:-1].rstrip(), plain=True), right, "")
        if isinstance(number, Mistake):
            return attrs.evolve(number, problem=f"{shown(scalar)} is not a percentage")
        return moved(number, -2)
    if _DECIMAL.fullmatch(text):
        share = Decimal(text)
        perhaps = (
            f", or {format(moved(share, 2).normalize(), 'f')}% if it is meant as a share of one"
            if 0 < share <= 1
            else ""
        )
        return Mistake(f"{shown(scalar)} has no percent sign", right, f"write {typed(text + '%', scalar)}{perhaps}")
    return Mistake(f"{shown(scalar)} is not a percentage", right, _spelling(text))


def _exact(scalar: Scalar, right: str, float_help: str) -> Decimal | Mistake:
    """An exact decimal within the bounds."""
    if isinstance(scalar.value, Decimal):
        if not scalar.value.is_finite():
            return Mistake(f"{shown(scalar)} is not a number", right)
        return _bounded(scalar.value, scalar, right)
    if isinstance(scalar.value, float):
        return Mistake(f"{shown(scalar)} is a Python float, which is not exact", right, float_help)
    if isinstance(scalar.value, bool) or scalar.text in _TRUTH:
        return Mistake(f"{shown(scalar)} is yes or no, not a number", right)
    if not scalar.plain and (_DECIMAL.fullmatch(scalar.text) or not scalar.text):
        return _text_for_a_number(scalar, right)
    if not scalar.plain or (match := _DECIMAL.fullmatch(scalar.text)) is None:
        return Mistake(f"{shown(scalar)} is not a number", right, _spelling(scalar.text))
    # Long texts are refused before they are turned into a number, so that the time stays bounded.
    if len(match[2]) > 2 * DIGITS or len(match[3] or "") > 2 * DIGITS or len(match[4] or "") > 6:
        return _too_long(scalar, right)
    return _bounded(Decimal(scalar.text), scalar, right)


def _bounded(value: Decimal, scalar: Scalar, right: str) -> Decimal | Mistake:
    """The number written out, if it has at most `DIGITS` digits before and after its point."""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    if not any(digits):
        return Decimal(0)
    if len(digits) > 4 * DIGITS:
        return _too_long(scalar, right)
    # Zeros at the end are no digits of the number: 1.50 is 1.5, and 1E+2 is 100.
    while digits[-1] == 0 and exponent < 0:
        digits, exponent = digits[:-1], exponent + 1
    if exponent < -DIGITS or value.adjusted() >= DIGITS:
        return _too_long(scalar, right)
    return Decimal((sign, digits + (0,) * max(0, exponent), min(exponent, 0)))


def _period(type_: Days | Months, scalar: Scalar) -> int | Mistake:
    right = expected(type_)
    if isinstance(scalar.value, datetime.timedelta):
        whole = scalar.value % datetime.timedelta(days=1) == datetime.timedelta(0)
        if isinstance(type_, Days) and whole and scalar.value.days >= 0:
            return scalar.value.days
        return Mistake(f"{shown(scalar)} is not {right.partition(' like')[0]}", right)
    days, months = _DAYS.fullmatch(scalar.text), _MONTHS.fullmatch(scalar.text) if scalar.text else None
    if isinstance(type_, Days):
        numbers = [days[1]] if days else []
        if months:
            return Mistake(f"{shown(scalar)} is a period in months, which has no fixed number of days", right)
    else:
        numbers = [months[1] or "0", months[2] or "0"] if months else []
        if days:
            return Mistake(f"{shown(scalar)} is a period in days, which has no fixed number of months", right)
    if not numbers:
        unit = "days" if isinstance(type_, Days) else "months"
        help = f"write {typed(f'{scalar.text} {unit}', scalar)}" if _WHOLE.fullmatch(scalar.text) else ""
        return Mistake(f"{shown(scalar)} is not {right.partition(' like')[0]}", right, help)
    if any(len(number) > PERIOD_DIGITS for number in numbers):
        return Mistake(f"{shown(scalar)} has more than {PERIOD_DIGITS} digits", right)
    return int(numbers[0]) if isinstance(type_, Days) else 12 * int(numbers[0]) + int(numbers[1])


def _text(scalar: Scalar) -> str | Mistake:
    if scalar.value is not None:
        return Mistake(f"{shown(scalar)} is a Python {type(scalar.value).__name__}", expected(Text()))
    if not scalar.text.strip():
        return Mistake("the text is empty", expected(Text()), "leave the fact out where nothing is known")
    if UNPRINTABLE.search(scalar.text):
        return Mistake(f"the text {quoted(scalar.text)} has a control character", expected(Text()))
    return scalar.text


def _kind(kind: Kind, scalar: Scalar) -> str | Mistake:
    if scalar.text in kind.values and scalar.value is None:
        return scalar.text
    text = scalar.text[:ID_LENGTH]
    says, right = f"{quoted(text)} is no {kind.label}", one_of(kind)
    meant = folded(text)
    for name, label in kind.values.items():
        if meant in (folded(label), folded(name)):
            return Mistake(says, right, f"did you mean `{name}`?", Code.STATE_UNKNOWN_VALUE)
    return Mistake(says, right, suggestion(text, kind.values), Code.STATE_UNKNOWN_VALUE)


def folded(text: str) -> str:
    """A name as it sounds: without capitals, and with a space for each other way to part words."""
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())


def _text_for_a_number(scalar: Scalar, right: str) -> Mistake:
    help = f"write {_bare(scalar)} without quotes" if scalar.text else ""
    return Mistake(f"{shown(scalar)} stands for a number", right, help)


def _too_long(scalar: Scalar, right: str) -> Mistake:
    return Mistake(f"{shown(scalar)} has more than {DIGITS} digits before or after its point", right)


def _bare(scalar: Scalar) -> str:
    return quoted(scalar.text).strip("`")


def _spelling(text: str) -> str:
    """What is unusual in the spelling of a number, if that is all."""
    if number := ungrouped(text[:100]):
        return f"write {number}, without marks between the thousands"
    if re.fullmatch(r"-?[0-9]+,[0-9]+", text[:100]):
        return f"write {text[:100].replace(',', '.')}, with a decimal point"
    if re.fullmatch(r"-?0[0-9]+(\.[0-9]+)?", text[:100]):
        return "write it without zeros in front"
    if re.fullmatch(r"\+[0-9.]+", text[:100]):
        return "write it without a plus sign"
    if re.fullmatch(r"-?(\.[0-9]+|[0-9]+\.)", text[:100]):
        return "write digits on both sides of the point"
    return ""
