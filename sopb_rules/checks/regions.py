"""What a comparison leaves open of all that can be stated: enough to see that it is always, or never, true.

A region is a row of intervals over the values of a type. Their ends are cuts between values, so that strict and other
comparisons are one thing: the cut (3, 0) lies just below 3, and (3, 1) just above.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from typing import Any

import attrs

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v

_Cut = tuple[Any, int]
_Intervals = tuple[tuple[_Cut, _Cut], ...]
_LOWEST, _HIGHEST = (Decimal("-Infinity"), 0), (Decimal("Infinity"), 0)
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_WHOLE = (v.Count, v.Days, v.Months, v.Date, v.KindType)


@attrs.frozen
class Region:
    """The values of something for which a condition is true.

    Args:
        of: what the condition reads; regions of one thing can be held against each other.
        domain: all values that it can have.
        inside: the values for which the condition is true.
    """

    of: Hashable
    domain: _Intervals
    inside: _Intervals

    @property
    def is_all(self) -> bool:
        """Whether the condition is true for every value."""
        return self.inside == self.domain

    @property
    def is_none(self) -> bool:
        """Whether the condition is true for no value."""
        return not self.inside

    def negated(self) -> Region:
        """All other values."""
        return attrs.evolve(self, inside=_intersect(_complement(self.inside), self.domain))

    def within(self, other: Region) -> bool:
        """Whether the other condition is true whenever this one is."""
        return self.of == other.of and _intersect(self.inside, other.inside) == self.inside


def both(regions: Iterable[Region]) -> Region:
    """What regions of one thing have in common."""
    first, *others = regions
    for other in others:
        first = attrs.evolve(first, inside=_intersect(first.inside, other.inside))
    return first


def region(condition: e.Condition) -> Region | None:
    """The region of a comparison with a constant, or of one that is negated; None for all other conditions.

    A comparison that a judgement may stand in for has none: nobody knows what will be judged.
    """
    match condition:
        case e.Negation(part):
            inner = region(part)
            return None if inner is None else inner.negated()
        case e.Comparison(operator, left, e.Value(value)) if not isinstance(left, e.Value):
            return _comparison(left, operator, value)
        case e.Comparison(operator, e.Value(value), right) if not isinstance(right, e.Value):
            return _comparison(right, _FLIPPED[operator], value)
        case e.Membership(term, values):
            place, domain = _scale(term)
            return Region(term, domain, _within(term, _union(map(_point, map(place, values))), domain))
        case _:
            return None


def _comparison(term: e.Term, operator: str, value: Any) -> Region:
    place, domain = _scale(term)
    at = place(value)
    below, above = (at, 0), (at, 1)
    inside: _Intervals
    match operator:
        case "==":
            inside = _point(at)
        case "!=":
            inside = _complement(_point(at))
        case "<":
            inside = ((_LOWEST, below),)
        case "<=":
            inside = ((_LOWEST, above),)
        case ">":
            inside = ((above, _HIGHEST),)
        case _:
            inside = ((below, _HIGHEST),)
    return Region(term, domain, _within(term, inside, domain))


def _within(term: e.Term, inside: _Intervals, domain: _Intervals) -> _Intervals:
    """Intervals within a domain; between whole numbers there is one cut, not two."""
    if isinstance(term.type, _WHOLE):
        inside = _union([tuple((_whole(start), _whole(end)) for start, end in inside)])
    return _intersect(inside, domain)


def _whole(cut: _Cut) -> _Cut:
    return (cut[0] + 1, 0) if cut[1] else cut


def _scale(term: e.Term) -> tuple[Callable[[Any], Any], _Intervals]:
    """How the values of a term are placed in a row, and all that it can have."""
    match term.type:
        case v.KindType(kind):
            return kind.rank, (((0, 0), (len(kind.values), 0)),)
        case v.Date():
            first, last = datetime.date.min.toordinal(), datetime.date.max.toordinal()
            return datetime.date.toordinal, (((first, 0), (last + 1, 0)),)
        case v.Count() | v.Days() | v.Months() if isinstance(term, e.Read | e.Tally):
            return _same, (((0, 0), _HIGHEST),)
        case v.Text() | v.Contained() | v.Reference():
            return hash, ((_LOWEST, _HIGHEST),)
        case _:
            return _same, ((_LOWEST, _HIGHEST),)


def _same(value: Any) -> Any:
    return value


def _point(at: Any) -> _Intervals:
    return (((at, 0), (at, 1)),)


def _union(each: Iterable[_Intervals]) -> _Intervals:
    joined: list[tuple[_Cut, _Cut]] = []
    for start, end in sorted(interval for intervals in each for interval in intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def _complement(intervals: _Intervals) -> _Intervals:
    cuts = [_LOWEST, *(cut for interval in intervals for cut in interval), _HIGHEST]
    return tuple((start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True) if start < end)


def _intersect(left: _Intervals, right: _Intervals) -> _Intervals:
    common = ((max(a, c), min(b, d)) for a, b in left for c, d in right)
    return tuple(sorted((start, end) for start, end in common if start < end))


# ---- conditions that the vocabulary alone settles ------------------------------------------------------------


def trivial(condition: e.Condition, always: bool) -> list[e.Condition]:
    """The smallest parts of a condition that are true (or false) whatever is stated, each told once."""
    found: list[e.Condition] = []
    _search(condition, always, found)
    return found


def _search(node: e.Node, always: bool, found: list[e.Condition]) -> None:
    if isinstance(node, e.Judged):
        return
    if isinstance(node, e.Comparison | e.Membership):
        if _settled(node) is always:
            found.append(node)
    elif isinstance(node, e.All | e.Some):
        found += _together(node, always)
    for child in e.children(node):
        _search(child, always, found)


def _settled(condition: e.Condition) -> bool | None:
    """What a single comparison always is; None where that depends on what is stated."""
    if isinstance(condition, e.Comparison) and condition.left == condition.right:
        return condition.operator in ("==", "<=", ">=")
    known = region(condition)
    return None if known is None or not (known.is_all or known.is_none) else known.is_all


def _together(node: e.All | e.Some, always: bool) -> list[e.Condition]:
    """The parts on one thing that settle an `and` (never true) or an `or` (always true), where none of them does alone."""
    joins_all = isinstance(node, e.All)
    if joins_all is always:
        return []
    by_thing: dict[Hashable, list[tuple[e.Condition, Region]]] = {}
    for part in node.parts:
        known = region(part)
        if known is not None and not known.is_all and not known.is_none:
            by_thing.setdefault(known.of, []).append((part, known if joins_all else known.negated()))
    return [
        type(node)(tuple(part for part, _ in same))
        for same in by_thing.values()
        if len(same) > 1 and both(known for _, known in same).is_none
    ]
