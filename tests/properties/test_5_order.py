"""The order of files, statements, cases, facts, entities and records changes no verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs
from hypothesis import given, note
from hypothesis import strategies as st

from sopb_rules.findings.finding import Finding, MissingFact
from sopb_rules.findings.report import Report
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source
from sopb_rules.syntax import tree as t
from sopb_rules.testing.drawing import Choices
from sopb_rules.testing.some_policies import texts
from sopb_rules.testing.strategies import policy_trees, states
from tests.properties.support import choices, few

Files = dict[str, list[t.Statement]]


@few
@given(st.data())
def test_order_changes_no_verdict(data: st.DataObject) -> None:
    files = data.draw(policy_trees())
    shuffled = _shuffled(choices(data), files)
    policies, others = _loaded(files), _loaded(shuffled)
    note("\n".join(texts(shuffled).values()))
    for _ in range(3):
        state = data.draw(states(policies, ids=True))
        report, other = policies.evaluate(state), others.evaluate(_reordered(choices(data), state))
        assert _verdicts(report) == _verdicts(other)
        for (shown, kept), (shown_too, kept_too) in zip(_missing(report), _missing(other), strict=True):
            assert shown <= kept_too  # a search that met its bound keeps what it could not decide
            assert shown_too <= kept


def _loaded(files: Files) -> PolicySet:
    return PolicySet(compile_policies(Source(name, text) for name, text in texts(files).items()))


def _verdicts(report: Report) -> Counter[tuple[object, ...]]:
    found = [(f.norm, f.subject.path, f.verdict, f.possible, f.text) for f in report.findings]
    decided = [(d.decision, d.subject.path, d.verdict, d.value) for d in report.decisions]
    return Counter([*found, *decided])


def _missing(report: Report) -> Iterator[tuple[set[MissingFact], set[MissingFact]]]:
    """For each finding, the missing facts that two completions show, and all of them; in an order of names."""
    named = {
        (f.model.id, f.model.text if isinstance(f, Finding) else f.decision, f.subject.path): f
        for f in (*report.findings, *report.decisions)
    }
    for _, found in sorted(named.items()):
        yield {each for each in found.missing if each.turn is not None}, set(found.missing)


def _shuffled(choose: Choices, files: Files) -> Files:
    """The same statements in other files, where no article binds them, and in another order."""
    free: list[t.Statement] = []
    bound: Files = {}
    for name, statements in files.items():
        numbered = (
            t.ArticleHeader | t.NormDeclaration | t.DecisionDeclaration | t.NoteDeclaration
            | t.MeasuresHeader | t.ParameterSetting | t.TighteningDeclaration | t.FurtherFacts
        )  # fmt: skip
        named = [isinstance(each, t.DefinitionDeclaration) and each.id is not None for each in statements]
        stays = [isinstance(each, numbered) or has_id for each, has_id in zip(statements, named, strict=True)]
        free += [each for each, stay in zip(statements, stays, strict=True) if not stay]
        bound[name] = [each for each, stay in zip(statements, stays, strict=True) if stay]
    bound["another.policy"] = []
    names = [name for name in bound if name != "measures.policy"]
    for statement in free:
        bound[choose.one(names)].append(statement)
    shuffled = {name: choose.shuffled([_shuffled_inside(choose, each) for each in bound[name]]) for name in bound}
    return {name: shuffled[name] for name in choose.shuffled(list(shuffled))}


def _shuffled_inside(choose: Choices, statement: t.Statement) -> t.Statement:
    match statement:
        case t.EntityDeclaration(facts=facts):
            return attrs.evolve(statement, facts=tuple(choose.shuffled(facts)))
        case t.KindDeclaration(ordered=False, values=values):
            return attrs.evolve(statement, values=tuple(choose.shuffled(values)))
        case t.DecisionDeclaration(cases=cases):
            return attrs.evolve(statement, cases=tuple(choose.shuffled(cases)))
        case t.VocabularyHeader(settings=settings):
            return attrs.evolve(statement, settings=tuple(choose.shuffled(settings)))
        case _:
            return statement


def _reordered(choose: Choices, value: Any) -> Any:
    """The same data with its records and its facts in another order."""
    if isinstance(value, dict):
        return {key: _reordered(choose, value[key]) for key in choose.shuffled(list(value))}
    if isinstance(value, list):
        return choose.shuffled([_reordered(choose, each) for each in value])
    return value
