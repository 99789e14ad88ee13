"""What is told of generated versions and populations is what both come to, row by row."""

from __future__ import annotations

import random
from collections import Counter

import polars as pl
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from sopb_rules.analysis.matching import called
from sopb_rules.diagnostics import RulesError
from sopb_rules.impact import Impact
from sopb_rules.impact.compare import PopulationComparison, compare
from sopb_rules.population.layout import HOLDER, ID
from sopb_rules.population.rows_as_state import rows_as_state
from sopb_rules.population.stated import tables_of
from sopb_rules.states.records import State
from tests.impact.pairs_of_versions import Row, changed_rows, layout_of, outcomes_of_both, versions
from tests.population import brought
from tests.population.agreement import rolled_state
from tests.population.rows import expected, records_of_rows

RECORDS = 6
#: Two versions and their populations take long to be made up.
fewer = settings(max_examples=settings.default.max_examples // 2)


def rows_of(found: Impact) -> Counter[Row]:
    assert found.rows is not None
    return Counter(found.rows.select("table", HOLDER, ID, "statement", "place", "old", "new").iter_rows())


def test_it_is_what_the_verdicts_of_both_versions_tell_in_pieces_of_any_size() -> None:
    seen: Counter[str] = Counter()

    @given(st.integers(0, 10**9))
    @fewer
    def hold(seed: int) -> None:
        dice = random.Random(seed)
        old, new = versions(dice)
        state = rolled_state(dice, old, RECORDS)
        assert state.as_of is not None
        tables = layout_of(old)
        frames = tables_of(tables, state)
        flat = brought.flat(tables, frames)
        assume(flat)
        brought_ = dice.choice([flat, brought.nested(tables, frames)])
        try:
            comparison = compare(old, new, brought_, state.as_of, rows=dice.randrange(1, RECORDS + 2))
        except RulesError:  # a sum of so many digits that no table could hold it
            reject()
        if dice.randrange(2):  # as for versions with other words
            comparison.__dict__["reads_once"] = False
        right = changed_rows(old, new, flat, state.as_of)
        tally = comparison.tally()
        rows = pl.concat([pl.DataFrame(schema=comparison.schema), *comparison.rows(tally)])
        found = comparison.impact(tally, rows)
        assert rows_of(found) == right
        assert found.verdicts == right.total()
        seen.update(same=len(found.same), compared=len(found.compared), changed=found.verdicts)

    hold()
    assert len(seen) == 3
    assert min(seen.values()) > 10, seen


def test_it_is_what_the_reference_evaluator_says() -> None:
    changed = 0

    @given(st.integers(0, 10**9))
    @fewer
    def hold(seed: int) -> None:
        nonlocal changed
        dice = random.Random(seed)
        old, new = versions(dice)
        one = rolled_state(dice, old, RECORDS)
        assert one.as_of is not None
        frames = tables_of(layout_of(old), one)
        assume(frames)
        try:  # a judgement that only one version asks for, or a sum that no table can hold
            other = new.state(rows_as_state(layout_of(old), frames, one.as_of), as_of=one.as_of)
            found = compare(old, new, brought.flat(layout_of(old), frames), one.as_of)
        except RulesError:
            reject()
        keys = ("table", "statement", "place", "old", "new")
        got = Counter(row for piece in found.rows(found.tally()) for row in piece.select(keys).iter_rows())
        assert got == _by_reference(found, (one, other))
        changed += got.total()

    hold()
    assert changed > 10


def _by_reference(found: PopulationComparison, states: tuple[State, State]) -> Counter[tuple[str | None, ...]]:
    """How many verdicts change from what to what."""
    day = found.after.as_of
    evaluations = (found.before, found.after)
    sides = [records_of_rows(each.program.layout, state) for each, state in zip(evaluations, states, strict=True)]
    right: Counter[tuple[str | None, ...]] = Counter()
    for table, *outcomes in outcomes_of_both(*evaluations):
        words = [expected(each, side[table], day) for each, side in zip(outcomes, sides, strict=True)]
        name = (table, called(outcomes[1].statement), outcomes[1].place.prefix[:-1])
        right.update((*name, was, now) for was, now in zip(*words, strict=True) if was != now)
    return right
