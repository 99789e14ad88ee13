"""Stating one more fact never changes a settled verdict; it only shrinks the set of possible verdicts.

Told from the other end: some facts of a state are forgotten, and what was said before must agree with what is said
after. A list or an optional entity that is not stated has one hypothetical subject in it. Stating it replaces this
subject by those that are there (by none, if it is empty or absent), and each of them must bear out what was said of
the hypothetical one: of which nothing is ever settled but that a norm does not apply to it.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.testing.strategies import policy_sets, states
from tests.properties.support import choices, counterpart, evaluated, fewer, forgetting, outcome, settled, until


def test_stating_more_only_shrinks_what_is_possible() -> None:
    compared = changed = 0

    @fewer
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        nonlocal compared, changed
        policies = data.draw(policy_sets())
        for _ in range(4):
            more = data.draw(states(policies))
            less = forgetting(choices(data), policies.model, more, data.draw(st.integers(1, 6)))
            earlier, later = policies.state(less), policies.state(more)
            assert later.as_of is not None
            for statement, record in evaluated(policies, later):
                same = counterpart(record, earlier)
                if same is None:
                    continue
                before, after = outcome(statement, same, later.as_of), outcome(statement, record, later.as_of)
                compared += 1
                changed += before != after
                assert after.possible <= before.possible, (less, statement, record)
                assert not settled(before) or before == after

    until(hold, lambda: compared >= 50 and changed >= 5)
    assert compared >= 50
    assert changed >= 5
