"""The six norms of `policies/` by this package, by other engines, and by hand: first equal, then timed.

pip install -e . -r benchmarks/peers/requirements.txt
python -m benchmarks.peers --check
python -m benchmarks.peers --rows 1000000
python -m benchmarks.peers --full
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

SECTIONS = ("latency", "throughput", "against", "reading", "flat", "memory")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="only see that all come to the same verdicts")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the tables (default: 1,000,000)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed; the median counts")
    parser.add_argument("--unknown", type=float, default=0.15, help="the share of unknown facts, where there are any")
    parser.add_argument("--only", choices=SECTIONS, nargs="+", default=SECTIONS, help="only these sections")
    parser.add_argument("--full", action="store_true", help="up to 10,000,000 rows for `flat` and `memory`")
    return parser.parse_args()


def show(title: str, lines: Iterable[str]) -> None:
    """A section, each line as soon as it is there."""
    print(f"\n{title}", flush=True)
    for line in lines:
        print(line, flush=True)


def main() -> int:
    """Check, then measure."""
    given = options()
    try:
        from benchmarks.peers import measure
        from benchmarks.peers.all_peers import PEERS
        from benchmarks.peers.check import DifferenceError, check
    except ModuleNotFoundError as error:
        print(f"{error.name} is missing: pip install -e . -r benchmarks/peers/requirements.txt", file=sys.stderr)
        return 2
    try:
        show("equal verdicts", check(PEERS, 20_000, given.unknown))
    except DifferenceError as error:
        print(error, file=sys.stderr)
        return 1
    if given.check:
        return 0
    most = 10_000_000 if given.full else given.rows
    sizes = [size for size in (10_000, 100_000, 1_000_000) if size < most] + [most]
    about = (given.unknown, given.rounds)
    sections = {
        "latency": ("one organization", lambda: measure.latency(PEERS, given.rounds)),
        "throughput": ("tables", lambda: measure.throughput(PEERS, given.rows, given.unknown, given.rounds)),
        "against": ("tables, in pairs", lambda: measure.against(given.rows, given.unknown, given.rounds)),
        "reading": ("against reading the facts once", lambda: measure.reading(given.rows, *about)),
        "flat": ("the cost of a row", lambda: measure.flat(sizes, *about)),
        "memory": ("peak memory, streaming from Parquet", lambda: measure.memory(most, given.unknown)),
    }
    for name in given.only:
        title, lines = sections[name]
        show(title, lines())
    return 0


if __name__ == "__main__":
    sys.exit(main())
