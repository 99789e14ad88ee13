"""A bar on the terminal while something long goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


def tracked(found: Iterable[T], doing: str, total: int | None, quiet: bool) -> Iterator[T]:
    """What is found as it comes, with a bar where somebody looks at a terminal.

    Args:
        doing: what goes on, as the bar says it.
        total: how much will be found; None where nobody knows.
        quiet: no bar.
    """
    if quiet or not sys.stderr.isatty():
        yield from found
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(found, doing, total=total, console=Console(stderr=True), transient=True)


@contextmanager
def bar(doing: str, total: int | None, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar that is told how much was done, where somebody looks at a terminal.

    Args:
        total: how much there is to do; None where nobody knows.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(doing, total=total)
        yield lambda done: progress.advance(task, done)
