"""Which unknown facts a verdict hinges on: where the truth of each other part leaves it to them.

A part of a conjunction matters while no other part is false, one of a disjunction while no other is true, and an element of a
list while the condition on the list is unknown. Each part is looked at by itself: of a fact that stands in two parts it is not
asked whether these could ever differ. So a fact that is named here may in rare cases change nothing, and one that is not
named changes nothing alone. Of somebody of whom it is unknown whether they are there at all, only that is named: it is to be
asked first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.population.layout import Place
from sopb_rules.population.nodes import FALSE, NOTHING
from sopb_rules.population.program import Node, Outcomes, Truth

if TYPE_CHECKING:
    from sopb_rules.population.translate import Context, Group, Spot, Translator

#: A column of a table, by the names of both.
Named = tuple[str, str]
#: Where something hinges on each column.
Hinges = dict[Named, Node]


def hinges_of(translator: Translator, outcome: Outcomes, context: Context) -> Hinges:
    """Where the verdict on a subject is unknown and hinges on a column; on whether there is a subject, where that is unknown."""
    return Hinge(translator).outcome(outcome, context)


class Hinge:
    """Reads off conditions what they hinge on."""

    def __init__(self, translator: Translator) -> None:
        self.translator = translator
        self.nodes = translator.nodes

    def outcome(self, outcome: Outcomes, context: Context) -> Hinges:
        """What a verdict hinges on."""
        nodes, statement = self.nodes, outcome.statement
        found: Hinges = {}
        if isinstance(statement, Decision):
            certain = [truth.true for truth in outcome.truths]
            clash = nodes.either(*(nodes.both(one, other) for i, one in enumerate(certain) for other in certain[:i]))
            for value in statement.values:
                self._add(found, self.of(statement.gives(value), context), nodes.no(clash))
        else:
            found = self._norm(statement, outcome, context)
        there, hypothetical = outcome.there.true, nodes.no(nodes.either(outcome.there.true, outcome.there.false))
        if isinstance(statement, Norm):
            hypothetical = nodes.both(hypothetical, nodes.no(outcome.truths[0].false))
        else:  # what a decision gives is told also of who may not be there
            hypothetical = nodes.both(hypothetical, nodes.either(*found.values()))
        found = {name: nodes.both(there, node) for name, node in found.items()}
        if hypothetical is not FALSE:
            self._add(found, {_holding(outcome.place): hypothetical})
        return {name: node for name, node in found.items() if node is not FALSE}

    def _norm(self, norm: Norm, outcome: Outcomes, context: Context) -> Hinges:
        nodes, found = self.nodes, self.of(norm.applies, context)
        guard = nodes.no(outcome.truths[0].false)
        if norm.is_permission:
            self._add(found, self.of(norm.act, context), guard)
            guard = nodes.both(guard, nodes.no(outcome.truths[1].false))
            self._add(found, self.of(norm.conditions, context), guard)
        else:
            self._add(found, self.of(norm.satisfied, context), guard)
        return found

    # ---- conditions --------------------------------------------------------------------------------------

    def of(self, condition: e.Condition, context: Context) -> Hinges:
        """Where the truth of a condition is unknown and hinges on a column."""
        match condition:
            case e.Always():
                return {}
            case e.All(parts):
                return self._parts(parts, context, lambda truth: truth.false)
            case e.Some(parts):
                return self._parts(parts, context, lambda truth: truth.true)
            case e.Negation(part):
                return self.of(part, context)
            case e.Defined() | e.NormIs() | e.Decided():
                return self._applied(condition, context)
            case e.Judged(_, subject, _, _, parameters, comparison):
                if all(parameter.on(self.translator.as_of) is not None for parameter in parameters):
                    return self.of(comparison, context)
                spot = context.spots[subject]
                return self._unknown_columns(spot, spot.place.judgement(condition.key), v.YesNo(), context)
            case _:
                return self._atom(condition, context)

    def _parts(self, parts: Iterable[e.Condition], context: Context, settles: Callable[[Truth], Node]) -> Hinges:
        """What some part hinges on, while no other part settles the whole."""
        each = [(part, self.translator.truth(part, context)) for part in parts]
        found: Hinges = {}
        for part, _ in each:
            others = (self.nodes.no(settles(truth)) for other, truth in each if other is not part)
            self._add(found, self.of(part, context), self.nodes.both(*others))
        return found

    def _applied(self, condition: e.Applied, context: Context) -> Hinges:
        translator, found = self.translator, self._path(condition.subject, context)
        for spot in translator.spots(condition.subject, context):
            inner = translator.own_context(condition.variable, spot.place)
            for name, node in self.of(condition.body, inner).items():
                self._add(found, {name: self.nodes.lift(context.relation, spot.key, node, True)}, spot.there)
        return found

    def _atom(self, condition: e.Condition, context: Context) -> Hinges:
        """Of a comparison, a list or a fact: what is unknown in it, where it is unknown."""
        truth = self.translator.truth(condition, context)
        unknown = self.nodes.no(self.nodes.either(truth.true, truth.false))
        found: Hinges = {}
        for node in _terms(condition):
            for path in e.paths(node):
                self._add(found, self._path(path, context), unknown)
            if isinstance(node, e.Quantifier | e.Tally):
                _, groups = self.translator.elements(node.source, node.variable, node.condition, context)
                for group in groups:
                    self._add(found, self._element(node.condition, group), unknown)
        return found

    def _element(self, condition: e.Condition, group: Group) -> Hinges:
        return {name: group.some(node) for name, node in self.of(condition, group.context).items()}

    # ---- columns -----------------------------------------------------------------------------------------

    def _path(self, path: e.Path, context: Context) -> Hinges:
        """Where a column on the way of a path is the first that is not known."""
        found: Hinges = {}
        for end, step in enumerate(path.steps):
            if isinstance(step, e.Holder):
                continue
            for owner in self.translator.spots(attrs.evolve(path, steps=path.steps[:end]), context):
                for column, type_ in _columns(owner.place, step):
                    self._add(found, self._unknown_columns(owner, column, type_, context))
        return found

    def _unknown_columns(self, owner: Spot, column: str, type_: v.FactType, context: Context) -> Hinges:
        """Where a column of a record that is there says nothing."""
        value = self.translator.lifted(owner, column, type_, context)
        known = self.nodes.known(value)
        if column.endswith(".known"):
            known = self.nodes.yes_no(value).true
        absent = self.translator.lifted(owner, f"{column}.exists", v.YesNo(), context)
        stated = self.nodes.either(known, FALSE if absent is NOTHING else self.nodes.yes_no(absent).false)
        return {(owner.place.table.name, column): self.nodes.both(owner.there, self.nodes.no(stated))}

    def _add(self, found: Hinges, more: Hinges, guard: Node | None = None) -> None:
        for name, node in more.items():
            where = node if guard is None else self.nodes.both(guard, node)
            found[name] = self.nodes.either(found.get(name, FALSE), where)


def _terms(condition: e.Condition) -> Iterator[e.Node]:
    """A condition and its terms, without what is asked of the elements of lists."""
    stack: list[e.Node] = [condition]
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, e.Quantifier | e.Tally):
            stack.extend(e.children(node))


def _columns(place: Place, fact: v.Fact) -> Iterator[tuple[str, v.FactType]]:
    """The column that says whether a fact is known; none for lists that are computed."""
    match fact.type:
        case v.Contained():
            yield place.inner[fact.name].column("exists"), v.YesNo()
        case v.ListOf():
            yield place.column(f"{fact.name}.known"), v.YesNo()
        case v.Inverse():
            return
        case v.Judgement():
            yield place.column(fact.name), v.YesNo()
        case _:
            yield place.column(fact.name), fact.type


def _holding(place: Place) -> Named:
    """The column that says whether a place holds a subject."""
    if place.exists is not None:
        return place.table.name, place.exists
    above, fact = place.table.above, place.table.list_fact
    assert above is not None
    assert fact is not None
    return above.table.name, above.column(f"{fact.name}.known")
