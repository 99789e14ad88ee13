"""What is computed over tables, with no engine named: nodes that are columns of relations.

A boolean node is true or false in each row, never null: a condition is a pair of them, where it is true and where it is
false. A value node is null where nothing is known; a comparison with null is false, so in both planes. Numbers are whole: a
decimal is counted in units of ten to the minus nine (`DECIMALS`), so that no engine rounds.

Nodes are shared: a program holds each node once, and identity is equality.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

import attrs

from sopb_rules.model.norms import Decision, Norm
from sopb_rules.model.vocabulary import FactType
from sopb_rules.population.layout import ID, Layout, Place, Table

#: How many digits after the point a number has in a table.
DECIMALS = 9
#: The most digits before the point; counts and periods have no more either.
DIGITS = 18

# ---- relations ----------------------------------------------------------------------------------------------


@attrs.frozen
class Rows:
    """The rows of a table."""

    table: Table


@attrs.frozen
class Join:
    """Pairs of a row on the left and a row of a table that belongs to it.

    Args:
        key: of the left, the number of the row that rows on the right belong to.
        on: of the right, the number of the row that it belongs to.
        loose: of the right, where it is unknown whom the row belongs to: then it is paired with every row on the left.
            None where that is always known.
    """

    left: Relation
    key: Node
    right: Rows
    on: Node
    loose: Node | None


Relation = Rows | Join

# ---- nodes --------------------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class Constant:
    """A value that is the same in each row: bool, int, date or text, or None for unknown.

    A decimal is here already a whole number of units.
    """

    value: bool | int | str | datetime.date | None
    type: FactType | None = None
    relation: None = None


@attrs.frozen(eq=False)
class Column:
    """A column of a table; null is unknown."""

    relation: Rows
    name: str
    type: FactType


@attrs.frozen(eq=False)
class RowKey:
    """The number of the row itself."""

    relation: Relation


@attrs.frozen(eq=False)
class HolderKey:
    """Of a row of a list: the number of the row above that holds the list."""

    relation: Rows


@attrs.frozen(eq=False)
class ReferenceKey:
    """The number of the row that a reference names, where this stands in a place; elsewhere null."""

    relation: Rows
    column: str
    place: Place


@attrs.frozen(eq=False)
class LeftKey:
    """Of a pair: the number of the row on the left."""

    relation: Join


@attrs.frozen(eq=False)
class RightKey:
    """Of a pair: the number of the row on the right."""

    relation: Join


@attrs.frozen(eq=False)
class Real:
    """Of a row of a list: that it was stated. It does not hold of one that stands for what an unknown list may hold."""

    relation: Rows


@attrs.frozen(eq=False)
class Lift:
    """A node of another relation, in the row that the key names; where the key is null: false, or unknown.

    Args:
        boolean: whether the node is a truth, which is false where the key is null.
    """

    relation: Relation
    key: Node
    node: Node
    boolean: bool


@attrs.frozen(eq=False)
class AnyOf:
    """Whether the node holds in some row of its relation whose key names this row.

    Args:
        key: of the node's relation, a number of a row of `relation`.
    """

    relation: Relation
    key: Node
    node: Node


@attrs.frozen(eq=False)
class CountOf:
    """In how many rows of its relation, whose key names this row, the node holds."""

    relation: Relation
    key: Node
    node: Node


@attrs.frozen(eq=False)
class Somewhere:
    """Whether the node holds in any row of its relation: the same everywhere."""

    node: Node
    relation: None = None


@attrs.frozen(eq=False)
class IsTrue:
    """A yes/no value is known to be yes (`value` is True), or known to be no."""

    node: Node
    value: bool
    relation: Relation | None


@attrs.frozen(eq=False)
class Known:
    """A value is not null."""

    node: Node
    relation: Relation | None


@attrs.frozen(eq=False)
class First:
    """The first value that is not null."""

    parts: tuple[Node, ...]
    relation: Relation | None


@attrs.frozen(eq=False)
class And:
    """All parts hold."""

    parts: tuple[Node, ...]
    relation: Relation | None


@attrs.frozen(eq=False)
class Or:
    """Some part holds."""

    parts: tuple[Node, ...]
    relation: Relation | None


@attrs.frozen(eq=False)
class Not:
    """The part does not hold."""

    part: Node
    relation: Relation | None


@attrs.frozen(eq=False)
class Compare:
    """Two values are known and compare so.

    Args:
        operator: ``==``, ``!=``, ``<``, ``<=``, ``>`` or ``>=``; values of a kind are ordered as the kind lists them.
    """

    operator: str
    left: Node
    right: Node
    relation: Relation | None


@attrs.frozen(eq=False)
class IsIn:
    """A value is known and one of these (`value` is True), or known and none of them."""

    node: Node
    values: tuple[Constant, ...]
    value: bool
    relation: Relation | None


@attrs.frozen(eq=False)
class Weighted:
    """A sum of whole numbers, each times a whole number; null where one is null.

    Args:
        bound: no value is farther from 0.
    """

    terms: tuple[tuple[int, Node], ...]
    constant: int
    bound: int
    relation: Relation | None


@attrs.frozen(eq=False)
class Shifted:
    """A date moved by days or by months; one out of the calendar's range is its nearest end.

    Args:
        sign: 1 for later, -1 for earlier.
        months: whether the period is counted in months; a day that the month lacks becomes its last day.
    """

    date: Node
    sign: int
    period: Node
    months: bool
    relation: Relation | None


Node = (
    Constant | Column | RowKey | HolderKey | ReferenceKey | LeftKey | RightKey | Real | Lift | AnyOf | CountOf | Somewhere
    | IsTrue | Known | First | And | Or | Not | Compare | IsIn | Weighted | Shifted
)  # fmt: skip


def children(node: Node) -> tuple[Node, ...]:
    """The nodes of the same relation that a node is made from."""
    match node:
        case Lift(_, key):
            return (key,)
        case IsTrue(part) | Known(part) | IsIn(part) | Not(part):
            return (part,)
        case And(parts) | Or(parts) | First(parts):
            return parts
        case Compare(_, left, right):
            return (left, right)
        case Weighted(terms):
            return tuple(part for _, part in terms)
        case Shifted(date, _, period):
            return (date, period)
        case _:
            return ()


def foreign(node: Node) -> tuple[Node, ...]:
    """The nodes of other relations that a node is made from."""
    match node:
        case Lift(_, _, inner) | Somewhere(inner):
            return (inner,)
        case AnyOf(_, key, inner) | CountOf(_, key, inner):
            return (key, inner)
        case LeftKey(join) | RightKey(join) | RowKey(Join() as join):
            return joined(join)
        case _:
            return ()


def joined(join: Join) -> tuple[Node, ...]:
    """The nodes that pairs are made from."""
    return (join.key, join.on) if join.loose is None else (join.key, join.on, join.loose)


# ---- outcomes -----------------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class Truth:
    """Where a condition is true, and where it is false; elsewhere it is unknown."""

    true: Node
    false: Node


@attrs.frozen(eq=False)
class Outcomes:
    """What a norm or a decision comes to in each row of a table.

    Args:
        there: where the place is known to hold a subject, and where it is known to hold none; elsewhere the subject is
            hypothetical, and only that nothing applies to it can be settled.
        truths: of a norm: that it applies, and that it is satisfied, or for a permission its act and its conditions; of a
            decision: that each of its values is given.
        hinges: where it is unknown and hinges on a column, by the names of the table and of the column; empty unless asked for.
    """

    statement: Norm | Decision
    place: Place
    there: Truth
    truths: tuple[Truth, ...]
    hinges: Mapping[tuple[str, str], Node] = attrs.field(factory=dict)

    @property
    def name(self) -> str:
        """The name of its column: ``8.1``, ``party_organization: 12.1``, ``leading_body``."""
        name = self.statement.id if isinstance(self.statement, Norm) else self.statement.name
        return f"{self.place.prefix[:-1]}: {name}" if self.place.prefix else name

    def nodes(self) -> Iterator[Node]:
        """What has to be computed for it."""
        for truth in (self.there, *self.truths):
            yield truth.true
            yield truth.false
        yield from self.hinges.values()


@attrs.frozen(eq=False)
class Program:
    """A policy set on a day, as columns of tables.

    Args:
        outcomes: by table, in the order of the document.
    """

    layout: Layout
    as_of: datetime.date
    outcomes: tuple[Outcomes, ...]

    def of(self, table: Table) -> tuple[Outcomes, ...]:
        """The outcomes whose subjects are in the rows of a table."""
        return tuple(each for each in self.outcomes if each.place.table is table)

    def below(self, table: Table) -> Program:
        """The part of which the subjects are in a table of a listed entity, or in lists that hang in it."""
        inside = (each for each in self.outcomes if each.place.table.top is table)
        return attrs.evolve(self, outcomes=tuple(inside))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that have subjects."""
        return tuple(dict.fromkeys(each.place.table for each in self.outcomes))

    def nodes(self) -> Iterator[Node]:
        """All nodes, each once, what they are made from first."""
        seen: set[int] = set()
        for outcome in self.outcomes:
            for root in outcome.nodes():
                yield from _below(root, seen)

    def columns(self) -> dict[str, set[str]]:
        """The columns that are read, by table; a table of which only the rows matter has none.

        Where norms are about the elements of a list, that is also what says of which lists nothing is known.
        """
        read: dict[str, set[str]] = {table.name: set() for table in self.tables}
        for table in self.tables:
            while table.above is not None:
                read.setdefault(table.above.table.name, set()).update(table.whether_known())
                table = table.above.table
        for node in self.nodes():
            if isinstance(node.relation, Rows):
                read.setdefault(node.relation.table.name, set())
            match node:
                case Column(rows, name):
                    read.setdefault(rows.table.name, set()).add(name)
                case ReferenceKey(rows, name, place):
                    read.setdefault(rows.table.name, set()).add(name)
                    read.setdefault(place.table.name, set()).add(place.column(ID))
        return read


def _below(node: Node, seen: set[int]) -> Iterator[Node]:
    stack: list[tuple[Node, bool]] = [(node, False)]
    while stack:
        current, done = stack.pop()
        if done:
            yield current
        elif id(current) not in seen:
            seen.add(id(current))
            stack.append((current, True))
            stack.extend((each, False) for each in (*children(current), *foreign(current)))
