"""The stages of a program as named queries, each of which reads the one before it.

The rows of each table come first, with a row for what each unknown list may hold where norms are about its elements. A stage then
joins what comes from other relations, or adds what is computed from the same row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from sqlglot import exp

from sopb_rules.population import dialects as sql
from sopb_rules.population.dialects import E
from sopb_rules.population.given import Given
from sopb_rules.population.layout import HOLDER, ID, Place, Table
from sopb_rules.population.plan import Stages
from sopb_rules.population.program import (
    AnyOf,
    Constant,
    CountOf,
    Join,
    Lift,
    Node,
    ReferenceKey,
    Relation,
    RowKey,
    Rows,
    Somewhere,
)
from sopb_rules.population.sql_expressions import HOLDER_KEY, KEY, LEFT, REAL, RIGHT, Expressions, column_of

#: What a stage calls the rows that it reads.
ROW = "row"


@attrs.frozen
class Joined:
    """What a stage joins to its rows: at most one row of another query for each.

    Args:
        query: the name of the other query.
        on: its column that is the key.
        key: the key in the rows.
        columns: the columns that are added, by name, over the columns of the other query.
    """

    query: str
    on: str
    key: Node | str
    columns: list[tuple[str, E]]


class Queries:
    """Writes the stages of a program.

    Attributes:
        queries: by name, in the order in which they read each other.
        expressions: what nodes are over the rows of their relation, as far as it was written.
    """

    def __init__(self, stages: Stages, given: Given) -> None:
        self.stages = stages
        self.given = given
        self.readable = given.readable()
        self.queries: dict[str, E] = {}
        self.expressions = Expressions(stages, given.dialect, self._everywhere)
        self._last: dict[Relation, str] = {}
        self._called: dict[Relation, str] = {}
        self._single: dict[Node, str] = {}
        self._read = stages.program.columns()
        subjects = {table.name for table in stages.program.tables}
        self._blank = {table for table in stages.program.layout.tables.values() if _has_blank_rows(table, subjects)}

    def write(self) -> None:
        """Write all stages."""
        for outside, inside in self.stages.stages:
            self._bring(outside)
            for relation, levels in inside.items():
                for nodes in levels:
                    self._add(relation, nodes)

    def last(self, relation: Relation) -> str:
        """The query with all that was written of a relation so far."""
        if relation not in self._last:
            select = self._rows(relation.table) if isinstance(relation, Rows) else self._pairs(relation)
            called = relation.table.name if isinstance(relation, Rows) else f"pairs {len(self._called)}"
            self._called[relation] = called
            self._last[relation] = self._keep(called, select)
        return self._last[relation]

    def _keep(self, called: str, select: E) -> str:
        """Name a query after what its rows are; numbered, and short enough for the database."""
        name, longest = f"{len(self.queries)} {called}", self.given.dialect.longest_name
        if longest is not None and len(name) > longest:
            name = name[:longest]
        self.queries[name] = select
        return name

    # ---- rows --------------------------------------------------------------------------------------------

    def _rows(self, table: Table) -> E:
        """The rows of a table, with the columns that are read."""
        columns = list(self._columns_of(table))
        if table.name not in self.given.columns:  # nothing is known of these lists
            assert table.above is not None
            blank = self._blank_rows(table, table.above, columns)
            return blank if table in self._blank else blank.where(exp.false(), copy=False)
        found = exp.select(*self._stated(table), copy=False)
        for name in columns:
            column = self.given.layout.columns[table.name][name]
            found = found.select(named(self.given.value(table, column, ROW), name), copy=False)
        found = found.from_(self.given.source(table, ROW), copy=False)
        if table.above is None or table not in self._blank:
            return found
        return exp.union(found, self._blank_rows(table, table.above, columns), distinct=False, copy=False)

    def _columns_of(self, table: Table) -> Iterator[str]:
        """The columns that are read of a table, in the order of the layout."""
        read = self._read.get(table.name, ())
        for name in self.given.layout.columns[table.name]:
            if name in read and name in self.readable.get(table.name, ()) and name not in (ID, HOLDER):
                yield name

    def _stated(self, table: Table) -> Iterator[E]:
        """The ids and keys of rows that were stated."""
        layout, given = self.given.layout.columns[table.name], self.given
        id = given.value(table, layout[ID], ROW) if ID in given.columns[table.name] else null("TEXT")
        yield named(id, ID)
        yield named(_marked("+", id.copy(), table in self._blank), KEY)
        if table.above is not None:
            holder = given.value(table, layout[HOLDER], ROW)
            yield named(holder, HOLDER)
            yield named(_marked("+", holder.copy(), table.above.table in self._blank), HOLDER_KEY)
            yield named(exp.true(), REAL)

    def _blank_rows(self, table: Table, above: Place, columns: Iterable[str]) -> exp.Select:
        """A row for each list that is not known: without an id, and with a key that no stated row has."""
        holder, readable = column_of("holder", KEY), self.readable[above.table.name]
        found = exp.select(
            named(null("TEXT"), ID),
            named(_marked("-", holder, True), KEY),
            named(column_of("holder", ID), HOLDER),
            named(holder.copy(), HOLDER_KEY),
            named(exp.false(), REAL),
            copy=False,
        )
        for name in columns:
            kind = sql.type_name(self.given.layout.columns[table.name][name].type)
            found = found.select(named(null(kind), name), copy=False)
        found = found.from_(_query(self.last(self.stages.rows[above.table]), "holder"), copy=False)
        if table.known in readable:
            known = sql.holds(column_of("holder", table.known))
            found = found.where(sql.negation(known), copy=False)
        for place in above.outward():
            if place.exists in readable:
                absent = sql.holds(column_of("holder", place.column("exists")), False)
                found = found.where(sql.negation(absent), copy=False)
        return found

    def _pairs(self, join: Join) -> E:
        """Pairs of rows, by the keys of both."""
        left, right = self.last(join.left), self.last(join.right)
        if isinstance(join.key, Constant) or isinstance(join.on, Constant):
            on: E = exp.false()  # a key that is known nowhere
        else:
            on = exp.EQ(this=self.expressions.of(join.key, "left"), expression=self.expressions.of(join.on, "right"))
        found: E = _pairs_from(left).join(_query(right, "right"), on=on, copy=False)
        if join.loose is not None:
            loose = _pairs_from(left).join(_query(right, "right"), join_type="cross", copy=False)
            loose = loose.where(self.expressions.of(join.loose, "right"), copy=False)
            found = exp.union(found, loose, distinct=False, copy=False)
        return found

    # ---- stages ------------------------------------------------------------------------------------------

    def _add(self, relation: Relation, nodes: Iterable[Node]) -> None:
        """A stage with columns that are computed from the same row."""
        last = self.last(relation)
        columns = [
            named(self.expressions.computed(node, ROW), self.stages.names[node])
            for node in nodes
            if not isinstance(node, RowKey)  # which is there
        ]
        if columns:
            select = exp.select(_all(), *columns, copy=False).from_(_query(last, ROW), copy=False)
            self._last[relation] = self._keep(self._called[relation], select)

    def _bring(self, nodes: Iterable[Node]) -> None:
        """Stages that join what comes from other relations: from each of them once for each key."""
        groups: dict[Relation, dict[tuple[Any, ...], list[Node]]] = {}
        for node in nodes:
            if isinstance(node, Somewhere):
                self._find_anywhere(node)
            else:
                assert node.relation is not None
                groups.setdefault(node.relation, {}).setdefault(_source(node), []).append(node)
        joined = {
            relation: [self._joined(each, f"other {number}") for number, each in enumerate(parts.values())]
            for relation, parts in groups.items()
        }
        for relation, parts in joined.items():
            self._join(relation, parts)

    def _join(self, relation: Relation, parts: list[Joined]) -> None:
        select = exp.select(_all(), copy=False)
        for part in parts:
            select = select.select(*(named(expression, name) for name, expression in part.columns), copy=False)
        select = select.from_(_query(self.last(relation), ROW), copy=False)
        for number, part in enumerate(parts):
            alias = f"other {number}"
            key = column_of(ROW, part.key) if isinstance(part.key, str) else self.expressions.of(part.key, ROW)
            on = exp.EQ(this=key, expression=column_of(alias, part.on))
            select = select.join(_query(part.query, alias), on=on, join_type="left", copy=False)
        self._last[relation] = self._keep(self._called[relation], select)

    def _joined(self, nodes: list[Node], alias: str) -> Joined:
        """What nodes from the same rows by the same key need joined."""
        match nodes[0]:
            case ReferenceKey(_, column, place):
                query = self.last(self.stages.rows[place.table])
                columns = [(self.stages.names[node], column_of(alias, KEY)) for node in nodes]
                return Joined(query, place.column(ID), column, columns)
            case Lift(_, key, inner):
                assert inner.relation is not None
                query = self.last(inner.relation)
                columns = [(self.stages.names[node], self._lifted(node, alias)) for node in nodes]
                return Joined(query, KEY, key, columns)
            case AnyOf(_, key) | CountOf(_, key):
                query = self._grouped(key, nodes)
                columns = [(self.stages.names[node], _folded(node, self.stages.names[node], alias)) for node in nodes]
                return Joined(query, KEY, KEY, columns)
            case _:
                raise AssertionError(f"{nodes[0]} comes from its own row")

    def _lifted(self, node: Node, alias: str) -> E:
        assert isinstance(node, Lift)
        found = self.expressions.of(node.node, alias)
        return exp.Coalesce(this=found, expressions=[exp.false()]) if node.boolean else found

    def _grouped(self, key: Node, nodes: list[Node]) -> str:
        """What holds of the rows that have the same key: in some of them, or in how many."""
        assert key.relation is not None
        of_key = self.expressions.of(key, ROW)
        found = exp.select(named(of_key, KEY), copy=False)
        for node in nodes:
            assert isinstance(node, AnyOf | CountOf)
            held = self.expressions.of(node.node, ROW)
            if isinstance(node, AnyOf):
                fold: E = exp.LogicalOr(this=held)
            else:
                fold = exp.Count(this=sql.case([(held, sql.whole(1))]))
            found = found.select(named(fold, self.stages.names[node]), copy=False)
        found = found.from_(_query(self.last(key.relation), ROW), copy=False)
        found = found.where(sql.known(of_key.copy()), copy=False).group_by(of_key.copy(), copy=False)
        return self._keep(f"{self._called[key.relation]} by holder", found)

    def _find_anywhere(self, node: Somewhere) -> None:
        """A query of one row: whether a node holds in any row."""
        relation = node.node.relation
        assert relation is not None
        found = exp.LogicalOr(this=self.expressions.of(node.node, ROW))
        select = exp.select(named(exp.Coalesce(this=found, expressions=[exp.false()]), KEY), copy=False)
        select = select.from_(_query(self.last(relation), ROW), copy=False)
        self._single[node] = self._keep(f"any {self._called[relation]}", select)

    def _everywhere(self, node: Somewhere) -> E:
        name = self._single[node]
        return exp.select(column_of("any", KEY), copy=False).from_(_query(name, "any"), copy=False).subquery(copy=False)


def _has_blank_rows(table: Table, subjects: Iterable[str]) -> bool:
    """Whether a table gets rows for unknown lists: where norms are about its rows, or about what hangs in them."""
    return table.above is not None and any(name == table.name or name.startswith(f"{table.name}.") for name in subjects)


def _source(node: Node) -> tuple[Any, ...]:
    """What nodes have in common that can be joined together."""
    match node:
        case ReferenceKey(_, column, place):
            return ("reference", column, id(place))
        case Lift(_, key, inner):
            return ("lift", id(key), id(inner.relation))
        case AnyOf(_, key) | CountOf(_, key):
            return ("fold", id(key))
        case _:
            raise AssertionError(f"{node} comes from its own row")


def _folded(node: Node, name: str, alias: str) -> E:
    """What was found of rows, or that there are none."""
    nothing = exp.false() if isinstance(node, AnyOf) else sql.whole(0)
    return exp.Coalesce(this=column_of(alias, name), expressions=[nothing])


def _pairs_from(left: str) -> exp.Select:
    """Pairs by their keys; the key of a pair is made of both so that no two pairs have the same."""
    one, other = column_of("left", KEY), column_of("right", KEY)
    length = exp.cast(exp.Length(this=one.copy()), "TEXT")
    key = exp.DPipe(
        this=exp.DPipe(this=length, expression=sql.text(":")), expression=exp.DPipe(this=one, expression=other)
    )
    columns = (named(one.copy(), LEFT), named(other.copy(), RIGHT), named(key, KEY))
    return exp.select(*columns, copy=False).from_(_query(left, "left"), copy=False)


def _marked(mark: str, key: E, needed: bool) -> E:
    """A key that tells stated rows from those that stand for unknown lists."""
    return exp.DPipe(this=sql.text(mark), expression=key) if needed else key


def named(expression: E, name: str) -> E:
    """An expression as a column of this name."""
    return exp.alias_(expression, exp.to_identifier(name, quoted=True), copy=False)


def null(kind: str) -> E:
    """Null of a type."""
    return exp.cast(exp.null(), kind)


def _query(name: str, alias: str) -> E:
    return exp.alias_(
        exp.Table(this=exp.to_identifier(name, quoted=True)), exp.to_identifier(alias, quoted=True), table=True
    )


def _all() -> E:
    return exp.Column(this=exp.Star(), table=exp.to_identifier(ROW, quoted=True))
