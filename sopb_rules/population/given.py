"""Tables as a database has them: which columns are there, what follows from them, and the query that reads them.

What `settle` does to columns in memory is here done by the database: a contained entity is there where that is said or anything is
stated of it, and a list is known where that is said, or where a table of its rows is there at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import attrs
from sqlglot import exp

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.model import vocabulary as v
from sopb_rules.population import dialects as sql
from sopb_rules.population.dialects import E
from sopb_rules.population.layout import HOLDER, ID, Column, Layout, Place, Says, Table
from sopb_rules.population.sql_expressions import column_of

Columns = Mapping[str, Collection[str]]


@attrs.frozen
class Given:
    """The tables of a database.

    Args:
        columns: by table, the columns that it has.
        names: what the tables are called, where it is not their name in the layout: as it stands in SQL.
    """

    layout: Layout
    dialect: sql.Dialect
    columns: Columns
    names: Mapping[str, str]

    @classmethod
    def of(
        cls,
        layout: Layout,
        dialect: sql.Dialect,
        columns: Columns | None = None,
        names: Mapping[str, str] | None = None,
    ) -> Given:
        """The tables with these columns; None for all tables and columns that there may be.

        Raises:
            RulesError: there is no such table or column in the layout, or an id or a holder is missing.
        """
        mistakes = [*_unknown_tables(layout, names or {})]
        if columns is not None:
            mistakes += [each for name, held in columns.items() for each in _mistakes(layout, name, held)]
        if mistakes:
            raise RulesError(mistakes)
        return cls(layout, dialect, layout.columns if columns is None else columns, names or {})

    def readable(self) -> Mapping[str, frozenset[str]]:
        """By table, the columns that may say something: those that are there, and what follows from them."""
        found = {name: set(self.columns[name]) for name in self.layout.tables if name in self.columns}
        for name in found:
            above = self.layout.tables[name].above
            if above is not None and above.table.name in found:
                found[above.table.name].add(self.layout.tables[name].known)
        for name, columns in found.items():
            places = [place for place in self.layout.tables[name].places() if place.exists is not None]
            for place in places:
                if any(column.startswith(place.prefix) for column in tuple(columns)):
                    assert place.exists is not None
                    columns.add(place.exists)
        return {name: frozenset(columns) for name, columns in found.items()}

    def source(self, table: Table, alias: str) -> E:
        """A table in the database.

        Raises:
            RulesError: what it is called cannot be read as a name.
        """
        name = self.names.get(table.name)
        if name is None:
            found: E = exp.Table(this=exp.to_identifier(table.name, quoted=True))
        else:
            found = _named(name, self.dialect)
        return found.as_(exp.to_identifier(alias, quoted=True), table=True, copy=False)

    # ---- what a column says ------------------------------------------------------------------------------

    def value(self, table: Table, column: Column, alias: str) -> E:
        """What a column says in engine form, over the table as it is in the database."""
        match column.says:
            case Says.EXISTS if (place := _place_that_exists(table, column)) is not None:
                return self._exists(place, alias)
            case Says.KNOWN:
                return self._list_known(table, column, alias)
            case _:
                return _read(column, column_of(alias, column.name))

    def _exists(self, place: Place, alias: str) -> E:
        """Whether a contained entity is there: said, or anything stated of it."""
        assert place.exists is not None
        given, layout = self.columns[place.table.name], self.layout.columns[place.table.name]
        stated: list[E] = []
        for name in given:
            if name.startswith(place.prefix) and name != place.exists:
                column = column_of(alias, name)
                stated.append(sql.holds(column) if layout[name].says is Says.KNOWN else sql.known(column))
        for inner in place.walk():
            stated += [
                self._held(table, alias)
                for table in inner.lists.values()
                if table.name in self.columns and table.known not in given
            ]
        said = [column_of(alias, place.exists)] if place.exists in given else []
        follows = [sql.case([(sql.disjunction(stated), exp.true())])] if stated else []
        return _first([*said, *follows])

    def _list_known(self, table: Table, column: Column, alias: str) -> E:
        """Whether a list is known: said, or else whoever is there knows the rows of its table."""
        if column.name in self.columns[table.name]:
            return sql.holds(column_of(alias, column.name))
        owner = next(place for place in table.places() if _owns(place, column))
        assert column.fact is not None
        if owner.lists[column.fact.name].name not in self.columns:
            return exp.false()
        return exp.true() if owner.exists is None else sql.holds(self._exists(owner, alias))

    def _held(self, table: Table, alias: str) -> E:
        """Whether a row holds any row of a table."""
        rows = exp.select(column_of("#rows", HOLDER)).from_(self.source(table, "#rows"), copy=False)
        rows = rows.where(sql.known(column_of("#rows", HOLDER)), copy=False)
        return exp.In(this=column_of(alias, ID), query=rows.subquery(copy=False))


def _read(column: Column, found: E) -> E:
    """A column as the database has it, in the type that is computed with; what is no value of a kind is unknown."""
    if column.says in (Says.ID, Says.HOLDER):
        return exp.cast(found, "TEXT")
    match column.type:
        case v.Number() | v.Percent() | v.Money():
            return exp.cast(found, sql.DECIMAL)
        case v.KindType(kind):
            among = exp.In(this=found, expressions=[sql.text(value) for value in kind.values])
            return sql.case([(among, found.copy())])
        case v.Reference():
            return exp.cast(found, "TEXT")
        case _:
            return found


def _first(parts: list[E]) -> E:
    if not parts:
        return exp.cast(exp.null(), "BOOLEAN")
    return parts[0] if len(parts) == 1 else exp.Coalesce(this=parts[0], expressions=parts[1:])


def _place_that_exists(table: Table, column: Column) -> Place | None:
    return next((place for place in table.places() if place.exists == column.name), None)


def _owns(place: Place, column: Column) -> bool:
    return any(table.known == column.name for table in place.lists.values())


def _named(name: str, dialect: sql.Dialect) -> E:
    from sqlglot import parse_one
    from sqlglot.errors import ParseError, TokenError

    try:
        found = parse_one(name, into=exp.Table, dialect=dialect.name)
    except (ParseError, TokenError):
        found = None
    if not isinstance(found, exp.Table) or found.alias or not found.name:
        message = f"`{name}` is not the name of a table"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help='a name like my_schema.my_table or "my table"')])
    return found


def _unknown_tables(layout: Layout, names: Collection[str]) -> Iterator[Diagnostic]:
    for name in names:
        if name not in layout.tables:
            yield Diagnostic(
                Code.TABLE_UNKNOWN, f"there is no table {name}", help=suggestion(name, layout.tables, "tables")
            )


def _mistakes(layout: Layout, name: str, columns: Collection[str]) -> Iterator[Diagnostic]:
    if name not in layout.tables:
        yield from _unknown_tables(layout, [name])
        return
    for column in columns:
        if column not in layout.columns[name]:
            help = suggestion(column, layout.columns[name], "columns")
            yield Diagnostic(
                Code.TABLE_UNKNOWN_COLUMN, f"the table {name} has a column {column}, which says nothing", help=help
            )
    needed = (ID,) if layout.tables[name].above is None else (ID, HOLDER)
    for column in needed:
        if column not in columns:
            yield Diagnostic(Code.TABLE_UNKNOWN_COLUMN, f"the table {name} has no column `{column}`")
