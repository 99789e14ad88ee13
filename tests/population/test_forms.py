"""However a population is brought, the same comes out: what the state states."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from hypothesis import assume, given, reject
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from sopb_rules.diagnostics import RulesError
from sopb_rules.policy_set import PolicySet
from sopb_rules.population.layout import Layout, layout
from sopb_rules.population.stated import tables_of
from sopb_rules.population.tables import Population
from sopb_rules.testing.strategies import policy_sets, states
from tests.population import brought


def drawn(data: st.DataObject) -> tuple[PolicySet, Layout, dict[str, pl.DataFrame]]:
    """A policy set, its layout, and tables in engine form of some state."""
    policies = data.draw(policy_sets())
    found = layout(policies.model.vocabulary, policies.model.judgement_keys)
    state = policies.state(data.draw(states(policies)))
    try:
        frames = tables_of(found, state)
    except RulesError:  # a number with more digits than a table can hold
        reject()
    assume(frames)
    return policies, found, frames


def check(found: Layout, tables: Any, frames: dict[str, pl.DataFrame]) -> None:
    batch = Population.of(found, tables).whole()
    right = brought.expected(found, frames)
    assert batch.tables.keys() == right.keys()
    for name, frame in right.items():
        assert_frame_equal(batch.tables[name].select(frame.columns), frame, check_exact=True)


@given(st.data())
def test_flat_tables_say_what_the_state_states(data: st.DataObject) -> None:
    _, found, frames = drawn(data)
    check(found, brought.flat(found, frames), frames)


@given(st.data())
def test_structs_and_lists_say_what_the_state_states(data: st.DataObject) -> None:
    _, found, frames = drawn(data)
    check(found, brought.nested(found, frames), frames)


@given(st.data())
def test_cells_of_texts_say_what_the_state_states(data: st.DataObject) -> None:
    policies, found, frames = drawn(data)
    tables = brought.texts(found, frames, policies.model.vocabulary.currency)
    words = pl.col(pl.String).is_in(["unknown", "absent"]).any()
    assume(not any(frame.select(words).to_numpy().any() for frame in tables.values()))
    with TemporaryDirectory() as folder:
        paths = {name: Path(folder, f"{name}.csv") for name in tables}
        for name, path in paths.items():
            tables[name].write_csv(path)
        check(found, paths, frames)
