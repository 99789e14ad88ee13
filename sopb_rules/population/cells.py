"""The cells of one column, read by the type that the vocabulary expects: whole columns at a time, exact, never guessed.

What comes out is the *engine form*, which is what programs run over:

- yes/no and judgements, what says whether something is there, and whether a list is known: Boolean;
- counts, days and months: Int64, from 0 and below 10^18;
- numbers, percentages and amounts: Int128, counted in units of 10^-9, so that 0.4 (40%) is 400,000,000;
- dates: Date, from 0001-01-01 to 9999-12-31;
- texts and ids: String;
- values of a kind: UInt16, the place of the value in `kind.values`.

Null is unknown. A column of texts can stand for any type; what is usual there is read by the column, and each other
spelling once, by the reader of state files (`sopb_rules.population.spelled`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import polars as pl

from sopb_rules.model import vocabulary as v
from sopb_rules.population.layout import Column, Says
from sopb_rules.population.spelled import DECIMALS, WHOLE, Spelling, read_spelled

_UNIT = 10**DECIMALS
_EXACT_FLOAT = 10.0**15  # a decimal of 15 digits is the only such one that leads to its float
_UNPRINTABLE = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\x{2028}\x{2029}\x{fffe}\x{ffff}]"
_NO_ID = ("unknown", "absent", "null", "~")
_LONGEST_ID = 200
_PLAIN = bytes(range(ord("!"), ord("~") + 1))
_TOGETHER = 250_000  # how many ids are put together at a time, so that long ones do not fill the memory
_DECIMAL_TEXT = r"^-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,9}0{0,10})?"
_SHARE_TEXT = r"^-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,7}0{0,10})?%$"
_WHOLE_TEXT = r"^(?:0|[1-9][0-9]{0,17})"

_DECIMAL = v.Number | v.Percent | v.Money
_COUNTED = v.Count | v.Days | v.Months
_TRUTH = v.YesNo | v.Judgement
_TEXTUAL = (pl.String, pl.Categorical, pl.Enum)


def engine_type(type_: v.FactType) -> pl.DataType:
    """The type of a column in engine form."""
    match type_:
        case v.YesNo() | v.Judgement():
            return pl.Boolean()
        case v.Count() | v.Days() | v.Months():
            return pl.Int64()
        case v.Number() | v.Percent() | v.Money():
            return pl.Int128()
        case v.Date():
            return pl.Date()
        case v.KindType():
            return pl.UInt16()
        case _:
            return pl.String()


def textual(dtype: pl.DataType) -> bool:
    """Whether a column holds texts, which may stand for any type."""
    return isinstance(dtype, _TEXTUAL)


def readable(column: Column, dtype: pl.DataType) -> bool:
    """Whether a column of a table can say, with values of a type, what it has to."""
    if dtype == pl.Null or textual(dtype):
        return True
    if column.says in (Says.ID, Says.HOLDER):
        return dtype.is_numeric()
    match column.type:
        case v.YesNo() | v.Judgement():
            return dtype == pl.Boolean
        case v.Days():
            return dtype.is_numeric() or dtype == pl.Duration
        case v.Count() | v.Months() | v.Number() | v.Money():
            return dtype.is_numeric()
        case v.Percent():  # 40 may be meant as 40%, and would be 4000%
            return dtype.is_float() or (isinstance(dtype, pl.Decimal) and dtype.scale > 0)
        case v.Date():
            return dtype == pl.Date or dtype == pl.Datetime
        case v.Reference():
            return dtype.is_numeric()
        case v.KindType():
            return False
        case _:
            return False


@attrs.frozen
class Cells:
    """What the cells of a column say.

    Args:
        values: in engine form; null where nothing is known, where there is none, and where a cell is bad.
        absent: where a cell says that there is none; None where no cell does.
        bad: where a cell cannot be read; None where all can.
        spelled: by text, what is wrong with it, for a column of texts.
    """

    values: pl.Series
    absent: pl.Series | None = None
    bad: pl.Series | None = None
    spelled: dict[str, Any] = attrs.field(factory=dict)


def read_cells(cells: pl.Series, column: Column, currency: str | None, spelling: Spelling) -> Cells:
    """Read a column.

    Args:
        cells: of a type that is `readable`.
        currency: the currency of the vocabulary.
        spelling: what the cells are written in, which tells whether `unknown` is a word or a text.
    """
    if cells.dtype == pl.Null:
        return Cells(pl.Series(cells.name, [None], engine_type(column.type)).new_from_index(0, cells.len()))
    if column.says in (Says.ID, Says.HOLDER) or isinstance(column.type, v.Reference):
        return _ids(cells, column, currency, spelling)
    if textual(cells.dtype):
        if isinstance(column.type, v.KindType) and cells.dtype != pl.String:
            codes = _codes(cells, column.type.kind)
            if codes.null_count() == cells.null_count():
                return Cells(codes)
        return _texts(cells.cast(pl.String), column, currency, spelling)
    match column.type:
        case v.YesNo() | v.Judgement():
            return Cells(cells)
        case v.Count() | v.Days() | v.Months():
            return _checked(cells, _whole(cells))
        case v.Date():
            return _checked(cells, _dates(cells))
        case _ if cells.dtype == pl.Float32:
            return _checked(cells, _texts(cells.cast(pl.String), _AS_NUMBER, None, spelling).values)
        case _:
            return _checked(cells, _units(cells, spelling))


#: A float as its shortest decimal is a number, whatever the fact is.
_AS_NUMBER = Column("", Says.VALUE, v.Number())


def _checked(cells: pl.Series, values: pl.Series) -> Cells:
    """The values, where what could not be read is null."""
    if values.null_count() == cells.null_count():
        return Cells(values)
    return Cells(values, bad=cells.is_not_null() & values.is_null())


def _select(cells: pl.Series, expression: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    return cells.to_frame("").select(expression(pl.col("")).alias(cells.name)).to_series()


# ---- numbers ------------------------------------------------------------------------------------------------


def _whole(cells: pl.Series) -> pl.Series:
    """Whole numbers from 0 that are small enough; null where they are something else."""
    if cells.dtype == pl.Duration:
        return _select(cells, _days)
    if cells.dtype.is_float():
        limit = float(10**WHOLE)
        return _select(
            cells,
            lambda x: pl.when((x >= 0) & (x < limit) & (x == x.floor())).then(x).cast(pl.Int64, strict=False),
        )
    if isinstance(cells.dtype, pl.Decimal):
        scale = pl.lit(10**cells.dtype.scale, dtype=pl.Int128)
        cells = _select(cells.to_physical(), lambda x: pl.when(x % scale == 0).then(x // scale))
    least, most = cells.min(), cells.max()
    if least is None:
        return cells.cast(pl.Int64)
    if least >= 0 and most < 10**WHOLE:  # type: ignore[operator]
        return cells.cast(pl.Int64)
    wide = cells.cast(pl.Int128)
    limits = pl.lit(0, dtype=pl.Int128), pl.lit(10**WHOLE, dtype=pl.Int128)
    return _select(wide, lambda x: pl.when((x >= limits[0]) & (x < limits[1])).then(x)).cast(pl.Int64)


def _days(cell: pl.Expr) -> pl.Expr:
    days = cell.dt.total_days()
    return pl.when((cell >= pl.duration(days=0)) & (cell == pl.duration(days=days))).then(days)


def _units(cells: pl.Series, spelling: Spelling) -> pl.Series:
    """Decimals in units of 10^-9; null where they have too many digits."""
    if cells.dtype.is_float():
        return _units_of_floats(cells, spelling)
    scale = cells.dtype.scale if isinstance(cells.dtype, pl.Decimal) else 0
    whole = cells.to_physical() if isinstance(cells.dtype, pl.Decimal) else cells
    whole = whole.cast(pl.Int128, strict=False)  # what does not fit in has more digits than any number here
    if scale <= DECIMALS:
        limit = pl.lit(10 ** (WHOLE + scale), dtype=pl.Int128)
        factor = pl.lit(10 ** (DECIMALS - scale), dtype=pl.Int128)
        return _select(whole, lambda x: pl.when((x < limit) & (x > -limit)).then(x) * factor)
    factor = pl.lit(10 ** (scale - DECIMALS), dtype=pl.Int128)
    found = _select(whole, lambda x: pl.when(x % factor == 0).then(x // factor))
    limit = pl.lit(10 ** (WHOLE + DECIMALS), dtype=pl.Int128)
    return _select(found, lambda x: pl.when((x < limit) & (x > -limit)).then(x))


def _units_of_floats(cells: pl.Series, spelling: Spelling) -> pl.Series:
    """Each float as the shortest decimal that gives it, which is what its writer meant by it.

    A decimal of at most 15 digits that gives the float is the shortest: no other one of so few digits does. So it is
    looked for with 9, 2 and no digits after the point; the few floats that are left are written out and read.
    """
    found = _select(cells, lambda x: pl.coalesce(_scaled(x, 9), _scaled(x, 2), _scaled(x, 0)))
    if found.null_count() == cells.null_count():
        return found
    left = cells.is_not_null() & found.is_null()
    written = _texts(cells.set(~left, None).cast(pl.String), _AS_NUMBER, None, spelling)
    return found.zip_with(found.is_not_null(), written.values)


def _scaled(x: pl.Expr, digits: int) -> pl.Expr:
    scaled = (x * 10.0**digits).round()
    power = scaled * 0.0 + 10.0**digits  # a column, since dividing by one number is not rounded as a division is
    exact = (scaled / power == x) & (scaled.abs() < _EXACT_FLOAT)
    units = pl.when(exact).then(scaled).cast(pl.Int128, strict=False)
    return units * pl.lit(10 ** (DECIMALS - digits), dtype=pl.Int128)


def _dates(cells: pl.Series) -> pl.Series:
    """Calendar dates of four digits; null where there is a time of day, or another year."""
    if cells.dtype == pl.Datetime:
        midnight = pl.time(0, 0, 0)
        cells = _select(cells, lambda x: pl.when(x.dt.time() == midnight).then(x.dt.date()))
    least, most = cells.to_physical().min(), cells.to_physical().max()
    if least is None or (least >= _FIRST and most <= _LAST):  # type: ignore[operator]
        return cells
    days = pl.col("").to_physical()
    return cells.to_frame("").select(pl.when(days.is_between(_FIRST, _LAST)).then("").alias(cells.name)).to_series()


#: The first and the last day of the calendar, counted from 1970-01-01.
_FIRST, _LAST = -719_162, 2_932_896


# ---- texts --------------------------------------------------------------------------------------------------


def _texts(cells: pl.Series, column: Column, currency: str | None, spelling: Spelling) -> Cells:
    """A column of texts: what is usual by the column, each other spelling once."""
    usual = _usual(cells, column, currency, spelling)
    left = cells.is_not_null() & usual.is_null()
    if not left.any():
        return Cells(usual)
    others = cells.filter(left).unique()
    read = {text: read_spelled(text, column, currency, spelling) for text in others.to_list()}
    return _with_others(cells, usual, read)


def _with_others(cells: pl.Series, usual: pl.Series, read: dict[str, Any]) -> Cells:
    """What was read by the column, and the others."""
    from sopb_rules.states.records import ABSENT
    from sopb_rules.states.scalars import Mistake

    good = {text: each for text, each in read.items() if each is not ABSENT and not isinstance(each, Mistake)}
    said = {text: each for text, each in good.items() if each is not None}
    if said:
        new = pl.Series(list(said.values()), dtype=usual.dtype)
        others = cells.replace_strict(pl.Series(list(said)), new, default=None, return_dtype=usual.dtype)
        usual = usual.zip_with(usual.is_not_null(), others)
    absent = [text for text, each in read.items() if each is ABSENT]
    bad = {text: each for text, each in read.items() if isinstance(each, Mistake)}
    return Cells(usual, _among(cells, absent), _among(cells, list(bad)), bad)


def _among(cells: pl.Series, texts: list[str]) -> pl.Series | None:
    return cells.is_in(texts).fill_null(False) if texts else None


def _usual(cells: pl.Series, column: Column, currency: str | None, spelling: Spelling) -> pl.Series:
    """What is spelled as it usually is; null for everything else."""
    match column.type:
        case v.YesNo() | v.Judgement():
            return cells.replace_strict(
                ["yes", "no", "true", "false"], [True, False, True, False], default=None, return_dtype=pl.Boolean
            )
        case v.Count():
            return _matched(cells, _WHOLE_TEXT + "$", pl.Int64())
        case v.Days():
            return _matched(cells, _WHOLE_TEXT + r"(?: +days?)?$", pl.Int64(), r" +days?$")
        case v.Months():
            return _matched(cells, _WHOLE_TEXT + r"(?: +months?)?$", pl.Int64(), r" +months?$")
        case v.Number():
            return _matched(cells, _DECIMAL_TEXT + "$", _PRECISE).to_physical()
        case v.Money():
            unit = rf" +{_escaped(currency)}$" if currency else "$"
            return _matched(cells, _DECIMAL_TEXT + f"(?:{unit})?$", _PRECISE, unit if currency else "").to_physical()
        case v.Percent():
            hundred = pl.lit(100, dtype=pl.Int128)
            found = _matched(cells, _SHARE_TEXT, _PRECISE, "%$").to_physical()
            return _select(found, lambda x: x // hundred)
        case v.Date():
            found = _matched(cells, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", pl.Date())
            return _dates(found)
        case v.KindType(kind):
            codes = _codes(cells, kind)
            words = [word for word in ("unknown", "absent") if word in kind.values] if spelling.words else []
            return codes.zip_with(~cells.is_in(words).fill_null(False), codes.clear(codes.len())) if words else codes
        case _:
            plain = _select(
                cells, lambda x: pl.when((x.str.strip_chars() != "") & ~x.str.contains(_UNPRINTABLE)).then(x)
            )
            if not spelling.words:
                return plain
            words = ["unknown", "absent"]
            return plain.zip_with(~plain.is_in(words).fill_null(False), plain.clear(plain.len()))


_PRECISE = pl.Decimal(38, DECIMALS)


def _matched(cells: pl.Series, pattern: str, dtype: pl.DataType, without: str = "") -> pl.Series:
    """The texts of a pattern, as values of another type."""
    found = cells.set(~cells.str.contains(pattern).fill_null(False), None)
    if without:
        found = found.str.replace(without, "")
    return found.str.to_date("%Y-%m-%d", strict=False) if dtype == pl.Date else found.cast(dtype, strict=False)


def _escaped(text: str | None) -> str:
    return "".join(rf"\x{{{ord(letter):x}}}" for letter in text or "")


def _codes(cells: pl.Series, kind: v.Kind) -> pl.Series:
    return cells.cast(pl.Enum(list(kind.values)), strict=False).to_physical().cast(pl.UInt16)


# ---- ids ----------------------------------------------------------------------------------------------------


def _ids(cells: pl.Series, column: Column, currency: str | None, spelling: Spelling) -> Cells:
    """Ids: short texts; a whole number counts as its text."""
    if cells.dtype.is_numeric():
        if cells.dtype.is_integer():
            return Cells(cells.cast(pl.String))
        whole = _select(cells.cast(pl.Float64), lambda x: pl.when((x == x.floor()) & (x.abs() < 2.0**53)).then(x))
        return _checked(cells, whole.cast(pl.Int64, strict=False).cast(pl.String))
    texts = cells.cast(pl.String)
    if _all_plain(texts):
        return Cells(texts)
    odd = _select(texts, _odd_id).fill_null(False)
    if not odd.any():
        return Cells(texts)
    others = texts.filter(odd).unique()
    read = {text: read_spelled(text, column, currency, spelling) for text in others.to_list()}
    return _with_others(texts, texts.set(odd, None), read)


def _all_plain(texts: pl.Series) -> bool:
    """Whether no text is odd, seen from their signs put together: to start on each text costs more than to read it."""
    length = texts.str.len_bytes()
    if length.min() == 0 or (length.max() or 0) > _LONGEST_ID or texts.is_in(_NO_ID).any():  # type: ignore[operator]
        return False
    together = (texts.slice(first, _TOGETHER).str.join("") for first in range(0, texts.len(), _TOGETHER))
    return not any(signs.item().encode().translate(None, _PLAIN) for signs in together)


def _odd_id(x: pl.Expr) -> pl.Expr:
    """Whether a text has to be looked at: most ids are plain signs that need no look."""
    return ~x.str.contains(rf"^[!-~]{{1,{_LONGEST_ID}}}$") | x.is_in(_NO_ID)
