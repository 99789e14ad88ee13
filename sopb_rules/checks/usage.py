"""What of a vocabulary the statements of a policy set use."""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Definition, Parameter, Policies
from sopb_rules.syntax import tree as t


def nodes(policies: Policies) -> Iterator[e.Node]:
    """All nodes of all conditions, each where it is written."""
    for condition in policies.conditions():
        yield from e.walk(condition, into_applied=False)


def read_facts(policies: Policies) -> set[v.Fact]:
    """The facts that some condition reads, or leads through."""
    return {
        step for node in nodes(policies) for path in e.paths(node) for step in path.steps if isinstance(step, v.Fact)
    }


def used_parameters(policies: Policies) -> set[Parameter]:
    """The parameters that some condition compares with."""
    return {node.parameter for node in nodes(policies) if isinstance(node, e.ParameterValue)}


def used_definitions(policies: Policies) -> set[Definition]:
    """The definitions that some condition asks."""
    return {node.definition for node in nodes(policies) if isinstance(node, e.Defined)}


def used_entities(policies: Policies) -> set[v.Entity]:
    """The entities that statements are about, that act or assess, that paths lead to, or that hold one of these."""
    used = {statement.entity for statement in policies.statements}
    used |= {actor for actor in actors(policies) if isinstance(actor, v.Entity)}
    for node in nodes(policies):
        for path in e.paths(node):
            for step in path.steps:
                if isinstance(step, e.Holder):
                    used.add(step.entity)
                elif isinstance(step.type, v.Contained | v.Reference | v.ListOf | v.Inverse):
                    used.add(step.type.entity)
    stack = list(used)
    while stack:
        for holder, _ in stack.pop().holders:
            if holder not in used:
                used.add(holder)
                stack.append(holder)
    return used


def used_kinds(policies: Policies) -> set[v.Kind]:
    """The kinds that some fact, parameter or decision is of."""
    facts = (fact for entity in policies.vocabulary.entities.values() for fact in entity.facts.values())
    types = [fact.type for fact in facts] + [parameter.type for parameter in policies.parameters.values()]
    of_types = {type_.kind for type_ in types if isinstance(type_, v.KindType)}
    return of_types | {decision.kind for decision in policies.decisions.values()}


def actors(policies: Policies) -> set[v.Actor]:
    """Who bears a norm, or assesses something."""
    facts = (fact for entity in policies.vocabulary.entities.values() for fact in entity.facts.values())
    assessors = [*(fact.assessor for fact in facts), *(each.assessor for each in policies.parameters.values())]
    bearers = {bearer for norm in policies.norms.values() for bearer in norm.bearers}
    return bearers | {assessor for assessor in assessors if assessor is not None}


def asked_facts(policies: Policies) -> set[v.Fact]:
    """The facts that the clauses of norms read, also through definitions and other norms, and lead through."""
    clauses = (clause.condition for norm in policies.norms.values() for clause in (*norm.clauses, *norm.provided))
    read = (path for clause in clauses for node in e.walk(clause) for path in e.paths(node))
    return {step for path in read for step in path.steps if isinstance(step, v.Fact)}


def said_words(policies: Policies) -> set[str]:
    """The words that examples give as values, or say that a decision comes to."""
    words: set[str] = set()
    for statement in policies.statements:
        for example in statement.examples:
            words |= {outcome.value.text for outcome in example.outcomes if outcome.value is not None}
            stack = list(example.givens)
            while stack:
                item = stack.pop()
                if isinstance(item, t.GivenRecords):
                    stack += (each for record in item.records for each in record)
                elif isinstance(item, t.Given) and isinstance(item.value, t.Word):
                    words.add(item.value.text)
    return words
