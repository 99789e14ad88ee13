"""A state as tables, in the form that programs run over: for tests, and to see a small population as people state it."""

from __future__ import annotations

from typing import Any

import polars as pl

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.model import vocabulary as v
from sopb_rules.population.cells import engine_type
from sopb_rules.population.columns import HOLDER_ROW, ROW
from sopb_rules.population.layout import HOLDER, ID, Layout, Place, Says, Table
from sopb_rules.population.program import DECIMALS, DIGITS
from sopb_rules.predicates.evaluate import EXACT
from sopb_rules.states.records import ABSENT, Record, State


def tables_of(layout: Layout, state: State) -> dict[str, pl.DataFrame]:
    """The tables that say what a state says; an entity that it does not list has no table.

    Raises:
        RulesError: a number has more digits than a table can hold.
    """
    records: dict[str, list[Record]] = {}
    rows: dict[str, list[dict[str, Any]]] = {}
    for table in layout.tables.values():
        if table.above is None:
            listed = state.lists.get(table.name)
            if listed is not None:
                records[table.name], rows[table.name] = list(listed), [{} for _ in listed]
        elif table.above.table.name in records:
            _elements(table, table.above, records, rows)
        for number, record in enumerate(records.get(table.name, ())):
            row = rows[table.name][number]
            row[ID] = record.id or f"{table.name}#{number}"
            _fill(table.rows, record, row)
    return {name: _frame(layout, name, held) for name, held in rows.items()}


def _elements(
    table: Table, above: Place, records: dict[str, list[Record]], rows: dict[str, list[dict[str, Any]]]
) -> None:
    """The records of a list, with the numbers of the rows that hold them."""
    held = records[table.name] = []
    said = rows[table.name] = []
    assert table.list_fact is not None
    for number, row in enumerate(records[above.table.name]):
        holder = at(row, above)
        elements = holder.get(table.list_fact.name) if holder is not None else None
        for element in elements or ():
            held.append(element)
            said.append({HOLDER_ROW: number, HOLDER: rows[above.table.name][number][ID]})


def at(row: Record, place: Place) -> Record | None:
    """The record of a place, from that of its row; None where it is not known to be there."""
    if place.holder is None:
        return row
    holder = at(row, place.holder)
    assert place.fact is not None
    found = holder.get(place.fact.name) if holder is not None else None
    return found if isinstance(found, Record) else None


def _fill(place: Place, record: Record, row: dict[str, Any]) -> None:
    if place.prefix and record.id:
        row[place.column(ID)] = record.id
    for key, judged in record.judged.items():
        row[place.judgement(key)] = judged
    for name, fact in place.entity.facts.items():
        value, column = record.get(name), place.column(name)
        match fact.type:
            case v.Contained():
                inner = place.inner[name]
                row[f"{column}.exists"] = None if value is None else value is not ABSENT
                if isinstance(value, Record):
                    _fill(inner, value, row)
            case v.ListOf():
                row[f"{column}.known"] = value is not None
            case v.Inverse():
                pass
            case _:
                if value is ABSENT:
                    row[f"{column}.exists"] = False
                elif value is not None:
                    row[column] = _unit(fact.type, value)


def _unit(type_: v.FactType, value: Any) -> Any:
    match type_:
        case v.Number() | v.Percent() | v.Money():
            units = value.scaleb(DECIMALS, EXACT)
            if units != int(units) or abs(units) >= 10 ** (DIGITS + DECIMALS):
                raise _too_long(str(value))
            return int(units)
        case v.Count() | v.Days() | v.Months():
            if value >= 10**DIGITS:
                raise _too_long(str(value))
            return value
        case v.KindType(kind):
            return kind.rank(value)
        case v.Reference():
            return value.id
        case _:
            return value


def _too_long(number: str) -> RulesError:
    message = f"{number} has more than {DIGITS} digits before the point, or more than {DECIMALS} after it"
    return RulesError([Diagnostic(Code.BAD_USAGE, message, help="no table can hold it")])


def _frame(layout: Layout, name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema: dict[str, pl.DataType] = {
        column.name: pl.String() if column.says in (Says.ID, Says.HOLDER) else engine_type(column.type)
        for column in layout.columns[name].values()
    }
    if layout.tables[name].above is not None:
        schema[HOLDER_ROW] = ROW()
    series = (pl.Series(column, [row.get(column) for row in rows], dtype=kind) for column, kind in schema.items())
    return pl.DataFrame(list(series), height=len(rows))
