"""Where a norm compares a fact: the comparisons in which each reading stands, for the elements that are there now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sopb_rules.model import expressions as e
from sopb_rules.predicates.evaluate import Environment, follow
from sopb_rules.predicates.relevance import Reading, of_path
from sopb_rules.states.records import Record

#: A comparison, with what its variables stand for.
Bound = tuple[e.Comparison | e.Membership, Environment]


def mentions(conditions: Iterable[e.Condition], env: Environment) -> Mapping[Reading, list[Bound]]:
    """By reading: the comparisons that read it."""
    found: dict[Reading, list[Bound]] = {}
    for condition in conditions:
        for atom, inner in comparisons(condition, env):
            for term in e.walk(atom, into_applied=False):
                for path in e.paths(term):
                    for reading in of_path(path, inner) if path.root in inner.records else ():
                        found.setdefault(reading, []).append((atom, inner))
    return found


def comparisons(node: e.Node, env: Environment) -> Iterator[Bound]:
    """The comparisons in a condition, also in the bodies of what it refers to and for each element of a list."""
    match node:
        case e.Comparison() | e.Membership():
            yield node, env
            for part in e.children(node):
                yield from comparisons(part, env)
        case e.Quantifier(source=source, variable=variable, condition=body) | e.Tally(source, variable, body):
            elements = follow(source, env)
            for element in elements if isinstance(elements, tuple) else ():
                yield from comparisons(body, env.binding(variable, element))
        case e.Defined() | e.NormIs() | e.Decided():
            asked = follow(node.subject, env)
            if isinstance(asked, Record):
                yield from comparisons(node.body, Environment({node.variable: asked}, env.today))
        case e.Judged(parameters=parameters):
            if all(parameter.on(env.today) is not None for parameter in parameters):
                yield from comparisons(node.comparison, env)
        case _:
            for part in e.children(node):
                yield from comparisons(part, env)
