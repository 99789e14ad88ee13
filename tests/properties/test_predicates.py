"""Predicates combine by the laws of Kleene's logic: all laws of a De Morgan algebra, and not the excluded middle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.predicate import Predicate
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.testing.strategies import policy_sets, states
from tests.properties.support import choices, fewer

_COMPLIED = {Verdict.NOT_APPLICABLE, Verdict.MET, Verdict.USED, Verdict.OPEN}


def test_laws_of_predicates() -> None:
    seen: set[tuple[Truth, Truth, Truth]] = set()

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        policies = data.draw(policy_sets())
        state = policies.state(data.draw(states(policies)))
        for entity in policies.model.vocabulary.entities.values():
            norms = [norm for norm in policies.norms.values() if norm.entity is entity]
            for record in state.records(entity) if norms else ():
                a, b, c = (_part(choices(data).one(norms), choices(data).below(3)) for _ in range(3))

                def equal(left: Predicate, right: Predicate) -> bool:
                    return left.truth(record) is right.truth(record)  # noqa: B023 - called in this round only

                seen.add((a.truth(record), b.truth(record), c.truth(record)))
                assert equal(~~a, a)
                assert equal(~(a & b), ~a | ~b)
                assert equal(~(a | b), ~a & ~b)
                assert equal(a & b, b & a)
                assert equal(a | b, b | a)
                assert equal((a & b) & c, a & (b & c))
                assert equal((a | b) | c, a | (b | c))
                assert equal(a & a, a)
                assert equal(a | (a & b), a)
                assert equal(a & (a | b), a)
                assert equal(a & (b | c), (a & b) | (a & c))
                assert equal(a | (b & c), (a | b) & (a | c))
                assert (a | ~a).truth(record) is not Truth.FALSE
                assert ((a | ~a).truth(record) is Truth.UNKNOWN) is (a.truth(record) is Truth.UNKNOWN)

    hold()
    assert {a for a, _, _ in seen} == set(Truth)


def _part(norm: object, index: int) -> Predicate:
    return (norm, norm.applies, norm.satisfied)[index]  # type: ignore[attr-defined,return-value]


@fewer
@given(st.data())
def test_a_norm_is_complied_with_as_its_verdict_says(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    state = policies.state(data.draw(states(policies)))
    for norm in policies.norms.values():
        for record in state.records(norm.entity):
            possible = norm(record).possible
            expected = Truth.TRUE if possible <= _COMPLIED else Truth.UNKNOWN if possible & _COMPLIED else Truth.FALSE
            assert norm.truth(record) is expected
