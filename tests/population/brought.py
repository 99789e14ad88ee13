"""Tables as people bring them, from tables in engine form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from sopb_rules.model import vocabulary as v
from sopb_rules.population.layout import Column, Layout, Place, Says

Frames = Mapping[str, pl.DataFrame]
_DECIMAL = v.Number | v.Percent | v.Money


def expected(layout: Layout, frames: Frames) -> dict[str, pl.DataFrame]:
    """What comes out of tables that say what these do: an optional fact that has a value exists."""
    found = {}
    for name, frame in frames.items():
        for column in layout.columns[name].values():
            fact = column.name.removesuffix(".exists")
            if column.says is Says.EXISTS and fact in layout.columns[name]:
                there = pl.when(pl.col(fact).is_not_null()).then(True).otherwise(pl.col(column.name))
                frame = frame.with_columns(there.alias(column.name))
            elif column.says is Says.KNOWN:
                frame = frame.with_columns(pl.col(column.name).fill_null(False))
        found[name] = frame
    return found


def flat(layout: Layout, frames: Frames) -> dict[str, pl.DataFrame]:
    """Dotted columns, with a table for each list."""
    return {name: pl.DataFrame([_typed(frame[each.name], each) for each in layout.columns[name].values()])
            for name, frame in frames.items()}  # fmt: skip


def _typed(series: pl.Series, column: Column) -> pl.Series:
    match column.type:
        case v.KindType(kind):
            names = list(kind.values)
            values = [None if code is None else names[code] for code in series.to_list()]
            return pl.Series(column.name, values, dtype=pl.String)
        case v.Number() | v.Percent() | v.Money():
            values = [None if each is None else Decimal(each).scaleb(-9) for each in series.to_list()]
            return pl.Series(column.name, values, dtype=pl.Decimal(38, 9))
        case _:
            return series


def nested(layout: Layout, frames: Frames) -> dict[str, pl.DataFrame]:
    """Structs for what is contained, and lists of structs."""
    brought = flat(layout, frames)
    found = {}
    for name, frame in brought.items():
        table = layout.tables[name]
        if table.above is None:
            rows = [_row(layout, table.rows, row, brought, frames, at) for at, row in enumerate(frame.to_dicts())]
            found[name] = pl.DataFrame(rows, schema=_schema(layout, table.rows))
    return found


def _row(
    layout: Layout, place: Place, row: dict[str, Any], brought: Frames, frames: Frames, number: int
) -> dict[str, Any]:
    own = _own(layout, place)
    found: dict[str, Any] = {name: row[place.column(name)] for name in own if place.column(name) in row}
    for name, inner in place.inner.items():
        found[name] = _row(layout, inner, row, brought, frames, number)
    for name, table in place.lists.items():
        known = row[place.column(f"{name}.known")]
        held = (frames[table.name]["#holder"] == number).arg_true()
        elements = brought[table.name].to_dicts()
        found[name] = (
            [_row(layout, table.rows, elements[each], brought, frames, each) for each in held] if known else None
        )
    return found


def _own(layout: Layout, place: Place) -> list[str]:
    """The columns about a place itself, as fields, without the id of the holder."""
    inner = tuple(f"{each}." for each in place.inner)
    found: list[str] = []
    for column in layout.columns[place.table.name].values():
        name = column.name.removeprefix(place.prefix)
        own = column.name.startswith(place.prefix) and not name.startswith(inner)
        if own and column.says not in (Says.KNOWN, Says.HOLDER):
            found.append(name)
    return found


def _schema(layout: Layout, place: Place) -> dict[str, Any]:
    columns = layout.columns[place.table.name]
    found: dict[str, Any] = {name: _dtype(columns[place.column(name)]) for name in _own(layout, place)}
    found |= {name: pl.Struct(_schema(layout, inner)) for name, inner in place.inner.items()}
    found |= {name: pl.List(pl.Struct(_schema(layout, table.rows))) for name, table in place.lists.items()}
    return found


def _dtype(column: Column) -> pl.DataType:
    return _typed(pl.Series(column.name, [], dtype=_ENGINE.get(type(column.type), pl.String())), column).dtype


_ENGINE = {
    v.YesNo: pl.Boolean(), v.Judgement: pl.Boolean(), v.Count: pl.Int64(), v.Days: pl.Int64(), v.Months: pl.Int64(),
    v.Date: pl.Date(),
}  # fmt: skip


def texts(layout: Layout, frames: Frames, currency: str | None) -> dict[str, pl.DataFrame]:
    """Cells of a CSV file."""
    return {
        name: pl.DataFrame([_written(frame[each.name], each, currency) for each in layout.columns[name].values()])
        for name, frame in flat(layout, frames).items()
    }


def _written(series: pl.Series, column: Column, currency: str | None) -> pl.Series:
    cells = [None if each is None else _cell(each, column, currency) for each in series.to_list()]
    return pl.Series(column.name, cells, dtype=pl.String)


def _cell(value: Any, column: Column, currency: str | None) -> str:
    match column.type:
        case v.YesNo() | v.Judgement():
            return "yes" if value else "no"
        case v.Percent():
            return f"{value.scaleb(2):f}%"
        case v.Money() if currency:
            return f"{value:f} {currency}"
        case v.Number() | v.Money():
            return f"{value:f}"
        case v.Days():
            return f"{value} days"
        case v.Months():
            return f"{value // 12} years {value % 12} months" if value >= 12 else f"{value} months"
        case _:
            return str(value)
