"""Ended in the middle of writing, commands leave nothing behind that is half written, and say nothing of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from sopb_rules.apps.table_files import write_table

ENDS = [(signal.SIGINT, 130), (signal.SIGTERM, 143)]


@pytest.mark.parametrize(("signal_", "status"), ENDS)
def test_verdicts_that_are_half_written_are_gone(tmp_path: Path, signal_: int, status: int) -> None:
    file = tmp_path / "organization.parquet"
    pl.select(id=pl.int_range(20_000).cast(pl.String), formal_members=3).write_parquet(file)
    # What is written goes into a pipe that is not emptied, so that the program stands still in the middle of it.
    part = tmp_path / "out.csv.part"
    os.mkfifo(part)
    command = ["evaluate", str(file), "--only", "8.1", "--output", str(tmp_path / "out.csv"), "--as-of", "2026-11-01"]
    started = subprocess.Popen(
        [sys.executable, "-m", "sopb_rules", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with part.open("rb") as pipe:  # which waits for the writer
        assert pipe.read(10) == b"id,8.1\n0,u"
        started.send_signal(signal_)
        pipe.read()  # until it is closed
        said, told = started.communicate(timeout=60)
    assert (started.returncode, said, told.strip()) == (status, "", "")
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("suffix", ["parquet", "arrow", "csv"])
@pytest.mark.parametrize(("signal_", "status"), ENDS)
def test_the_end_is_heard_before_all_is_written(tmp_path: Path, suffix: str, signal_: int, status: int) -> None:
    asked = 0

    def pieces() -> Iterator[pl.DataFrame]:
        nonlocal asked
        for asked in range(2000):
            if asked == 2:
                os.kill(os.getpid(), signal_)
            if asked > 2:
                time.sleep(0.01)
            yield pl.DataFrame({"id": ["a"] * 1000})

    file = tmp_path / f"out.{suffix}"
    before = [signal.getsignal(each) for each, _ in ENDS]
    with pytest.raises((KeyboardInterrupt, SystemExit)) as end:
        write_table(file, pl.Schema({"id": pl.String()}), pieces())
    assert isinstance(end.value, KeyboardInterrupt if status == 130 else SystemExit)
    assert status == 130 or end.value.args == (status,)
    assert asked < 1999
    assert [signal.getsignal(each) for each, _ in ENDS] == before
    assert not list(tmp_path.iterdir())
