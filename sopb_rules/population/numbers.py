"""Numbers as sums of whole numbers with exact factors, and comparisons of them without rounding and without overflow."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor, gcd, lcm

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.model.vocabulary import Money, Number, Percent
from sopb_rules.population.nodes import FALSE, Nodes, relation_of
from sopb_rules.population.program import DECIMALS, DIGITS, Column, First, Lift, Node, Weighted

#: No sum that an engine computes is farther from 0: a decimal of 38 digits holds it.
LARGEST = 10**37
WHOLE_BOUND: int = 10**DIGITS
DECIMAL_BOUND: int = 10 ** (DIGITS + DECIMALS)

#: The same comparison with its sides exchanged.
MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@attrs.frozen
class Sum:
    """A sum of columns with whole numbers, each times an exact factor; null where one of them is null.

    Args:
        factors: by column, what one of its units counts.
        guards: truths of which each has to hold, or the sum is unknown.
        unknown: whether a part of it is unknown everywhere.
    """

    factors: Mapping[Node, Fraction]
    constant: Fraction = Fraction(0)
    guards: tuple[Node, ...] = ()
    unknown: bool = False

    def times(self, factor: Fraction) -> Sum:
        """Each part times a factor; what is unknown stays so, even times 0."""
        factors = {node: factor * each for node, each in self.factors.items()}
        return Sum(factors, factor * self.constant, self.guards, self.unknown)

    def plus(self, other: Sum) -> Sum:
        """Both together."""
        factors = dict(self.factors)
        for node, factor in other.factors.items():
            factors[node] = factors.get(node, Fraction(0)) + factor
        guards = tuple(dict.fromkeys((*self.guards, *other.guards)))
        return Sum(factors, self.constant + other.constant, guards, self.unknown or other.unknown)


NO_SUM = Sum({}, unknown=True)


def of_column(node: Node, decimals: bool) -> Sum:
    """The numbers of a column: whole ones, or decimals counted in units."""
    return Sum({node: Fraction(1, 10**DECIMALS) if decimals else Fraction(1)})


def compared(nodes: Nodes, operator: str, left: Sum, right: Sum) -> Node:
    """Where both are known and compare so.

    Raises:
        RulesError: no engine can hold the numbers that would have to be compared.
    """
    if left.unknown or right.unknown:
        return FALSE
    difference = left.plus(right.times(Fraction(-1)))
    read = tuple(difference.factors)
    terms = {node: factor for node, factor in difference.factors.items() if factor}
    # A column that cancels out still has to be known.
    known = nodes.both(*difference.guards, *(nodes.known(node) for node in read if node not in terms))
    limit = -difference.constant
    if not terms:
        return nodes.both(known, nodes.compare(operator, nodes.constant(Fraction(0)), nodes.constant(limit)))
    scale = lcm(*(factor.denominator for factor in terms.values()))
    whole = {node: int(factor * scale) for node, factor in terms.items()}
    common = gcd(*whole.values())
    if next(iter(whole.values())) < 0:
        common, operator = -common, MIRRORED[operator]
    weights = {node: factor // common for node, factor in whole.items()}
    limit = limit * scale / common
    if limit == 0 and sorted(weights.values()) == [-1, 1]:
        plus, minus = sorted(weights, key=lambda node: -weights[node])
        return nodes.both(known, nodes.compare(operator, plus, minus))
    operator, edge = _rounded(operator, limit)
    node, most = _weighted(nodes, weights)
    if edge is None:  # no whole number is equal to it
        return nodes.both(known, nodes.known(node)) if operator == "!=" else FALSE
    within = max(-most - 1, min(most + 1, edge))  # so that it fits into the type of the column
    return nodes.both(known, nodes.compare(operator, node, nodes.constant(within)))


def as_node(nodes: Nodes, sum_: Sum) -> Node:
    """A sum of whole numbers as a column, for periods.

    Raises:
        RulesError: as for `compared`.
    """
    if sum_.unknown:
        return nodes.constant(None)
    constant = int(sum_.constant)
    if not sum_.factors:
        return nodes.constant(constant)
    weights = {node: int(factor) for node, factor in sum_.factors.items()}
    if not constant and list(weights.values()) == [1]:
        return next(iter(weights))
    return _weighted(nodes, weights, constant)[0]


def _weighted(nodes: Nodes, weights: Mapping[Node, int], constant: int = 0) -> tuple[Node, int]:
    most = abs(constant) + sum(abs(weight) * _bound(node) for node, weight in weights.items())
    if most > LARGEST:
        message = "a sum has factors of so many digits that it cannot be computed over columns"
        raise RulesError(
            [Diagnostic(Code.BAD_USAGE, message, help="evaluate states instead, where numbers have no end")]
        )
    if not constant and list(weights.values()) == [1]:
        return next(iter(weights)), most
    terms = tuple((weight, node) for node, weight in weights.items())
    return nodes.make(Weighted, terms, constant, most, relation_of(*weights)), most


def _bound(node: Node) -> int:
    """No number of a column is farther from 0, in its units."""
    while isinstance(node, Lift | First):
        node = node.node if isinstance(node, Lift) else node.parts[0]
    decimals = isinstance(node, Column) and isinstance(node.type, Number | Percent | Money)
    return DECIMAL_BOUND if decimals else WHOLE_BOUND


def _rounded(operator: str, limit: Fraction) -> tuple[str, int | None]:
    """The comparison of whole numbers with a whole number that says the same as one with a fraction."""
    if limit.denominator == 1:
        return operator, int(limit)
    match operator:
        case "<" | "<=":
            return "<=", floor(limit)
        case ">" | ">=":
            return ">=", ceil(limit)
        case _:
            return operator, None
