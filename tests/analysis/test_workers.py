"""Jobs in processes that hang, die or raise: each costs its own result and no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sopb_rules.analysis import workers
from sopb_rules.analysis.workers import End, Outcome, in_order
from sopb_rules.diagnostics import Code, RulesError
from tests.analysis import standins


def running(process: int) -> bool:
    """Whether a process is there, and no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_outcomes_come_in_the_order_of_the_jobs() -> None:
    outcomes = list(in_order(standins.waits, None, [0.3, 0.0, 0.0, 0.0], 60, 2))
    assert {outcome.end for outcome in outcomes} == {End.DONE}
    slow, *quick = [outcome.results for outcome in outcomes]
    assert len(set(quick)) == 1, "the other process does them while the first is at the slow one"
    assert slow not in quick


def test_no_job_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(workers, "_SPAWN")
    assert list(in_order(standins.process_id, None, [], 60, 2)) == []


def test_the_time_of_a_job_does_not_run_while_nobody_asks() -> None:
    outcomes = in_order(standins.waits, None, [0.0, 1.5], 2.0, 2)
    next(outcomes)
    time.sleep(2.5)
    assert next(outcomes).end is End.DONE


def test_processes_are_gone_when_the_iteration_is_left() -> None:
    outcomes = in_order(standins.waits, None, [0.0, 600.0, 600.0], 1000, 2)
    ((process,),) = [next(outcomes).results]
    assert running(process)
    outcomes.close()  # type: ignore[attr-defined]
    assert not running(process)


INTERRUPTED = """
import os, signal, threading
from sopb_rules.analysis.workers import in_order
from tests.analysis import standins

if __name__ == "__main__":
    outcomes = in_order(standins.waits, None, [0.0, 0.0, 600.0, 600.0], 1000, 2)
    try:
        print(*next(outcomes).results, *next(outcomes).results, flush=True)
        threading.Timer(0.5, lambda: os.killpg(0, signal.SIGINT)).start()
        next(outcomes)
    except KeyboardInterrupt:
        print("interrupted")
"""


def test_an_interrupt_leaves_no_process_and_no_traceback(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(INTERRUPTED)
    root = str(Path(__file__).parents[2])
    ran = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=60, start_new_session=True, check=False,
        env={**os.environ, "PYTHONPATH": root},
    )  # fmt: skip
    first, second = ran.stdout.split("\n", 1)
    assert (second, ran.stderr, ran.returncode) == ("interrupted\n", "", 0)
    assert not any(running(int(process)) for process in first.split())


def test_processes_that_cannot_start_are_told_once() -> None:
    with pytest.raises(RulesError) as caught:
        list(in_order(standins.process_id, standins.Unreadable(), [1, 2], 60, 1))
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code is Code.BAD_USAGE
    assert "__main__" in diagnostic.help


def test_a_process_that_takes_too_long_to_start_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "STARTING", 0.0)
    with pytest.raises(RulesError, match="cannot be started"):
        list(in_order(standins.process_id, None, [1], 60, 1))


def test_a_process_that_is_killed_from_outside_is_replaced() -> None:
    outcomes = in_order(standins.waits, None, [0.0, 600.0, 0.0], 1000, 1)
    ((process,),) = [next(outcomes).results]
    os.kill(process, signal.SIGKILL)
    died, done = outcomes
    assert (died.end, done.end) == (End.DIED, End.DONE)
    assert done.results != (process,)


def test_without_masks_of_signals_all_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("signal.pthread_sigmask")
    assert list(in_order(standins.loaded, None, ["sopb_rules.analysis.workers", "z3"], 60, 1)) == [
        Outcome((True,), End.DONE),
        Outcome((False,), End.DONE),
    ]
