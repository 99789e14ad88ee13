"""Nodes of a program as SQL expressions over the columns of one row.

A kind is a text, as people store it; it is compared by its place in the kind only where its values are ordered. A decimal stays
one where it is compared with another, and becomes a whole number of units where numbers are added.
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Mapping
from typing import Any, assert_never

from sqlglot import exp

from sopb_rules.model import vocabulary as v
from sopb_rules.population import dialects as sql
from sopb_rules.population.dialects import Dialect, E
from sopb_rules.population.numbers import MIRRORED
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
    Known,
    LeftKey,
    Lift,
    Node,
    Not,
    Or,
    Real,
    ReferenceKey,
    RightKey,
    RowKey,
    Shifted,
    Somewhere,
    Weighted,
)

#: Columns that no fact has: of a row its own key and that of its holder, whether it was stated; of a pair both keys.
KEY, HOLDER_KEY, REAL, LEFT, RIGHT = "#key", "#holder", "#real", "#left", "#right"

_DECIMAL = v.Number | v.Percent | v.Money
_SQL: Mapping[str, type[exp.Binary]] = {
    "==": exp.EQ, "!=": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE,
}  # fmt: skip
_PYTHON: Mapping[str, Callable[[int, int], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def column_of(alias: str, name: str) -> E:
    """A column of a table or of a query that is called so."""
    return exp.column(exp.to_identifier(name, quoted=True), table=exp.to_identifier(alias, quoted=True))


class Expressions:
    """Writes nodes as expressions.

    Args:
        everywhere: what a node is in each row that is the same in all.
    """

    def __init__(self, stages: Stages, dialect: Dialect, everywhere: Callable[[Somewhere], E]) -> None:
        self._stages = stages
        self._dialect = dialect
        self._everywhere = everywhere

    def of(self, node: Node, alias: str) -> E:
        """A node, over the columns that its relation has so far."""
        name = self.column(node)
        return column_of(alias, name) if name is not None else self.computed(node, alias)

    def column(self, node: Node) -> str | None:
        """The column of a node, where it has one."""
        match node:
            case Column(_, name):
                return name
            case RowKey():
                return KEY
            case HolderKey():
                return HOLDER_KEY
            case LeftKey():
                return LEFT
            case RightKey():
                return RIGHT
            case Real():
                return REAL
            case _:
                return self._stages.name(node) if node.relation is not None else None

    def computed(self, node: Node, alias: str) -> E:
        """A node, computed from what it is made from."""
        match node:
            case IsTrue(part, value):
                return sql.holds(self.of(part, alias), value)
            case Known(part):
                return sql.known(self.of(part, alias))
            case And(parts):
                return sql.conjunction([self.of(part, alias) for part in parts])
            case Or(parts):
                return sql.disjunction([self.of(part, alias) for part in parts])
            case Not(part):
                return sql.negation(self.of(part, alias))
            case Compare(sign, left, right):
                return self._compared(sign, left, right, alias)
            case IsIn(part, values, inside):
                among = [self._side(each, part, alias) for each in values]
                return sql.holds(exp.In(this=self.of(part, alias), expressions=among), inside)
            case Somewhere():
                return self._everywhere(node)
            case Constant() | First() | Weighted() | Shifted():
                return self._value(node, alias)
            case Column() | RowKey() | HolderKey() | LeftKey() | RightKey() | Real():
                return self.of(node, alias)
            case Lift() | AnyOf() | CountOf() | ReferenceKey():
                raise AssertionError(f"{node} is brought in before")
            case _:
                assert_never(node)

    # ---- values ------------------------------------------------------------------------------------------

    def _value(self, node: Constant | First | Weighted | Shifted, alias: str) -> E:
        match node:
            case Constant():
                return self._side(node, node, alias)
            case First(parts):
                first, *others = (self._side(part, parts[0], alias) for part in parts)
                return exp.Coalesce(this=first, expressions=others)
            case Weighted(terms, constant, bound):
                return self._sum(terms, constant, self._dialect.wide_enough(bound), alias)
            case Shifted(date, sign, Constant(int() as period), months):
                return self._dialect.later(self.of(date, alias), sign * period, months)
            case Shifted(date, sign, period, months):
                length = self.of(period, alias)
                signed = length if sign > 0 else exp.Neg(this=exp.Paren(this=length))
                return self._dialect.later(self.of(date, alias), signed, months)
            case _:
                assert_never(node)

    def _sum(self, terms: tuple[tuple[int, Node], ...], constant: int, kind: str, alias: str) -> E:
        found: E | None = None
        for weight, node in terms:
            number = self.of(node, alias)
            term = self._dialect.units(number) if _is_decimal(node) else exp.cast(number, kind)
            if weight != 1:
                term = exp.Mul(this=term, expression=exp.cast(sql.whole(weight), kind))
            found = term if found is None else exp.Add(this=found, expression=term)
        assert found is not None
        return sql.plus(found, constant) if constant else found

    # ---- comparisons -------------------------------------------------------------------------------------

    def _compared(self, sign: str, left: Node, right: Node, alias: str) -> E:
        kind = _kind(left) or _kind(right)
        if kind is not None and sign in _PYTHON:
            return self._ranked(sign, left, right, kind, alias)
        sides = self._side(left, right, alias), self._side(right, left, alias)
        return sql.holds(_SQL[sign](this=sides[0], expression=sides[1]))

    def _ranked(self, sign: str, left: Node, right: Node, kind: v.Kind, alias: str) -> E:
        """Values of an ordered kind: held against a fixed one, a value is one of those before or after it."""
        if isinstance(left, Constant):
            left, right, sign = right, left, MIRRORED[sign]
        if isinstance(right, Constant):
            assert isinstance(right.value, int)
            values = [value for rank, value in enumerate(kind.values) if _PYTHON[sign](rank, right.value)]
            among = exp.In(this=self.of(left, alias), expressions=[sql.text(value) for value in values])
            return sql.holds(among) if values else exp.false()
        ranks = (_rank(self.of(side, alias), kind) for side in (left, right))
        return sql.holds(_SQL[sign](this=next(ranks), expression=next(ranks)))

    def _side(self, node: Node, other: Node, alias: str) -> E:
        """A side of a comparison, as the other side is counted."""
        if isinstance(node, Constant):
            return _literal(node.value, other)
        found = self.of(node, alias)
        if isinstance(other, Constant) or _is_decimal(node) is _is_decimal(other):
            return found
        return self._dialect.units(found) if _is_decimal(node) else exp.cast(found, self._dialect.wide)


def _literal(value: Any, other: Node) -> E:
    """A fixed value, as the other side is counted."""
    match value:
        case bool():
            return exp.true() if value else exp.false()
        case int() if _is_decimal(other):
            return sql.decimal(value)
        case int() if (kind := _kind(other)) is not None:
            return sql.text(tuple(kind.values)[value])
        case int():
            return sql.whole(value)
        case datetime.date():
            return sql.a_date(value)
        case str():
            return sql.text(value)
        case _:
            return exp.null()


def _rank(value: E, kind: v.Kind) -> E:
    return sql.case(
        [
            (exp.EQ(this=value.copy(), expression=sql.text(name)), sql.whole(rank))
            for rank, name in enumerate(kind.values)
        ]
    )


def _fact_type(node: Node) -> v.FactType | None:
    """The type of the facts that a value comes from; None for what is counted and computed, which is whole."""
    match node:
        case Column(_, _, type_) | Constant(_, type_):
            return type_
        case Lift(_, _, inner):
            return _fact_type(inner)
        case First(parts):
            return _fact_type(parts[0])
        case _:
            return None


def _is_decimal(node: Node) -> bool:
    return isinstance(_fact_type(node), _DECIMAL)


def _kind(node: Node) -> v.Kind | None:
    type_ = _fact_type(node)
    return type_.kind if isinstance(type_, v.KindType) else None
