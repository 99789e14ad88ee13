"""Making nodes: each once, and simpler where that costs nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from sopb_rules.model.vocabulary import FactType
from sopb_rules.population.program import (
    And,
    AnyOf,
    Compare,
    Constant,
    First,
    IsIn,
    IsTrue,
    Known,
    Lift,
    Node,
    Not,
    Or,
    Relation,
    Truth,
)

N = TypeVar("N")

TRUE, FALSE = Constant(True), Constant(False)
NOTHING = Constant(None)
UNKNOWN, YES, NO = Truth(FALSE, FALSE), Truth(TRUE, FALSE), Truth(FALSE, TRUE)


class Nodes:
    """The nodes of a program, each made once."""

    def __init__(self) -> None:
        self._made: dict[Any, Any] = {}

    def make(self, sort: type[N], *args: Any) -> N:
        """The node with these parts."""
        key = (sort, *map(_identity, args))
        found = self._made.get(key)
        if found is None:
            # With its parts, so that no other node gets the identity of one.
            found = self._made[key] = (sort(*args), args)
        return found[0]

    def constant(self, value: Any, type_: FactType | None = None) -> Constant:
        """A value that is the same in each row."""
        if value is None or isinstance(value, bool):
            return NOTHING if value is None else TRUE if value else FALSE
        key = (Constant, type(value), value, id(type_))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = (Constant(value, type_), (type_,))
        return found[0]

    # ---- truths ------------------------------------------------------------------------------------------

    def both(self, *parts: Node) -> Node:
        """All parts hold."""
        return self._joined(And, FALSE, TRUE, parts)

    def either(self, *parts: Node) -> Node:
        """Some part holds."""
        return self._joined(Or, TRUE, FALSE, parts)

    def _joined(self, sort: type[And | Or], strongest: Constant, neutral: Constant, parts: Iterable[Node]) -> Node:
        flat: dict[int, Node] = {}
        for part in parts:
            for each in part.parts if isinstance(part, sort) else (part,):
                if each is strongest:
                    return strongest
                if each is not neutral:
                    flat[id(each)] = each
        if len(flat) < 2:
            return next(iter(flat.values()), neutral)
        found = tuple(flat.values())
        if any(isinstance(each, Not) and id(each.part) in flat for each in found):
            return strongest
        return self.make(sort, found, relation_of(*found))

    def no(self, part: Node) -> Node:
        """The part does not hold."""
        if part is TRUE or part is FALSE:
            return FALSE if part is TRUE else TRUE
        if isinstance(part, Not):
            return part.part
        return self.make(Not, part, part.relation)

    def all_of(self, truths: Iterable[Truth]) -> Truth:
        """Kleene conjunction."""
        each = list(truths)
        return Truth(self.both(*(truth.true for truth in each)), self.either(*(truth.false for truth in each)))

    def some_of(self, truths: Iterable[Truth]) -> Truth:
        """Kleene disjunction."""
        each = list(truths)
        return Truth(self.either(*(truth.true for truth in each)), self.both(*(truth.false for truth in each)))

    def one_of(self, truths: Iterable[Truth]) -> Truth:
        """The truth of the only one that is known, if one is."""
        each = list(truths)
        return Truth(self.either(*(truth.true for truth in each)), self.either(*(truth.false for truth in each)))

    def where(self, known: Node, truth: Truth) -> Truth:
        """The truth where something is known, and unknown elsewhere."""
        return Truth(self.both(known, truth.true), self.both(known, truth.false))

    def yes_no(self, node: Node) -> Truth:
        """The truth of a yes/no value."""
        if isinstance(node, Constant):
            return UNKNOWN if node.value is None else YES if node.value else NO
        return Truth(
            self.make(IsTrue, node, True, node.relation),
            self.make(IsTrue, node, False, node.relation),
        )

    # ---- values ------------------------------------------------------------------------------------------

    def known(self, node: Node) -> Node:
        """A value is known."""
        if isinstance(node, Constant):
            return FALSE if node.value is None else TRUE
        return self.make(Known, node, node.relation)

    def compare(self, operator: str, left: Node, right: Node) -> Node:
        """Two values are known and compare so; constants are compared here."""
        if isinstance(left, Constant) and isinstance(right, Constant):
            return TRUE if _holds(operator, left.value, right.value) else FALSE
        if NOTHING in (left, right):
            return FALSE
        return self.make(Compare, operator, left, right, relation_of(left, right))

    def first(self, values: Iterable[Node]) -> Node:
        """The first value that is known."""
        found = tuple(dict.fromkeys(value for value in values if value is not NOTHING))
        if len(found) < 2:
            return found[0] if found else NOTHING
        return self.make(First, found, relation_of(*found))

    def is_in(self, node: Node, values: tuple[Constant, ...]) -> Truth:
        """A value is one of some."""
        if isinstance(node, Constant):
            inside = any(node.value == each.value for each in values)
            return UNKNOWN if node.value is None else YES if inside else NO
        return Truth(
            self.make(IsIn, node, values, True, node.relation),
            self.make(IsIn, node, values, False, node.relation),
        )

    # ---- other relations ---------------------------------------------------------------------------------

    def lift(self, relation: Relation, key: Node | None, node: Node, boolean: bool = False) -> Node:
        """A node of another relation, in the row that the key names; the node itself where there is no key."""
        if key is None or node is FALSE:
            return node
        if key is NOTHING:
            return FALSE if boolean else NOTHING
        if node.relation is None:  # the same everywhere
            return self.both(self.known(key), node) if boolean else node
        return self.make(Lift, relation, key, node, boolean)

    def any_of(self, relation: Relation, key: Node, node: Node) -> Node:
        """Whether a node holds in some row of those whose key names this row."""
        return FALSE if node is FALSE else self.make(AnyOf, relation, key, node)


def relation_of(*nodes: Node) -> Relation | None:
    """The relation that nodes are columns of; None where they are the same everywhere."""
    return next((node.relation for node in nodes if node.relation is not None), None)


def _identity(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(map(_identity, part))
    return part if isinstance(part, str | int | bool | type(None)) else id(part)


def _holds(operator: str, left: Any, right: Any) -> bool:
    if left is None or right is None:
        return False
    match operator:
        case "==":
            return bool(left == right)
        case "!=":
            return bool(left != right)
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
        case _:
            return bool(left >= right)
