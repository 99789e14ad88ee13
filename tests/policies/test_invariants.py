"""What holds across the articles, for every district that can be stated."""

from __future__ import annotations

import copy
from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sopb_rules
from sopb_rules.findings.finding import Finding
from sopb_rules.model.norms import Norm
from sopb_rules.model.vocabulary import Contained, Entity, Inverse, ListOf, Reference, Role
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.testing.examples import run_examples
from sopb_rules.testing.some_states import Data, States
from sopb_rules.testing.strategies import states
from tests.properties.support import choices, counterpart, evaluated, few, fewer, finding, forgetting, outcome, until


@cache
def opinions() -> PolicySet:
    return sopb_rules.load_policies()


def judged(value: bool = True) -> dict[str, Any]:
    return {"value": value, "by": "the county committee", "on": "2026-05-01"}


def about_organizations(policies: PolicySet, data: Data, *norms: str) -> list[dict[str, Finding]]:
    """The findings on some norms about each organization of a district itself."""
    state = policies.state(data)
    assert state.as_of is not None
    rules = [policies.model.norms[id] for id in norms]
    return [
        {norm.id: policies.find(norm, record, state.as_of) for norm in rules}
        for record in state.lists["organization"] or ()
    ]


def meeting_8_1(organization: Data) -> Data:
    """An organization that does what 8.1 asks for, whatever else is stated of it."""
    own = organization.get("party_organization")
    party = {**(own if isinstance(own, dict) else {}), "form_appropriate": judged(), "approved": True}
    judgements = {**organization.get("judgements", {}), "8.1 (d)": judged()}
    return {**organization, "formal_members": 3, "party_organization": party, "judgements": judgements}


# ---- the policy set itself -----------------------------------------------------------------------------------


def test_bearers_and_assessors_stand_in_the_vocabulary() -> None:
    vocabulary = opinions().model.vocabulary
    for norm in opinions().model.norms.values():
        assert norm.bearers
        for bearer in norm.bearers:
            assert bearer is vocabulary.roles.get(bearer.name) or bearer is vocabulary.entities.get(bearer.name)
            assert isinstance(bearer, Role | Entity)
    facts = (fact for entity in vocabulary.entities.values() for fact in entity.facts.values())
    actors: dict[str, Role | Entity] = {**vocabulary.entities, **vocabulary.roles}
    assert all(fact.assessor is None or actors[fact.assessor.name] is fact.assessor for fact in facts)


@pytest.mark.parametrize("id", list(opinions().model.norms))
def test_every_norm_has_an_example_of_each_sort(id: str) -> None:
    """One that keeps it, one that does not, and one to which it does not apply or of which too little is known."""
    norm = opinions().model.norms[id]
    every = [
        outcome for owner in opinions().model.statements for example in owner.examples for outcome in example.outcomes
    ]
    outcomes = [outcome.verdict for outcome in every if outcome.subject.text == id]
    assert len(norm.examples) >= 3
    kept, not_kept = ("used", {"exceeded", "open"}) if norm.is_permission else ("met", {"unmet"})
    assert kept in outcomes
    assert not_kept & set(outcomes)
    assert {"not_applicable", "unknown"} & set(outcomes)


def test_every_example_passes() -> None:
    results = run_examples(opinions())
    assert len(results) > 100
    assert [failure for result in results for failure in result.failures] == []


def test_a_prohibition_and_a_duty_rest_on_the_words_of_the_document() -> None:
    """A report shows the document's own word beside the force that it is read as."""
    forces = {"will": "should", "is to": "should", "is encouraged to": "encouraged"}
    for norm in opinions().model.norms.values():
        assert norm.force == forces.get(norm.word, norm.word)


# ---- article 8 and the others --------------------------------------------------------------------------------


def test_who_meets_8_1_lacks_no_party_organization_in_11_3() -> None:
    applied = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal applied
        district = data.draw(states(opinions()))
        organizations = district.setdefault("organization", [])
        dates = {"registered_on": "2020-01-01", "conditions_met_since": "2021-01-01"}
        organizations[:] = [meeting_8_1({**each, **dates}) for each in organizations]
        for found in about_organizations(opinions(), district, "8.1", "11.3"):
            assert found["8.1"].verdict is Verdict.MET
            applied += found["11.3"].applies is Truth.TRUE
            clauses = {clause.letter: clause.truth for clause in found["11.3"].clauses}
            assert clauses["a"] is Truth.TRUE

    until(hold, lambda: applied >= 5)
    assert applied >= 5


@fewer
@given(st.data())
def test_permissions_of_other_articles_release_nobody_from_8_1(data: st.DataObject) -> None:
    """Nothing but the facts that 8.1 itself reads can change its verdict: no joint, unified or industry organization."""
    policies = opinions()
    district = data.draw(states(policies))
    read = {fact.name for fact in policies.model.norms["8.1"].facts}
    other = States(choices(data), policies.model)
    entity = policies.model.vocabulary.entities["organization"]
    before = about_organizations(policies, district, "8.1")
    for index in range(len(before)):
        changed = copy.deepcopy(district)
        same = changed["organization"][index]
        for fact in entity.facts.values():
            if isinstance(fact.type, Reference):
                same[fact.name] = None
            elif fact.name not in read and not isinstance(fact.type, Contained | Inverse | ListOf):
                same[fact.name] = other.value(fact)
        assert about_organizations(policies, changed, "8.1")[index]["8.1"].outcome == before[index]["8.1"].outcome


@pytest.mark.parametrize(
    "permission",
    [norm.id for norm in opinions().model.norms.values() if norm.is_permission and norm.article in (9, 10, 11)],
)
def test_8_1_reads_no_fact_that_only_a_permission_is_about(permission: str) -> None:
    norms = opinions().model.norms
    acts = {fact for fact in norms[permission].facts if fact.act}
    assert acts
    assert not acts & set(norms["8.1"].facts)


# ---- districts -----------------------------------------------------------------------------------------------


def test_another_organization_changes_nobodys_verdict() -> None:
    """One that stands in no region, area, community or industry; in one it belongs to the lists that norms are about."""
    compared = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal compared
        policies = opinions()
        district = data.draw(states(policies))
        if "organization" not in district:
            return
        vocabulary = policies.model.vocabulary
        writer = States(choices(data), policies.model)
        newcomer = meeting_8_1(writer.record(vocabulary.entities["organization"]))
        newcomer["id"] = "newcomer"
        for fact in vocabulary.entities["organization"].facts.values():
            if isinstance(fact.type, Reference):
                newcomer[fact.name] = None
        larger = {**district, "organization": [*district["organization"], newcomer]}
        before, after = _outcomes(policies, district), _outcomes(policies, larger)
        compared += before.total()
        assert before <= after
        assert all(path.startswith("organization[newcomer]") for _, path, _ in after - before)

    until(hold, lambda: compared >= 50)
    assert compared >= 50


def _outcomes(policies: PolicySet, data: Data) -> Counter[tuple[str, str, object]]:
    report = policies.evaluate(data)
    found = [(each.norm, each.subject.path, each.outcome) for each in report.findings]
    return Counter([*found, *((each.decision, each.subject.path, each.outcome) for each in report.decisions)])


# ---- the properties of the language, for the Opinions --------------------------------------------------------


def test_the_properties_of_the_language_hold_for_the_opinions() -> None:
    """What the generated policies show, on the real ones: two evaluators, monotone, and missing exactly where unknown."""
    compared: Counter[Verdict] = Counter()

    @few
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        policies = opinions()
        more = data.draw(states(policies))
        less = forgetting(choices(data), policies.model, more, 4)
        later, earlier = policies.state(more), policies.state(less)
        assert later.as_of is not None
        compiled = {(each.norm, each.subject.path): each.outcome for each in policies.evaluate(later).findings}
        for statement, record in evaluated(policies, later):
            found = finding(policies, statement, record, later.as_of)
            compared[found.verdict] += 1
            assert bool(found.missing) is (len(found.comes_to) > 1 or not found.comes_to_exactly)
            if (same := counterpart(record, earlier)) is not None:
                assert found.outcome.possible <= outcome(statement, same, later.as_of).possible
            if isinstance(statement, Norm):
                assert compiled[statement.id, record.path] == found.outcome

    hold()
    assert {Verdict.MET, Verdict.UNMET, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN, Verdict.OPEN} <= set(compared)


@fewer
@given(st.data())
def test_a_complete_district_leaves_nothing_unknown(data: st.DataObject) -> None:
    report = opinions().evaluate(data.draw(states(opinions(), complete=True)))
    assert {each.verdict for each in (*report.findings, *report.decisions)} & {Verdict.UNKNOWN} == set()
    assert {standing.status for standing in report.standing} <= {"breach", "compliant"}
