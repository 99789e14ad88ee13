"""How long Spark takes for all norms of the Opinions, over three sizes, with one worker and with two.

    python benchmarks/spark.py [--sizes 100000,300000,1000000] [--workers 1,2]

For each number of workers a cluster is started on this machine: a master, and workers that are processes with one core each. What
is timed is the whole of it: the rows read from Parquet in parts, the query made, planned and run, and the verdicts written; once
over few rows before, so that Java is warm.
"""

from __future__ import annotations

import argparse
import datetime
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PARTS = 8
DAY = datetime.date(2026, 11, 1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="100000,300000,1000000")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--measure", nargs=2, metavar=("WORKERS", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    if given.measure:
        print(json.dumps(measure(int(given.measure[0]), Path(given.measure[1]), sizes)))
        return
    folder = Path(tempfile.mkdtemp(prefix="sopb-spark-"))
    try:
        for size in (1000, *sizes):
            make(size, folder)
        found = {workers: asked(workers, folder, given.sizes) for workers in given.workers.split(",")}
    finally:
        shutil.rmtree(folder)
    print("rows        " + "".join(f"{workers + ' worker(s)':>24}" for workers in found))
    for number, size in enumerate(sizes):
        cells = (f"{times[number]:.1f} s {size / times[number]:>9,.0f} rows/s" for times in found.values())
        print(f"{size:<12,}" + "".join(f"{cell:>24}" for cell in cells))


def make(size: int, folder: Path) -> None:
    """A population of a size, in parts."""
    import polars as pl

    file = folder / f"{size}.parquet"
    command = ["sample", "--size", str(size), "--output", str(file), "--as-of", str(DAY), "--quiet"]
    subprocess.run([sys.executable, "-m", "sopb_rules", *command], check=True, stdout=subprocess.DEVNULL)
    frame = pl.read_parquet(file)
    parts = folder / str(size) / "organization"
    parts.mkdir(parents=True)
    for number, part in enumerate(frame.iter_slices(-(-size // PARTS))):
        part.write_parquet(parts / f"part-{number}.parquet")
    file.unlink()


def asked(workers: str, folder: Path, sizes: str) -> list[float]:
    """The seconds for each size, from a process of its own."""
    command = [sys.executable, __file__, "--sizes", sizes, "--measure", workers, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    times: list[float] = json.loads(done.stdout.splitlines()[-1])
    return times


def measure(workers: int, folder: Path, sizes: list[int]) -> list[float]:
    from pyspark.sql import SparkSession

    from sopb_rules import load_policies
    from sopb_rules.population.spark import evaluate_folder

    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.executor.memory": "2g",
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",  # begin when all workers are there
        "spark.sql.shuffle.partitions": str(workers),
        "spark.ui.enabled": "false",
    }
    with cluster(workers, folder) as address:
        builder = SparkSession.builder.master(address)
        for key, value in settings.items():
            builder = builder.config(key, value)
        session, policies, times = builder.getOrCreate(), load_policies(), []
        for size in (1000, *sizes):
            begin, output = time.perf_counter(), folder / f"{size}-{workers}"
            evaluate_folder(policies, str(folder / str(size)), DAY, session=session).write(str(output))
            times.append(time.perf_counter() - begin)
            shutil.rmtree(output)
        session.stop()
    return times[1:]


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[str]:
    """The address of a master with so many workers, each a process with one core."""
    import pyspark

    command = Path(pyspark.__file__).parent / "bin" / "spark-class"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"spark://127.0.0.1:{port}"
    names = ["--host", "127.0.0.1", "--webui-port", "0"]
    started = [[command, "org.apache.spark.deploy.master.Master", *names, "--port", port]]
    worker = [command, "org.apache.spark.deploy.worker.Worker", *names, "--cores", "1", "--memory", "3g"]
    started += [[*worker, "--work-dir", folder / f"worker-{number}", address] for number in range(workers)]
    quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen(list(map(str, each)), **quiet) for each in started]
    try:
        yield address
    finally:
        for each in processes:
            each.terminate()
        for each in processes:
            each.wait()


if __name__ == "__main__":
    main()
