"""Truth for the solver: formulas that fold what is certain, and Kleene truth as two of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import z3

#: A formula: a Python bool where it is certain, else a z3 expression of sort Bool.
Formula = Any


def both(*parts: Formula) -> Formula:
    """That all hold."""
    open_ = _open(parts, neutral=True)
    if open_ is None:
        return False
    return open_[0] if len(open_) == 1 else z3.And(open_) if open_ else True


def either(*parts: Formula) -> Formula:
    """That at least one holds."""
    open_ = _open(parts, neutral=False)
    if open_ is None:
        return True
    return open_[0] if len(open_) == 1 else z3.Or(open_) if open_ else False


def _open(parts: Iterable[Formula], neutral: bool) -> list[Formula] | None:
    """The parts that are not certain, each once; None where one decides all."""
    found: dict[int, Formula] = {}
    for part in parts:
        if part is (not neutral):
            return None
        if part is not neutral:
            found.setdefault(part.get_id(), part)
    return list(found.values())


def no(part: Formula) -> Formula:
    """That it does not hold."""
    if isinstance(part, bool):
        return not part
    return part.arg(0) if z3.is_not(part) else z3.Not(part)


def implies(one: Formula, other: Formula) -> Formula:
    """That the second holds where the first does."""
    return either(no(one), other)


def same(one: Formula, other: Formula) -> Formula:
    """That both hold or neither does."""
    if isinstance(one, bool):
        return other if one else no(other)
    if isinstance(other, bool):
        return one if other else no(one)
    return one == other


def choose(condition: Formula, one: Any, other: Any) -> Any:
    """The first where the condition holds, else the second: numbers or formulas."""
    if isinstance(condition, bool):
        return one if condition else other
    if isinstance(one, bool) or isinstance(other, bool):
        return either(both(condition, one), both(no(condition), other))
    if isinstance(one, int) and isinstance(other, int) and one == other:
        return one
    return z3.If(condition, one, other)


def holds_in(model: z3.ModelRef, formula: Formula) -> bool:
    """Whether a formula holds in what the solver found."""
    return formula if isinstance(formula, bool) else bool(z3.is_true(model.eval(formula, model_completion=True)))


class Kleene(NamedTuple):
    """Truth with the unknown: where it is true, and where it is false; elsewhere it is unknown."""

    true: Formula
    false: Formula

    @property
    def unknown(self) -> Formula:
        """Where it is neither."""
        return both(no(self.true), no(self.false))

    def is_(self, value: bool | None) -> Formula:
        """Where it is true, false, or (None) unknown."""
        return self.unknown if value is None else self.true if value else self.false


TRUE, UNKNOWN = Kleene(True, False), Kleene(False, False)


def certain(formula: Formula) -> Kleene:
    """What is known to hold, or known not to."""
    return Kleene(formula, no(formula))


def where_known(known: Formula, formula: Formula) -> Kleene:
    """What holds or not where it is known, and is unknown elsewhere."""
    return Kleene(both(known, formula), both(known, no(formula)))


def conjunction(parts: Iterable[Kleene]) -> Kleene:
    """Kleene conjunction."""
    parts = list(parts)
    return Kleene(both(*(part.true for part in parts)), either(*(part.false for part in parts)))


def disjunction(parts: Iterable[Kleene]) -> Kleene:
    """Kleene disjunction."""
    parts = list(parts)
    return Kleene(either(*(part.true for part in parts)), both(*(part.false for part in parts)))


def negation(part: Kleene) -> Kleene:
    """Kleene negation."""
    return Kleene(part.false, part.true)
