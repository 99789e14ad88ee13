"""Conditions, terms and outcomes for the solver: the reference evaluator once more, over all states of a world at once.

In a complete world every fact has a value, and the checker has made sure that no verdict rests on a fact of what is absent:
there a condition is false where it is not true.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, assert_never

import z3

from sopb_rules.analysis import calendar
from sopb_rules.analysis.logic import (
    TRUE,
    UNKNOWN,
    Formula,
    Kleene,
    both,
    certain,
    choose,
    conjunction,
    disjunction,
    either,
    negation,
    no,
    where_known,
)
from sopb_rules.analysis.solve import Undecided
from sopb_rules.analysis.world import Elements, Inner, Place, Single, World
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm, Parameter
from sopb_rules.predicates.verdicts import DUTY, PERMISSION, Outcome, Verdict

#: How many truths are written down for one search; the formulas of more take longer to write than to solve.
MOST_TRUTHS = 10_000

Environment = Mapping[e.Variable, Place]


class Span(NamedTuple):
    """All that a term may be, where it is known: numbers, or dates."""

    known: Formula
    low: Any
    high: Any


class Encoder:
    """The conditions of one policy set over a world.

    Args:
        two_valued: in a complete world, whether what is read of something absent is false and not unknown.
    """

    def __init__(self, world: World, two_valued: bool = True) -> None:
        self.world = world
        self._two_valued = world.complete and two_valued
        self._kept: dict[tuple[Any, ...], tuple[e.Condition, Kleene]] = {}
        self._parameters: dict[Parameter, Span] = {}

    # ---- statements --------------------------------------------------------------------------------------

    def outcomes(self, norm: Norm, place: Place) -> dict[Outcome, Formula]:
        """Where a norm comes to each outcome for a record that is there."""
        env = {norm.variable: place}
        if norm.is_permission:
            parts, table = [norm.applies, norm.act, norm.conditions], PERMISSION
        else:
            parts, table = [norm.applies, norm.satisfied], DUTY
        truths = [self.truth(part, env) for part in parts]
        found: dict[Outcome, list[Formula]] = {}
        for values, outcome in table.items():
            where = both(*(truth.is_(value) for truth, value in zip(truths, values, strict=True)))
            found.setdefault(outcome, []).append(where)
        return {outcome: either(*formulas) for outcome, formulas in found.items()}

    def comes_to(self, norm: Norm, place: Place, *verdicts: Verdict) -> Formula:
        """Where a norm comes to one of some verdicts."""
        outcomes = self.outcomes(norm, place)
        return either(*(where for outcome, where in outcomes.items() if outcome.verdict in verdicts))

    def given(self, decision: Decision, place: Place) -> dict[str, Kleene]:
        """Whether each value of a decision is given by an active case."""
        env = {decision.variable: place}
        return {value: self.truth(decision.gives(value), env) for value in decision.values}

    def ends(self, decision: Decision, place: Place) -> dict[str, Formula]:
        """Where a decision gives each of its values and no other, has no case, and is in conflict."""
        given = self.given(decision, place)
        ends: dict[str, Formula] = {}
        for value, truth in given.items():
            others = (each.false for name, each in given.items() if name != value)
            ends[value] = both(truth.true, *others)
        ends[Verdict.NO_CASE.value] = both(*(truth.false for truth in given.values()))
        pairs = (both(given[one].true, given[other].true) for one in given for other in given if one < other)
        ends[Verdict.CONFLICT.value] = either(*pairs)
        return ends

    # ---- conditions --------------------------------------------------------------------------------------

    def truth(self, condition: e.Condition, env: Environment) -> Kleene:
        """The truth of a condition.

        Raises:
            Undecided: lists in lists in lists make more of it than could be asked about.
        """
        key = (id(condition), *sorted((id(variable), place.number) for variable, place in env.items()))
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST_TRUTHS:
                raise Undecided("not decided: the lists in it lead to too many questions at once")
            truth = self._truth(condition, env)
            if self._two_valued:
                truth = certain(truth.true)
            found = self._kept[key] = condition, truth  # with the condition, so that no other gets its id
        return found[1]

    def _truth(self, condition: e.Condition, env: Environment) -> Kleene:
        match condition:
            case e.Always():
                return TRUE
            case e.All(parts):
                return conjunction(self.truth(part, env) for part in parts)
            case e.Some(parts):
                return disjunction(self.truth(part, env) for part in parts)
            case e.Negation(part):
                return negation(self.truth(part, env))
            case e.Holds(path):
                return self._holds(path, env)
            case e.Existence(path):
                return self._exists(path, env)
            case e.Comparison(operator, left, right, order):
                return self._compare(operator, self.value(left, env), self.value(right, env), order)
            case e.Membership(term, values):
                span = self.value(term, env)
                of = [self._literal(each, term.type) for each in values]
                return where_known(span.known, either(*(span.low == each for each in of)))
            case e.Quantifier(every, source, variable, body):
                return self._quantified(every, source, variable, body, env)
            case e.Judged(key, subject, _, _, parameters, comparison):
                set_ = both(*(self._parameter(each).known for each in parameters))
                judged = self.world.judged(env[subject], key)
                judgement = where_known(judged.known, judged.value)
                return _either_truth(set_, self.truth(comparison, env), judgement)
            case e.Defined() | e.NormIs() | e.Decided():
                asked = self._places(condition.subject, env)
                each = [(where, self.truth(condition.body, {condition.variable: place})) for where, place in asked]
                return _where(each)
            case _:
                assert_never(condition)

    def _holds(self, path: e.Path, env: Environment) -> Kleene:
        found = []
        for where, slot in self.slots(path, env):
            assert isinstance(slot, Single)
            found.append((both(where, no(slot.absent)), where_known(slot.known, slot.value)))
        return _where(found)

    def _exists(self, path: e.Path, env: Environment) -> Kleene:
        if path.fact is None:
            return _where((where, TRUE) for where, _ in self._places(path, env))
        found = []
        for where, slot in self.slots(path, env):
            assert not isinstance(slot, Elements)
            found.append((where, where_known(slot.known, no(slot.absent))))
        return _where(found)

    def _quantified(
        self, every: bool, source: e.Path, variable: e.Variable, body: e.Condition, env: Environment
    ) -> Kleene:
        found = []
        for where, slot in self.slots(source, env):
            assert isinstance(slot, Elements)
            truths = [(there, self.truth(body, {**env, variable: place})) for there, place in slot.places]
            if every:
                truth = conjunction(Kleene(either(no(there), t.true), both(there, t.false)) for there, t in truths)
            else:
                truth = disjunction(Kleene(both(there, t.true), either(no(there), t.false)) for there, t in truths)
            found.append((both(where, slot.known), truth))
        return _where(found)

    # ---- terms -------------------------------------------------------------------------------------------

    def value(self, term: e.Term, env: Environment) -> Span:
        """The values that a term may have."""
        match term:
            case e.Value(literal, type_):
                return _point(True, self._literal(literal, type_))
            case e.Today():
                return _point(True, self.world.today)
            case e.Read(path):
                return self._read(path, env)
            case e.ParameterValue(parameter):
                return self._parameter(parameter)
            case e.Linear(terms):
                return self._linear([(factor, self.value(part, env)) for factor, part in terms])
            case e.Shift(date, sign, period):
                start, length = self.value(date, env), self.value(period, env)
                days = isinstance(period.type, v.Days)
                known = both(start.known, length.known)
                if length.low is length.high and start.low is start.high:
                    return _point(known, self._moved(start.low, sign * length.low, days))
                low = self._moved(start.low, sign * length.low, days)
                return Span(known, low, self._moved(start.high, sign * length.high, days))
            case e.Tally(source, variable, body):
                return self._tally(source, variable, body, env)
            case _:
                assert_never(term)

    def _literal(self, value: Any, type_: v.FactType) -> Any:
        match value, type_:
            case str(), v.KindType(kind):
                return self.world.values(kind).index(value)
            case str(), _:
                return self.world.text(value)
            case datetime.date(), _:
                return calendar.fixed(value)
            case Decimal(), _:
                return z3.RealVal(str(value), self.world.ctx)
            case _:
                return value

    def _read(self, path: e.Path, env: Environment) -> Span:
        if path.fact is None or isinstance(path.type, v.Contained):
            places = self._places(path, env)
            return _first([(where, place.number) for where, place in places], 0)
        found = []
        for where, slot in self.slots(path, env):
            assert isinstance(slot, Single)
            found.append((both(where, slot.known, no(slot.absent)), slot.value))
        return _first(found, _some(path.type))

    def _parameter(self, parameter: Parameter) -> Span:
        if parameter not in self._parameters:
            today = self.world.today.code
            since = [
                (
                    start == datetime.date.min or today >= calendar.fixed(start).code,
                    self._literal(value, parameter.type),
                )
                for start, value in reversed(parameter.values)
            ]
            self._parameters[parameter] = _first(since, _some(parameter.type))
        return self._parameters[parameter]

    def _linear(self, parts: list[tuple[int | Decimal, Span]]) -> Span:
        low: Any = 0
        high: Any = 0
        for factor, part in parts:
            scale = int(factor) if factor == int(factor) else z3.RealVal(str(factor), self.world.ctx)
            ends = (part.low, part.high) if factor >= 0 else (part.high, part.low)
            low, high = low + scale * ends[0], high + scale * ends[1]
        known = both(*(part.known for _, part in parts))
        return _point(known, low) if all(part.low is part.high for _, part in parts) else Span(known, low, high)

    def _moved(self, date: calendar.Date, by: Any, days: bool) -> calendar.Date:
        if days:
            return calendar.moved_by_days(date, by)
        day, is_same = calendar.split(date, f"split{len(self.world.rules)}", self.world.ctx)
        if is_same is not True:
            self.world.rules.append(is_same)
        return calendar.moved_by_months(day, by)

    def _tally(self, source: e.Path, variable: e.Variable, body: e.Condition, env: Environment) -> Span:
        found = []
        for where, slot in self.slots(source, env):
            assert isinstance(slot, Elements)
            truths = [(there, self.truth(body, {**env, variable: place})) for there, place in slot.places]
            low = _count(both(there, truth.true) for there, truth in truths)
            high = low if self._two_valued else _count(both(there, no(truth.false)) for there, truth in truths)
            found.append((both(where, slot.known), low, high))
        low, high = (_first([(each[0], each[end]) for each in found], 0) for end in (1, 2))
        return _point(low.known, low.low) if self._two_valued else Span(low.known, low.low, high.low)

    def _compare(self, operator: str, left: Span, right: Span, order: v.Kind | None) -> Kleene:
        known = both(left.known, right.known)
        if order is not None:
            left, right = self._ranked(left, order), self._ranked(right, order)
        match operator:
            case "==" | "!=":
                if left.low is left.high and right.low is right.high:
                    truth = where_known(known, _equal(left.low, right.low))
                else:
                    truth = Kleene(
                        both(
                            known,
                            _equal(left.low, left.high),
                            _equal(right.low, right.high),
                            _equal(left.low, right.low),
                        ),
                        both(known, either(_less(left.high, right.low), _less(right.high, left.low))),
                    )
                return truth if operator == "==" else negation(truth)
            case "<":
                return Kleene(both(known, _less(left.high, right.low)), both(known, no(_less(left.low, right.high))))
            case "<=":
                return Kleene(both(known, no(_less(right.low, left.high))), both(known, _less(right.high, left.low)))
            case ">":
                return self._compare("<", right, left, None)
            case _:
                return self._compare("<=", right, left, None)

    def on_side(self, comparison: e.Comparison, env: Environment, side: int, next_to_it: bool) -> Formula:
        """Where a comparison by order lies at its border (0), above it (1) or below (-1); with `next_to_it` no further away."""
        left, right = self.value(comparison.left, env), self.value(comparison.right, env)
        if comparison.order is not None:
            left, right = self._ranked(left, comparison.order), self._ranked(right, comparison.order)
        low, high = (left.low, right.low) if side >= 0 else (right.low, left.low)
        if side == 0:
            where = _equal(low, high)
        elif not next_to_it:
            where = _less(high, low)
        elif isinstance(high, calendar.Day | calendar.Nth):
            where = _equal(low, calendar.next_day(high))
        else:
            where = low == high + 1
        return both(left.known, right.known, where)

    def _ranked(self, span: Span, order: v.Kind) -> Span:
        """Values of a kind by their place in its order, where the world numbers them otherwise."""
        values = self.world.values(order)
        if values[: len(order.values)] == tuple(order.values):
            return span
        ranks = [(number, order.rank(value)) for number, value in enumerate(values) if value in order.values]

        def ranked(number: Any) -> Any:
            if isinstance(number, int):
                return dict(ranks)[number]
            rank: Any = ranks[-1][1]
            for value, place in ranks[:-1]:
                rank = choose(number == value, place, rank)
            return rank

        low = ranked(span.low)
        return Span(span.known, low, low if span.low is span.high else ranked(span.high))

    # ---- paths -------------------------------------------------------------------------------------------

    def _places(self, path: e.Path, env: Environment) -> list[tuple[Formula, Place]]:
        """The records that a path may lead to, each with where it does."""
        current: list[tuple[Formula, Place]] = [(True, env[path.root])]
        for step in path.steps:
            current = [each for where, place in current for each in self._step(where, place, step)]
        return current

    def _step(self, where: Formula, place: Place, step: v.Fact | e.Holder) -> list[tuple[Formula, Place]]:
        if isinstance(step, e.Holder):
            assert place.holder is not None
            return [(where, place.holder)] if place.holder.entity.name == step.entity.name else []
        slot = self.world.slot(place, step)
        if isinstance(slot, Inner):
            return [(both(where, slot.known, no(slot.absent)), slot.place)]
        assert isinstance(slot, Single)
        assert isinstance(step.type, v.Reference)
        known = both(where, slot.known, no(slot.absent))
        return [(both(known, slot.value == each.number), each) for each in self.world.of(step.type.entity.name)]

    def slots(self, path: e.Path, env: Environment) -> list[tuple[Formula, Single | Inner | Elements]]:
        """The facts that a path may end with, each with where it does."""
        *_, last = path.steps
        assert isinstance(last, v.Fact)
        owner = e.Path(path.root, path.steps[:-1])
        return [(where, self.world.slot(place, last)) for where, place in self._places(owner, env)]


def _where(found: Any) -> Kleene:
    """Truth by where a path leads; unknown where it leads nowhere."""
    found = list(found)
    if not found:
        return UNKNOWN
    return Kleene(
        either(*(both(where, truth.true) for where, truth in found)),
        either(*(both(where, truth.false) for where, truth in found)),
    )


def _either_truth(condition: Formula, one: Kleene, other: Kleene) -> Kleene:
    return Kleene(choose(condition, one.true, other.true), choose(condition, one.false, other.false))


def _point(known: Formula, value: Any) -> Span:
    return Span(known, value, value)


def _some(type_: v.FactType) -> Any:
    """A value for what is known nowhere."""
    return calendar.fixed(datetime.date.min) if isinstance(type_, v.Date) else 0


def _first(found: list[tuple[Formula, Any]], nowhere: Any) -> Span:
    """The value of the first that is known."""
    if not found:
        return _point(False, nowhere)
    value = found[-1][1]
    for where, each in reversed(found[:-1]):
        if isinstance(each, calendar.Day | calendar.Nth):
            value = calendar.either_date(where, each, value)
        else:
            value = choose(where, each, value)
    return _point(either(*(where for where, _ in found)), value)


def _count(formulas: Any) -> Any:
    total: Any = 0
    for formula in formulas:
        total = total + choose(formula, 1, 0)
    return total


def _equal(one: Any, other: Any) -> Formula:
    if isinstance(one, calendar.Day | calendar.Nth):
        one, other = calendar.order(one, other)
    return one == other


def _less(one: Any, other: Any) -> Formula:
    if isinstance(one, calendar.Day | calendar.Nth):
        one, other = calendar.order(one, other)
    return one < other
