"""Single changes of facts that bring a condition nearer to a truth that is wanted.

Whoever makes a condition true must make each part of a conjunction true, so it is enough to look at the first that is not;
and must change some fact that this part reads. So these steps, one after the other, reach every way to change it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sopb_rules.completions.options import Trial
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.predicates.evaluate import Environment, follow, truth
from sopb_rules.predicates.relevance import Reading, of_path
from sopb_rules.states.records import Record

#: A fact, and what to state of it.
Step = tuple[Reading, Any]


def steps(trial: Trial, condition: e.Condition, wanted: bool, env: Environment) -> Iterator[Step]:
    """Changes of one fact each that may lead to a condition being as it is wanted; none where it is so."""
    if truth(condition, env) is wanted:
        return
    match condition:
        case e.All(parts) | e.Some(parts):
            yield from _of_parts(trial, parts, wanted, isinstance(condition, e.All) is wanted, env)
        case e.Negation(part):
            yield from steps(trial, part, not wanted, env)
        case e.Quantifier():
            yield from _of_quantifier(trial, condition, wanted, env)
        case e.Judged(key, subject, _, _, parameters, comparison):
            if any(parameter.on(env.today) is None for parameter in parameters):
                yield Reading(env.records[subject], key, condition), wanted
            else:
                yield from steps(trial, comparison, wanted, env)
        case e.Defined() | e.NormIs() | e.Decided():
            asked = follow(condition.subject, env)
            if isinstance(asked, Record):
                yield from steps(trial, condition.body, wanted, Environment({condition.variable: asked}, env.today))
            else:
                yield from _to_be_there(trial, condition.subject, env)
        case e.Comparison() | e.Membership() | e.Holds() | e.Existence():
            yield from _of_atom(trial, condition, wanted, env)


def _of_parts(
    trial: Trial, parts: tuple[e.Condition, ...], wanted: bool, all_needed: bool, env: Environment
) -> Iterator[Step]:
    for part in parts:
        if truth(part, env) is not wanted:
            yield from steps(trial, part, wanted, env)
            if all_needed:
                return


def _of_quantifier(trial: Trial, condition: e.Quantifier, wanted: bool, env: Environment) -> Iterator[Step]:
    elements = follow(condition.source, env)
    if not isinstance(elements, tuple):
        yield from _to_be_there(trial, condition.source, env)
        return
    all_needed = condition.every is wanted
    for element in elements:
        inner = env.binding(condition.variable, element)
        if truth(condition.condition, inner) is not wanted:
            yield from steps(trial, condition.condition, wanted, inner)
            if all_needed:
                yield from _without(condition.source, element, elements, env)
                return
    if not all_needed and _all_used(elements, condition, env):
        yield from _one_more(trial, condition.source, elements, env)


def _of_atom(
    trial: Trial, atom: e.Comparison | e.Membership | e.Holds | e.Existence, wanted: bool, env: Environment
) -> Iterator[Step]:
    for path in _paths(atom):
        for slot in of_path(path, env):
            yield from _values(trial, slot, atom, wanted, env)
    for term in e.children(atom):
        for node in e.walk(term, into_applied=False):
            if isinstance(node, e.Tally):
                yield from _of_tally(trial, node, env)


def _paths(atom: e.Node) -> Iterator[e.Path]:
    """The paths that an atom reads, but for those in conditions on elements of a list."""
    if isinstance(atom, e.Tally):
        return
    yield from e.paths(atom)
    for part in e.children(atom):
        yield from _paths(part)


def _values(trial: Trial, slot: Reading, atom: e.Condition, wanted: bool, env: Environment) -> Iterator[Step]:
    """What to state of a fact so that the atom is as wanted, or can be: the entity is there of which it reads a fact."""
    before = slot.value
    for option in trial.of(slot, before).values:
        if type(option) is type(before) and option == before:
            continue
        mark = trial.scratch.mark()
        trial.set(slot, option)
        reached = truth(atom, env)
        trial.undo(mark)
        if reached is wanted or (reached is None and isinstance(option, Record | tuple)):
            yield slot, option


def _of_tally(trial: Trial, tally: e.Tally, env: Environment) -> Iterator[Step]:
    """Elements that are counted or not, one more, one fewer."""
    elements = follow(tally.source, env)
    if not isinstance(elements, tuple):
        yield from _to_be_there(trial, tally.source, env)
        return
    for element in elements:
        inner = env.binding(tally.variable, element)
        for wanted in (True, False):
            yield from steps(trial, tally.condition, wanted, inner)
    if _all_used(elements, tally, env):
        yield from _one_more(trial, tally.source, elements, env)
    for element in elements:
        yield from _without(tally.source, element, elements, env)


def _all_used(elements: tuple[Record, ...], of: e.Quantifier | e.Tally, env: Environment) -> bool:
    """Whether every new entry already meets the condition or fails it, so that another new one is no such entry again."""
    new = (env.binding(of.variable, element) for element in elements if element.hypothetical)
    return all(truth(of.condition, inner) is not None for inner in new)


def _to_be_there(trial: Trial, path: e.Path, env: Environment) -> Iterator[Step]:
    """What stands in the way of a path: an entity that is absent or unknown, a list that is not stated."""
    for slot in of_path(path, env):
        for option in trial.of(slot).values:
            if isinstance(option, Record | tuple):
                yield slot, option


def _one_more(trial: Trial, source: e.Path, elements: tuple[Record, ...], env: Environment) -> Iterator[Step]:
    if not isinstance(source.type, v.ListOf):
        return  # a list that is computed has no place of its own
    slot = next(iter(of_path(source, env)))
    if slot.fact is not None:
        yield slot, (*elements, trial.blank(source.type.entity, slot, slot.fact, len(elements) + 1))


def _without(source: e.Path, element: Record, elements: tuple[Record, ...], env: Environment) -> Iterator[Step]:
    if isinstance(source.type, v.ListOf):
        yield next(iter(of_path(source, env))), tuple(each for each in elements if each is not element)
