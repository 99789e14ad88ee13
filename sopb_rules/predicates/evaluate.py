"""The reference evaluator: what the language means. Every faster way is checked against this page.

Truth is True, False or None (unknown). A term has a range of values, from `low` to `high`, which are the same but for a
count of list elements of which some are unknown; or it is None where nothing is known. Nothing here can raise: a checked
model, evaluated on a checked state, has a value of the right type wherever one is read.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal, getcontext, localcontext
from typing import Any, NamedTuple, assert_never

import attrs

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.predicates.dates import add_days, add_months
from sopb_rules.predicates.truth import conjunction, disjunction, negation
from sopb_rules.predicates.verdicts import DUTY, PERMISSION, DecisionOutcome, Outcome, decision_outcome
from sopb_rules.states.records import ABSENT, Record


@attrs.frozen
class Environment:
    """What the variables stand for, and the date of the evaluation."""

    records: Mapping[e.Variable, Record]
    today: datetime.date

    def binding(self, variable: e.Variable, record: Record) -> Environment:
        """The same, with one more variable."""
        return Environment({**self.records, variable: record}, self.today)


class Range(NamedTuple):
    """All that a term may be."""

    low: Any
    high: Any


def evaluate_norm(norm: Norm, record: Record, today: datetime.date) -> Outcome:
    """The outcome of a norm for one subject, which may not be there."""
    return norm_outcome(norm, record, today).for_subject(record.hypothetical)


def norm_outcome(norm: Norm, record: Record, today: datetime.date) -> Outcome:
    """The outcome of a norm for a subject that is there."""
    env = Environment({norm.variable: record}, today)
    applies = truth(norm.applies, env)
    if norm.is_permission:
        return PERMISSION[applies, truth(norm.act, env), truth(norm.conditions, env)]
    return DUTY[applies, truth(norm.satisfied, env)]


def evaluate_decision(decision: Decision, record: Record, today: datetime.date) -> DecisionOutcome:
    """The outcome of a decision for one subject."""
    env = Environment({decision.variable: record}, today)
    return decision_outcome({value: truth(decision.gives(value), env) for value in decision.values})


def truth(condition: e.Condition, env: Environment) -> bool | None:
    """The truth of a condition."""
    match condition:
        case e.Always():
            return True
        case e.All(parts):
            return conjunction(truth(part, env) for part in parts)
        case e.Some(parts):
            return disjunction(truth(part, env) for part in parts)
        case e.Negation(part):
            return negation(truth(part, env))
        case e.Holds(path):
            found = follow(path, env)
            return found if isinstance(found, bool) else None
        case e.Existence(path):
            found = follow(path, env)
            return None if found is None else found is not ABSENT
        case e.Comparison(operator, left, right, order):
            return compare(operator, value(left, env), value(right, env), order)
        case e.Membership(term, values):
            found = value(term, env)
            return None if found is None else found.low in values
        case e.Quantifier(every, source, variable, body):
            elements = follow(source, env)
            if not isinstance(elements, tuple):
                return None
            each = (truth(body, env.binding(variable, element)) for element in elements)
            return conjunction(each) if every else disjunction(each)
        case e.Judged(key, subject, _, _, parameters, comparison):
            if any(parameter.on(env.today) is None for parameter in parameters):
                return env.records[subject].judged.get(key)
            return truth(comparison, env)
        case e.Defined() | e.NormIs() | e.Decided():
            asked = follow(condition.subject, env)
            return (
                truth(condition.body, Environment({condition.variable: asked}, env.today))
                if isinstance(asked, Record)
                else None
            )
        case _:
            assert_never(condition)


def value(term: e.Term, env: Environment) -> Range | None:
    """The values that a term may have; None where nothing is known."""
    match term:
        case e.Value(literal):
            return Range(literal, literal)
        case e.Today():
            return Range(env.today, env.today)
        case e.Read(path):
            found = follow(path, env)
            return None if found is None or found is ABSENT else Range(found, found)
        case e.ParameterValue(parameter):
            held = parameter.on(env.today)
            return None if held is None else Range(held, held)
        case e.Linear(terms):
            return _linear([(factor, value(part, env)) for factor, part in terms])
        case e.Shift(date, sign, period):
            start, length = value(date, env), value(period, env)
            if start is None or length is None:
                return None
            move = add_days if isinstance(period.type, v.Days) else add_months
            return Range(move(start.low, sign * length.low), move(start.high, sign * length.high))
        case e.Tally(source, variable, body):
            elements = follow(source, env)
            if not isinstance(elements, tuple):
                return None
            truths = [truth(body, env.binding(variable, element)) for element in elements]
            return Range(truths.count(True), len(truths) - truths.count(False))
        case _:
            assert_never(term)


def _linear(parts: list[tuple[int | Decimal, Range | None]]) -> Range | None:
    low: Any = 0
    high: Any = 0
    with localcontext(EXACT):
        for factor, part in parts:
            if part is None:
                return None
            ends = (factor * part.low, factor * part.high)
            low, high = low + min(ends), high + max(ends)
    return Range(low, high)


def compare(operator: str, left: Range | None, right: Range | None, order: v.Kind | None) -> bool | None:
    """A comparison of ranges: true (false) only if it is so for all that the terms may be."""
    if left is None or right is None:
        return None
    if order is not None:
        left, right = (Range(order.rank(side.low), order.rank(side.high)) for side in (left, right))
    match operator:
        case "==":
            return _equal(left, right)
        case "!=":
            return negation(_equal(left, right))
        case "<":
            return True if left.high < right.low else False if left.low >= right.high else None
        case "<=":
            return True if left.high <= right.low else False if left.low > right.high else None
        case ">":
            return compare("<", right, left, None)
        case _:
            return compare("<=", right, left, None)


def _equal(left: Range, right: Range) -> bool | None:
    if left.low == left.high == right.low == right.high:
        return True
    if left.low == left.high and right.low == right.high:
        return False
    return False if left.high < right.low or right.high < left.low else None


def follow(path: e.Path, env: Environment) -> Any:
    """What a path leads to: a value, a record, a tuple of records, `ABSENT`, or None where it is unknown.

    A fact of an absent entity is unknown here; the checker has made sure that no verdict rests on it.
    """
    current: Any = env.records[path.root]
    for step in path.steps:
        if not isinstance(current, Record):
            return None
        if isinstance(step, e.Holder):
            current = current.holder
        elif isinstance(step.type, v.Inverse):
            current = current.state.all_records(step.type.entity)
        else:
            current = current.get(step.name)
    return current


#: Arithmetic that never rounds: operands are bounded, so results are finite.
EXACT = getcontext().copy()
EXACT.prec, EXACT.Emax, EXACT.Emin = 100_000, 999_999, -999_999
