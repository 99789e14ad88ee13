"""That all peers come to the same verdicts, by the reference evaluator and by each other. Nothing is timed before it holds."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from benchmarks.peers import ours, polars_peer
from benchmarks.peers.facts import DUTIES, NORMS, population, records
from benchmarks.peers.peer import Peer

#: Rows of the reference evaluator, of peers that go row by row, and of `one`.
REFERENCE, SINGLE, ONE = 500, 500, 50


class DifferenceError(Exception):
    """Two peers do not agree."""


def check(peers: Sequence[Peer], rows: int, unknown: float) -> list[str]:
    """What was found equal, one line for each table.

    Raises:
        DifferenceError: a peer comes to another verdict, or the tables are too small to show every verdict.
    """
    return [agreed(peers, population(rows), "known facts"), agreed(peers, population(rows, unknown), "unknown facts")]


def agreed(peers: Sequence[Peer], table: pl.DataFrame, called: str) -> str:
    by_hand = polars_peer.PEER.population(table.lazy())
    same("Polars, staged by hand", by_hand.head(REFERENCE), ours.reference(ours.state(table.head(REFERENCE))))
    unknowns = any(table[name].null_count() for name in table.columns)
    every_verdict(by_hand, unknowns)
    asked = [peer for peer in peers if peer.unknowns or not unknowns]
    for peer in asked:
        few = table if peer.limit is None else table.head(SINGLE)
        same(peer.name, peer.frame(peer.population(peer.native(few))), by_hand.head(len(few)))
        if peer.one is not None:
            one = pl.DataFrame([peer.one(facts) for facts in records(table.head(ONE))], schema=by_hand.schema)
            same(f"{peer.name}, one by one", one, by_hand.head(len(one)))
    told = "; ".join(peer.name if peer.limit is None else f"{peer.name} ({SINGLE})" for peer in asked)
    left = ", ".join(peer.name for peer in peers if peer not in asked)
    without = f"\n    no unknowns, so not asked: {left}" if left else ""
    return f"  {called}, {len(table):,} organizations ({REFERENCE} by the reference evaluator): {told}{without}"


def same(name: str, found: pl.DataFrame, expected: pl.DataFrame) -> None:
    """Hold the verdicts of a peer against those expected."""
    for norm in NORMS:
        if not found[norm].equals(expected[norm]):
            row = next(i for i, pair in enumerate(zip(found[norm], expected[norm], strict=True)) if pair[0] != pair[1])
            raise DifferenceError(f"{name}: {norm} is {found[norm][row]}, not {expected[norm][row]}, in row {row}")


def every_verdict(verdicts: pl.DataFrame, unknowns: bool) -> None:
    """See that each norm comes to all that it can come to, so that agreeing means something."""
    for norm in NORMS:
        expected = {"not_applicable", *(("met", "unmet") if norm in DUTIES else ("open", "used"))}
        expected |= {"exceeded"} if norm == "8.2" else set()
        expected |= {"unknown"} if unknowns else set()
        if missing := expected - set(verdicts[norm].unique()):
            raise DifferenceError(f"too few rows: {norm} is never {', '.join(sorted(missing))}")
