"""Asking the checks: what belongs to a file and what to the set, in which order, and that nothing makes them fail."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.checks.check import Check, File
from sopb_rules.checks.conditions import parts
from sopb_rules.checks.regions import trivial
from sopb_rules.checks.registry import ALLOWANCES, CHECKS
from sopb_rules.checks.run import apply, file_diagnostics, run_checks, whole_diagnostics
from sopb_rules.checks.settings import Settings
from sopb_rules.diagnostics import Code, Diagnostic, Severity
from sopb_rules.model import expressions as e
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet, subjects
from sopb_rules.predicates.evaluate import Environment, truth
from sopb_rules.source import Source, Span
from sopb_rules.testing.coverage import condition_coverage
from sopb_rules.testing.strategies import policy_sets, states
from tests.checks.asking import VOCABULARY, norm
from tests.properties.support import fewer

DAY = datetime.date(2026, 11, 1)


@fewer
@given(policy_sets())
def test_no_policies_make_a_check_fail(policies: PolicySet) -> None:
    """Whatever the policies are, the checks say something that can be told, and the same each time."""
    found = run_checks(policies)
    assert all(str(diagnostic) and diagnostic.as_dict()["check"] for diagnostic in found)
    assert all(diagnostic.span is not None for diagnostic in found)
    assert run_checks(policies) == found


@fewer
@given(st.data())
def test_what_is_told_to_be_settled_by_the_vocabulary_is_so_in_every_state(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    state = policies.state(data.draw(states(policies)))
    for statement in policies.model.statements:
        for part in parts(statement):
            for always in (True, False):
                for condition in trivial(part.condition, always):
                    read = [path for node in e.walk(condition, into_applied=False) for path in e.paths(node)]
                    if any(path.root is not statement.variable for path in read):
                        continue
                    for record in subjects(state, statement.entity):
                        env = Environment({statement.variable: record}, state.as_of or DAY)
                        assert truth(condition, env) is not (not always)


@fewer
@given(st.data())
def test_what_is_told_to_be_shadowed_is_active_in_no_state(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    shadowed = {diagnostic.where for diagnostic in run_checks(policies) if diagnostic.code is Code.SHADOWED_CASE}
    state = policies.state(data.draw(states(policies)))
    for decision in policies.model.decisions.values():
        for case in decision.cases:
            if f"case {case.id}" in shadowed:
                for record in subjects(state, decision.entity):
                    env = Environment({decision.variable: record}, state.as_of or DAY)
                    assert truth(decision.active(case), env) is not True


def sample(*articles: str) -> PolicySet:
    sources = [Source("vocabulary.policy", VOCABULARY)]
    for number, text in enumerate(articles, 8):
        body = text.replace("8.", f"{number}.")
        sources.append(Source(f"article_{number}.policy", f'article {number} "An article"\n\n{body}'))
    return PolicySet(compile_policies(sources))


def test_a_file_is_told_of_what_stands_in_it_alone() -> None:
    policies = sample(norm("when members is at least 0"), norm("when level is at least township"))
    by_file = {source.name: file_diagnostics(policies, source) for source in policies.model.sources}
    assert {each.span.source.name for found in by_file.values() for each in found if each.span} <= by_file.keys()
    for name, found in by_file.items():
        assert {each.span.source.name for each in found if each.span} <= {name}
    assert Code.ALWAYS_TRUE in {each.code for each in by_file["article_8.policy"]}
    assert Code.ALWAYS_TRUE in {each.code for each in by_file["article_9.policy"]}
    assert {each.check for each in whole_diagnostics(policies)} <= {c.name for c in CHECKS if c.scope == "set"}


def test_what_was_said_of_a_file_stays_when_another_file_changes() -> None:
    """So that it can be kept: but for coverage, only the file and what it refers to counts."""
    first = norm("when members is at least 0")
    one, other = sample(first, norm()), sample(first, norm("when color is red", "known"))

    def told(policies: PolicySet) -> list[str]:
        (source,) = (each for each in policies.model.sources if each.name == "article_8.policy")
        return list(map(str, file_diagnostics(policies, source)))

    assert told(one) == told(other)


def test_diagnostics_come_in_the_order_of_files_and_lines() -> None:
    policies = sample(
        norm("when members is at least 0 and members is at least 0"), norm("when level is at least township")
    )
    places = [(each.span.source.name, each.span.start) for each in run_checks(policies) if each.span]
    assert places == sorted(places)


def test_what_no_check_said_passes_through() -> None:
    source = Source("a.policy", "text")
    mistake = Diagnostic(Code.UNEXPECTED, "no", Span(source, 0, 4))
    assert apply([mistake], Settings({each.name: None for each in CHECKS}), [source]) == [mistake]


def test_severities_come_from_the_settings() -> None:
    policies = sample(norm("when members is at least 0"))

    def severities(settings: Settings) -> set[Severity]:
        return {each.severity for each in run_checks(policies, settings) if each.code is Code.ALWAYS_TRUE}

    assert severities(Settings()) == {Severity.WARNING}
    assert severities(Settings({"always-true": Severity.ERROR})) == {Severity.ERROR}
    assert severities(Settings({"always-true": Severity.NOTE})) == {Severity.NOTE}
    assert severities(Settings({"always-true": None})) == set()
    assert severities(Settings(select=frozenset({"always-true"}))) == {Severity.WARNING}
    assert severities(Settings(select=frozenset({"never-true"}))) == set()


def test_every_check_is_listed_once_and_looks_at_one_thing() -> None:
    assert len({check.code for check in CHECKS}) == len({check.name for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert check.explanation.code is check.code
        asked = [check.in_file, check.in_set]
        assert sum(each is not None for each in asked) == (0 if check in ALLOWANCES else 1)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_names_are_words_joined_by_hyphens(check: Check) -> None:
    assert check.name == check.name.casefold()
    assert check.code.name == check.name.replace("-", "_").upper()


def test_coverage_is_the_same_for_single_files() -> None:
    policies = sample(
        norm("when members is at least 3")
        + '\n  example "one"\n    given members is 3, approved is yes\n    then 8.1 is met\n'
    )
    (source,) = (each for each in policies.model.sources if each.name == "article_8.policy")
    assert [str(each) for each in File(policies, source).coverage] == [
        str(each) for each in condition_coverage(policies)
    ]
