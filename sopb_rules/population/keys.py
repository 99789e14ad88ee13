"""Ids: each stands once, holders are there, and references lead to rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import attrs
import polars as pl

from sopb_rules.diagnostics import Code, suggestion
from sopb_rules.population.drafts import Draft
from sopb_rules.population.layout import HOLDER, ID, Layout, Says, Table
from sopb_rules.population.matching import Matched, Way
from sopb_rules.population.sources import Source, told
from sopb_rules.population.wanted import Wanted, place_of, targets
from sopb_rules.states.nodes import a, quoted
from sopb_rules.states.scalars import Mistake

#: With more ids than this a did-you-mean would cost more than it helps.
_SUGGESTED_IDS = 1000


@attrs.define
class Doubled:
    """Ids that stand more than once, and those of them that were met so far.

    Args:
        met: the table and the row of its source, from 1, in which each was met first.
    """

    ids: pl.Series
    met: dict[str, tuple[str, int]] = attrs.field(factory=dict)


def group(layout: Layout, table: Table, column: str) -> str:
    """Which ids have to differ: all of an entity that references name, and else those of a column."""
    entity = place_of(table, column).entity.name
    return entity if entity in layout.named else f"{table.name}.{column}"


def find_doubled(layout: Layout, given: Iterable[tuple[Source, Matched]], wanted: Wanted) -> dict[str, pl.Series]:
    """The doubled ids of all tables that are read, by their group, looked for before any row is handed on.

    Only a number of eight bytes is kept of each id, so that tens of millions of them stay small.

    Raises:
        RulesError: a file cannot be read.
    """
    columns: dict[str, list[tuple[Source, pl.LazyFrame]]] = {}
    for source, matched in given:
        for table, column, ids in _id_columns(layout, source.scan, matched):
            if column in wanted.read.get(table.name, ()):
                columns.setdefault(group(layout, table, column), []).append((source, ids))
    found: dict[str, pl.Series] = {}
    for name, together in columns.items():
        hashes = pl.concat([_collected(source, ids.select(pl.col("#").hash())) for source, ids in together])
        hashes = hashes.sort(multithreaded=False)  # on few cores twice as fast as with all of them
        doubled = hashes.filter(hashes == hashes.shift()).unique()
        if doubled.is_empty():
            continue
        alike = pl.col("#").hash().is_in(pl.lit(doubled).implode())
        texts = pl.concat([_collected(source, ids.filter(alike)) for source, ids in together])
        texts = texts.filter(texts.is_duplicated()).unique()
        if len(texts):
            found[name] = texts
    return found


def _collected(source: Source, scan: pl.LazyFrame) -> pl.Series:
    with told(source.label, source.file):
        return scan.collect(engine="streaming").to_series()


def _id_columns(layout: Layout, scan: pl.LazyFrame, matched: Matched) -> Iterator[tuple[Table, str, pl.LazyFrame]]:
    """The ids in a table and in the lists in it, each as one column of texts."""
    for column, way in matched.ways.items():
        if layout.columns[matched.table.name][column].says is Says.ID:
            ids = _reached(scan, way).drop_nulls()
            dtype = ids.collect_schema()["#"]
            whole = pl.col("#").cast(pl.Int64, strict=False) if dtype.is_float() or dtype.is_decimal() else pl.col("#")
            yield matched.table, column, ids.select(whole.cast(pl.String))
    for way, inner in matched.lists.values():
        if any(name == ID or name.endswith(f".{ID}") for each in _all_in(inner) for name in each.ways):
            elements = _reached(scan, way).filter(pl.col("#").list.len() > 0).explode("#").drop_nulls()
            yield from _id_columns(layout, elements.select(pl.col("#").struct.unnest()), inner)


def _all_in(matched: Matched) -> list[Matched]:
    return [matched, *(each for _, inner in matched.lists.values() for each in _all_in(inner))]


def _reached(scan: pl.LazyFrame, way: Way) -> pl.LazyFrame:
    found = pl.col(way[0])
    for field in way[1:]:
        found = found.struct.field(field)
    return scan.select(found.alias("#"))


# ---- checks -------------------------------------------------------------------------------------------------


def check_ids(layout: Layout, draft: Draft, doubled: Mapping[str, Doubled]) -> None:
    """Note rows without an id, and all but the first with the same."""
    entity, ids = draft.table.entity.name, draft.values.get(ID)
    if ids is not None and draft.table.above is None:
        missing = ids.is_null() if draft.bad is None else ids.is_null() & ~draft.bad
        mistake = Mistake(f"this {entity} has no id", "an id", "give it a name that no other has")
        draft.problem(ID, missing, Code.ROW_MISSING_ID, "there is no id", lambda _: mistake)
    for name, values in list(draft.values.items()):
        if layout.columns[draft.table.name][name].says is Says.ID:
            twice = doubled.get(group(layout, draft.table, name))
            if twice is not None:
                _check_doubled(draft, name, values, twice)


def _check_doubled(draft: Draft, column: str, ids: pl.Series, doubled: Doubled) -> None:
    again: list[int] = []
    firsts: dict[int, tuple[str, int]] = {}
    rows = ids.is_in(doubled.ids.implode()).fill_null(False).arg_true()
    numbers = draft.tops(rows)[0].to_list()
    for row, id, number in zip(rows.to_list(), ids.gather(rows).to_list(), numbers, strict=True):
        if id in doubled.met:
            again.append(row)
            firsts[row] = doubled.met[id]
        else:
            doubled.met[id] = (draft.source.label, number)
    entity = place_of(draft.table, column).entity.name

    def words(row: int) -> Mistake:
        label, number = firsts[row]
        there = f"row {number:,}" if label == draft.source.label else f"row {number:,} of {label}"
        message = f"there are two {entity} records with the id {quoted(ids[row])}"
        return Mistake(message, "an id of its own", f"the first one is in {there}")

    draft.problem(column, _marked(again, draft.height), Code.ROW_DOUBLED_ID, "the id stands twice", words)


def _marked(rows: list[int], height: int) -> pl.Series | None:
    if not rows:
        return None
    return pl.Series([False]).new_from_index(0, height).scatter(rows, True)


def find_holders(draft: Draft) -> None:
    """The rows above that hold the rows of a second table; rows whose holder is not there are noted."""
    above = draft.above
    assert above is not None
    named = draft.values[HOLDER]
    ids = above.values.get(ID, pl.Series([None], dtype=pl.String).new_from_index(0, above.height))
    rows = pl.DataFrame({"id": ids}).with_row_index("#row").drop_nulls("id")
    if any(each.code is Code.ROW_DOUBLED_ID for each in above.problems):
        rows = rows.unique("id", keep="first", maintain_order=True)
    held = named.to_frame("id").join(rows, on="id", how="left", maintain_order="left")["#row"]
    draft.holders = held
    entity = above.table.entity.name
    missing = named.is_null() if draft.bad is None else named.is_null() & ~draft.bad
    mistake = Mistake("this row does not say who holds it", f"the id of {a(entity)} record")
    draft.problem(HOLDER, missing, Code.ROW_DANGLING, "there is no holder", lambda _: mistake)
    if not _incomplete(above):
        _dangling(draft, HOLDER, named.is_not_null() & held.is_null(), named, entity, ids)


def check_references(layout: Layout, draft: Draft, tables: Mapping[str, Draft], missing: Collection[str]) -> None:
    """Note references that lead to no row.

    Args:
        tables: the tables that are read.
        missing: tables of which nothing is given: what may stand in them is unknown, so a reference may lead there.
    """
    columns = layout.columns[draft.table.name]
    for name, values in draft.values.items():
        places = targets(layout, columns[name])
        drafts = [tables[place.table.name] for place in places if place.table.name in tables]
        if not drafts or any(place.table.name in missing for place in places) or any(map(_incomplete, drafts)):
            continue
        found = [
            tables[place.table.name].values.get(place.column(ID)) for place in places if place.table.name in tables
        ]
        ids = pl.concat([pl.Series(dtype=pl.String), *(each.alias("") for each in found if each is not None)])
        entity = places[0].entity.name
        _dangling(draft, name, values.is_not_null() & ~values.is_in(ids.implode()), values, entity, ids)


def _incomplete(draft: Draft) -> bool:
    """Whether a row has no id that can be read: what leads to it would be told as a second mistake."""
    of_ids = (ID, f".{ID}")
    return any(each.column.endswith(of_ids) and each.code is not Code.ROW_DOUBLED_ID for each in draft.problems)


def _dangling(draft: Draft, column: str, where: pl.Series, values: pl.Series, entity: str, ids: pl.Series) -> None:
    def words(row: int) -> Mistake:
        id = str(values[row])
        help = suggestion(id, ids.drop_nulls().to_list(), f"ids of {entity}") if len(ids) <= _SUGGESTED_IDS else ""
        return Mistake(f"there is no {entity} with the id {quoted(id)}", f"the id of {a(entity)} record", help)

    draft.problem(column, where, Code.ROW_DANGLING, f"there is no such {entity}", words)
