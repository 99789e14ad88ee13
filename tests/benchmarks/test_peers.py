"""The comparison with other engines still runs, and its norms come to what the reference evaluator says."""

from __future__ import annotations

import polars as pl
import pytest

pytest.importorskip("numpy")

from benchmarks.peers import check, ours, polars_peer
from benchmarks.peers.facts import NORMS, population


def test_tables_states_and_polars_by_hand_agree() -> None:
    lines = check.check((ours.TABLE, ours.COMPILED, polars_peer.PEER), rows=3_000, unknown=0.15)
    assert [line.split(",")[0].strip() for line in lines] == ["known facts", "unknown facts"]


def test_counts_are_those_of_the_verdicts() -> None:
    table = population(2_000, 0.15)
    by_hand = polars_peer.counts(table.lazy()).collect().row(0, named=True)
    for row in ours.table_counts(table).filter(pl.col("outcome") != "unknown").iter_rows(named=True):
        assert row["count"] == by_hand.get(f"{row['statement']} {row['outcome']}", 0)
    assert set(ours.table_counts(table)["statement"]) == set(NORMS)


def test_a_peer_that_differs_is_told() -> None:
    right = pl.DataFrame({norm: ["met"] for norm in NORMS})
    with pytest.raises(check.DifferenceError, match=r"^one: 17\.4 is unmet, not met, in row 0$"):
        check.same("one", right.with_columns(pl.lit("unmet").alias("17.4")), right)
