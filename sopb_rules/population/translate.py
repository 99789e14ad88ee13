"""Policies on a day as a program over tables: the reference evaluator once more, for all rows at once.

Where a variable stands is a `Spot`: a place of the layout, and the column that holds the number of its row. A condition is
written over the rows of a relation; what is said of other rows is lifted from there.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple, assert_never

import attrs

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm, Policies
from sopb_rules.population import numbers
from sopb_rules.population.dates import first_where
from sopb_rules.population.hinges import hinges_of
from sopb_rules.population.layout import ID, Layout, Place, Table, layout
from sopb_rules.population.nodes import FALSE, NOTHING, TRUE, YES, Nodes
from sopb_rules.population.numbers import NO_SUM, Sum
from sopb_rules.population.program import (
    AnyOf,
    Column,
    Constant,
    CountOf,
    HolderKey,
    Join,
    LeftKey,
    Node,
    Outcomes,
    Program,
    Real,
    ReferenceKey,
    Relation,
    RightKey,
    RowKey,
    Rows,
    Shifted,
    Somewhere,
    Truth,
)
from sopb_rules.predicates.dates import add_days, add_months

_DECIMAL = v.Number | v.Percent | v.Money
_WHOLE = v.Count | v.Days | v.Months


def program(
    policies: Policies,
    as_of: datetime.date,
    columns: Mapping[str, Collection[str]] | None = None,
    only: Collection[str] | None = None,
    hinges: bool = False,
) -> Program:
    """What norms and decisions come to on a day, over tables.

    Args:
        columns: the columns that are there, by table; of others nothing is known. None for all that may be.
        only: the ids of the norms and the names of the decisions that are asked for; None for all.
        hinges: whether also computed is which unknown facts each verdict hinges on.

    Raises:
        RulesError: a sum has factors of so many digits that no table could hold it.
    """
    return Translator(policies, layout(policies.vocabulary, policies.judgement_keys), as_of, columns, hinges).program(
        only
    )


class Spot(NamedTuple):
    """Where a record stands, seen from the rows of a relation.

    Args:
        key: the number of its row; None where it stands in the row itself.
        there: whether it is known to be there, so that something can be read of it.
    """

    place: Place
    key: Node | None
    there: Node = TRUE


#: The spots of one record, of which it stands in one at most.
Spots = tuple[Spot, ...]


class Range(NamedTuple):
    """All that a term may be: dates, texts and kinds as nodes, numbers as sums, records as spots; the ends differ for counts of elements."""

    low: Any
    high: Any


@attrs.frozen(eq=False)
class Context:
    """The relation that a condition is written over, and where its variables stand."""

    relation: Relation
    spots: Mapping[e.Variable, Spot]


class Translator:
    """Writes conditions as nodes; each is written once for the place that it is asked of."""

    def __init__(
        self,
        policies: Policies,
        tables: Layout,
        as_of: datetime.date,
        columns: Mapping[str, Collection[str]] | None = None,
        hinges: bool = False,
    ) -> None:
        self.policies = policies
        self.layout = tables
        self.as_of = as_of
        self.nodes = Nodes()
        self._given = tables.columns if columns is None else columns
        self._hinging = hinges
        self._applied: dict[tuple[e.Condition, Place], Truth] = {}

    def program(self, only: Collection[str] | None = None) -> Program:
        """All norms and decisions, or some."""
        policies = self.policies
        statements: tuple[tuple[str, Norm | Decision], ...] = (*policies.norms.items(), *policies.decisions.items())
        outcomes = [
            self.outcomes(statement, place)
            for name, statement in statements
            if only is None or name in only
            for place in self.layout.places(statement.entity)
            if place.table.top.name in self._given
        ]
        return Program(self.layout, self.as_of, tuple(outcomes))

    def outcomes(self, statement: Norm | Decision, place: Place) -> Outcomes:
        """What a statement comes to in a place."""
        context = self.own_context(statement.variable, place)
        match statement:
            case Decision():
                conditions = tuple(statement.gives(value) for value in statement.values)
            case _ if statement.is_permission:
                conditions = (statement.applies, statement.act, statement.conditions)
            case _:
                conditions = (statement.applies, statement.satisfied)
        truths = tuple(self.truth(condition, context) for condition in conditions)
        outcome = Outcomes(statement, place, self._subject(place), truths)
        return attrs.evolve(outcome, hinges=hinges_of(self, outcome, context)) if self._hinging else outcome

    def own_context(self, variable: e.Variable, place: Place) -> Context:
        """The rows of a place, in which a variable stands itself."""
        return Context(self._rows(place.table), {variable: Spot(place, None)})

    def _subject(self, place: Place) -> Truth:
        """Whether there is a subject: a row that was stated, or what is contained in one."""
        if place.exists is not None:
            stated = [
                self.nodes.yes_no(self._column(Spot(each, None), each.column("exists"), v.YesNo()))
                for each in place.outward()
            ]
            return Truth(stated[0].true, self.nodes.either(*(each.false for each in stated)))
        return YES if place.table.above is None else Truth(self._real(place.table), FALSE)

    # ---- conditions --------------------------------------------------------------------------------------

    def truth(self, condition: e.Condition, context: Context) -> Truth:
        """Where a condition is true, and where it is false."""
        nodes = self.nodes
        match condition:
            case e.Always():
                return YES
            case e.All(parts):
                return nodes.all_of(self.truth(part, context) for part in parts)
            case e.Some(parts):
                return nodes.some_of(self.truth(part, context) for part in parts)
            case e.Negation(part):
                truth = self.truth(part, context)
                return Truth(truth.false, truth.true)
            case e.Holds(path):
                return nodes.yes_no(self._read(path, context))
            case e.Existence(path):
                return self._exists(path, context)
            case e.Comparison(operator, left, right):
                return self._compare(operator, self.value(left, context), self.value(right, context), left.type)
            case e.Membership(term, values):
                return self._is_in(self.value(term, context).low, values, term.type)
            case e.Quantifier(every, source, variable, body):
                return self._quantified(every, source, variable, body, context)
            case e.Judged(key, subject, _, _, parameters, comparison):
                if any(parameter.on(self.as_of) is None for parameter in parameters):
                    spot = context.spots[subject]
                    return nodes.yes_no(self.lifted(spot, spot.place.judgement(key), v.YesNo(), context))
                return self.truth(comparison, context)
            case e.Defined() | e.NormIs() | e.Decided():
                return self._applies(condition, context)
            case _:
                assert_never(condition)

    def _exists(self, path: e.Path, context: Context) -> Truth:
        if path.fact is None:
            return Truth(self.nodes.either(*(spot.there for spot in self.spots(path, context))), FALSE)
        return self.nodes.one_of(self._stated_of(owner, path.fact, context) for owner in self._owners(path, context))

    def _stated_of(self, owner: Spot, fact: v.Fact, context: Context) -> Truth:
        if isinstance(fact.type, v.Contained):
            inner = owner.place.inner[fact.name]
            assert inner.exists is not None
            return self.nodes.yes_no(self.lifted(owner, inner.exists, v.YesNo(), context))
        name = owner.place.column(fact.name)
        known = self.nodes.known(self.lifted(owner, name, fact.type, context))
        if not fact.optional:
            return Truth(known, FALSE)
        stated = self.nodes.yes_no(self.lifted(owner, f"{name}.exists", v.YesNo(), context))
        return Truth(self.nodes.either(known, stated.true), stated.false)

    def _applies(self, condition: e.Applied, context: Context) -> Truth:
        """A definition, a norm or a decision, asked of the record that a path leads to: written over the rows of that."""
        spots = self.spots(condition.subject, context)
        return self.nodes.one_of(self._applied_to(condition, spot, context) for spot in spots)

    def _applied_to(self, condition: e.Applied, spot: Spot, context: Context) -> Truth:
        key = (e.of_anybody(condition), spot.place)
        truth = self._applied.get(key)
        if truth is None:
            truth = self._applied[key] = self.truth(condition.body, self.own_context(condition.variable, spot.place))
        lifted = (self.nodes.lift(context.relation, spot.key, node, True) for node in (truth.true, truth.false))
        return self.nodes.where(spot.there, Truth(*lifted))

    # ---- values ------------------------------------------------------------------------------------------

    def value(self, term: e.Term, context: Context) -> Range:
        """What a term may be."""
        match term:
            case e.Value(literal, type_):
                return self._constant(literal, type_)
            case e.Today(type_):
                return self._constant(self.as_of, type_)
            case e.Read(path):
                return self._value_of(path, context)
            case e.ParameterValue(parameter):
                return self._constant(parameter.on(self.as_of), parameter.type)
            case e.Linear(terms):
                low = high = Sum({})
                for factor, part in terms:
                    ends = [end.times(Fraction(factor)) for end in self.value(part, context)]
                    low, high = low.plus(ends[factor < 0]), high.plus(ends[factor >= 0])
                return Range(low, high)
            case e.Shift(date, sign, period):
                length = numbers.as_node(self.nodes, self.value(period, context).low)
                moved = self._shifted(self.value(date, context).low, sign, length, isinstance(period.type, v.Months))
                return Range(moved, moved)
            case e.Tally(source, variable, body):
                return self._tally(source, variable, body, context)
            case _:
                assert_never(term)

    def _constant(self, value: Any, type_: v.FactType) -> Range:
        if isinstance(type_, _DECIMAL | _WHOLE):
            found: Any = NO_SUM if value is None else Sum({}, Fraction(value))
        elif isinstance(type_, v.KindType) and value is not None:
            found = self.nodes.constant(type_.kind.rank(value), type_)
        else:
            found = self.nodes.constant(value, type_)
        return Range(found, found)

    def _value_of(self, path: e.Path, context: Context) -> Range:
        if isinstance(path.type, v.Contained | v.Reference):
            spots = self.spots(path, context)
            return Range(spots, spots)
        node = self._read(path, context)
        if isinstance(path.type, _DECIMAL | _WHOLE):
            found: Any = numbers.of_column(node, isinstance(path.type, _DECIMAL))
            if isinstance(node, Constant):
                found = NO_SUM
        else:
            found = node
        return Range(found, found)

    def _shifted(self, date: Node, sign: int, period: Node, months: bool) -> Node:
        if NOTHING in (date, period):
            return NOTHING
        if isinstance(date, Constant) and isinstance(period, Constant):
            assert isinstance(date.value, datetime.date)
            assert isinstance(period.value, int)
            move = add_months if months else add_days
            return self.nodes.constant(move(date.value, sign * period.value), v.Date())
        relation = date.relation or period.relation
        return self.nodes.make(Shifted, date, sign, period, months, relation)

    def _compare(self, operator: str, left: Range, right: Range, type_: v.FactType) -> Truth:
        if operator == "!=":
            equal = self._compare("==", left, right, type_)
            return Truth(equal.false, equal.true)
        if operator in (">", ">="):
            return self._compare({">": "<", ">=": "<="}[operator], right, left, type_)
        if isinstance(type_, v.Contained | v.Reference):
            return self._same(left.low, right.low)
        compare: Callable[[str, Any, Any], Node] = self._nodes_compared
        if isinstance(left.low, Sum):
            compare = self._numbers
        if operator == "<":
            return Truth(compare("<", left.high, right.low), compare(">=", left.low, right.high))
        if operator == "<=":
            return Truth(compare("<=", left.high, right.low), compare(">", left.low, right.high))
        if left.low is left.high and right.low is right.high:
            return Truth(compare("==", left.low, right.low), compare("!=", left.low, right.low))
        exact = (compare("==", *left), compare("==", *right), compare("==", left.low, right.low))
        apart = (compare("<", left.high, right.low), compare("<", right.high, left.low))
        return Truth(self.nodes.both(*exact), self.nodes.either(*apart))

    def _nodes_compared(self, operator: str, left: Node, right: Node) -> Node:
        """Two dates, texts or values of a kind; a moved date and a fixed one as the date itself and another fixed one."""
        if isinstance(left, Constant) and isinstance(right, Shifted):
            return self._nodes_compared(numbers.MIRRORED[operator], right, left)
        if isinstance(left, Shifted) and isinstance(left.period, Constant) and isinstance(right, Constant):
            return self._moved(operator, left, right)
        return self.nodes.compare(operator, left, right)

    def _moved(self, operator: str, moved: Shifted, fixed: Constant) -> Node:
        """A moved date compared with a fixed one: since moving keeps the order, the date itself with another fixed one."""
        nodes, date, period, day = self.nodes, moved.date, moved.period, fixed.value
        if not isinstance(day, datetime.date):
            return FALSE
        assert isinstance(period, Constant)
        assert isinstance(period.value, int)
        move, length = add_months if moved.months else add_days, moved.sign * period.value
        if operator in ("==", "!="):
            at_least, at_most = self._moved(">=", moved, fixed), self._moved("<=", moved, fixed)
            if operator == "==":
                return nodes.both(at_least, at_most)
            return nodes.both(nodes.known(date), nodes.no(nodes.both(at_least, at_most)))
        from_day = operator in (">=", "<")
        edge = first_where(lambda each: move(each, length) >= day if from_day else move(each, length) > day)
        if edge is None:
            return nodes.known(date) if operator in ("<", "<=") else FALSE
        return nodes.compare(">=" if operator in (">=", ">") else "<", date, nodes.constant(edge, v.Date()))

    def _numbers(self, operator: str, left: Sum, right: Sum) -> Node:
        return numbers.compared(self.nodes, operator, left, right)

    def _same(self, left: Spots, right: Spots) -> Truth:
        """Whether what two paths lead to is one record."""
        nodes = self.nodes
        there = nodes.both(*(nodes.either(*(spot.there for spot in spots)) for spots in (left, right)))
        same = [self._one(one, other) for one in left for other in right if one.place is other.place]
        return Truth(nodes.both(there, nodes.either(*same)), nodes.both(there, nodes.no(nodes.either(*same))))

    def _one(self, left: Spot, right: Spot) -> Node:
        """Whether two spots are one; false where one of them is not there."""
        there = self.nodes.both(left.there, right.there)
        if left.key is right.key:
            return there
        return self.nodes.both(there, self.nodes.compare("==", self._key(left, right), self._key(right, left)))

    def _key(self, spot: Spot, other: Spot) -> Node:
        if spot.key is not None:
            return spot.key
        assert other.key is not None
        assert other.key.relation is not None
        return self.nodes.make(RowKey, other.key.relation)

    def _is_in(self, value: Any, literals: tuple[Any, ...], type_: v.FactType) -> Truth:
        if isinstance(value, Sum):
            return self.nodes.some_of(
                self._compare("==", Range(value, value), self._constant(literal, type_), type_) for literal in literals
            )
        return self.nodes.is_in(value, tuple(self._constant(literal, type_).low for literal in literals))

    # ---- lists -------------------------------------------------------------------------------------------

    def _quantified(
        self, every: bool, source: e.Path, variable: e.Variable, body: e.Condition, context: Context
    ) -> Truth:
        nodes = self.nodes
        known, groups = self.elements(source, variable, body, context)
        if every:
            failing = nodes.either(*(group.some(nodes.no(group.truth.true)) for group in groups))
            false = nodes.either(*(group.some(group.truth.false) for group in groups))
            return nodes.where(known, Truth(nodes.no(failing), false))
        true = nodes.either(*(group.some(group.truth.true) for group in groups))
        possible = nodes.either(*(group.some(nodes.no(group.truth.false)) for group in groups))
        return nodes.where(known, Truth(true, nodes.no(possible)))

    def _tally(self, source: e.Path, variable: e.Variable, body: e.Condition, context: Context) -> Range:
        nodes = self.nodes
        known, groups = self.elements(source, variable, body, context)
        if known is FALSE:
            return Range(NO_SUM, NO_SUM)
        low, high = Sum({}), Sum({})
        for group in groups:
            low = low.plus(numbers.of_column(group.count(group.truth.true), False))
            high = high.plus(numbers.of_column(group.count(nodes.no(group.truth.false)), False))
        guards = () if known is TRUE else (known,)
        return Range(*(attrs.evolve(end, guards=guards) for end in (low, high)))

    def elements(
        self, source: e.Path, variable: e.Variable, body: e.Condition, context: Context
    ) -> tuple[Node, tuple[Group, ...]]:
        """Whether a list is known, and its elements, place by place."""
        fact, nodes = source.fact, self.nodes
        assert fact is not None
        owners = self._owners(source, context)
        if isinstance(fact.type, v.ListOf):
            known, listed = [], []
            for owner in owners:
                if owner.place.lists[fact.name].name not in self._given:
                    continue
                stated = self.lifted(owner, owner.place.column(f"{fact.name}.known"), v.YesNo(), context)
                known.append(nodes.both(owner.there, nodes.yes_no(stated).true))
                listed.append(self._listed(owner, owner.place.lists[fact.name], variable, body, context))
            return nodes.either(*known), tuple(listed)
        assert isinstance(fact.type, v.Inverse)
        all_known = self._all_known(fact.type.entity)
        if all_known is FALSE:
            return FALSE, ()
        places = [place for place in self.layout.places(fact.type.entity) if place.table.top.name in self._given]
        groups = tuple(
            self._referring(owner, place, fact.type.reference, (variable, body), context, loosely=number == 0)
            for place in places
            for number, owner in enumerate(owners)
        )
        return nodes.both(nodes.either(*(owner.there for owner in owners)), all_known), groups

    def _listed(self, owner: Spot, table: Table, variable: e.Variable, body: e.Condition, context: Context) -> Group:
        """The elements of a list: read in its own table where that is enough, else in pairs."""
        rows, nodes = self._rows(table), self.nodes
        holder = nodes.make(HolderKey, rows)
        real = self._real(table)
        element = {variable: Spot(table.rows, None)}
        if not _others(body, variable):
            inner = Context(rows, element)
            truth = self.truth(body, inner)
            return Group(self, inner, self._rows(owner.place.table), holder, real, truth, context.relation, owner.key)
        if owner.key is None:
            others = {name: self._from(rows, holder, spot) for name, spot in context.spots.items()}
            inner = Context(rows, {**others, **element})
            truth = self.truth(body, inner)
            return Group(self, inner, context.relation, holder, real, truth, context.relation, None)
        join = nodes.make(Join, context.relation, owner.key, rows, holder, None)
        return self._paired(join, table.rows, real, variable, body, context)

    def _referring(
        self,
        owner: Spot,
        place: Place,
        reference: v.Fact,
        asked: tuple[e.Variable, e.Condition],
        context: Context,
        loosely: bool,
    ) -> Group:
        """The records of a place that may refer to the owner: pairs, with each row of which it is not known to whom."""
        nodes, rows, spot = self.nodes, self._rows(place.table), Spot(place, None)
        name = place.column(reference.name)
        there = self._stated(place)
        named = self._column(spot, name, reference.type)
        # Without a column of ids nobody there can be named.
        named_there = owner.place.column(ID) in self._given.get(owner.place.table.name, ())
        on = NOTHING if named is NOTHING or not named_there else nodes.make(ReferenceKey, rows, name, owner.place)
        loose = nodes.both(there, nodes.no(nodes.known(named))) if loosely else FALSE
        if reference.optional:
            loose = nodes.both(loose, nodes.no(nodes.yes_no(self._column(spot, f"{name}.exists", v.YesNo())).false))
        key = owner.key if owner.key is not None else nodes.make(RowKey, context.relation)
        join = nodes.make(Join, context.relation, key, rows, on, None if loose is FALSE else loose)
        return self._paired(join, place, there, *asked, context)

    def _paired(
        self, join: Join, place: Place, there: Node, variable: e.Variable, body: e.Condition, context: Context
    ) -> Group:
        left, right = self.nodes.make(LeftKey, join), self.nodes.make(RightKey, join)
        spots = {name: self._from(join, left, spot) for name, spot in context.spots.items()}
        inner = Context(join, {**spots, variable: Spot(place, right)})
        truth = self.truth(body, inner)
        real = self.nodes.lift(join, right, there, True)
        return Group(self, inner, context.relation, left, real, truth, context.relation, None)

    def _from(self, relation: Relation, key: Node, spot: Spot) -> Spot:
        """A spot, seen from another relation, of which `key` names the row."""
        nodes = self.nodes
        moved = key if spot.key is None else nodes.lift(relation, key, spot.key)
        return Spot(spot.place, moved, nodes.lift(relation, key, spot.there, True) if spot.there is not TRUE else TRUE)

    def _all_known(self, entity: v.Entity) -> Node:
        """Whether all records of an entity are known: no place that may hold one is left unstated."""
        if entity.listed:
            return TRUE if entity.name in self._given else FALSE
        parts = []
        for holder, fact in entity.holders:
            parts.append(self._all_known(holder))
            if parts[-1] is FALSE:
                return FALSE
            for place in self.layout.places(holder):
                spot = Spot(place, None)
                if isinstance(fact.type, v.ListOf):
                    stated = self.nodes.yes_no(self._column(spot, place.column(f"{fact.name}.known"), v.YesNo())).true
                else:
                    inner = place.inner[fact.name]
                    assert inner.exists is not None
                    stated = self.nodes.known(self._column(spot, inner.exists, v.YesNo()))
                unstated = self.nodes.both(self._stated(place), self.nodes.no(stated))
                parts.append(self.nodes.no(self._somewhere(place.table, unstated)))
        return self.nodes.both(*parts)

    def _somewhere(self, table: Table, node: Node) -> Node:
        """Whether a node holds in any row of a table; what holds in every row does where there is one."""
        if node is TRUE:
            node = self.nodes.known(self.nodes.make(RowKey, self._rows(table)))
        return node if node is FALSE else self.nodes.make(Somewhere, node)

    # ---- reading -----------------------------------------------------------------------------------------

    def spots(self, path: e.Path, context: Context) -> Spots:
        """The records that a path may lead to, of which one at most is there."""
        spots: Spots = (context.spots[path.root],)
        for step in path.steps:
            spots = tuple(found for spot in spots for found in self._step(spot, step, context))
        return spots

    def _owners(self, path: e.Path, context: Context) -> Spots:
        """The records that may have the fact with which a path ends."""
        return self.spots(attrs.evolve(path, steps=path.steps[:-1]), context)

    def _step(self, spot: Spot, step: v.Fact | e.Holder, context: Context) -> Iterator[Spot]:
        place = spot.place
        if isinstance(step, e.Holder):
            if place.holder is not None:
                yield Spot(place.holder, spot.key, spot.there)
                return
            assert place.table.above is not None
            holder = self.nodes.make(HolderKey, self._rows(place.table))
            yield Spot(place.table.above, self.nodes.lift(context.relation, spot.key, holder), spot.there)
            return
        match step.type:
            case v.Contained():
                inner = place.inner[step.name]
                assert inner.exists is not None
                there = self.nodes.yes_no(self.lifted(spot, inner.exists, v.YesNo(), context)).true
                yield Spot(inner, spot.key, there)
            case v.Reference(entity):
                name = place.column(step.name)
                if name not in self._given.get(place.table.name, ()):
                    return
                for target in self.layout.places(entity):
                    if target.column(ID) in self._given.get(target.table.name, ()):
                        key = self.nodes.make(ReferenceKey, self._rows(place.table), name, target)
                        lifted = self.nodes.lift(context.relation, spot.key, key)
                        yield Spot(target, lifted, self.nodes.known(lifted))
            case _:
                raise AssertionError(f"{step.type} leads to no record")

    def _read(self, path: e.Path, context: Context) -> Node:
        """The column of the fact that a path ends with."""
        fact = path.fact
        assert fact is not None
        type_ = v.YesNo() if isinstance(fact.type, v.Judgement) else fact.type
        owners = self._owners(path, context)
        return self.nodes.first(self.lifted(owner, owner.place.column(fact.name), type_, context) for owner in owners)

    def lifted(self, spot: Spot, name: str, type_: v.FactType, context: Context) -> Node:
        """A column of the record in a spot."""
        return self.nodes.lift(context.relation, spot.key, self._column(spot, name, type_))

    def _column(self, spot: Spot, name: str, type_: v.FactType) -> Node:
        if name not in self._given.get(spot.place.table.name, ()):
            return NOTHING
        return self.nodes.make(Column, self._rows(spot.place.table), name, type_)

    def _rows(self, table: Table) -> Rows:
        return self.nodes.make(Rows, table)

    def _real(self, table: Table) -> Node:
        return TRUE if table.above is None else self.nodes.make(Real, self._rows(table))

    def _stated(self, place: Place) -> Node:
        """A record of the place is known to be there."""
        if place.exists is None:
            return self._real(place.table)
        return self.nodes.yes_no(self._column(Spot(place, None), place.exists, v.YesNo())).true


@attrs.frozen(eq=False)
class Group:
    """Elements of a list that stand in one table, or in pairs.

    Args:
        context: the relation of the elements, with all variables.
        owners: the relation whose rows hold them.
        key: of the elements, the number of the row that holds each.
        real: which of them are there.
        truth: the condition that is asked of each.
        relation: the one in which the list is asked of.
        lifted: in this relation, the number of the row that holds the list; None where it is the row itself.
    """

    translator: Translator
    context: Context
    owners: Relation
    key: Node
    real: Node
    truth: Truth
    relation: Relation
    lifted: Node | None

    def some(self, node: Node) -> Node:
        """Whether a node holds of some element."""
        nodes = self.translator.nodes
        held = nodes.both(self.real, node)
        found = FALSE if held is FALSE else nodes.make(AnyOf, self.owners, self.key, held)
        return nodes.lift(self.relation, self.lifted, found, True)

    def count(self, node: Node) -> Node:
        """Of how many elements a node holds."""
        nodes = self.translator.nodes
        found = nodes.make(CountOf, self.owners, self.key, nodes.both(self.real, node))
        lifted = nodes.lift(self.relation, self.lifted, found)
        return lifted if self.lifted is None else nodes.first((lifted, nodes.constant(0, v.Count())))


def _others(body: e.Condition, variable: e.Variable) -> bool:
    """Whether a condition speaks of another variable than one, apart from those that it introduces itself."""
    own = {variable}
    named: set[e.Variable] = set()
    for node in e.walk(body, into_applied=False):
        if isinstance(node, e.Quantifier | e.Tally):
            own.add(node.variable)
        if isinstance(node, e.Judged):
            named.add(node.subject)
        named.update(path.root for path in e.paths(node))
    return not named <= own
