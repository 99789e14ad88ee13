"""What the truths of a norm or a decision come to, as columns of words or as counts: the table of verdicts, for all rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import polars as pl

from sopb_rules.model.norms import Decision
from sopb_rules.population.program import Outcomes
from sopb_rules.predicates.verdicts import Verdict

Plane = tuple[pl.Expr, pl.Expr]

_YES = pl.lit(True)

_DUTY = (Verdict.NOT_APPLICABLE, Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN)
_PERMISSION = (Verdict.NOT_APPLICABLE, Verdict.OPEN, Verdict.USED, Verdict.EXCEEDED, Verdict.UNKNOWN)


def words(outcome: Outcomes) -> tuple[str, ...]:
    """All that it may come to, in the order of the table of verdicts; `unknown` is last."""
    if isinstance(outcome.statement, Decision):
        ends = (Verdict.NO_CASE, Verdict.CONFLICT, Verdict.UNKNOWN)
        return (*outcome.statement.values, *(end.value for end in ends))
    return tuple(each.value for each in (_PERMISSION if outcome.statement.is_permission else _DUTY))


def settled(outcome: Outcomes, planes: Sequence[Plane]) -> Mapping[str, pl.Expr]:
    """Where a subject that is there comes to each word but `unknown`: no two of them hold in one row."""
    truths = planes[1:]
    if isinstance(outcome.statement, Decision):
        return _decided(outcome.statement, truths)
    (applies, not_applies), (done, not_done) = truths[:2]
    if not outcome.statement.is_permission:
        return {"not_applicable": not_applies, "met": applies & done, "unmet": applies & not_done}
    within, beyond = truths[2]
    found, used = {"not_applicable": not_applies, "open": applies & not_done}, applies & done
    if _always(within):  # no condition is set
        return {**found, "used": used, "exceeded": beyond}
    return {**found, "used": used & within, "exceeded": used & beyond}


def _decided(decision: Decision, truths: Sequence[Plane]) -> dict[str, pl.Expr]:
    ends: dict[str, pl.Expr] = {}
    conflict = pl.lit(False)
    for index, (value, (given, _)) in enumerate(zip(decision.values, truths, strict=True)):
        others = [not_given for other, (_, not_given) in enumerate(truths) if other != index]
        ends[value] = pl.all_horizontal(given, *others)
        for again, _ in truths[:index]:
            conflict = conflict | (given & again)
    ends["no_case"] = pl.all_horizontal(*(not_given for _, not_given in truths))
    ends["conflict"] = conflict
    return ends


def verdict(outcome: Outcomes, planes: Sequence[Plane]) -> pl.Expr:
    """The word for each row, as an enumeration; null where there is no subject."""
    value, ends = _literals(words(outcome)), settled(outcome, planes)
    when: Any = pl
    for word, where in ends.items():
        when = when.when(where).then(value[word])
    found: pl.Expr = when.otherwise(value["unknown"])
    there, nowhere = planes[0]
    if not _always(there):
        perhaps = found  # hypothetical: that nothing applies to it is all that can be settled
        if not isinstance(outcome.statement, Decision):
            perhaps = pl.when(ends["not_applicable"]).then(value["not_applicable"]).otherwise(value["unknown"])
        found = pl.when(there).then(found).when(~nowhere).then(perhaps)
    return found.alias(outcome.name)


@lru_cache(maxsize=256)
def _literals(words: tuple[str, ...]) -> Mapping[str, pl.Expr]:
    """Words as values of the enumeration of all of them; kept, since each takes as long to make as many other expressions."""
    return {word: pl.lit(word, dtype=enumeration(words)) for word in words}


@lru_cache(maxsize=256)
def enumeration(words: tuple[str, ...]) -> pl.Enum:
    """The type of a column of words."""
    return pl.Enum(list(words))


def counts(outcome: Outcomes, planes: Sequence[Plane]) -> dict[str, pl.Expr]:
    """How many subjects come to each word."""
    (there, nowhere), ends = planes[0], settled(outcome, planes)
    if not _always(there):
        perhaps = ("not_applicable",) if not isinstance(outcome.statement, Decision) else tuple(ends)
        ends = {word: (~nowhere if word in perhaps else there) & where for word, where in ends.items()}
    found = {word: number_of(where) for word, where in ends.items()}
    unknown = number_of(~nowhere)
    for count in found.values():
        unknown = unknown - count
    return {**found, "unknown": unknown}


def number_of(where: pl.Expr) -> pl.Expr:
    """In how many rows something holds; what reads no column is one value, which stands for all rows."""
    if where.meta.root_names():
        return where.sum().cast(pl.Int64)
    return pl.len().cast(pl.Int64) * where.cast(pl.Int64)


def _always(plane: pl.Expr) -> bool:
    """Whether a plane is true everywhere, without looking at any row."""
    return plane.meta.eq(_YES)
