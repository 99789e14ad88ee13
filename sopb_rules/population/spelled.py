"""One cell of a table as it is spelled: read as state files are, with the same words about what is wrong."""

from __future__ import annotations

import datetime
import enum
from decimal import Decimal

import attrs

from sopb_rules.diagnostics import Code
from sopb_rules.model import vocabulary as v
from sopb_rules.population.layout import Column, Says
from sopb_rules.states.nodes import Scalar, quoted
from sopb_rules.states.records import ABSENT, Absence
from sopb_rules.states.scalars import Mistake, expected, read_id, read_scalar
from sopb_rules.states.words import helped

#: How many digits numbers have after the point at most.
DECIMALS = 9
#: How many digits numbers have before the point at most.
WHOLE = 18

TOO_LONG = f"has more than {WHOLE} digits before its point or more than {DECIMALS} after it"


class Spelling(enum.Enum):
    """What a column of texts is written in."""

    CSV = True
    TYPED = False

    @property
    def words(self) -> bool:
        """Whether `unknown` and `absent` are words everywhere: where there are types, a text may say so of itself."""
        return self is Spelling.CSV


def read_spelled(
    text: str, column: Column, currency: str | None, spelling: Spelling
) -> bool | int | str | datetime.date | Absence | Mistake | None:
    """The value of a cell in engine form: None for unknown, `ABSENT`, or what is wrong with it."""
    plain = text.strip()
    own_text = isinstance(column.type, v.Text) and not spelling.words
    if not plain and not own_text:
        return None
    if column.says in (Says.ID, Says.HOLDER):
        return read_id(Scalar(text, plain=True))
    if not own_text and plain == "unknown":
        return None
    if not own_text and plain == "absent":
        return ABSENT if _optional(column) else _not_optional(column)
    if isinstance(column.type, v.Reference):
        return read_id(Scalar(text, plain=True))
    return _read(text if isinstance(column.type, v.Text) else plain, column, currency)


def _optional(column: Column) -> bool:
    return column.says is Says.VALUE and column.fact is not None and column.fact.optional


def _not_optional(column: Column) -> Mistake:
    if column.says in (Says.EXISTS, Says.KNOWN):
        return Mistake("`absent` is neither yes nor no", expected(v.YesNo()), "write `no` where there is none")
    message = f"`{column.name}` cannot be absent: the vocabulary does not call it optional"
    help = "leave the cell empty where it is not known"
    return Mistake(message, expected(as_stated(column.type)), help, Code.STATE_NOT_OPTIONAL)


def as_stated(type_: v.FactType) -> v.FactType:
    """The type that the reader of states knows: a judgement is yes or no in a table."""
    return v.YesNo() if isinstance(type_, v.Judgement) else type_


def _read(text: str, column: Column, currency: str | None) -> bool | int | str | datetime.date | Mistake:
    type_ = as_stated(column.type)
    assert not isinstance(type_, v.Contained | v.Reference | v.ListOf | v.Inverse | v.Judgement)
    scalar = Scalar(text, plain=True)
    read = read_scalar(type_, scalar, currency)
    if isinstance(read, Mistake):
        return helped(read, column.fact, scalar) if column.fact is not None else read
    if isinstance(read, Decimal):
        return _units(read, text, type_, currency)
    if isinstance(type_, v.KindType):
        return type_.kind.rank(str(read))
    if isinstance(read, int) and read >= 10**WHOLE:
        return Mistake(f"{quoted(text)} has more than {WHOLE} digits", expected(type_))
    return read


def _units(value: Decimal, text: str, type_: v.FactType, currency: str | None) -> int | Mistake:
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    whole, shift = int("".join(map(str, digits))), exponent + DECIMALS
    units, rest = divmod(whole * int(10 ** max(shift, 0)), int(10 ** max(-shift, 0)))
    if rest or units >= 10 ** (WHOLE + DECIMALS):
        return Mistake(f"{quoted(text)} {TOO_LONG}", expected(type_, currency))
    return -units if sign else units


@attrs.frozen
class Typed:
    """What is wrong with a value that has a type of its own."""

    value: object
    column: Column
    currency: str | None

    def mistake(self) -> Mistake:
        """In words."""
        type_ = as_stated(self.column.type)
        return Mistake(f"{quoted(str(self.value))} {self._problem(type_)}", expected(type_, self.currency))

    def _problem(self, type_: v.FactType) -> str:
        value = self.value
        if isinstance(value, datetime.datetime):
            return "has a time of day"
        if isinstance(value, datetime.date) or isinstance(type_, v.Date):
            return "is no date of the years 0001 to 9999"
        number = Decimal(str(value)) if isinstance(value, float | int | Decimal) else Decimal(0)
        if not number.is_finite():
            return "is not a number"
        if not isinstance(type_, v.Count | v.Days | v.Months):
            return TOO_LONG
        if number < 0:
            return "is below 0"
        return f"has more than {WHOLE} digits" if number >= 10**WHOLE else "is not a whole number"
