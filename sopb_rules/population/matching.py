"""Which columns of a source say what: its schema held against the layout of a table.

A column may have the dotted name of the layout, or stand as a field of a struct that has the name of the entity in which it is
contained. A column of lists of structs holds the elements of a list, and each element's fields are matched likewise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import attrs
import polars as pl

from sopb_rules.diagnostics import Code, Diagnostic, suggestion
from sopb_rules.model.vocabulary import FactType, Inverse
from sopb_rules.population.cells import readable, textual
from sopb_rules.population.layout import HOLDER, ID, Column, Layout, Says, Table
from sopb_rules.population.spelled import as_stated
from sopb_rules.states.nodes import a, quoted
from sopb_rules.states.scalars import expected

#: A column, or a field in a struct in a column.
Way = tuple[str, ...]


@attrs.frozen(slots=False)
class Matched:
    """What a source holds of a table.

    Args:
        ways: by the name of a column in the layout, where it stands in the source.
        lists: by the name of the table of a list, where its elements stand, and what they hold.
        texts: the columns of texts, whose cells may also say that there is none.
    """

    table: Table
    ways: Mapping[str, Way]
    lists: Mapping[str, tuple[Way, Matched]]
    texts: frozenset[str] = frozenset()

    @cached_property
    def listed(self) -> frozenset[str]:
        """The tables whose rows it holds, its own and those of lists in it."""
        return frozenset([self.table.name]).union(*(inner.listed for _, inner in self.lists.values()))


def match(
    layout: Layout, table: Table, schema: Mapping[str, pl.DataType], file: str
) -> tuple[Matched, list[Diagnostic]]:
    """What a source holds of a table, and its mistakes.

    Args:
        file: what the source is called.
    """
    matching = _Matching(layout, table, file, inside=False)
    matching.fields(schema.items(), ())
    for name in (HOLDER, ID) if table.above is not None else (ID,):
        if name not in matching.ways and not (name == ID and table.above is not None):
            matching.missing(name)
    return matching.matched(), matching.mistakes


def fits(layout: Layout, table: Table, schema: Mapping[str, pl.DataType]) -> bool:
    """Whether each column of a source can belong to a table."""
    matching = _Matching(layout, table, "", inside=False, told=False)
    matching.fields(schema.items(), ())
    return not matching.mistakes


class _Matching:
    def __init__(self, layout: Layout, table: Table, file: str, inside: bool, told: bool = True) -> None:
        self.layout = layout
        self.table = table
        self.file = file
        self.told = told  # whether somebody reads the mistakes: to look for similar names takes long
        self.columns = dict(layout.columns[table.name])
        if inside:  # an element stands in the row that holds it
            self.columns.pop(HOLDER, None)
        self.ways: dict[str, Way] = {}
        self.lists: dict[str, tuple[Way, Matched]] = {}
        self.texts: set[str] = set()
        self.mistakes: list[Diagnostic] = []
        self.structs = frozenset(_beginnings([*self.columns, *self._list_names()]))

    def matched(self) -> Matched:
        return Matched(self.table, self.ways, self.lists, frozenset(self.texts))

    def _list_names(self) -> list[str]:
        begin = f"{self.table.name}."
        return [
            each.name[len(begin) :]
            for each in self.layout.tables.values()
            if each.above is not None and each.above.table is self.table
        ]

    def fields(self, fields: Iterable[tuple[str, pl.DataType]], above: Way) -> None:
        """Match columns, or the fields of a struct."""
        for field, dtype in fields:
            way = (*above, field)
            name = ".".join(way)
            if name in self.columns:
                self._column(self.columns[name], dtype, way)
            elif f"{self.table.name}.{name}" in self.layout.tables:
                self._list(self.layout.tables[f"{self.table.name}.{name}"], dtype, way)
            elif name in self.structs and isinstance(dtype, pl.Struct):
                self.fields(((each.name, _instance(each.dtype)) for each in dtype.fields), way)
            elif name in self.structs:
                if dtype != pl.Null:
                    self._shape(name, "is a column of its own", f"columns like {self._like(name)}, or structs")
            else:
                self._unknown(name)

    def _like(self, name: str) -> str:
        return next(each for each in self.columns if each.startswith(f"{name}."))

    def _column(self, column: Column, dtype: pl.DataType, way: Way) -> None:
        if column.name in self.ways:
            message = f"the table of {self.table.name} says {quoted(column.name)} twice"
            help = "it stands as a column and in a struct: keep one of them"
            self._add(Code.TABLE_UNKNOWN_COLUMN, message, column.name, help=help)
        elif not readable(column, dtype):
            right = column_type(column)
            self._shape(column.name, f"is a column of {dtype_words(dtype)}", right, _help(column.type, dtype))
        self.ways[column.name] = way
        if textual(dtype):
            self.texts.add(column.name)

    def _list(self, table: Table, dtype: pl.DataType, way: Way) -> None:
        if isinstance(dtype, pl.List | pl.Array) and isinstance(inner := _instance(dtype.inner), pl.Struct):
            matching = _Matching(self.layout, table, self.file, inside=True, told=self.told)
            matching.fields(((each.name, _instance(each.dtype)) for each in inner.fields), ())
            self.lists[table.name] = (way, matching.matched())
            self.mistakes += matching.mistakes
        elif dtype == pl.Null or (isinstance(dtype, pl.List) and dtype.inner == pl.Null):
            self.lists[table.name] = (way, Matched(table, {}, {}))
        else:
            help = f"give its elements as a second table, `{table.name}`, with the column `holder`"
            self._shape(".".join(way), f"is a column of {dtype_words(dtype)}", "a list of structs", help)

    def missing(self, name: str) -> None:
        """A column that each row needs is not there."""
        means = "the ids of the rows that hold the elements" if name == HOLDER else "an id for each row, none twice"
        self._add(Code.TABLE_UNKNOWN_COLUMN, f"the table of {self.table.name} has no column `{name}`", "", means)

    def _unknown(self, name: str) -> None:
        if not self.told:
            self._add(Code.TABLE_UNKNOWN_COLUMN, "", name)
            return
        entity, fact = self.table.entity, self.table.entity.facts.get(name)
        if fact is not None and isinstance(fact.type, Inverse):
            other = fact.type.entity.name
            message = f"`{name}` is not stated: it is worked out from the fact `{fact.type.by}` of each {other}"
            self._add(Code.TABLE_UNKNOWN_COLUMN, message, name)
            return
        owners = [each.name for each in self.layout.tables.values() if name in self.layout.columns[each.name]]
        names = [*self.columns, *self._list_names()]
        help = suggestion(name, names)
        if owners and not help.startswith("did you mean"):
            help = f"it is a column of {' and of '.join(owners)}"
        if not help.startswith("did you mean"):
            help += "; if no norm is about it, leave the column out"
        message = (
            f"the table of {self.table.name} has no column {quoted(name)}, since {a(entity.name)} has no such fact"
        )
        self._add(Code.TABLE_UNKNOWN_COLUMN, message, name, help=help)

    def _shape(self, name: str, problem: str, right: str, help: str = "") -> None:
        self._add(Code.TABLE_COLUMN_TYPE, f"{quoted(name)} {problem}", name, right, help)

    def _add(self, code: Code, message: str, name: str, right: str = "", help: str = "") -> None:
        where = f"column {name}" if name else ""
        self.mistakes.append(Diagnostic(code, message, file=self.file, where=where, expected=right, help=help))


def _beginnings(names: Iterable[str]) -> Iterator[str]:
    """``a`` and ``a.b`` for ``a.b.c``."""
    for name in names:
        parts = name.split(".")
        yield from (".".join(parts[:count]) for count in range(1, len(parts)))


def _instance(dtype: object) -> pl.DataType:
    assert isinstance(dtype, pl.DataType) or (isinstance(dtype, type) and issubclass(dtype, pl.DataType))
    return dtype if isinstance(dtype, pl.DataType) else dtype()


_WORDS = (
    (pl.Boolean, "yes and no"),
    (pl.String, "texts"),
    (pl.Date, "dates"),
    (pl.Datetime, "times"),
    (pl.Duration, "durations"),
    (pl.Decimal, "decimals"),
    (pl.Struct, "structs"),
    (pl.List, "lists"),
    (pl.Array, "lists"),
)


def dtype_words(dtype: pl.DataType) -> str:
    """What a column of a type holds, in words."""
    if dtype.is_integer():
        return "whole numbers"
    if dtype.is_float():
        return "floating-point numbers"
    return next((words for each, words in _WORDS if dtype == each), f"the type {dtype}")


def column_type(column: Column) -> str:
    """What a column holds, as an expectation."""
    return "ids" if column.says in (Says.ID, Says.HOLDER) else expected(as_stated(column.type)) or "ids"


def _help(type_: FactType, dtype: pl.DataType) -> str:
    right = expected(as_stated(type_))
    if "percentage" in right and dtype.is_numeric():
        return "40% is 0.4: divide by 100, or write texts like 40%"
    return "cast it to Boolean, or write texts like yes and no" if right.startswith("yes") else ""
