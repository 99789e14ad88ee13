"""What the commands take: policies, states and a date; and files that they write. The one place with a clock."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import click

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet
    from sopb_rules.states.records import State

_F = TypeVar("_F", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)

#: A file to write a page to, or the standard output.
PAGE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
STDOUT = Path("-")


class Day(click.ParamType):  # type: ignore[type-arg,unused-ignore] # generic in later versions of click
    """A calendar date, written like in a state file."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The date, or a usage error that says what is wrong with it."""
        if isinstance(value, datetime.date):
            return value
        from sopb_rules.states.nodes import Scalar
        from sopb_rules.states.scalars import Mistake, read_date

        date = read_date(Scalar(str(value), plain=True))
        if isinstance(date, Mistake):
            self.fail(f"{date.problem}; expected {date.expected}", param, ctx)
        return date


def policies_option(function: _F) -> _F:
    """``--policies DIR``."""
    text = "The folder of the policy set; the Opinions that come with sopb where it is left out."
    return click.option("--policies", "folder", type=PATH, metavar="DIR", help=text)(function)


def as_of_option(function: _F) -> _F:
    """``--as-of DATE``."""
    text = "The date that `today` means; else the date that the state gives, else today."
    return click.option("--as-of", type=Day(), metavar="DATE", help=text)(function)


def format_option(*formats: str) -> Callable[[_F], _F]:
    """``--format``; the first one is what is printed where it is left out."""
    choice = click.Choice(formats)
    return click.option("--format", "form", type=choice, default=formats[0], show_default=True, help="How to print it.")


@attrs.frozen
class Dated:
    """A date, and where it comes from in a few words."""

    day: datetime.date
    origin: str


def clock() -> datetime.date:
    """Today, by the clock of the machine."""
    return datetime.date.today()  # noqa: DTZ011 - the date where the user is


def now() -> datetime.datetime:
    """The time, by the clock of the machine."""
    return datetime.datetime.now(datetime.UTC)


def date_for(state: State, asked: datetime.date | None) -> Dated:
    """The date of an evaluation: the one asked for, else the state's own, else today."""
    if asked is not None:
        return Dated(asked, "as asked for")
    if state.as_of is not None:
        return Dated(state.as_of, "as the state says")
    return Dated(clock(), "today; the state gives no date")


def load(folder: Path | None) -> PolicySet:
    """The policy set of a folder, or the shipped one."""
    from sopb_rules.loading import load_policies

    return load_policies(folder, cache=True)


@attrs.frozen
class Folder:
    """A folder of policies, and how to call it in a message."""

    path: Path
    called: str


def folder_or_default(folder: Path | None) -> Folder:
    """The folder that is named, else the current one if it has policy files, else the shipped Opinions."""
    if folder is not None:
        return Folder(folder, f"`{folder}`")
    if any(Path().glob("*.policy")):
        return Folder(Path(), "the current folder")
    from sopb_rules.model.files import shipped

    return Folder(shipped(), "the Opinions that come with sopb")


def own_document(policies: PolicySet, folder: Path) -> PolicySet | None:
    """The policies in a folder as they are without measures; None where the folder has only measures.

    The examples and the checks of a document that lies elsewhere are its authors' matter.
    """
    if not policies.model.measures:
        return policies
    from sopb_rules.loading import without_measures
    from sopb_rules.model.files import policy_sources

    alone = len(policy_sources(folder)) < len(policies.model.sources)
    return None if alone else without_measures(policies, cache=True)


def output_json(data: Any) -> None:
    """Print data as JSON, in characters that the output can show."""
    import json
    import sys

    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    click.echo(json.dumps(data, ensure_ascii=encoding != "utf8", indent=2))


def write_page(file: Path, text: str) -> None:
    """Write a page to a file as a whole, or print it; in UTF-8, whatever the output is set to, since pages say that they are.

    Raises:
        OSError: the file cannot be written.
    """
    data = text.encode("utf-8")
    if file == STDOUT:
        click.echo(data, nl=False)
    else:
        from sopb_rules.apps.table_files import complete

        with complete(file) as part:
            part.write_bytes(data)
