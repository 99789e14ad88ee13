"""The rows of tables as the data of a state: the bridge from a population to explanations, interviews and everything else.

It turns around what `stated.tables_of` does.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs
import polars as pl

from sopb_rules.model import vocabulary as v
from sopb_rules.population.layout import HOLDER, ID, Layout, Place
from sopb_rules.population.program import DECIMALS
from sopb_rules.predicates.evaluate import EXACT
from sopb_rules.states.records import ABSENT

#: Tables do not say who judged.
ASSESSOR = "not said in the table"

_Row = Mapping[str, Any]


def rows_as_state(
    layout: Layout, tables: Mapping[str, pl.DataFrame], judged_on: datetime.date, by: str = ASSESSOR
) -> dict[str, Any]:
    """What rows say, as the data that `PolicySet.state` takes.

    Args:
        tables: in the form that programs run over (`tables.Batch`), or as `sample.sample` makes them. A list whose table is not
            among them is unknown; elements whose holder is not among the rows are left out.
        judged_on: the day on which judgements count as made.
        by: who counts as having judged.
    """
    reader = _Rows(layout, {"by": by, "on": judged_on})
    for name in layout.tables:
        if name in tables and layout.tables[name].above is not None:
            reader.keep(name, tables[name])
    return {
        name: [reader.record(layout.tables[name].rows, row) for row in tables[name].iter_rows(named=True)]
        for name in tables
        if layout.tables[name].above is None
    }


@attrs.frozen
class _Rows:
    """Makes records of rows.

    Args:
        judged: what each judgement says besides its value.
        elements: by the name of a list's table, the rows of each holder, by its id.
    """

    layout: Layout
    judged: Mapping[str, Any]
    elements: dict[str, dict[str, list[_Row]]] = attrs.field(factory=dict)

    def keep(self, name: str, frame: pl.DataFrame) -> None:
        """Keep the rows of a list until their holder comes."""
        held = self.elements[name] = {}
        for row in frame.iter_rows(named=True):
            held.setdefault(row[HOLDER], []).append(row)

    def record(self, place: Place, row: _Row) -> dict[str, Any]:
        """What a row says about what stands at a place of it; what is unknown is left out."""
        found: dict[str, Any] = {}
        id = row.get(place.column(ID))
        if id is not None and not (place.prefix == "" and place.table.above is not None and "#" in id):
            found[ID] = id
        for name, fact in place.entity.facts.items():
            value = self._value(place, name, fact, row)
            if value is not None:
                found[name] = None if value is ABSENT else value
        keys = self.layout.judgement_keys.get(place.entity.name, ())
        judged = {key: row.get(place.judgement(key)) for key in keys}
        judgements = {key: {"value": value, **self.judged} for key, value in judged.items() if value is not None}
        return {**found, "judgements": judgements} if judgements else found

    def _value(self, place: Place, name: str, fact: v.Fact, row: _Row) -> Any:
        """The value of a fact as a state says it; None where it is unknown."""
        column = place.column(name)
        match fact.type:
            case v.Inverse():
                return None
            case v.Contained():
                return self._contained(place.inner[name], row)
            case v.ListOf():
                table = place.lists[name]
                if table.name not in self.elements or not row.get(f"{column}.known"):
                    return None
                return [self.record(table.rows, each) for each in self.elements[table.name].get(row[ID], ())]
        if fact.optional and row.get(f"{column}.exists") is False:
            return ABSENT
        value = row.get(column)
        return None if value is None else self._stated(fact.type, value)

    def _contained(self, place: Place, row: _Row) -> Any:
        assert place.exists is not None
        there = row.get(place.exists)
        if there is False:
            return ABSENT
        record = self.record(place, row)
        return record if record or there else None

    def _stated(self, type_: v.FactType, value: Any) -> Any:
        match type_:
            case v.Judgement():
                return {"value": value, **self.judged}
            case v.KindType(kind) if isinstance(value, int):
                return list(kind.values)[value]
            case v.Number() | v.Percent() | v.Money() if isinstance(value, int):
                return Decimal(value).scaleb(-DECIMALS, EXACT).normalize(EXACT)
            case v.Days():
                return f"{value} days"
            case v.Months():
                return f"{value} months"
            case _:
                return value
