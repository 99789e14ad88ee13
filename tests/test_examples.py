"""The example district can be read, and together its organizations show every verdict there is."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from sopb_rules.model.expressions import Always
from sopb_rules.model.files import policy_sources, shipped
from sopb_rules.model.load import compile_policies
from sopb_rules.model.norms import Policies
from sopb_rules.predicates.evaluate import evaluate_decision, evaluate_norm
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.files import read_states
from sopb_rules.states.records import State

EXAMPLES = Path(__file__).parent.parent / "examples"
DUTY = {Verdict.MET, Verdict.UNMET, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN}
PERMISSION = {Verdict.OPEN, Verdict.USED, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN}


@cache
def district() -> tuple[Policies, State]:
    """The Opinions and the state of the example district."""
    policies = compile_policies(policy_sources(shipped()))
    return policies, read_states(policies.vocabulary, [EXAMPLES], policies.judgement_keys)


@cache
def verdicts() -> dict[str, Counter[Verdict]]:
    """How often each norm comes to each verdict in the district."""
    policies, state = district()
    assert state.as_of is not None
    today = state.as_of
    return {
        id: Counter(evaluate_norm(norm, record, today).verdict for record in state.records(norm.entity))
        for id, norm in policies.norms.items()
    }


def test_organizations_of_every_kind() -> None:
    policies, state = district()
    organizations = state.lists["organization"] or ()
    assert len(organizations) >= 12
    assert {each.get("kind") for each in organizations} == set(policies.vocabulary.kinds["organization_kind"].values)


def test_every_norm_is_about_somebody() -> None:
    assert [id for id, counts in verdicts().items() if not counts] == []


def test_every_duty_and_every_permission_verdict_in_each_article_that_has_them() -> None:
    policies, _ = district()
    for number in policies.articles:
        norms = [norm for norm in policies.norms.values() if norm.article == number]
        always = all(isinstance(norm.applies, Always) for norm in norms)
        for permissions, expected in ((False, DUTY), (True, PERMISSION)):
            expected = expected - {Verdict.NOT_APPLICABLE} if always else expected
            shown = {verdict for norm in norms if norm.is_permission is permissions for verdict in verdicts()[norm.id]}
            # Who has no permission, or no duty, in an article cannot show one.
            assert not shown or expected <= shown, f"article {number}: {expected - shown}"


def test_permissions_are_exceeded_in_several_articles() -> None:
    policies, _ = district()
    exceeded = {policies.norms[id].article for id, counts in verdicts().items() if counts[Verdict.EXCEEDED]}
    assert exceeded == {5, 8, 9, 10, 17}


def test_the_decisions_of_article_6_show_what_they_can_come_to() -> None:
    policies, state = district()
    assert state.as_of is not None
    decision = policies.decisions["leading_body"]
    outcomes = [evaluate_decision(decision, record, state.as_of) for record in state.records(decision.entity)]
    assert {outcome.verdict for outcome in outcomes} == {
        Verdict.DECIDED,
        Verdict.UNKNOWN,
        Verdict.NO_CASE,
        Verdict.CONFLICT,
    }
    assert len({outcome.value for outcome in outcomes} - {None}) >= 5
