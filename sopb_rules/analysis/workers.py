"""Jobs done by processes that may hang or die: each job has its time, and a process that does not keep it is replaced.

`concurrent.futures` gives up all jobs where one process dies, so the processes are our own: each has a pipe, gets one job at a
time and sends each result as soon as it has it. Processes are started anew (“spawn”), which is slower than forking and safe
where the program has threads.
"""

from __future__ import annotations

import contextlib
import enum
import multiprocessing
import pickle
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError

_SPAWN = multiprocessing.get_context("spawn")

#: How many processes in a row may fail to start.
FAILED_STARTS = 3
#: How many seconds a process has to start, on a machine that is busy.
STARTING = 120.0
#: After how many seconds at most a request to end the program is heard.
PULSE = 0.5

J = TypeVar("J")
R = TypeVar("R")


class End(enum.Enum):
    """How the work at a job ended: it was done, it raised an exception, its time was up, or its process died."""

    DONE = "done"
    RAISED = "raised"
    LATE = "late"
    DIED = "died"


@attrs.frozen
class Outcome(Generic[R]):
    """What came of a job.

    Args:
        results: also those that came before it ended badly.
        told: the exception, in a line.
    """

    results: tuple[R, ...]
    end: End
    told: str = ""


def in_order(
    work: Callable[[Any, J], Iterator[R]], setting: Any, jobs: Sequence[J], limit: float, processes: int
) -> Iterator[Outcome[R]]:
    """What came of each job, in the order of the jobs, as soon as it and all before it have ended.

    No process is left behind, however the iteration ends.

    Args:
        work: what is called in the processes for each job; found there by its name.
        setting: the first argument of `work`, which every process gets once.
        limit: the seconds after which a job is given up. The time in which nobody asks for the next outcome does not count.

    Raises:
        RulesError: the processes cannot be started.
    """
    crew = _Crew(work, setting, jobs, limit)
    try:
        crew.hire(min(processes, len(jobs)))
        for index in range(len(jobs)):
            while index not in crew.ended:
                crew.step()
            outcome = crew.ended.pop(index)
            left = time.monotonic()
            yield outcome
            crew.pause(time.monotonic() - left)
    finally:
        crew.dismiss()


@attrs.define(eq=False)
class _Worker(Generic[R]):
    """A process, and what it is at.

    Args:
        job: the index of its job; None while it starts or where nothing is left to do.
        until: when its time is up.
    """

    process: Any
    pipe: Connection
    until: float
    ready: bool = False
    job: int | None = None
    results: list[R] = attrs.field(factory=list)


class _Crew(Generic[J, R]):
    """The processes that share the jobs.

    Attributes:
        ended: by the index of the job, what came of those that have ended.
    """

    def __init__(self, work: Callable[[Any, J], Iterator[R]], setting: Any, jobs: Sequence[J], limit: float) -> None:
        self.ended: dict[int, Outcome[R]] = {}
        self._task = pickle.dumps((work, setting), pickle.HIGHEST_PROTOCOL)
        self._jobs = jobs
        self._limit = limit
        self._next = 0
        self._workers: list[_Worker[R]] = []
        self._failed = 0

    def hire(self, count: int) -> None:
        """Start some processes."""
        for _ in range(count):
            ours, theirs = _SPAWN.Pipe()
            process = _SPAWN.Process(target=_serve, args=(self._task, theirs), daemon=True)
            with _interrupts_held_back():
                process.start()
                self._workers.append(_Worker(process, ours, time.monotonic() + STARTING))
            theirs.close()  # so that the pipe ends when the process does

    def step(self) -> None:
        """Wait until something happens, and see to it."""
        until = min(each.until for each in self._workers if each.job is not None or not each.ready)
        # A signal may come to another thread, which does not wake this one.
        wait([each.pipe for each in self._workers], min(PULSE, max(0.0, until - time.monotonic())))
        for worker in list(self._workers):
            self._listen(worker)

    def pause(self, seconds: float) -> None:
        """Give everybody more time."""
        for worker in self._workers:
            worker.until += seconds

    def dismiss(self) -> None:
        """End all processes, whatever they are at."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def _listen(self, worker: _Worker[R]) -> None:
        """Take what a process has sent; replace it if it has died or its time is up."""
        try:
            while worker.pipe.poll():
                self._take(worker, *worker.pipe.recv())
        except (EOFError, OSError):
            self._replace(worker, End.DIED)
            return
        if (worker.job is not None or not worker.ready) and time.monotonic() >= worker.until:
            self._replace(worker, End.LATE)

    def _take(self, worker: _Worker[R], said: str, what: Any) -> None:
        if said == "result":
            worker.results.append(what)
            return
        if said == "ready":
            worker.ready, self._failed = True, 0
        else:
            self._end(worker, End(said), what)
        self._employ(worker)

    def _end(self, worker: _Worker[R], end: End, told: str = "") -> None:
        if worker.job is not None:
            self.ended[worker.job] = Outcome(tuple(worker.results), end, told)
        worker.job, worker.results = None, []

    def _employ(self, worker: _Worker[R]) -> None:
        if self._next < len(self._jobs):
            worker.job, worker.until = self._next, time.monotonic() + self._limit
            self._next += 1
            with contextlib.suppress(OSError):  # that it has died is noticed when it is listened to
                worker.pipe.send(self._jobs[worker.job])

    def _replace(self, worker: _Worker[R], end: End) -> None:
        """End a process, and start another if there is still something to do."""
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        if not worker.ready:
            self._failed += 1
        self._end(worker, end)
        if self._failed >= FAILED_STARTS:
            message = "the processes that search cannot be started"
            help = "a script that searches must do so below `if __name__ == '__main__':`"
            raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])
        if self._next < len(self._jobs):
            self.hire(1)


@contextlib.contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """What is started meanwhile never notices Ctrl-C, which is for the program to answer; here it is answered afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ---- what runs in the other processes -----------------------------------------------------------------------


def _serve(task: bytes, pipe: Connection) -> None:
    """Do one job after the other, until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work, setting = pickle.loads(task)  # noqa: S301 - from the process that started this one
    with contextlib.suppress(EOFError, OSError):  # who asked has gone
        pipe.send(("ready", None))
        while True:
            job = pipe.recv()
            try:
                for result in work(setting, job):
                    pipe.send(("result", result))
            except Exception as error:  # noqa: BLE001 - whatever it is, the next job may do better
                pipe.send((End.RAISED.value, " ".join(f"{type(error).__name__}: {error}".split())[:300]))
            else:
                pipe.send((End.DONE.value, ""))
