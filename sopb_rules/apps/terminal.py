"""Reading what a person types, or what a script sends in its place."""

from __future__ import annotations

import contextlib
import sys

from sopb_rules.apps.text.page import Page
from sopb_rules.apps.visible import visible


class Left(Exception):  # noqa: N818 - it is no error
    """The person has gone: the input has ended, or was interrupted.

    Attributes:
        interrupted: whether it was interrupted, as by Ctrl-C.
    """

    def __init__(self, interrupted: bool) -> None:
        super().__init__("the input has ended")
        self.interrupted = interrupted


def read_any_encoding() -> None:
    """Let what comes in another encoding show as a sign of its own instead of failing; before the first line is read."""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")


def read_line(page: Page, prompt: str) -> str:
    """The next line of the input, without spaces around it.

    Where the input is no terminal, what was read is shown, so that the output reads like a conversation.

    Raises:
        Left: there is none.
    """
    try:
        if sys.stdin.isatty():
            return _typed(prompt)
        line = sys.stdin.readline()
    except EOFError:
        raise Left(interrupted=False) from None
    except KeyboardInterrupt:
        raise Left(interrupted=True) from None
    if not line:
        page.verbatim(prompt)
        raise Left(interrupted=False)
    page.verbatim(f"{prompt}{line.strip()}")
    return visible(line.strip())


def _typed(prompt: str) -> str:
    """A line from a terminal, with the editing keys that the system offers."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - `input` uses it where it is there
    return visible(input(prompt).strip())
