"""A process of its own, which evaluates the organizations in a Parquet file and tells its peak of memory and its time.

python -m benchmarks.peers.memory write FILE ROWS UNKNOWN
python -m benchmarks.peers.memory {hand,ours} {counts,verdicts} FILE
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path


def peak() -> float:
    """The peak of memory of this process in gigabytes.

    Linux also counts in `ru_maxrss` what the process was started from, so that its own mark is read where there is one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        mark = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
        return int(mark.split()[1]) / 1024**2
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024**3


def by_hand(what: str, path: Path) -> None:
    import polars as pl

    from benchmarks.peers import polars_peer

    if what == "counts":
        polars_peer.counts(pl.scan_parquet(path)).collect(engine="streaming")
    else:
        polars_peer.verdicts(pl.scan_parquet(path)).sink_parquet(path.with_suffix(".hand"))


def by_package(what: str, path: Path) -> None:
    from benchmarks.peers import ours

    if what == "counts":
        ours.table_counts(path)
    else:
        ours.write_verdicts(path, path.with_suffix(".ours"))


def main(first: str, second: str, *others: str) -> None:
    start = time.perf_counter()
    if first == "write":
        from benchmarks.peers.facts import population

        population(int(others[0]), float(others[1])).write_parquet(second)
    else:
        (by_hand if first == "hand" else by_package)(second, Path(others[0]))
    print(peak(), time.perf_counter() - start)


if __name__ == "__main__":
    main(*sys.argv[1:])
