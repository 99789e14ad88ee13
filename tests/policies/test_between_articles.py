"""What the document implies between its sentences, article by article; hypothesis looks for a state that breaks it.

Where a law is about what the policies say and not about states, it is tested on the model itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sopb_rules
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.findings.report import Report
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Norm
from sopb_rules.model.vocabulary import Fact, Judgement
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import Record
from sopb_rules.testing.some_states import Data
from sopb_rules.testing.strategies import states
from tests.properties.support import fewer

YES, NO, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
DONE = (Verdict.USED, Verdict.EXCEEDED)


@cache
def opinions() -> PolicySet:
    return sopb_rules.load_policies()


class Of:
    """What a report says, by subject: findings by norm, and what decisions come to."""

    def __init__(self, report: Report) -> None:
        self.findings = {(each.record, each.norm): each for each in report.findings}
        self.decisions = {(each.record, each.decision): each for each in report.decisions}
        self.records = list(dict.fromkeys(record for record, _ in (*self.findings, *self.decisions)))

    def each(self, entity: str) -> Iterator[Record]:
        """The subjects of an entity, those that are stated only."""
        return (record for record in self.records if record.entity.name == entity and not record.hypothetical)

    def __call__(self, record: Record, norm: str) -> Finding:
        return self.findings[record, norm]

    def decided(self, record: Record, decision: str) -> DecisionFinding:
        """What a decision comes to."""
        return self.decisions[record, decision]


def judged(value: bool) -> dict[str, Any]:
    return {"value": value, "by": "the county committee", "on": "2026-05-01"}


JUDGED = st.sampled_from([judged(True), judged(False)])
DAYS = st.sampled_from(["2026-03-01", "2026-03-02", "2026-03-03"])


def over(below: Any, above: Any) -> Any:
    """A state with another one laid over it: what is said above counts."""
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **{key: over(below.get(key), value) for key, value in above.items()}}
    return above


def in_every_state(
    entity: str,
    *,
    often: Callable[[Of, Record], bool] | None = None,
    organization: st.SearchStrategy[Data] | None = None,
) -> Callable[..., Any]:
    """A law about each subject of an entity, in whatever state.

    Args:
        often: what must be seen again and again for the law to mean anything.
        organization: facts laid over those of each organization, so that it is seen.
    """

    def decorate(law: Callable[[Of, Record], None]) -> Callable[[], None]:
        def test() -> None:
            seen = 0

            @fewer
            @given(states(opinions()), st.data())
            def hold(district: Data, data: st.DataObject) -> None:
                nonlocal seen
                if organization is not None:
                    listed = district.get("organization") or [{"id": "one"}]
                    district["organization"] = [over(each, data.draw(organization)) for each in listed]
                of = Of(opinions().evaluate(district))
                for record in of.each(entity):
                    seen += often is None or often(of, record)
                    law(of, record)

            for _ in range(4):  # one round is short: where it shows too little, there is another
                hold()
                if seen >= 2:
                    break
            assert seen >= 2, seen

        test.__name__, test.__doc__ = law.__name__, law.__doc__
        return test

    return decorate


def applying(norm: str) -> Callable[[Of, Record], bool]:
    return lambda of, record: of(record, norm).applies is YES


# ---- 6: who leads, who guides --------------------------------------------------------------------------------


@in_every_state("organization", often=lambda of, record: of.decided(record, "leading_body").verdict is Verdict.DECIDED)
def test_an_organization_has_one_leading_body_or_a_reported_conflict(of: Of, record: Record) -> None:
    """6.1, 6.2, 6.4, 6.5."""
    found = of.decided(record, "leading_body")
    active = {case.value for case in found.basis}
    match found.verdict:
        case Verdict.DECIDED:
            assert active == {found.value}
        case Verdict.CONFLICT:
            assert len(active) >= 2
        case Verdict.NO_CASE:
            assert not any(case.active is not NO for case in found.cases)
        case _:
            assert UNKNOWN in {case.active for case in found.cases}


@in_every_state("organization")
def test_only_community_based_organizations_have_two_leading_bodies(of: Of, record: Record) -> None:
    """6.4 is the one sentence without a rank: 6.1 and 6.2 go by level, and 6.5 comes before both."""
    if record.get("kind") not in (None, "community_based_social_organization"):
        assert of.decided(record, "leading_body").verdict is not Verdict.CONFLICT


@in_every_state("organization")
def test_who_is_led_by_the_supervisory_body_is_guided_by_an_institution(of: Of, record: Record) -> None:
    """6.5 says both in one sentence; and 6.3 leaves such an organization alone."""
    if of.decided(record, "leading_body").value == "party_organization_of_supervisory_body":
        assert of.decided(record, "guiding_body").value == "relevant_institution"
        assert of(record, "6.3").verdict is Verdict.NOT_APPLICABLE


LED = st.fixed_dictionaries(
    {
        "level": st.sampled_from(["county", "municipal", "provincial", "national"]),
        "supervisory_party_organization": st.none(),
    }
)


@in_every_state("organization", often=applying("6.3"), organization=st.just({}) | LED)
def test_the_responsibilities_of_6_3_belong_to_somebody_who_leads(of: Of, record: Record) -> None:
    """6.3 binds “these central or local bodies”: an organization that it applies to is one of 6.1 or 6.2."""
    if of(record, "6.3").applies is YES and record.get("level") != "national":
        assert of.decided(record, "leading_body").verdict in (Verdict.DECIDED, Verdict.CONFLICT, Verdict.UNKNOWN)


# ---- 8 and 11: establishing ----------------------------------------------------------------------------------


@in_every_state("organization", often=applying("11.2"))
def test_who_lacks_the_conditions_has_11_2_and_who_meets_them_has_8_1(of: Of, record: Record) -> None:
    """8.1 and 11.2 divide all organizations between them."""
    opposite = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}
    for permission in ("11.2", "11.2/2"):
        assert of(record, permission).applies is opposite[of(record, "8.1").applies]


#: The conditions come after registration, with it, or before it.
ESTABLISHING = st.sampled_from(
    [("2026-03-01", "2026-03-02"), ("2026-03-01", "2026-03-01"), ("2026-03-02", "2026-03-01")]
).flatmap(
    lambda days: st.fixed_dictionaries(
        {
            "formal_members": st.sampled_from([3, 2, 4]),
            "registered_on": st.just(days[0]),
            "conditions_met_since": st.just(days[1]),
            "judgements": st.fixed_dictionaries({"newly_established": JUDGED, "11.3 when": JUDGED}),
        }
    )
)


@in_every_state("organization", often=applying("11.3"), organization=ESTABLISHING)
def test_11_3_and_11_4_never_speak_of_one_organization(of: Of, record: Record) -> None:
    """The conditions came after registration (11.3), or were there already (11.4)."""
    assert NO in {of(record, "11.3").applies, of(record, "11.4").applies} or UNKNOWN in {
        of(record, "11.3").applies,
        of(record, "11.4").applies,
    }


@in_every_state("organization", often=applying("11.4"), organization=ESTABLISHING)
def test_whom_11_3_and_11_4_speak_of_8_1_binds(of: Of, record: Record) -> None:
    """Both are about organizations that meet the conditions."""
    for norm in ("11.3", "11.4"):
        if of(record, norm).applies is YES:
            assert of(record, "8.1").applies is YES


CHANGES = st.fixed_dictionaries({"had_party_organization": st.booleans(), "reported_on": st.none() | DAYS})


@in_every_state(
    "change",
    often=applying("8.4"),
    organization=st.fixed_dictionaries({"changes": st.lists(CHANGES, min_size=1, max_size=2)}),
)
def test_nothing_is_to_be_decided_that_need_not_be_reported(of: Of, record: Record) -> None:
    """8.4 answers the report of 8.3 (“in turn”)."""
    if of(record, "8.4").applies is YES:
        assert of(record, "8.3").applies is YES
        assert {clause.letter: clause.truth for clause in of(record, "8.3").clauses}["a"] is YES


@in_every_state("community", often=lambda of, record: YES in {of(record, "11.5").applies, of(record, "11.5/2").applies})
def test_a_community_is_urban_or_rural(of: Of, record: Record) -> None:
    """11.5 gives each community to one of the two."""
    assert {of(record, "11.5").applies, of(record, "11.5/2").applies} != {YES}


# ---- 17 and 20: secretaries ----------------------------------------------------------------------------------


SECRETARIES = st.fixed_dictionaries(
    {
        "position": st.sampled_from(["from_outside", "management_team_member"]),
        "appointed_by_higher_level": st.sampled_from([True, False]),
        "outstanding": JUDGED,
        "qualified": JUDGED,
    }
)
SELECTING = st.fixed_dictionaries(
    {
        "party_organization": st.fixed_dictionaries(
            {
                "secretary": SECRETARIES,
                "suitable_candidate_within": JUDGED,
                "appointment_requested": st.sampled_from([True, False]),
            }
        )
    }
)


@in_every_state("secretary", often=applying("17.2"), organization=SELECTING)
def test_from_within_unless_nobody_within_was_suitable(of: Of, record: Record) -> None:
    """17.4 is the exception that “generally” (17.2) leaves room for, and no other is."""
    assert record.holder is not None
    opposite = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}
    assert of(record, "17.2").applies is opposite[of(record.holder, "17.4").applies]


@in_every_state(
    "party_organization", often=lambda of, record: of(record, "17.4/2").verdict in DONE, organization=SELECTING
)
def test_nobody_appoints_who_was_not_asked(of: Of, record: Record) -> None:
    """17.4/2 rests on 17.4: what is appointed lawfully was asked for lawfully."""
    if of(record, "17.4/2").verdict in DONE:
        assert of(record, "17.4").verdict is Verdict.USED


@in_every_state("secretary", often=applying("20.5"), organization=SELECTING)
def test_20_5_and_20_6_speak_of_the_same_secretaries(of: Of, record: Record) -> None:
    """“These individuals” are the outstanding secretaries."""
    assert of(record, "20.5").applies is of(record, "20.6").applies


NOMINATIONS = st.fixed_dictionaries(
    {
        "nominee_is_leader": st.sampled_from([True, True, False]),
        "position": st.sampled_from(["model_worker", "model_worker", "other_position"]),
    }
)
NOMINATING = st.fixed_dictionaries(
    {
        "nominations": st.lists(NOMINATIONS, min_size=1, max_size=2),
        "party_organization": st.fixed_dictionaries({"form": st.sampled_from(["party_committee", "branch"])}),
    }
)


@in_every_state("nomination", often=applying("20.7"), organization=NOMINATING)
def test_where_20_7_asks_for_the_committee_there_is_one(of: Of, record: Record) -> None:
    """Nobody owes the opinions of a Party committee that is not there."""
    if of(record, "20.7").applies is YES:
        assert record.holder is not None
        party = record.holder.get("party_organization")
        assert isinstance(party, Record)
        assert party.get("form") == "party_committee"


# ---- the sentences themselves --------------------------------------------------------------------------------

#: How the document says each force. 3.3 goes on with 3.2 (“this includes”), 20.7 says “it is essential to”, 22.2 “allowing …
#: to be deducted”, 22.6 “we advocate”; a bare imperative has no word of its own.
WORDS = {
    "must": r"\bmust\b|\bessential\b|^This includes",
    "should": r"\bshould\b",
    "will": r"\bwill\b",
    "may": r"\bmay\b|\bcan\b|\ballowing\b",
    "is encouraged to": r"\bencouraged?\b|\badvocate\b",
    "is to": "",
}


@pytest.mark.parametrize("norm", opinions().model.norms.values(), ids=lambda norm: norm.id)
def test_the_force_of_a_norm_is_a_word_of_its_sentence(norm: Norm) -> None:
    assert re.search(WORDS[norm.word], norm.text)


@pytest.mark.parametrize("norm", opinions().model.norms.values(), ids=lambda norm: norm.id)
def test_nobody_judges_their_own_conduct(norm: Norm) -> None:
    for clause in norm.clauses:
        for node in e.walk(clause.condition):
            judged = [fact for path in e.paths(node) if (fact := path.fact) and isinstance(fact.type, Judgement)]
            assessors = {fact.assessor for fact in judged} | ({node.assessor} if isinstance(node, e.Judged) else set())
            assert not assessors & set(norm.bearers)


def acts(norm: Norm) -> set[Fact]:
    """What somebody does who uses a permission."""
    nodes = e.walk(norm.act, into_applied=False)
    return {fact for node in nodes for path in e.paths(node) if (fact := path.fact) is not None and fact.act}


#: Permissions of which the act is also what a duty asks for, and why it is no cure.
SHARED = {
    "8.2": {"8.1"},  # a Party Committee is a Party organization: both ask for one, in one form each
    "17.3": set[str](),
}


@pytest.mark.parametrize(
    "norm", [n for n in opinions().model.norms.values() if n.is_permission], ids=lambda norm: norm.id
)
def test_a_permission_cures_no_must(norm: Norm) -> None:
    """What somebody does with leave is nothing that a `must` of another sentence asks for."""
    musts = [other for other in opinions().model.norms.values() if other.force == "must"]
    asked = {
        other.id
        for other in musts
        for clause in other.clauses
        for node in e.walk(clause.condition, into_applied=False)
        for path in e.paths(node)
        if path.fact in acts(norm)
    }
    assert asked <= SHARED.get(norm.id, set())
