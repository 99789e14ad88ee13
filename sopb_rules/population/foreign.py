"""One population for two vocabularies: what only the other one knows is left out of a table, what neither knows stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs
import polars as pl

from sopb_rules.population.forms import alike
from sopb_rules.population.layout import ID, Layout, Table
from sopb_rules.population.sources import Source

#: By table, what its columns may be called.
Names = Mapping[str, frozenset[str]]


def without_foreign(sources: Mapping[str, Source], own: Layout, other: Layout) -> dict[str, Source]:
    """The tables that one vocabulary knows, without the columns, and the fields in them, that only the other one does.

    Raises:
        RulesError: a file cannot be read.
    """
    if alike(own, other):
        return dict(sources)
    ours, theirs = ({each.name: _names(each, layout) for each in layout.tables.values()} for layout in (own, other))
    found: dict[str, Source] = {}
    for name, source in sources.items():
        if name not in own.tables:
            continue  # the other one has it, since tables are named by one of the two
        if name in other.tables:
            look = _Look(ours, theirs)
            kept = list(look.kept(name, "", ((each, pl.col(each), dtype) for each, dtype in source.schema.items())))
            source = attrs.evolve(source, scan=source.scan.select(kept)) if look.dropped else source
        found[name] = source
    return found


@attrs.define
class _Look:
    """What stays of a table.

    Args:
        own: by table, what its columns may be called.
        other: by the other vocabulary.
    """

    own: Names
    other: Names
    dropped: bool = False

    def kept(self, table: str, above: str, fields: Iterator[tuple[str, pl.Expr, pl.DataType]]) -> Iterator[pl.Expr]:
        """Columns, or the fields of a struct, that stay.

        Args:
            above: the way to the struct, with a dot at its end.
        """
        for field, value, dtype in fields:
            name = f"{above}{field}"
            if name in self.own.get(table, ()) or name not in self.other.get(table, ()):
                yield self._pruned(table, name, value, dtype).alias(field)
            else:
                self.dropped = True

    def _pruned(self, table: str, name: str, value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        """A value without the fields that are left out."""
        if isinstance(dtype, pl.Struct):
            return self._struct(table, f"{name}.", value, dtype)
        if isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct):
            inner = _Look(self.own, self.other)
            pruned = inner._struct(f"{table}.{name}", "", pl.element(), dtype.inner)
            self.dropped |= inner.dropped
            return value.list.eval(pruned) if inner.dropped else value
        return value

    def _struct(self, table: str, above: str, value: pl.Expr, dtype: pl.Struct) -> pl.Expr:
        inner = _Look(self.own, self.other)
        fields = ((each.name, value.struct.field(each.name), _instance(each.dtype)) for each in dtype.fields)
        kept = list(inner.kept(table, above, fields))
        self.dropped |= inner.dropped
        if not inner.dropped:
            return value
        # An element of which nothing is left is still there; whether an entity of which nothing is left is, is unknown.
        nothing = pl.lit(None, dtype=pl.Boolean).alias("exists") if above else pl.lit(None, dtype=pl.String).alias(ID)
        return pl.when(value.is_not_null()).then(pl.struct(kept or [nothing]))


def _instance(dtype: object) -> pl.DataType:
    assert isinstance(dtype, pl.DataType)
    return dtype


def _names(table: Table, layout: Layout) -> frozenset[str]:
    """What a column of a table may be called, also one that holds a struct or a list."""
    begin = f"{table.name}."
    lists = (name.removeprefix(begin) for name in layout.tables if name.startswith(begin))
    full = (*layout.columns[table.name], *lists)
    return frozenset(".".join(name.split(".")[:count]) for name in full for count in range(1, name.count(".") + 2))
