"""Cells in engine form: exact, whatever they are written in."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sopb_rules.model import vocabulary as v
from sopb_rules.population import cells as cells_module
from sopb_rules.population.cells import Cells, engine_type, read_cells
from sopb_rules.population.layout import Column, Says
from sopb_rules.population.spelled import Spelling
from sopb_rules.states.nodes import Scalar
from sopb_rules.states.scalars import Mistake, read_scalar

KIND = v.Kind("form", "form", {"branch": "Branch", "absent": "Absent", "unknown": "Unknown"}, ordered=False)


def read(type_: Any, cells: pl.Series, spelling: Spelling = Spelling.CSV, optional: bool = False) -> Cells:
    column = Column("fact", Says.VALUE, type_, v.Fact("fact", type_, "fact", optional))
    found = read_cells(cells, column, "yuan", spelling)
    assert found.values.dtype == engine_type(type_)
    return found


def values(type_: Any, cells: list[Any], dtype: Any = None) -> list[Any]:
    """The values; "bad" where a cell cannot be read."""
    found = read(type_, pl.Series("fact", cells, dtype=dtype))
    bad = [False] * len(cells) if found.bad is None else found.bad.to_list()
    return ["bad" if wrong else value for wrong, value in zip(bad, found.values.to_list(), strict=True)]


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=1))
@example([0.1, 0.4, 123456.78, 1e-9, 1.5e-10, 1e15, 123456789012.34, 1e17, 1e18, -0.0, 0.1 + 0.2, 5e-324])
def test_a_float_is_the_shortest_decimal_that_gives_it(floats: list[float]) -> None:
    def units(value: float) -> Any:
        shortest = Decimal(repr(value))
        if not shortest.is_finite() or abs(shortest) >= 10**18 or (shortest.adjusted() < -9 and shortest != 0):
            return "bad"
        scaled = shortest.scaleb(9)
        return int(scaled) if scaled == int(scaled) else "bad"

    assert values(v.Number(), floats, pl.Float64) == [units(value) for value in floats]


@given(st.lists(st.integers(-(10**8), 10**8), min_size=1), st.sampled_from([0, 1, 2, 4, 9]))
def test_decimals_of_few_digits_come_through_floats_unchanged(wholes: list[int], digits: int) -> None:
    floats = [whole / 10**digits for whole in wholes]
    assert values(v.Money(), floats) == [whole * 10 ** (9 - digits) for whole in wholes]


@given(st.lists(st.decimals(-(10**18), 10**18, places=6, allow_nan=False), min_size=1), st.integers(6, 14))
def test_decimals_come_through_at_any_scale(decimals: list[Decimal], scale: int) -> None:
    right = [int(each.scaleb(9)) if abs(each) < 10**18 else "bad" for each in decimals]
    assert values(v.Number(), decimals, pl.Decimal(38, scale)) == right


def test_numbers_with_too_many_digits() -> None:
    assert values(v.Number(), [Decimal("1.1234567891"), Decimal("1.1234567890")], pl.Decimal(38, 10)) == [
        "bad",
        1123456789,
    ]
    assert values(v.Number(), [10**18, 10**18 - 1, -(10**18)]) == ["bad", (10**18 - 1) * 10**9, "bad"]
    assert values(v.Number(), [2**127 - 1], pl.Int128) == ["bad"]
    assert values(v.Number(), [0.1, 16777216.0, math.nan, None], pl.Float32) == [10**8, 16777216 * 10**9, "bad", None]


TEXTS = ["yes", "No", "TRUE", "1", "0", "-1", "007", "2.5", "-0.50", "1e3", "1.5E-7", "1,000", "40%", "12.5 %", "0.1234567%",
         "0.12345678%", "500 yuan", "500 euro", "30 days", "1 day", "2 months", "2 years", "1 year 6 months", "2026-02-28",
         "2026-02-30", "0000-01-01", "9999-12-31", "2026-11-01T00:00", "branch", "Branch", "null", "~", "none",
         "123456789012345678", "1234567890123456789", "0.123456789000", "0.1234567891", "--", "\x01", "a\nb"]  # fmt: skip
TYPES = [
    v.YesNo(),
    v.Count(),
    v.Number(),
    v.Percent(),
    v.Money(),
    v.Date(),
    v.Days(),
    v.Months(),
    v.Text(),
    v.KindType(KIND),
]


@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type(type_).__name__)
def test_texts_are_what_they_are_in_state_files(type_: Any) -> None:
    for text, value in zip(TEXTS, values(type_, TEXTS), strict=True):
        right = read_scalar(type_, Scalar(text, plain=True), "yuan")
        if isinstance(right, Mistake):
            right = (
                int(text)
                if isinstance(type_, v.Days | v.Months) and text in ("0", "1", "123456789012345678")
                else "bad"
            )
        elif isinstance(right, Decimal):
            units = right.scaleb(9)
            right = int(units) if units == int(units) and abs(units) < 10**27 else "bad"
        elif isinstance(type_, v.KindType):
            right = KIND.rank(str(right))
        elif isinstance(type_, v.Count) and isinstance(right, int) and right >= 10**18:
            right = "bad"
        assert value == right, text


def test_words_for_nothing_known_and_for_absence() -> None:
    cells = pl.Series("fact", ["", " ", None, "unknown", "absent", "3"])
    found = read(v.Count(), cells, optional=True)
    assert found.values.to_list() == [None] * 5 + [3]
    assert found.absent is not None
    assert found.absent.to_list() == [False] * 4 + [True, False]
    assert found.bad is None


@pytest.mark.parametrize(("spelling", "codes"), [(Spelling.CSV, [0, None, None]), (Spelling.TYPED, [0, 1, 2])])
def test_a_value_that_is_called_like_a_word(spelling: Spelling, codes: list[int | None]) -> None:
    found = read(v.KindType(KIND), pl.Series("fact", ["branch", "absent", "unknown"]), spelling, optional=True)
    assert found.values.to_list() == codes
    assert (found.absent is not None) == (spelling is Spelling.CSV)


def test_a_text_says_of_itself_what_it_is_where_there_are_types() -> None:
    cells = pl.Series("fact", ["unknown", "absent", "", "a b"])
    typed = read(v.Text(), cells, Spelling.TYPED, optional=True)
    assert typed.values.to_list() == ["unknown", "absent", None, "a b"]
    assert typed.bad is not None
    assert typed.bad.to_list() == [False, False, True, False]
    assert read(v.Text(), cells, optional=True).values.to_list() == [None, None, None, "a b"]


def test_periods_of_days_and_times_at_midnight() -> None:
    day, hour = datetime.timedelta(days=1), datetime.timedelta(hours=1)
    assert values(v.Days(), [3 * day, day + hour, -day, None]) == [3, "bad", "bad", None]
    midnight = datetime.datetime(2026, 1, 1)
    assert values(v.Date(), [midnight, midnight + hour]) == [datetime.date(2026, 1, 1), "bad"]


def test_whole_numbers_of_any_width() -> None:
    assert values(v.Count(), [1, 2**64 - 1], pl.UInt64) == [1, "bad"]
    assert values(v.Count(), [1, -(2**100)], pl.Int128) == [1, "bad"]
    assert values(v.Count(), [None], pl.Int8) == [None]
    assert values(v.Count(), [Decimal("2.0"), Decimal("2.5")], pl.Decimal(10, 1)) == [2, "bad"]
    assert values(v.Count(), [None, None]) == [None, None]


_ODD = ["unknown", "~", "", "x" * 201, "a b", "\x7f", "\u00e9"]


@given(st.lists(st.none() | st.sampled_from([*_ODD, "a", "x" * 200]) | st.text(), max_size=8))
@example([])
@example([None])
@example(["a", "b", "c", "d e"])
def test_ids_are_plain_together_where_each_of_them_is(ids: list[str | None]) -> None:
    texts = pl.Series("", ids, dtype=pl.String)
    odd = texts.to_frame().select(cells_module._odd_id(pl.col(""))).to_series().fill_null(False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells_module, "_TOGETHER", 2)
        assert cells_module._all_plain(texts) is not bool(odd.any())
