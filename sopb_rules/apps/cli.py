"""The command `sopb`: its commands by name, and what reaches a user when one of them cannot go on.

Exit status: 0 fine, 1 found something (a breach, a mistake in a policy, a failed example, an unformatted file), 2 could
not run (bad usage, or input that cannot be read or is wrong).
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import click

from sopb_rules.apps.groups import Suggesting
from sopb_rules.diagnostics import RulesError

#: The commands, each the attribute `command` of the module of that name in `sopb_rules.apps.commands`.
COMMANDS = (
    "analyze",
    "article",
    "audit",
    "check",
    "diff",
    "evaluate",
    "examples",
    "explain",
    "facts",
    "fmt",
    "hook",
    "impact",
    "interview",
    "mutate",
    "new",
    "replay",
    "sample",
    "sql",
    "test",
)

COULD_NOT_RUN = 2
INTERRUPTED = 130  # as shells report a program that ended on Ctrl-C,
BROKEN_PIPE = 141  # and one whose reader went away


class Commands(Suggesting):
    """Imports a command when it is asked for, and turns every exception into one clear message and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"sopb_rules.apps.commands.{name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a reader that goes away in the middle of the output is no mistake."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            _forget_output()
            ctx.exit(BROKEN_PIPE)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line and leave with its exit status."""
        extra["standalone_mode"] = False  # click would tell of exceptions in other words
        sys.exit(self._status(*args, **extra))

    def _status(self, *args: Any, **extra: Any) -> int:
        try:
            result = super().main(*args, **extra)
            return result if isinstance(result, int) else 0
        except click.ClickException as error:
            error.show()
            return COULD_NOT_RUN
        except click.Abort:
            return INTERRUPTED
        except RulesError as error:
            from sopb_rules.apps.diagnostics_output import print_text

            print_text(error.diagnostics, sys.stderr)
            return COULD_NOT_RUN
        except OSError as error:
            name = f": {error.filename}" if error.filename else ""
            click.echo(f"sopb: the system refused{name}: {error.strerror or error}", err=True)
            return COULD_NOT_RUN
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a bug of ours
            return _report_bug(error)


def _report_bug(error: Exception) -> int:
    """One line that says whose mistake it is; the traceback only where it is asked for."""
    if os.environ.get("SOPB_DEBUG") == "1":
        import traceback

        traceback.print_exc()
    told = " ".join(f"{type(error).__name__}: {error}".split())[:500]
    message = f"sopb: this is a bug in sopb and not a mistake of yours: {told} (SOPB_DEBUG=1 shows the traceback)"
    click.echo(message, err=True)
    return COULD_NOT_RUN


def _forget_output() -> None:
    """Let what is still to be written vanish, so that closing the output raises nothing at the end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # an output that is no file, as in tests
        sys.stdout = io.StringIO()


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 fine, 1 found something (a breach, a mistake, a failed example), 2 could not run.",
)
@click.version_option(package_name="sopb-rules", prog_name="sopb")
def sopb() -> None:
    """Rules as code: policies as plain text, evaluated against the states of organizations."""


def main(arguments: Iterable[str] | None = None) -> None:
    """The entry point of `sopb` and of `python -m sopb_rules`."""
    gc.set_threshold(200_000)  # a run is short, and looking for garbage at every step takes a tenth of its time
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an output that lacks a character shows `?` instead of failing
            stream.reconfigure(errors="replace")
    sopb.main(args=list(arguments) if arguments is not None else None, prog_name="sopb")
