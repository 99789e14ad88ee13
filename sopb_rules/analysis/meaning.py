"""What a condition means, as a text: equal texts mean the same, whatever the words, the labels and the order of files."""

from __future__ import annotations

from typing import assert_never

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Definition, Norm, Statement


def meaning(statement: Statement) -> str:
    """All that the outcome of a statement rests on: of the force of a norm, whether it permits, asks or forbids."""
    own = {statement.variable: "it"}
    match statement:
        case Norm():
            parts = [_condition(part, own) for part in statement.parts]
            sort = "permission" if statement.is_permission else "prohibition" if statement.is_prohibition else "duty"
            return f"{statement.entity.name} {sort} {len(statement.clauses)} {parts}"
        case Decision():
            cases = [
                f"{case.value} {_condition(case.condition, own)} {sorted(case.overrides)}" for case in statement.cases
            ]
            return f"{statement.entity.name} {cases}"
        case Definition():
            return f"{statement.entity.name} {_condition(statement.condition, own)}"


def meaning_without_number(statement: Statement) -> str:
    """The meaning, in which judgements that stand in for open parameters have the same keys whatever its number is."""
    return meaning(statement).replace(f"judged it {statement.id} ", "judged it here ")


_Names = dict[e.Variable, str]


def _condition(condition: e.Condition, names: _Names) -> str:
    match condition:
        case e.Always():
            return "always"
        case e.All(parts) | e.Some(parts):
            return f"{type(condition).__name__}({', '.join(_condition(part, names) for part in parts)})"
        case e.Negation(part):
            return f"not {_condition(part, names)}"
        case e.Holds(path):
            return _path(path, names)
        case e.Existence(path):
            return f"exists {_path(path, names)}"
        case e.Comparison(operator, left, right, order):
            ranked = "" if order is None else f" in {order.name}:{','.join(order.values)}"
            return f"({_term(left, names)} {operator} {_term(right, names)}{ranked})"
        case e.Membership(term, values):
            return f"({_term(term, names)} in {sorted(map(str, values))})"
        case e.Quantifier(every, source, variable, body):
            inner = names | {variable: f"each{len(names)}"}
            return f"{'every' if every else 'any'} {_path(source, names)} {_condition(body, inner)}"
        case e.Judged(key, subject, _, _, parameters, comparison):
            opened = [f"{each.name}:{each.values}" for each in parameters]
            return f"judged {names[subject]} {key} {opened} {_condition(comparison, names)}"
        case e.Defined() | e.NormIs() | e.Decided():
            asked = _condition(condition.body, {condition.variable: "it"})
            return f"of {_path(condition.subject, names)}: {asked}"
        case _:
            assert_never(condition)


def _term(term: e.Term, names: _Names) -> str:
    match term:
        case e.Value(value, type_):
            return f"{value!r}:{_type(type_)}"
        case e.Read(path):
            return _path(path, names)
        case e.ParameterValue(parameter):
            return f"{parameter.name}:{parameter.values}"
        case e.Today():
            return "today"
        case e.Linear(terms):
            return f"sum({', '.join(f'{factor}*{_term(part, names)}' for factor, part in terms)})"
        case e.Shift(date, sign, period):
            return f"shift({_term(date, names)}, {sign}, {_term(period, names)}:{_type(period.type)})"
        case e.Tally(source, variable, body):
            inner = names | {variable: f"each{len(names)}"}
            return f"number {_path(source, names)} {_condition(body, inner)}"
        case _:
            assert_never(term)


def _path(path: e.Path, names: _Names) -> str:
    steps = [
        f"<{step.entity.name}" if isinstance(step, e.Holder) else f"{step.name}:{_type(step.type)}"
        for step in path.steps
    ]
    return ".".join((names[path.root], *steps))


def _type(type_: v.FactType) -> str:
    match type_:
        case v.KindType(kind):
            return f"{kind.name}"
        case v.Contained(entity) | v.Reference(entity) | v.ListOf(entity):
            return f"{type(type_).__name__} {entity.name}"
        case v.Inverse(entity, by):
            return f"Inverse {entity.name} by {by}"
        case _:
            return type(type_).__name__
