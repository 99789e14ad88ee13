"""A bar on the terminal while something long goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
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
