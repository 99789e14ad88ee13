"""Doing something again whenever a file in a folder changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

#: How often the files are looked at, in seconds.
INTERVAL = 0.1
#: What may say something about policies: the files themselves, and how they are checked.
_PATTERNS = ("*.policy", "*.toml")


def whenever_changed(folder: Path, act: Callable[[], None]) -> None:
    """Act once, and again after each change of a file, until the user interrupts."""
    seen = None
    try:
        while True:
            if (now := _seen(folder)) != seen:
                seen = now
                act()
            time.sleep(INTERVAL)
    except KeyboardInterrupt:
        return


def _seen(folder: Path) -> frozenset[tuple[str, int, int]]:
    """What changes when a file is written, is new or is gone."""
    found = set()
    for file in (folder,) if folder.is_file() else (each for pattern in _PATTERNS for each in folder.rglob(pattern)):
        try:
            status = file.stat()
        except OSError:  # gone in this moment
            continue
        found.add((str(file), status.st_mtime_ns, status.st_size))
    return frozenset(found)
