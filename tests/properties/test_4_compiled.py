"""The compiled norms give what the reference evaluator gives: the same outcomes and the same truths, unknowns included."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.model.norms import Decision, Norm
from sopb_rules.predicates.evaluate import Environment, evaluate_norm, truth
from sopb_rules.testing.strategies import policy_sets, states
from tests.properties.support import evaluated, fewer

#: For one policy set, so many states: making and compiling it takes longer than evaluating it.
STATES = 10


def test_compiled_norms_agree_with_the_reference_evaluator() -> None:
    compared: dict[str, int] = {"outcomes": 0, "truths": 0, "decisions": 0, "hypothetical": 0}

    @fewer
    @given(st.data())
    def agree(data: st.DataObject) -> None:
        policies = data.draw(policy_sets())
        compiled = policies.compiled
        for _ in range(STATES):
            state = policies.state(data.draw(states(policies)))
            assert state.as_of is not None
            today = state.as_of
            parameters = compiled.values_on(today)
            for statement, record in evaluated(policies, state):
                compared["hypothetical"] += record.hypothetical
                env = Environment({statement.variable: record}, today)
                match statement:
                    case Norm():
                        expected = evaluate_norm(statement, record, today)
                        outcome = compiled.verdicts[statement.id](record, parameters, today)
                        assert outcome.for_subject(record.hypothetical) == expected, (statement, record)
                        kept = [statement.kept(clause) for clause in statement.clauses]
                        conditions = [statement.applies, *kept, *(clause.condition for clause in statement.provided)]
                        truths = tuple(truth(condition, env) for condition in conditions)
                        assert compiled.truths[statement.id](record, parameters, today) == truths, (statement, record)
                        compared["outcomes"] += 1
                        compared["truths"] += len(truths)
                    case Decision():
                        given_values = tuple(truth(statement.gives(value), env) for value in statement.values)
                        assert compiled.decisions[statement.name](record, parameters, today) == given_values
                        compared["decisions"] += 1

    agree()
    assert compared["outcomes"] + compared["truths"] >= 500, compared
    assert compared["decisions"] >= 3, compared
    assert compared["hypothetical"] >= 5, compared
