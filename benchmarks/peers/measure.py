"""The measurements, each a function that returns lines to print. All of a section is timed in turns, so that ratios last."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.peers import openfisca_peer, ours, polars_peer
from benchmarks.peers.facts import FACTS, NORMS, population, records
from benchmarks.peers.peer import Peer

HAND = polars_peer.PEER.name
TABLE = ours.TABLE.name
GIGABYTES = 2.0


def clock(function: Callable[[], Any]) -> float:
    """The seconds that a call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def spent(function: Callable[[], Any]) -> float:
    """The seconds of work that a call takes, on all cores together: others on the machine hardly change it."""
    start = time.process_time()
    function()
    return time.process_time() - start


def timed(functions: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """The median time of each in seconds; they take turns, so that a slow moment of the machine meets all of them."""
    times: dict[str, list[float]] = {name: [] for name in functions}
    for function in functions.values():
        function()
    for _ in range(rounds):
        for name, function in functions.items():
            times[name].append(clock(function))
    return {name: statistics.median(each) for name, each in times.items()}


def aim(what: str, value: float, least: float | None = None, most: float | None = None, unit: str = "x") -> str:
    """A number beside what it should be."""
    if least is not None:
        return f"  {what:<66} {value:>8.2f} {unit}  aim: at least {least:g}: {'yes' if value >= least else 'NO'}"
    assert most is not None
    return f"  {what:<66} {value:>8.2f} {unit}  aim: at most {most:g}: {'yes' if value <= most else 'NO'}"


def latency(peers: Sequence[Peer], rounds: int) -> Iterator[str]:
    """One organization after the other, each given as plain Python values."""
    given = records(population(50))

    def each(one: Callable[[dict[str, Any]], Any]) -> None:
        for facts in given:
            one(facts)

    times = timed({peer.name: partial(each, peer.one) for peer in peers if peer.one is not None}, rounds)
    base = times[ours.COMPILED.name]
    yield f"  {'one organization, six norms, from plain values':<40} {'microseconds':>14} {'ratio':>9}"
    for name, seconds in sorted(times.items(), key=lambda item: item[1]):
        yield f"  {name:<40} {seconds / len(given) * 1e6:>14,.0f} {seconds / base:>9.2f}"


def throughput(peers: Sequence[Peer], rows: int, unknown: float, rounds: int) -> Iterator[str]:
    """A table of organizations, held in the form of each peer; without and, where a peer can, with unknown facts."""
    known, partly = population(rows), population(rows, unknown)
    rates = norm_rates(peers, known, rounds)
    with_unknowns = norm_rates([peer for peer in peers if peer.unknowns], partly, rounds)
    base = rates[HAND]
    yield f"  {'million norms a second':<34} {'rows':>11} {'known':>9} {'ratio':>9} {'unknown':>9}  remark"
    for peer in sorted(peers, key=lambda peer: -rates[peer.name]):
        unknowns = f"{with_unknowns[peer.name] / 1e6:>9.2f}" if peer.unknowns else f"{'none':>9}"
        size = min(rows, peer.limit or rows)
        rate = rates[peer.name]
        yield f"  {peer.name:<34} {size:>11,} {rate / 1e6:>9.2f} {rate / base:>9.4f} {unknowns}  {peer.remark}"


def against(rows: int, unknown: float, rounds: int) -> Iterator[str]:
    """Tables by this package against OpenFisca and against Polars by hand, each pair alone."""
    known, partly = population(rows), population(rows, unknown)
    table, by_hand = ours.TABLE, polars_peer.PEER
    yield aim("rate against OpenFisca", faster(table, openfisca_peer.PEER, known, rounds), least=10)
    tuned = faster(table, openfisca_peer.TUNED, known, rounds)
    yield f"  {'rate against OpenFisca, tuned':<66} {tuned:>8.2f} x"
    yield aim("rate against Polars by hand, known facts", faster(table, by_hand, known, rounds), least=0.9)
    yield aim("rate against Polars by hand, unknown facts", faster(table, by_hand, partly, rounds), least=0.9)
    for called, facts in (("known", known), ("unknown", partly)):
        ratio = faster(table, by_hand, facts, rounds, spent)
        yield f"  {f'the same in processor time, {called} facts':<66} {ratio:>8.2f} x"


def faster(
    first: Peer, second: Peer, table: pl.DataFrame, rounds: int, clock: Callable[[Callable[[], Any]], float] = clock
) -> float:
    """How many times the rate of the second the first has: the median over turns, since neighbours meet the same machine."""
    one, other = partial(first.population, first.native(table)), partial(second.population, second.native(table))
    one()
    other()
    return statistics.median(clock(other) / clock(one) for _ in range(3 * rounds))


def norm_rates(peers: Iterable[Peer], table: pl.DataFrame, rounds: int) -> dict[str, float]:
    """How many norms for an organization each peer evaluates in a second."""
    sizes, functions = {}, {}
    for peer in peers:
        few = table.head(peer.limit or len(table))
        sizes[peer.name], functions[peer.name] = len(few), partial(peer.population, peer.native(few))
    return {name: len(NORMS) * sizes[name] / seconds for name, seconds in timed(functions, rounds).items()}


def read_facts(table: pl.LazyFrame) -> pl.DataFrame:
    """All facts read once: the sum of each column."""
    return table.select(pl.col(name).to_physical().sum() for name in FACTS).collect()


def read_columns(table: pl.DataFrame) -> list[Any]:
    """The same on a table in memory, with no more done than a sum."""
    return [table[name].to_physical().sum() for name in FACTS]


def reading(rows: int, unknown: float, rounds: int) -> Iterator[str]:
    """Verdicts and counts against reading the facts once, in memory and from Parquet."""
    table = population(rows, unknown)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "organizations.parquet"
        table.write_parquet(path)
        for where, source, read in (
            ("in memory", table, partial(read_columns, table)),
            ("from Parquet", path, lambda: read_facts(pl.scan_parquet(path))),
        ):
            lazy = table.lazy() if source is table else pl.scan_parquet(path)
            functions: dict[str, Callable[[], Any]] = {
                "reading": read,
                "verdicts by hand": lambda lazy=lazy: polars_peer.verdicts(lazy).collect(),
                "counts by hand": lambda lazy=lazy: polars_peer.counts(lazy).collect(),
            }
            functions["verdicts"] = partial(ours.table_population, source)
            functions["counts"] = partial(ours.table_counts, source)
            times = timed(functions, rounds)
            base = times.pop("reading")
            yield f"  {f'reading {len(FACTS)} facts of {rows:,} organizations once, {where}':<66} {base * 1e3:>8.2f} ms"
            for name, seconds in times.items():
                yield aim(f"{name}, {where}", seconds / base, most=12 if "verdicts" in name else 20)


def flat(sizes: Sequence[int], unknown: float, rounds: int) -> Iterator[str]:
    """The time for a row, for tables of more and more rows."""
    ways: dict[str, Callable[[pl.DataFrame], Any]] = {HAND: lambda table: polars_peer.verdicts(table.lazy()).collect()}
    ways[TABLE] = ours.table_population
    costs: dict[str, list[float]] = {name: [] for name in ways}
    for size in sizes:
        table = population(size, unknown)
        for name, seconds in timed({name: partial(way, table) for name, way in ways.items()}, rounds).items():
            costs[name].append(seconds / size * 1e9)
    yield f"  {'nanoseconds a row':<40}" + "".join(f"{size:>13,}" for size in sizes)
    for name, cost in costs.items():
        yield f"  {name:<40}" + "".join(f"{each:>13.1f}" for each in cost)
    for name, cost in costs.items():
        yield aim(f"{name}: the cost of a row, most rows against fewest", cost[-1] / cost[0], most=1.25)


def memory(rows: int, unknown: float) -> Iterator[str]:
    """The peak of memory of a process that streams a Parquet file."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "organizations.parquet")
        run("write", path, str(rows), str(unknown))
        for way in ("hand", "ours"):
            for what in ("counts", "verdicts"):
                peak, seconds = run(way, what, path)
                yield aim(f"{way}, {what} of {rows:,} organizations, {seconds:.1f} s", peak, most=GIGABYTES, unit="GB")


def run(*arguments: str) -> tuple[float, float]:
    """Peak memory in gigabytes and seconds of a process of its own."""
    command = [sys.executable, "-m", "benchmarks.peers.memory", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    peak, seconds = done.stdout.split()
    return float(peak), float(seconds)
