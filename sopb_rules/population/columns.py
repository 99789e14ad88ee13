"""A program run over tables in memory, by Polars: in stages, of which each computes columns from those before.

Tables are in the form that `sources` gives them: a row's number is its position, ``#holder`` is the number of the row that
holds the list, numbers are whole (decimals in units of ten to the minus nine), and a value of a kind is its place in it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property, reduce
from operator import and_, or_

import polars as pl

from sopb_rules.model import vocabulary as v
from sopb_rules.population.cells import engine_type
from sopb_rules.population.dates import first_in_year
from sopb_rules.population.layout import HOLDER, ID, Layout, Place, Table
from sopb_rules.population.plan import Stages
from sopb_rules.population.program import (
    And,
    AnyOf,
    Column,
    Compare,
    Constant,
    CountOf,
    First,
    HolderKey,
    IsIn,
    IsTrue,
    Join,
    Known,
    LeftKey,
    Lift,
    Node,
    Not,
    Or,
    Outcomes,
    Real,
    ReferenceKey,
    Relation,
    RightKey,
    RowKey,
    Rows,
    Shifted,
    Somewhere,
    Weighted,
)

HOLDER_ROW = "#holder"
_REAL, _LEFT, _RIGHT = "#real", "#left", "#right"
ROW = pl.UInt32

_DECIMAL = v.Number | v.Percent | v.Money
_WHOLE = v.Count | v.Days | v.Months
_FIRST, _LAST = datetime.date.min, datetime.date.max
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_NO = pl.lit(False)


class Plan(Stages):
    """The stages of a program, run by Polars: made once, and run on each batch."""

    @cached_property
    def columns(self) -> Mapping[str, set[str]]:
        """The columns that are read, by table."""
        return self.program.columns()

    def run(self, tables: Mapping[str, pl.DataFrame]) -> Computed:
        """Compute all columns over tables."""
        computed = Computed(self, tables)
        for outside, inside in self.stages:
            for node in outside:
                computed.bring(node)
            for relation, levels in inside.items():
                for nodes in levels:
                    computed.add(relation, nodes)
        return computed


class Computed:
    """The columns that a program has over tables."""

    def __init__(self, plan: Plan, tables: Mapping[str, pl.DataFrame]) -> None:
        self.plan = plan
        self._frames: dict[Relation, pl.DataFrame] = {}
        self._waiting: dict[Relation, list[list[pl.Expr]]] = {}
        self._everywhere: dict[Node, bool] = {}
        self._tables = with_hypothetical(plan.program.layout, tables, {table.name for table in plan.program.tables})

    # ---- relations ---------------------------------------------------------------------------------------

    def frame(self, relation: Relation) -> pl.DataFrame:
        """The rows of a relation, with what was computed of them."""
        found = self._frames.get(relation)
        if found is None:
            found = self._tables[relation.table.name] if isinstance(relation, Rows) else self._pairs(relation)
            self._frames[relation] = found
        if relation in self._waiting:
            found = self._frames[relation] = self._lazy(relation).collect()
            del self._waiting[relation]
        return found

    def _lazy(self, relation: Relation) -> pl.LazyFrame:
        """The rows with the columns that wait to be computed, so that all is one query."""
        waiting = self._waiting.get(relation, [])
        return reduce(lambda frame, level: frame.with_columns(level), waiting, self._frames[relation].lazy())

    def _pairs(self, join: Join) -> pl.DataFrame:
        # A key may be known nowhere, and is then a null of no type.
        left = self.series(join.left, join.key).cast(ROW).to_frame("#key").with_row_index(_LEFT)
        right = self.series(join.right, join.on).cast(ROW).to_frame("#key").with_row_index(_RIGHT)
        both = left.join(right, on="#key", how="inner").select(_LEFT, _RIGHT)
        if join.loose is None:
            return both
        loose = right.select(_RIGHT).filter(self.series(join.right, join.loose))
        return pl.concat([both, left.select(_LEFT).join(loose, how="cross")])

    def height(self, relation: Relation) -> int:
        """How many rows a relation has."""
        return self.frame(relation).height

    def series(self, relation: Relation, node: Node) -> pl.Series:
        """The values of a node."""
        name = self.plan.name(node)
        frame = self.frame(relation)
        if name is not None and name in frame.columns:
            return frame[name]
        found = frame.select(self.expression(node).alias("#")).to_series()
        return found if found.len() == frame.height else found.new_from_index(0, frame.height)

    def add(self, relation: Relation, nodes: Iterable[Node]) -> None:
        """Compute nodes from what is there."""
        if relation not in self._frames:
            self.frame(relation)
        level = [self._expression(node).alias(self.plan.names[node]) for node in nodes]
        self._waiting.setdefault(relation, []).append(level)

    def bring(self, node: Node) -> None:
        """Compute what comes from other relations, or from other rows."""
        match node:
            case Somewhere(inner):
                relation = inner.relation
                assert relation is not None
                self._everywhere[node] = bool(self.series(relation, inner).any())
                return
            case ReferenceKey(rows, column, place):
                found = self._numbered(self.frame(rows)[column], place)
            case Lift(_, key, inner, boolean):
                found = self._lifted(node, key, inner, boolean)
            case AnyOf(relation, key, inner):
                found = _marked(self._held(key, inner), self.height(relation))
            case CountOf(relation, key, inner):
                found = _counted(self._held(key, inner), self.height(relation))
            case _:
                raise AssertionError(f"{node} comes from its own row")
        assert node.relation is not None
        self._frames[node.relation] = self.frame(node.relation).with_columns(found.alias(self.plan.names[node]))

    def _lifted(self, node: Lift, key: Node, inner: Node, boolean: bool) -> pl.Series:
        assert inner.relation is not None
        found = self.series(inner.relation, inner).gather(self.series(node.relation, key))
        return found.fill_null(False) if boolean else found

    def _held(self, key: Node, node: Node) -> pl.Series:
        """The keys of the rows in which a node holds."""
        assert key.relation is not None
        keys = self.series(key.relation, key)
        return keys.filter(self.series(key.relation, node)).drop_nulls()

    def _numbered(self, ids: pl.Series, place: Place) -> pl.Series:
        """The numbers of the rows in which a place has these ids."""
        rows = self._tables[place.table.name].select(pl.col(place.column(ID)).alias("#id")).with_row_index("#to")
        named = rows.filter(pl.col("#id").is_not_null())
        return ids.to_frame("#id").join(named, on="#id", how="left", maintain_order="left")["#to"]

    # ---- expressions -------------------------------------------------------------------------------------

    def expression(self, node: Node) -> pl.Expr:
        """A node as an expression over the columns of its relation."""
        name = self.plan.name(node)
        if name is not None and node.relation is not None:
            return pl.col(name)
        return self._expression(node)

    def _expression(self, node: Node) -> pl.Expr:
        of = self.expression
        match node:
            case Somewhere():
                return pl.lit(self._everywhere[node])
            case IsTrue(part, value):
                return (of(part) if value else ~of(part)).fill_null(_NO)
            case Known(part):
                return of(part).is_not_null()
            case And(parts):
                return reduce(and_, map(of, parts))
            case Or(parts):
                return reduce(or_, map(of, parts))
            case Not(part):
                return ~of(part)
            case Compare(operator, left, right):
                return _compared(operator, self._side(left, right), self._side(right, left)).fill_null(_NO)
            case IsIn(part, values, inside):
                among = pl.lit(pl.Series([each.value for each in values], dtype=_type_of(part))).implode()
                found = of(part).is_in(among)
                return (found if inside else ~found).fill_null(_NO)
            case _:
                number = _number_of_row(node)
                return self._value(node) if number is None else number

    def _value(self, node: Node) -> pl.Expr:
        of = self.expression
        match node:
            case Constant(value, type_):
                return pl.lit(value) if type_ is None else pl.lit(value, dtype=engine_type(type_))
            case Column(_, name):
                return pl.col(name)
            case First(parts):
                return pl.coalesce(*map(of, parts))
            case Weighted(terms, constant, bound):
                kind = _whole(bound)
                each = [of(part).cast(kind) * pl.lit(weight, dtype=kind) for weight, part in terms]
                return pl.sum_horizontal(*each, ignore_nulls=False) + pl.lit(constant, dtype=kind)
            case Shifted(date, sign, Constant(int() as period), months):
                return (_months_later if months else _days_later)(of(date), sign * period)
            case Shifted(date, sign, period, months):
                return (_later_months if months else _later_days)(of(date), of(period) * sign)
            case _:
                raise AssertionError(f"{node} is brought in before")

    def _side(self, node: Node, other: Node) -> pl.Expr:
        """A side of a comparison; a number in the type of the other side."""
        if isinstance(node, Constant) and isinstance(node.value, int):
            return pl.lit(node.value, dtype=_type_of(other))
        return self.expression(node)

    def select(self, table: Table, expressions: Iterable[pl.Expr]) -> pl.DataFrame:
        """Named columns for each row of a table."""
        relation, named = self.plan.rows[table], list(expressions)
        if relation not in self._frames:
            self.frame(relation)
        return self._lazy(relation).with_columns(named).select(each.meta.output_name() for each in named).collect()

    def sums(self, table: Table, expressions: Iterable[pl.Expr]) -> tuple[int, ...]:
        """Numbers of which each is taken from all rows of a table."""
        relation = self.plan.rows[table]
        if relation not in self._frames:
            self.frame(relation)
        return self._lazy(relation).select(expressions).collect().row(0)

    # ---- outcomes ----------------------------------------------------------------------------------------

    def planes(self, outcome: Outcomes) -> list[tuple[pl.Expr, pl.Expr]]:
        """Where its subject is there and where not, and likewise each of its truths: as columns of its table."""
        return [
            (self.expression(truth.true), self.expression(truth.false)) for truth in (outcome.there, *outcome.truths)
        ]


def _number_of_row(node: Node) -> pl.Expr | None:
    """The number of a row, for a node that is one."""
    match node:
        case RowKey():
            return pl.int_range(pl.len(), dtype=ROW)
        case HolderKey():
            return pl.col(HOLDER_ROW)
        case LeftKey():
            return pl.col(_LEFT)
        case RightKey():
            return pl.col(_RIGHT)
        case Real():
            return pl.col(_REAL)
        case _:
            return None


def _whole(bound: int) -> pl.DataType:
    """A type that holds all up to a bound, also when the days of a date are added."""
    return pl.Int64() if bound < 2**62 else pl.Int128()


def _type_of(node: Node) -> pl.DataType:
    match node:
        case Column(_, _, type_):
            return engine_type(type_)
        case Lift(_, _, inner):
            return _type_of(inner)
        case First(parts):
            return _type_of(parts[0])
        case Weighted(_, _, bound):
            return _whole(bound)
        case CountOf():
            return pl.Int64()
        case _:
            return ROW()


def _compared(operator: str, left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """A comparison, written so that it and its opposite have a part in common, which is then computed once."""
    match operator:
        case "==":
            return left == right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case _:
            return ~_compared({"!=": "==", ">=": "<", ">": "<="}[operator], left, right)


def _days_later(date: pl.Expr, days: int) -> pl.Expr:
    """Like `_later_days` for a fixed number, and faster."""
    end = pl.lit((_LAST if days > 0 else _FIRST).toordinal() - _EPOCH, dtype=pl.Int32)
    moved = date.to_physical() + pl.lit(days, dtype=pl.Int32)
    out = moved > end if days > 0 else moved < end  # a choice is several times as fast as `clip`
    return pl.when(out).then(end).otherwise(moved).cast(pl.Date)


def _later_days(date: pl.Expr, days: pl.Expr) -> pl.Expr:
    first, last = (end.toordinal() - _EPOCH for end in (_FIRST, _LAST))
    return (date.cast(pl.Int64) + days).clip(first, last).cast(pl.Int32).cast(pl.Date)


def _months_later(date: pl.Expr, months: int) -> pl.Expr:
    """Like `_later_months` for a fixed number, and faster."""
    if months > 0:
        edge = first_in_year(10_000, months)
        out, end = (date < _FIRST if edge is None else date >= edge), _LAST
    else:
        edge = first_in_year(1, months)
        out, end = (date >= _FIRST if edge is None else date < edge), _FIRST
    return pl.when(out).then(pl.lit(end)).otherwise(date.dt.offset_by(f"{months}mo"))


def _later_months(date: pl.Expr, months: pl.Expr) -> pl.Expr:
    number = date.dt.year().cast(pl.Int64) * 12 + date.dt.month().cast(pl.Int64) - 1 + months
    inside = number.clip(12, 9999 * 12 + 11)
    first = pl.date(inside // 12, inside % 12 + 1, 1)
    day = pl.min_horizontal(date.dt.day(), first.dt.month_end().dt.day()).cast(pl.Int32)
    found = (first.cast(pl.Int32) + day - 1).cast(pl.Date)
    early, late = pl.lit(_FIRST), pl.lit(_LAST)
    moved = pl.when(number < 12).then(early).when(number > 9999 * 12 + 11).then(late).otherwise(found)
    return pl.when(date.is_not_null() & months.is_not_null()).then(moved)


def _marked(keys: pl.Series, height: int) -> pl.Series:
    """True in the rows that keys name."""
    return pl.repeat(False, height, dtype=pl.Boolean, eager=True).scatter(keys.unique(), True)


def _counted(keys: pl.Series, height: int) -> pl.Series:
    """How many keys name each row."""
    counts = keys.alias("#key").value_counts()
    zero = pl.repeat(0, height, dtype=pl.Int64, eager=True)
    return zero.scatter(counts["#key"], counts["count"].cast(pl.Int64))


def with_hypothetical(
    layout: Layout, tables: Mapping[str, pl.DataFrame], subjects: set[str]
) -> dict[str, pl.DataFrame]:
    """The tables, with a row for what each unknown list may hold, where norms are about its elements or what these hold."""
    found: dict[str, pl.DataFrame] = {}
    for name, table in layout.tables.items():
        frame = tables.get(name)
        if frame is None:
            if table.above is None or table.above.table.name not in found:
                continue
            frame = pl.DataFrame(
                schema={ID: pl.String(), HOLDER: pl.String(), HOLDER_ROW: ROW()}
            )  # nothing is known of these lists
        if table.above is not None:
            frame = frame.with_columns(pl.lit(True).alias(_REAL))
            if any(each == name or each.startswith(f"{name}.") for each in subjects):
                frame = pl.concat([frame, _blank_rows(table, table.above, found)], how="diagonal")
        found[name] = frame
    return found


def _blank_rows(table: Table, above: Place, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    holders = tables[above.table.name]
    assert table.list_fact is not None
    known = above.column(f"{table.list_fact.name}.known")
    open_ = ~pl.col(known).fill_null(False) if known in holders.columns else pl.lit(True)
    for place in above.outward():
        if place.exists in holders.columns:
            open_ = open_ & pl.col(place.column("exists")).fill_null(True)
    number, holder = pl.int_range(pl.len(), dtype=ROW).alias(HOLDER_ROW), pl.col(ID).alias(HOLDER)
    rows = holders.select(number, holder, open_.alias("#open")).filter("#open")
    return rows.select(HOLDER_ROW, HOLDER, pl.lit(False).alias(_REAL))
