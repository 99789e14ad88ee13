"""What the solver is told about policies is what the reference evaluator says of them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.analysis.decode import decode, record_at
from sopb_rules.analysis.encode import Encoder
from sopb_rules.analysis.logic import Formula
from sopb_rules.analysis.replay import read_again
from sopb_rules.analysis.sizes import sizes
from sopb_rules.analysis.solve import Solver, Undecided
from sopb_rules.analysis.world import Place, World
from sopb_rules.model.load import compile_policies
from sopb_rules.model.norms import Decision, Norm, Statement
from sopb_rules.policy_set import PolicySet, subjects
from sopb_rules.predicates.evaluate import evaluate_decision, evaluate_norm
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.source import Source
from sopb_rules.testing.strategies import policy_sets, states
from tests.properties.support import few, fewer, until

#: For one question, after which it is left aside.
SECONDS = 0.5


def _ends(encoder: Encoder, statement: Statement, place: Place) -> dict[object, Formula]:
    """Where a statement comes to each outcome."""
    if isinstance(statement, Norm):
        return dict(encoder.outcomes(statement, place))
    assert isinstance(statement, Decision)
    return dict(encoder.ends(statement, place))


def _world(policies: PolicySet, statement: Statement, complete: bool) -> tuple[Encoder, Place]:
    vocabulary = policies.model.vocabulary
    needed = sizes(statement.parts, [statement.entity], vocabulary)
    encoder = Encoder(World(vocabulary, needed.most, complete))
    place = next(encoder.world.of(statement.entity.name))
    encoder.world.rules.append(place.there)
    return encoder, place


@pytest.mark.parametrize("complete", [True, False])
def test_each_outcome_that_the_solver_finds_is_the_outcome_of_the_reference_evaluator(complete: bool) -> None:
    """Unknown facts included: then the outcome says also what is still possible."""
    found: Counter[object] = Counter()

    @few
    @given(policy_sets())
    def hold(policies: PolicySet) -> None:
        for statement in (*policies.model.norms.values(), *policies.model.decisions.values()):
            encoder, place = _world(policies, statement, complete)
            try:
                ends = _ends(encoder, statement, place)
            except Undecided:
                continue
            for end, where in ends.items():
                try:
                    model = Solver(encoder.world, SECONDS).model(where)
                except Undecided:
                    continue
                if model is None:
                    continue
                state = read_again(policies.model, decode(encoder.world, model))
                record = record_at(state, place)
                assert record is not None
                assert state.as_of is not None
                if isinstance(statement, Norm):
                    assert evaluate_norm(statement, record, state.as_of) == end
                    found[end] += 1
                else:
                    outcome = evaluate_decision(statement, record, state.as_of)
                    assert end in (outcome.value, outcome.verdict.value)
                    found[outcome.verdict] += 1

    until(hold, lambda: len(found) >= (5 if complete else 8))
    assert len(found) >= (5 if complete else 8)


def test_a_judgement_by_an_assessor_without_a_label_is_decoded() -> None:
    vocabulary = 'vocabulary v\nrole secretary ""\nentity club\n  fit  judgement by secretary\n'
    article = 'article 1 "One"\nnorm 1.1 about club\n  | It must.\n  the secretary must\n    fit\n'
    policies = PolicySet(compile_policies([Source("v.policy", vocabulary), Source("a.policy", article)]))
    encoder, place = _world(policies, policies.model.norms["1.1"], True)
    model = Solver(encoder.world, SECONDS).model(encoder.comes_to(policies.model.norms["1.1"], place, Verdict.MET))
    assert model is not None
    record = record_at(read_again(policies.model, decode(encoder.world, model)), place)
    assert record is not None
    assert record.stated["fit"].by == "secretary"


def test_a_list_without_elements_is_stated_where_it_may_hold_who_is_asked_about() -> None:
    """Who refers to the club is known only where everybody who may is; a base might hold one, too."""
    vocabulary = (
        "vocabulary v\nrole board\nentity club\n  teams   list of team by club\n  change  change\n"
        "entity base\n  change  optional change\nentity change\n  own  list of team\n"
        "entity team\n  club  reference to club\n  fit   yes/no\n"
    )
    article = (
        'article 1 "One"\nnorm 1.1 about club\n  | It must.\n  the board must\n    any team in teams where (team.fit)\n'
    )
    policies = PolicySet(compile_policies([Source("v.policy", vocabulary), Source("a.policy", article)]))
    norm = policies.model.norms["1.1"]
    encoder, place = _world(policies, norm, True)
    model = Solver(encoder.world, 5).model(encoder.comes_to(norm, place, Verdict.MET))
    assert model is not None
    state = read_again(policies.model, decode(encoder.world, model))
    record = record_at(state, place)
    assert record is not None
    assert state.as_of is not None
    assert evaluate_norm(norm, record, state.as_of).verdict is Verdict.MET


def test_a_share_has_no_more_digits_than_a_state_can_state() -> None:
    """Written with a percent sign a share is a hundred times as large: with 31 digits it could not be read again."""
    most = "9" * 30
    for asked, possible in ((f"part is more than {most}%", True), (f"part minus 1% is more than {most}%", False)):
        vocabulary = "vocabulary v\nrole secretary\nentity club\n  part  percent\n"
        article = f'article 1 "One"\nnorm 1.1 about club\n  | It must.\n  the secretary must\n    {asked}\n'
        policies = PolicySet(compile_policies([Source("v.policy", vocabulary), Source("a.policy", article)]))
        encoder, _ = _world(policies, policies.model.norms["1.1"], True)
        place = next(encoder.world.of("club"))
        model = Solver(encoder.world, 5).model(encoder.comes_to(policies.model.norms["1.1"], place, Verdict.MET))
        assert (model is not None) == possible
        if model is not None:
            read_again(policies.model, decode(encoder.world, model))


def test_what_the_solver_rules_out_no_state_shows() -> None:
    """Of states that are stated whole or in part: an outcome that no world has is the outcome of none of them."""
    compared = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal compared
        policies = data.draw(policy_sets())
        state = policies.state(data.draw(states(policies)))
        assert state.as_of is not None
        for norm in policies.model.norms.values():
            needed = sizes(norm.parts, [norm.entity], policies.model.vocabulary)
            if not all(bound.enough for bound in needed.bounds()):
                continue
            encoder, place = _world(policies, norm, False)
            try:
                ends = encoder.outcomes(norm, place)
            except Undecided:
                continue
            for record in subjects(state, norm.entity):
                if not record.hypothetical:
                    compared += 1
                    outcome = evaluate_norm(norm, record, state.as_of)
                    try:
                        assert Solver(encoder.world, SECONDS).possible(ends.get(outcome, False)), (norm, outcome)
                    except Undecided:
                        continue

    until(hold, lambda: compared >= 20)
    assert compared >= 20
