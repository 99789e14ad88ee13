"""What conditions compare facts with, read off without any state: numbers and dates at which a verdict may turn, and which way
yes/no facts lean if norms are kept.

Where the other side of a comparison is a fact, too, a typical value stands for it, so that both are drawn from the same stretch.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import attrs

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Policies
from sopb_rules.predicates.dates import add_days, add_months


@attrs.frozen
class Compared:
    """What is asked of facts.

    Args:
        borders: by fact, numbers as fractions, dates and texts that conditions compare it with.
        lengths: by list, the numbers of elements that conditions ask for.
        kept: by yes/no fact, the value that duties want, or acts that permissions are about; only facts of which they want any.
    """

    borders: Mapping[v.Fact, frozenset[Any]]
    lengths: Mapping[v.Fact, frozenset[int]]
    kept: Mapping[v.Fact, bool]


def compared(model: Policies, as_of: datetime.date) -> Compared:
    """What the conditions of a policy set ask on a day."""
    look = _Look(as_of)
    nodes = [node for condition in model.conditions() for node in e.walk(condition, into_applied=False)]
    for _ in range(2):  # in the second pass facts that are compared with facts have borders
        for node in nodes:
            look.at(node)
    return Compared(
        {fact: frozenset(found) for fact, found in look.borders.items()},
        {fact: frozenset(found) for fact, found in look.lengths.items()},
        _kept(model),
    )


@attrs.frozen
class _Look:
    today: datetime.date
    borders: dict[v.Fact, set[Any]] = attrs.field(factory=dict)
    lengths: dict[v.Fact, set[int]] = attrs.field(factory=dict)

    def at(self, node: e.Node) -> None:
        match node:
            case e.Comparison(_, left, right) if not isinstance(left.type, v.KindType | v.Reference | v.Contained):
                for side, other in ((left, right), (right, left)):
                    for target in self.typical(other):
                        self.solve(side, target)
            case e.Membership(term, values) if not isinstance(term.type, v.KindType):
                for each in values:
                    self.solve(term, _exact(each))
            case _:
                pass

    def typical(self, term: e.Term) -> list[Any]:
        """What a term may come to: its value, or one for each border of the fact that it reads."""
        match term:
            case e.Value(value):
                return [_exact(value)]
            case e.ParameterValue(parameter):
                held = parameter.on(self.today)
                return [] if held is None else [_exact(held)]
            case e.Today():
                return [self.today]
            case e.Read(path):
                found = self.borders.get(path.fact) if path.fact is not None else None
                return sorted(found)[:2] if found else _usual(term.type, self.today)
            case e.Linear(terms):
                parts = [(Fraction(factor), self.typical(part)) for factor, part in terms]
                return [sum((f * found[0] for f, found in parts), Fraction())] if all(p for _, p in parts) else []
            case e.Shift(date, sign, period):
                return [
                    _moved(start, sign * int(length), period.type)
                    for start in self.typical(date)
                    for length in self.typical(period)[:1]
                ]
            case _:
                return []

    def solve(self, term: e.Term, target: Any) -> None:
        """Note the values of facts for which a term comes to a target, or nearly."""
        match term:
            case e.Read(path) if path.fact is not None:
                self.borders.setdefault(path.fact, set()).add(target)
            case e.Tally(source=source) if source.fact is not None:
                self.lengths.setdefault(source.fact, set()).add(max(0, int(target)))
            case e.Linear(terms):
                for index, (factor, part) in enumerate(terms):
                    rest = [(Fraction(f), self.typical(p)) for i, (f, p) in enumerate(terms) if i != index]
                    if factor and all(found for _, found in rest):
                        known = sum((f * found[0] for f, found in rest), Fraction())
                        self.solve(part, (target - known) / Fraction(factor))
            case e.Shift(date, sign, period):
                for length in self.typical(period)[:1]:
                    self.solve(date, _moved(target, -sign * int(length), period.type))
                for start in self.typical(date)[:1]:
                    months = (target.year - start.year) * 12 + target.month - start.month
                    length = sign * ((target - start).days if isinstance(period.type, v.Days) else months)
                    self.solve(period, Fraction(max(0, length)))
            case _:
                pass


def _usual(type_: v.FactType, today: datetime.date) -> list[Any]:
    """A value for a fact of which nothing is known."""
    match type_:
        case v.Date():
            return [add_days(today, -180)]
        case v.Percent():
            return [Fraction(1, 2)]
        case v.Money() | v.Number():
            return [Fraction(10_000)]
        case v.Count():
            return [Fraction(2)]
        case v.Days() | v.Months():
            return [Fraction(6)]
        case _:
            return []


def _exact(value: Any) -> Any:
    return value if isinstance(value, str | datetime.date) else Fraction(value)


def _moved(date: datetime.date, length: int, type_: v.FactType) -> datetime.date:
    return add_days(date, length) if isinstance(type_, v.Days) else add_months(date, length)


def _kept(model: Policies) -> dict[v.Fact, bool]:
    """Which value of each yes/no fact keeps duties; what duties say goes before what permissions are about."""
    found: dict[v.Fact, bool] = {}
    duties = [norm for norm in model.norms.values() if not norm.is_permission]
    permissions = [norm for norm in model.norms.values() if norm.is_permission]
    for norm in duties:
        for fact, wanted in _wanted(norm.satisfied, True):
            found.setdefault(fact, wanted)
    for norm in permissions:
        for condition in (norm.act, norm.conditions):
            for fact, wanted in _wanted(condition, True):
                found.setdefault(fact, wanted)
    return found


def _wanted(node: e.Node, wanted: bool) -> Iterator[tuple[v.Fact, bool]]:
    """The yes/no facts in a condition, each with the value that makes it come to what is wanted."""
    match node:
        case e.Holds(path) | e.Existence(path):
            if path.fact is not None:
                yield path.fact, wanted
        case e.Negation(part):
            yield from _wanted(part, not wanted)
        case _:
            for child in e.children(node):
                yield from _wanted(child, wanted)
