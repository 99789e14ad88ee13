"""The options of `sopb evaluate` that are about tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import attrs
import click

from sopb_rules.apps.inputs import PATH

_F = TypeVar("_F", bound=Callable[..., Any])


class NamedTable(click.ParamType):  # type: ignore[type-arg,unused-ignore] # generic in later versions of click
    """A table with its name."""

    name = "table"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        """The name and the file, or a usage error that says how to write them."""
        if isinstance(value, tuple):
            return value
        name, sign, file = str(value).partition("=")
        if not (name and sign and file):
            self.fail(
                f"`{value}` names no table; expected NAME=FILE, as in organization.changes=changes.parquet", param, ctx
            )
        return name, Path(file)


@attrs.frozen
class TableOptions:
    """What is asked of tables."""

    named: tuple[tuple[str, Path], ...]
    output: Path | None
    counts: bool
    only_action: bool
    bad_rows: str
    missing: bool
    chart: Path | None
    missing_chart: Path | None
    engine: str | None
    quiet: bool
    html: Path | None

    @property
    def beside_output(self) -> bool:
        """Whether more is asked than where verdicts are written."""
        charts = (self.chart, self.missing_chart)
        return any((self.named, self.counts, self.only_action, self.bad_rows != "error", self.missing, *charts))

    def refuse(self) -> None:
        """Tell somebody who asks this of a state.

        Raises:
            click.UsageError: something is asked.
        """
        if self.output or self.beside_output:
            options = "--table, --output, --counts, --only-action, --bad-rows, --missing, --chart and --missing-chart"
            raise click.UsageError(f"{options} are about tables, and none is given: .parquet, .csv or .arrow files")


def tables_options(function: _F) -> _F:
    """All of them."""
    options = (
        click.option(
            "--table", "named", type=NamedTable(), multiple=True, metavar="NAME=FILE",
            help="A further table: `organization.changes=changes.parquet`. Repeatable.",
        ),
        click.option(
            "--output", type=PATH, metavar="PATH",
            help="Tables: write the verdicts to a .parquet, .csv or .arrow file, or to a folder with a file by table.",
        ),
        click.option("--counts", is_flag=True, help="Tables: print the counts also where --output is given."),
        click.option("--only-action", is_flag=True, help="Tables: write only rows in which somebody has to act."),
        click.option(
            "--bad-rows", type=click.Choice(["error", "skip"]), default="error", show_default=True,
            help="Tables: whether wrong rows are a mistake, or are left out.",
        ),
        click.option("--missing", is_flag=True, help="Tables: print the unknown facts on which most verdicts hinge."),
        click.option(
            "--chart", type=PATH, metavar="FILE",
            help="Tables: draw how many come to which verdict by norm, as .svg or .png.",
        ),
        click.option(
            "--missing-chart", type=PATH, metavar="FILE",
            help="Tables: draw the unknown facts on which most verdicts hinge, as .svg or .png.",
        ),
        click.option(
            "--engine", type=click.Choice(["spark"]),
            help="A folder of Parquet files: evaluated by Spark, on its workers, and written to a folder.",
        ),
        click.option("--quiet", is_flag=True, help="Tables: no progress bar."),
    )  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function
