"""Literals: their exact values, and the bounds that keep every value exact and every evaluation finite."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from decimal import Decimal, InvalidOperation

from sopb_rules.model.vocabulary import Count, Date, Days, FactType, Money, Months, Number, Percent, Text
from sopb_rules.syntax import tree as t

#: The most digits that a number may have before and after its point.
DIGITS = 30


class LiteralError(ValueError):
    """A literal that has the right form and means nothing; the message is one sentence for the author.

    Attributes:
        help: what to write instead, where that is plain.
    """

    def __init__(self, message: str, help: str = "") -> None:
        self.help = help
        super().__init__(message)


def constant(node: t.Constant, currency: str | None) -> tuple[int | Decimal | datetime.date | str, FactType]:
    """The value and the type of a constant.

    Raises:
        LiteralError: the day does not exist, the number is too long, or the currency is not the vocabulary's.
    """
    match node.form:
        case "integer":
            return whole(node.text), Count()
        case "decimal":
            return decimal(node.text), Number()
        case "percent":
            return share(node.text), Percent()
        case "period":
            return period(node.text)
        case "date":
            return date(node.text), Date()
        case "amount":
            if node.unit == "percent":
                raise LiteralError("a percentage is written with its sign", f"write `{node.text}%`")
            if node.unit in ("week", "weeks") and node.text.isdigit():
                raise LiteralError("a period is written in days, months or years", f"write `{7 * int(node.text)} days`")
            if node.unit != currency:
                message = f"`{node.unit}` is not the currency of the vocabulary"
                raise LiteralError(message, f"the currency is `{currency}`" if currency else "")
            return decimal(node.text), Money()
        case _:
            return node.text, Text()


def whole(text: str) -> int:
    """A whole number from 0 up."""
    if not re.fullmatch(r"[0-9]+", text):
        raise LiteralError(f"`{text}` is not a whole number")
    if len(text) > DIGITS:
        raise LiteralError(f"the number has more than {DIGITS} digits")
    return int(text)


def decimal(text: str) -> Decimal:
    """An exact decimal."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise LiteralError(f"`{text}` is not a number") from None
    if not value.is_finite():
        raise LiteralError(f"`{text}` is not a number")
    _, digits, exponent = value.as_tuple()
    if len(digits) + max(0, int(exponent)) > 2 * DIGITS or value.adjusted() >= DIGITS or int(exponent) < -DIGITS:
        raise LiteralError(f"a number has at most {DIGITS} digits before and {DIGITS} after its point")
    return value


def share(text: str) -> Decimal:
    """A percentage, as a share of one: ``40%`` is 0.4."""
    return moved(decimal(text.rstrip("%").strip()), -2)


def moved(value: Decimal, places: int) -> Decimal:
    """The number with its point moved; exact, unlike `Decimal.scaleb`, which rounds to the context."""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    exponent += places
    while len(digits) > 1 and digits[-1] == 0 and exponent < 0:
        digits, exponent = digits[:-1], exponent + 1
    return Decimal((sign, digits, exponent)) if any(digits) else Decimal(0)


def period(text: str) -> tuple[int, Days | Months]:
    """A period in days, or in months (a year counts as 12): ``30 days``, ``2 years``, ``1 year 6 months``."""
    if not re.fullmatch(r"[0-9]+ (day|month|year)s?( [0-9]+ months?)?", text):
        raise LiteralError(f"`{text}` is not a period")
    words = text.split()
    amount = whole(words[0])
    if words[1].startswith("day"):
        if len(words) > 2:
            raise LiteralError("days and months do not mix in one period")
        return amount, Days()
    months = amount * (12 if words[1].startswith("year") else 1)
    if len(words) > 2:
        if not words[1].startswith("year"):
            raise LiteralError(f"`{text}` is not a period")
        months += whole(words[2])
    return months, Months()


def date(text: str) -> datetime.date:
    """A date, ``2026-11-01``."""
    if (match := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)) is None:
        raise LiteralError(f"`{text}` is not a date")
    year, month, day = map(int, match.groups())
    if not 1 <= month <= 12:
        raise LiteralError(f"`{text}` is no date: there is no month {month}")
    if year < 1:
        raise LiteralError(f"`{text}` is no date: years start at 0001")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise LiteralError(f"`{text}` is no date: that month has {last} days")
    return datetime.date(year, month, day)
