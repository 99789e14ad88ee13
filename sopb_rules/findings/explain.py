"""From a checked model and an environment to explanations; what decides is told, the rest is counted.

The truth of each node is computed here from those of its parts, by the same rules as in `predicates/evaluate.py`; the
tests hold the two against each other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, assert_never

from sopb_rules.findings import reasons as x
from sopb_rules.findings.explanation import DecisionReasons, DefinitionReasons, Explanation, NormReasons
from sopb_rules.findings.finding import DecisionFinding, Finding, Subject
from sopb_rules.findings.leaves import (
    currency_of,
    fact_of,
    fact_on,
    facts_on,
    judgement_of,
    kind_value,
    type_name,
    value_of,
)  # fmt: skip
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Case, Clause, Decision, Definition, Norm, Parameter
from sopb_rules.predicates.evaluate import Environment, Range, compare, follow, value
from sopb_rules.predicates.truth import Truth, conjunction, disjunction
from sopb_rules.states.records import ABSENT, Record


def explain_norm(finding: Finding, whole: bool = False) -> Explanation:
    """Why a norm came to its verdict; with `whole`, the clauses also of one that does not apply."""
    norm, env = finding.model, Environment({finding.model.variable: finding.record}, finding.as_of)
    applies = condition(norm.applies, env)
    clauses: tuple[x.Clause, ...] = ()
    left_out = len(norm.clauses) + len(norm.provided)
    if whole or applies.truth is not Truth.FALSE:
        clauses, left_out = tuple(_clauses(norm, env)), 0
    bearers = tuple(bearer.label for bearer in norm.bearers)
    reasons = NormReasons(norm.force, norm.word, bearers, finding.verdict, finding.possible, applies, clauses, left_out)
    return _explanation(_statement(norm), finding.record, finding.as_of, reasons)


def explain_decision(finding: DecisionFinding) -> Explanation:
    """Why a decision came to its value."""
    decision, env = finding.model, Environment({finding.model.variable: finding.record}, finding.as_of)
    given = finding.value
    told = None if given is None else kind_value(decision.kind, given)
    reasons = DecisionReasons(finding.verdict, told, finding.possible, _cases(decision, env))
    return _explanation(_statement(decision), finding.record, finding.as_of, reasons)


def explain_definition(definition: Definition, record: Record, today: datetime.date) -> Explanation:
    """Why a definition holds of a record on a day, or does not."""
    inner = condition(definition.condition, Environment({definition.variable: record}, today))
    return _explanation(_statement(definition), record, today, DefinitionReasons(inner.truth, inner))


def _explanation(
    statement: x.Statement,
    record: Record,
    today: datetime.date,
    reasons: NormReasons | DecisionReasons | DefinitionReasons,
) -> Explanation:
    outer = record
    while outer.holder is not None:
        outer = outer.holder
    presence = None
    if record.hypothetical and record.holder is not None and record.holder_fact is not None:
        presence = fact_of(record.holder, record.holder_fact)
    return Explanation(statement, Subject.of(record), outer.path, today, presence, reasons)


def _statement(told: Norm | Decision | Definition) -> x.Statement:
    place = str(told.span)
    match told:
        case Norm():
            return x.Statement("norm", told.id, "", "", told.text, place)
        case Decision():
            return x.Statement("decision", told.id, told.name, told.label, "", place)
        case Definition():
            return x.Statement("definition", told.id, told.name, told.label, told.text, place)
        case _:
            assert_never(told)


def _clauses(norm: Norm, env: Environment) -> Iterator[x.Clause]:
    for clause in norm.clauses:
        yield _clause(clause, "act", norm.kept(clause), env)
    for clause in norm.provided:
        yield _clause(clause, "provided", clause.condition, env)


def _clause(clause: Clause, part: str, kept: e.Condition, env: Environment) -> x.Clause:
    inner = condition(kept, env)
    return x.Clause(inner.truth, clause.letter, clause.label, part, inner)


def _cases(decision: Decision, env: Environment) -> tuple[x.Case, ...]:
    conditions = {case.id: condition(case.condition, env) for case in decision.cases}

    def told(case: Case) -> x.Case:
        above = tuple(other.id for other in decision.cases if case.id in other.overrides)
        inner = conditions[case.id]
        active = _all((inner.truth, *(~conditions[id].truth for id in above)))
        value = kind_value(decision.kind, case.value)
        return x.Case(inner.truth, active, case.id, value, above, case.text, str(case.span), inner)

    return tuple(map(told, decision.cases))


# ---- conditions ---------------------------------------------------------------------------------------------


def condition(node: e.Condition, env: Environment) -> x.Condition:
    """What became of a condition, and why."""
    match node:
        case e.Always():
            return x.Unconditional()
        case e.All(parts):
            return _joined(True, [condition(part, env) for part in parts])
        case e.Some(parts):
            return _joined(False, [condition(part, env) for part in parts])
        case e.Negation(part):
            inner = condition(part, env)
            return x.Opposite(~inner.truth, inner)
        case e.Holds(path, words=words):
            found = follow(path, env)
            return x.Holds(Truth.of(found if isinstance(found, bool) else None), words, fact_on(path, env))
        case e.Existence(path, words=words):
            found = follow(path, env)
            return x.Exists(Truth.of(None if found is None else found is not ABSENT), words, fact_on(path, env))
        case e.Comparison():
            return _compared(node, env)
        case e.Membership():
            return _one_of(node, env)
        case e.Quantifier():
            return _each(node, env)
        case e.Judged():
            return _judged(node, env)
        case e.Defined() | e.NormIs() | e.Decided():
            return _asked(node, env)
        case _:
            assert_never(node)


def _all(truths: Any) -> Truth:
    return Truth.of(conjunction(each.value_or_none for each in truths))


def _some(truths: Any) -> Truth:
    return Truth.of(disjunction(each.value_or_none for each in truths))


def _joined(every: bool, parts: list[x.Condition]) -> x.Joined:
    truth = (_all if every else _some)(part.truth for part in parts)
    kept = [part for part in parts if part.truth is truth] if _settles(every, truth) else parts
    return x.Joined(truth, every, tuple(kept), len(parts) - len(kept))


def _settles(every: bool, truth: Truth) -> bool:
    """Whether one part with this truth settles a whole of which every part is needed, or some."""
    return truth is (Truth.FALSE if every else Truth.TRUE)


def _compared(node: e.Comparison, env: Environment) -> x.Compared:
    found = compare(node.operator, value(node.left, env), value(node.right, env), node.order)
    order = tuple(node.order.values) if node.order is not None else ()
    return x.Compared(Truth.of(found), node.words, node.operator, _term(node.left, env), _term(node.right, env), order)


def _one_of(node: e.Membership, env: Environment) -> x.OneOf:
    found = value(node.term, env)
    truth = Truth.of(None if found is None else found.low in node.values)
    currency = currency_of(env)
    values = tuple(value_of(each, node.term.type, currency) for each in node.values)
    return x.OneOf(truth, node.words, _term(node.term, env), values)


def _each(node: e.Quantifier, env: Environment) -> x.Each:
    source, elements = _elements(node, env)
    truth = Truth.UNKNOWN
    kept = elements
    if source.size is not None:
        truth = (_all if node.every else _some)(each.truth for each in elements)
        if _settles(node.every, truth):
            kept = [each for each in elements if each.truth is truth]
    left_out = len(elements) - len(kept)
    return x.Each(truth, node.words, node.every, node.variable.name, source, tuple(kept), left_out)


def _elements(node: e.Quantifier | e.Tally, env: Environment) -> tuple[x.Source, list[x.Element]]:
    found = follow(node.source, env)
    records = found if isinstance(found, tuple) else None
    facts = tuple(facts_on(node.source, env))
    source = x.Source(node.source.words, facts, None if records is None else len(records))
    return source, [_element(node, record, env.binding(node.variable, record)) for record in records or ()]


def _element(node: e.Quantifier | e.Tally, record: Record, env: Environment) -> x.Element:
    body, every = node.condition, isinstance(node, e.Quantifier) and node.every
    if not isinstance(node.source.type, v.Inverse):
        told = condition(body, env)
        return x.Element(told.truth, record.path, record.display, None, told)
    # The checker has joined the condition with that the entry belongs to the one whose list it is.
    assert isinstance(body, e.All | e.Some)
    membership, rest = body.parts
    belongs = condition(membership.part if isinstance(membership, e.Negation) else membership, env)
    if belongs.truth is Truth.FALSE:
        return x.Element(Truth.of(every), record.path, record.display, belongs, None)
    told = condition(rest, env)
    truth = ~belongs.truth | told.truth if every else belongs.truth & told.truth
    return x.Element(truth, record.path, record.display, belongs, told)


def _judged(node: e.Judged, env: Environment) -> x.Condition:
    parameters = tuple(each for each in node.parameters if each.on(env.today) is None)
    if not parameters:
        return condition(node.comparison, env)
    record = env.records[node.subject]
    open_ones = tuple(x.Open(each.name, each.label) for each in dict.fromkeys(parameters))
    return x.Judged(Truth.of(record.judged.get(node.key)), node.words, judgement_of(record, node), open_ones)


def _asked(node: e.Applied, env: Environment) -> x.Asked:
    """What is asked, of the record that its subject leads to; unknown where that is."""
    way = next(facts_on(node.subject, env), None)
    record = follow(node.subject, env)
    verb = node.verb if isinstance(node, e.NormIs) else node.value if isinstance(node, e.Decided) else ""
    statement = _statement(node.target)
    if not isinstance(record, Record):
        return x.Asked(Truth.UNKNOWN, node.words, statement, verb, None, way, None)
    inner = Environment({node.variable: record}, env.today)
    subject = x.Value("entry", record.path, record.display)
    if isinstance(node, e.Decided):
        cases = _cases(node.decision, inner)
        return x.Asked(_gives(cases, node.value), node.words, statement, verb, subject, way, None, cases)
    told = condition(node.body, inner) if isinstance(node, e.Defined) else _norm_is(node, inner)
    return x.Asked(told.truth, node.words, statement, verb, subject, way, told)


def _gives(cases: tuple[x.Case, ...], wanted: str) -> Truth:
    """Whether an active case gives the value, and none gives another."""
    return _some(case.active for case in cases if case.value.value == wanted) & ~_some(
        case.active for case in cases if case.value.value != wanted
    )


def _norm_is(node: e.NormIs, env: Environment) -> x.Condition:
    """What is asked of a norm, with its clauses labelled as the norm labels them."""
    norm = node.norm
    applies = condition(norm.applies, env)
    if node.verb == "applies":
        return applies
    clauses = list(_clauses(norm, env))
    satisfied: x.Condition = _joined(True, [each for each in clauses if each.part == "act"])
    if norm.is_permission:
        within = _joined(True, [each for each in clauses if each.part == "provided"])
        satisfied = _joined(False, [x.Opposite(~clauses[0].truth, clauses[0]), within])
    if node.verb != "is met":
        satisfied = x.Opposite(~satisfied.truth, satisfied)
    return _joined(True, [applies, satisfied])


# ---- terms --------------------------------------------------------------------------------------------------


def _term(node: e.Term, env: Environment) -> x.Term:
    currency = currency_of(env)
    match node:
        case e.Value(literal, type):
            return x.Constant(value_of(literal, type, currency))
        case e.Today():
            return x.Today(x.Value("date", env.today))
        case e.Read(path):
            if path.fact is not None:
                return x.FactValue(fact_on(path, env))
            found = follow(path, env)
            return x.Entry(value_of(found, path.type, currency) if isinstance(found, Record) else None)
        case e.ParameterValue():
            return _parameter(node, env)
        case e.Linear(terms, type):
            addends = tuple(x.Addend(x.Value("number", factor), _term(term, env)) for factor, term in terms)
            return x.Sum(type_name(type), addends, *_ends(value(node, env), type, currency))
        case e.Shift(date, sign, period, type):
            ends = _ends(value(node, env), type, currency)
            return x.Shifted(_term(date, env), sign > 0, _term(period, env), *ends)
        case e.Tally(type=type):
            source, elements = _elements(node, env)
            counted = node.condition.parts[1] if isinstance(node.source.type, v.Inverse) else node.condition  # type: ignore[union-attr]
            words = getattr(counted, "words", "")
            return x.Tally(source, words, tuple(elements), *_ends(value(node, env), type, currency))
        case _:
            assert_never(node)


def _ends(found: Range | None, type: v.FactType, currency: str) -> tuple[x.Value | None, x.Value | None]:
    if found is None:
        return None, None
    return value_of(found.low, type, currency), value_of(found.high, type, currency)


def _parameter(node: e.ParameterValue, env: Environment) -> x.ParameterValue:
    parameter = node.parameter
    holding = [index for index, (start, _) in enumerate(parameter.values) if start <= env.today]
    told = (parameter.name, parameter.label, type_name(parameter.type))
    if not holding:
        return x.ParameterValue(*told, None)
    index = holding[-1]
    held = value_of(parameter.values[index][1], parameter.type, currency_of(env))
    where = str(parameter.places[index]) if index < len(parameter.places) else ""
    return x.ParameterValue(*told, held, where, _set_by(parameter, index))


def _set_by(parameter: Parameter, index: int) -> str:
    """Who gave one of its values: the title of measures, or `document`."""
    return (parameter.set_by[index] if index < len(parameter.set_by) else "") or "document"
