"""What the processes call in tests in the place of the solver."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

from sopb_rules.analysis.questions import Answer, Question, Status


def answer(setting: Any, question: Question) -> Iterator[Answer]:
    """Does what the last id of the question says, after an answer where it says `partly`."""
    *_, what = question.ids
    if what.startswith("partly "):
        yield Answer(question, Status.FOUND)
    match what.removeprefix("partly "):
        case "hangs":
            time.sleep(600)
        case "is killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "raises":
            raise ValueError("out of\nmemory")
        case "leaves":
            os._exit(3)
        case "is slow":
            time.sleep(0.3)
    yield Answer(question, Status.CLEAR)


def process_id(setting: Any, job: int) -> Iterator[int]:
    """Says which process does the job."""
    yield os.getpid()


def waits(setting: Any, job: float) -> Iterator[int]:
    """Says which process does the job, and then takes its time."""
    yield os.getpid()
    time.sleep(job)


def loaded(setting: Any, job: str) -> Iterator[bool]:
    """Whether a module is loaded where jobs are done."""
    yield job in sys.modules


class Unreadable:
    """Cannot be read in another process, so that none can start."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _leave, ()


def _leave() -> None:
    os._exit(4)
