"""Ids: each stands once, holders are there, and references lead to rows."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import polars as pl

from sopb_rules.diagnostics import Code, suggestion
from sopb_rules.population.drafts import Draft
from sopb_rules.population.layout import HOLDER, ID, Column
from sopb_rules.population.matching import Matched, Way
from sopb_rules.population.sources import Source, told
from sopb_rules.states.nodes import a, quoted
from sopb_rules.states.scalars import Mistake

#: With more ids than this a did-you-mean would cost more than it helps.
_SUGGESTED_IDS = 1000


@attrs.define
class Doubled:
    """The ids of a table that stand in it more than once, and those of them that were met so far.

    Args:
        ids: None where there are none.
        met: the row of the source, from 1, in which each was met first.
    """

    ids: pl.Series | None
    met: dict[str, int] = attrs.field(factory=dict)


def find_doubled(source: Source, matched: Matched) -> dict[str, pl.Series | None]:
    """The doubled ids of all tables in a source, looked for before any row is handed on.

    Only a number of eight bytes is kept of each id, so that tens of millions of them stay small.

    Raises:
        RulesError: the file cannot be read.
    """
    found: dict[str, pl.Series | None] = {}
    with told(source.label):
        for name, ids in _id_columns(source.scan, matched):
            ids = ids.select(pl.col("#").drop_nulls())
            hashes = ids.select(pl.col("#").hash()).collect(engine="streaming").to_series().sort()
            doubled = hashes.filter(hashes == hashes.shift())
            if doubled.is_empty():
                found[name] = None
                continue
            alike = ids.filter(pl.col("#").hash().is_in(doubled.unique().to_list())).collect().to_series()
            alike = alike.filter(alike.is_duplicated()).unique()
            found[name] = alike if len(alike) else None
    return found


def _id_columns(scan: pl.LazyFrame, matched: Matched) -> list[tuple[str, pl.LazyFrame]]:
    """The ids of a table and of the lists in it, each as one column."""
    found = []
    if ID in matched.ways:
        ids = _reached(scan, matched.ways[ID])
        dtype = ids.collect_schema()["#"]
        texts = pl.col("#").cast(pl.Int64, strict=False) if dtype.is_float() or dtype.is_decimal() else pl.col("#")
        found.append((matched.table.name, ids.select(texts.cast(pl.String))))
    for way, inner in matched.lists.values():
        if any(ID in each.ways for each in _all_in(inner)):
            elements = _reached(scan, way).select(pl.col("#").drop_nulls())
            elements = elements.filter(pl.col("#").list.len() > 0).explode("#").filter(pl.col("#").is_not_null())
            found += _id_columns(elements.select(pl.col("#").struct.unnest()), inner)
    return found


def _all_in(matched: Matched) -> list[Matched]:
    return [matched, *(each for _, inner in matched.lists.values() for each in _all_in(inner))]


def _reached(scan: pl.LazyFrame, way: Way) -> pl.LazyFrame:
    found = pl.col(way[0])
    for field in way[1:]:
        found = found.struct.field(field)
    return scan.select(found.alias("#"))


# ---- checks -------------------------------------------------------------------------------------------------


def check_ids(draft: Draft, doubled: Doubled | None) -> None:
    """Note rows without an id, and all but the first with the same."""
    entity, ids = draft.table.entity.name, draft.values.get(ID)
    if ids is None:
        return
    if draft.table.above is None:
        missing = ids.is_null()
        if draft.bad is not None:
            missing &= ~draft.bad
        mistake = Mistake(f"this {entity} has no id", "an id", "give it a name that no other has")
        draft.problem(ID, missing, Code.ROW_MISSING_ID, "there is no id", lambda _: mistake)
    if doubled is None or doubled.ids is None:
        return
    again: list[int] = []
    firsts: dict[int, int] = {}
    rows = ids.is_in(doubled.ids.implode()).fill_null(False).arg_true()
    numbers = draft.tops(rows)[0].to_list()
    for row, id, number in zip(rows.to_list(), ids.gather(rows).to_list(), numbers, strict=True):
        if id in doubled.met:
            again.append(row)
            firsts[row] = doubled.met[id]
        else:
            doubled.met[id] = number
    _note_doubled(draft, ids, again, firsts)


def _note_doubled(draft: Draft, ids: pl.Series, again: list[int], firsts: Mapping[int, int]) -> None:
    def words(row: int) -> Mistake:
        message = f"there are two rows of {draft.table.name} with the id {quoted(ids[row])}"
        return Mistake(message, "an id of its own", f"the first one is row {firsts[row]:,}")

    draft.problem(ID, _marked(again, draft.height), Code.ROW_DOUBLED_ID, "the id stands twice", words)


def _marked(rows: list[int], height: int) -> pl.Series | None:
    if not rows:
        return None
    return pl.Series([False]).new_from_index(0, height).scatter(rows, True)


def find_holders(draft: Draft) -> None:
    """The rows above that hold the rows of a second table; rows whose holder is not there are noted."""
    above = draft.above
    assert above is not None
    named = draft.values.get(HOLDER)
    ids = above.values.get(ID)
    if named is None or ids is None:
        draft.holders = pl.Series([None], dtype=pl.UInt32).new_from_index(0, draft.height)
        return
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
        _dangling(draft, HOLDER, named.is_not_null() & held.is_null(), named, above)


def check_references(draft: Draft, columns: Mapping[str, Column], tables: Mapping[str, Draft]) -> None:
    """Note references that lead to no row of a table that is given."""
    for name, values in draft.values.items():
        target = columns[name].target if name in columns else None
        leads_to = tables.get(target.name) if target is not None else None
        if leads_to is None or _incomplete(leads_to):
            continue
        ids = leads_to.values.get(ID)
        if ids is not None:
            _dangling(draft, name, values.is_not_null() & ~values.is_in(ids.implode()), values, leads_to)


def _incomplete(draft: Draft) -> bool:
    """Whether a row has no id that can be read: what leads to it would be told as a second mistake."""
    return any(each.column == ID and each.code is not Code.ROW_DOUBLED_ID for each in draft.problems)


def _dangling(draft: Draft, column: str, where: pl.Series, values: pl.Series, leads_to: Draft) -> None:
    entity = leads_to.table.entity.name

    def words(row: int) -> Mistake:
        id = str(values[row])
        known = leads_to.values[ID]
        help = suggestion(id, known.drop_nulls().to_list(), f"ids of {entity}") if len(known) <= _SUGGESTED_IDS else ""
        message = f"there is no {entity} with the id {quoted(id)}"
        return Mistake(message, f"the id of a row of the table {leads_to.table.name}", help)

    draft.problem(column, where, Code.ROW_DANGLING, f"there is no such {entity}", words)
