"""What databases do in their own ways, on the databases themselves: each trap beside the way around it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from sqlglot import exp

from sopb_rules.population import dialects as sql
from sopb_rules.population.columns import _later_days, _later_months
from sopb_rules.population.dialects import DIALECTS, E
from sopb_rules.predicates.dates import add_days, add_months
from tests.population.engines import Engine

FIRST, LAST = datetime.date.min, datetime.date.max
DATES = [
    datetime.date(*each)
    for each in (
        (2024, 1, 31),
        (2023, 1, 31),
        (2024, 2, 29),
        (1900, 2, 28),
        (2026, 12, 31),
        (1500, 3, 1),
        (1582, 10, 10),
    )
] + [FIRST, LAST, FIRST + datetime.timedelta(1), LAST - datetime.timedelta(31)]
PERIODS = [0, 1, 11, 12, 13, 28, 31, 365, 1200, 119_988, 119_999, 3_652_058, 3_652_059, 10**9, 10**18 - 1]


def column(name: str) -> E:
    return exp.column(exp.to_identifier(name, quoted=True))


def ask(engine: Engine, table: str, *columns: E) -> list[tuple[Any, ...]]:
    select = exp.select(*(exp.alias_(each, f"c{number}", quoted=True) for number, each in enumerate(columns)))
    query = select.from_(exp.Table(this=exp.to_identifier(table, quoted=True)))
    return engine.query(query.sql(dialect=DIALECTS[engine.dialect].name))


@pytest.mark.parametrize("months", [True, False], ids=["months", "days"])
def test_dates_move_as_by_the_reference_and_never_fail(engine: Engine, months: bool) -> None:
    dialect, move = DIALECTS[engine.dialect], add_months if months else add_days
    pairs = [(date, sign * period) for date in DATES for period in PERIODS for sign in (1, -1)]
    unknown = [(None, 1), (None, 10**18 - 1), (None, -(10**9)), (DATES[0], None)]
    rows = [*pairs, *unknown]
    frame = pl.DataFrame(rows, schema={"a date": pl.Date, "a.period": pl.Int64}, orient="row")
    engine.load({"moved": frame})
    moved = dialect.later(column("a date"), column("a.period"), months)
    got = ask(engine, "moved", column("a date"), column("a.period"), moved)
    wanted = {(date, period): move(date, period) for date, period in pairs}
    assert {(date, period): found for date, period, found in got} == wanted | dict.fromkeys(unknown)
    fixed = [dialect.later(column("a date"), sign * period, months) for period in PERIODS for sign in (1, -1)]
    (found,) = ask(engine, "moved", *fixed)[:1]
    assert list(found) == [move(DATES[0], sign * period) for period in PERIODS for sign in (1, -1)]


@pytest.mark.parametrize("months", [True, False], ids=["months", "days"])
def test_periods_may_be_narrow_or_wide(engine: Engine, months: bool) -> None:
    dialect, move = DIALECTS[engine.dialect], add_months if months else add_days
    narrow = [period for period in (*PERIODS, 2**31 - 1) if period < 2**31]
    rows = [(date, period) for date in DATES for period in narrow]
    engine.load({"moved": pl.DataFrame(rows, schema={"d": pl.Date, "n": pl.Int32}, orient="row")})
    many = 10**19  # times as much, so that it is more than 64 bits hold
    wide = exp.Mul(this=exp.cast(column("n"), dialect.wide), expression=exp.cast(sql.whole(many), dialect.wide))
    moved = [dialect.later(column("d"), period, months) for period in (column("n"), exp.Neg(this=column("n")), wide)]
    for date, period, later, earlier, far in ask(engine, "moved", column("d"), column("n"), *moved):
        assert (later, earlier) == (move(date, period), move(date, -period))
        assert far == move(date, period * many)


@pytest.mark.parametrize("months", [True, False], ids=["months", "days"])
def test_columns_move_dates_by_narrow_and_by_wide_periods(months: bool) -> None:
    move, later = (add_months, _later_months) if months else (add_days, _later_days)
    periods = [*PERIODS, 2**63 - 1, 10**37]
    rows = [(date, sign * period) for date in DATES for period in periods for sign in (1, -1)]
    frame = pl.DataFrame(rows, schema={"d": pl.Date, "n": pl.Int128}, orient="row")
    got = frame.select(later(pl.col("d"), pl.col("n"))).to_series().to_list()
    assert got == [move(date, period) for date, period in rows]


def test_what_is_compared_with_null_is_neither_true_nor_false(engine: Engine) -> None:
    engine.load({"t": pl.DataFrame({"n": [1, None, 5], "k": ["x", None, "x "]})})
    two, many = column("n") < sql.whole(2), exp.In(this=column("n"), expressions=[sql.whole(1), sql.whole(2)])
    got = ask(engine, "t", sql.holds(two), sql.holds(two.copy(), False), sql.holds(many), sql.holds(many.copy(), False))
    assert set(got) == {(True, False, True, False), (False, False, False, False), (False, True, False, True)}
    # Left alone, null goes through, and an ELSE takes it for a no.
    otherwise = sql.case([(two.copy(), exp.true())], exp.false())
    assert set(ask(engine, "t", many.copy(), otherwise)) == {(True, True), (None, False), (False, False)}
    # Texts are the same or not; blanks at the end count.
    assert set(ask(engine, "t", sql.holds(exp.EQ(this=column("k"), expression=sql.text("x"))))) == {(True,), (False,)}
    assert len(ask(engine, "t", column("k"))) == 3


def test_folds_leave_out_null(engine: Engine) -> None:
    engine.load({"t": pl.DataFrame({"n": [None, 5]}, schema={"n": pl.Int64})})
    yes = exp.GT(this=column("n"), expression=sql.whole(1))
    (folded,) = ask(engine, "t", exp.LogicalAnd(this=yes), exp.LogicalOr(this=yes.copy()))
    assert folded == (True, True)  # so what is folded has to be a truth that is never null


def test_decimals_are_exact_to_the_last_digit(engine: Engine) -> None:
    dialect = DIALECTS[engine.dialect]
    most = Decimal("999999999999999999.999999999")
    values = [most, -most, Decimal("0.4"), Decimal("0.000000001"), None]
    engine.load({"t": pl.DataFrame({"d": pl.Series(values, dtype=pl.Decimal(27, 9))})})
    units = {value: None if value is None else int(value.scaleb(9)) for value in values}
    weight = 10**9 + 1
    sum_ = exp.Add(
        this=exp.Mul(this=dialect.units(column("d")), expression=exp.cast(sql.whole(weight), dialect.wide)),
        expression=exp.cast(sql.whole(10**36), dialect.wide),
    )
    got = ask(engine, "t", column("d"), dialect.units(column("d")), sum_)
    assert {value: (int(one), int(more)) for value, one, more in got if value is not None} == {
        value: (unit, unit * weight + 10**36) for value, unit in units.items() if unit is not None
    }
    for value, unit in units.items():
        if unit is not None:  # literals are decimals, not floats
            equal = exp.EQ(this=column("d"), expression=sql.decimal(unit))
            assert sum(row[0] for row in ask(engine, "t", sql.holds(equal))) == 1, value
            near = exp.EQ(this=column("d"), expression=sql.decimal(unit + 1))
            assert not any(row[0] for row in ask(engine, "t", sql.holds(near))), value


def test_names_may_have_any_signs(engine: Engine) -> None:
    names = ["party_organization.exists", "judgements.8.3 (a)", "a`b", "order"]
    engine.load({"organization.changes": pl.DataFrame({name: [number] for number, name in enumerate(names)})})
    assert ask(engine, "organization.changes", *map(column, names)) == [(0, 1, 2, 3)]
