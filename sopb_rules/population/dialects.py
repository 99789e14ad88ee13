"""What databases say in their own ways: types, whole numbers that never overflow, dates moved within the calendar.

Everything is built from expressions of sqlglot, which writes names, texts and casts as each database wants them. Nothing rests on
what databases do differently: how they divide, round or order texts, and what a comparison with null comes to.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import attrs
from sqlglot import exp

from sopb_rules.model import vocabulary as v
from sopb_rules.population.program import DECIMALS, DIGITS

E = exp.Expr

#: A decimal as tables hold it.
DECIMAL = f"DECIMAL({DIGITS + DECIMALS}, {DECIMALS})"
_UNIT = 10**DECIMALS
_FIRST, _LAST = datetime.date.min, datetime.date.max
_EPOCH = datetime.date(1970, 1, 1)
_FIRST_DAY, _LAST_DAY = ((end - _EPOCH).days for end in (_FIRST, _LAST))
#: Months are counted from the beginning of the year 0.
_FIRST_MONTH, _LAST_MONTH = 12, 9999 * 12 + 11


@attrs.frozen
class Dialect:
    """A database's SQL.

    Args:
        name: what sqlglot calls it.
        longest_name: how many bytes of a name count; None for all.
        wide: the type of whole numbers of 38 digits.
    """

    name: str
    longest_name: int | None
    wide: str

    # ---- dates -------------------------------------------------------------------------------------------

    def later(self, date: E, period: E | int, months: bool) -> E:
        """A date moved by a period, or to the nearest end of the calendar if it is out of it; null if one is null."""
        return self._later_months(date, period) if months else self._later_days(date, period)

    def _later_days(self, date: E, days: E | int) -> E:
        since = plus(_room(self._days(date), days), days)
        moved = self._date(exp.cast(since.copy(), "INT"))
        return case(_out_of(since, (_FIRST_DAY, _LAST_DAY)), moved)

    def _later_months(self, date: E, months: E | int) -> E:
        years = exp.Mul(this=_room(_part("YEAR", date), months), expression=whole(12))
        own = plus(years, plus(_part("MONTH", date), -1))
        # A fixed number that no month comes near is not written out: a database may compute the cast before it chooses.
        far = not isinstance(months, int) or abs(months) <= _LAST_MONTH
        moved = self._months_on(date, exp.cast(_number(months).copy(), "INT")) if far else exp.null()
        number = plus(own, months)
        out = _out_of(number, (_FIRST_MONTH, _LAST_MONTH))
        # Where the date is unknown, the period may still be one that no date can be moved by.
        return case(out, moved) if isinstance(months, int) else case([*out, (known(number.copy()), moved)])

    def _days(self, date: E) -> E:
        """How many days a date is after 1970-01-01."""
        if self.name == "spark":
            return exp.Anonymous(this="DATEDIFF", expressions=[date, a_date(_EPOCH)])
        return exp.Paren(this=exp.Sub(this=date, expression=a_date(_EPOCH)))

    def _date(self, days: E) -> E:
        """The date so many days after 1970-01-01."""
        if self.name == "spark":
            return exp.Anonymous(this="DATE_ADD", expressions=[a_date(_EPOCH), days])
        return exp.Add(this=a_date(_EPOCH), expression=days)

    def _months_on(self, date: E, months: E) -> E:
        """A date so many months later, by the database: all of them take the last day of a month that lacks the day."""
        match self.name:
            case "spark":
                return exp.Anonymous(this="ADD_MONTHS", expressions=[date, months])
            case "duckdb":
                period = exp.Anonymous(this="TO_MONTHS", expressions=[months])
            case _:
                period = exp.Anonymous(this="MAKE_INTERVAL", expressions=[whole(0), months])
        return exp.cast(exp.Add(this=date, expression=period), "DATE")

    # ---- numbers -----------------------------------------------------------------------------------------

    def units(self, decimal: E) -> E:
        """A decimal in units of ten to the minus nine: a whole number."""
        return exp.cast(exp.Mul(this=exp.cast(decimal, DECIMAL), expression=whole(_UNIT)), self.wide)

    def wide_enough(self, bound: int) -> str:
        """A type of whole numbers that holds all up to a bound, also when the days of a date are added."""
        return "BIGINT" if bound < 2**62 else self.wide


DIALECTS = {
    each.name: each
    for each in (
        Dialect("duckdb", None, "INT128"),
        Dialect("postgres", 63, "DECIMAL(38, 0)"),
        Dialect("spark", None, "DECIMAL(38, 0)"),
    )
}

# ---- literals -----------------------------------------------------------------------------------------------


def text(value: str) -> E:
    """A text."""
    return exp.Literal.string(value)


def whole(value: int) -> E:
    """A whole number."""
    number = exp.Literal.number(str(abs(value)))
    return exp.Neg(this=number) if value < 0 else number


def decimal(units: int) -> E:
    """A decimal that is so many units of ten to the minus nine: as a decimal literal, which no database takes for a float."""
    number = exp.Literal.number(format(abs(Decimal(units).scaleb(-DECIMALS)).normalize(), "f"))
    return exp.Neg(this=number) if units < 0 else number


def a_date(value: datetime.date) -> E:
    """A date."""
    return exp.cast(text(value.isoformat()), "DATE")


def type_name(type_: v.FactType) -> str:
    """The type of the column of a fact, as tables should have it."""
    match type_:
        case v.YesNo() | v.Judgement():
            return "BOOLEAN"
        case v.Count() | v.Days() | v.Months():
            return "BIGINT"
        case v.Number() | v.Percent() | v.Money():
            return DECIMAL
        case v.Date():
            return "DATE"
        case _:
            return "TEXT"


# ---- truths -------------------------------------------------------------------------------------------------


def holds(truth: E, value: bool = True) -> E:
    """Whether a truth, which may be null, is true; or is false."""
    truth = exp.Paren(this=truth) if isinstance(truth, exp.Binary | exp.In | exp.Not) else truth
    return exp.Is(this=truth, expression=exp.true() if value else exp.false())


def conjunction(parts: list[E]) -> E:
    """All parts hold; of none, true."""
    return exp.and_(*parts, copy=False) if parts else exp.true()


def disjunction(parts: list[E]) -> E:
    """Some part holds; of none, false."""
    return exp.or_(*parts, copy=False) if parts else exp.false()


def negation(part: E) -> E:
    """The part does not hold."""
    return exp.not_(part, copy=False)


def known(value: E) -> E:
    """A value is not null."""
    value = exp.Paren(this=value) if isinstance(value, exp.Binary) else value
    return exp.not_(exp.Is(this=value, expression=exp.null()), copy=False)


def case(branches: list[tuple[E, E]], default: E | None = None) -> E:
    """The value of the first branch whose condition holds."""
    found = exp.Case()
    for condition, value in branches:
        found = found.when(condition, value, copy=False)
    return found if default is None else found.else_(default, copy=False)


def plus(number: E, more: E | int) -> E:
    """A sum."""
    if isinstance(more, int) and more < 0:
        return exp.Sub(this=number, expression=whole(-more))
    return exp.Add(this=number, expression=_number(more))


# ---- parts --------------------------------------------------------------------------------------------------


def _number(number: E | int) -> E:
    return whole(number) if isinstance(number, int) else number


def _room(number: E, more: E | int) -> E:
    """A number of 32 bits, to which a column is added that may have no more bits, but large values."""
    return number if isinstance(more, int) else exp.cast(number, "BIGINT")


def _part(name: str, date: E) -> E:
    return exp.Extract(this=exp.var(name), expression=date.copy())


def _out_of(number: E, ends: tuple[int, int]) -> list[tuple[E, E]]:
    """Where a number is out of its ends, and which end of the calendar is the nearest there."""
    first, last = ends
    early = exp.LT(this=number, expression=whole(first))
    late = exp.GT(this=number.copy(), expression=whole(last))
    return [(early, a_date(_FIRST)), (late, a_date(_LAST))]
