"""`sopb sample`: populations that are made up, to try policies on."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sopb_rules.apps.inputs import PATH, Day, clock, load, policies_option
from sopb_rules.apps.progress import tracked
from sopb_rules.apps.table_evaluation import check_folder
from sopb_rules.apps.table_files import CSV, PARQUET, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from sopb_rules.population.sample import Sample


class Share(click.ParamType):  # type: ignore[type-arg,unused-ignore] # generic in later versions of click
    """A share, written like in a state file."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The share, or a usage error that says what is wrong with it."""
        from sopb_rules.model.vocabulary import Percent
        from sopb_rules.states.nodes import Scalar
        from sopb_rules.states.scalars import read_scalar

        share = read_scalar(Percent(), Scalar(str(value), plain=True), None)
        if not isinstance(share, Decimal) or share > 1:
            self.fail(f"`{value}` is no share from 0% to 100%", param, ctx)
        return float(share)


@click.command("sample", short_help="Make up a population, to try policies on many organizations.")
@policies_option
@click.option(
    "--size", type=click.IntRange(min=0), required=True, metavar="N", help="How many rows the main table has."
)
@click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="The same seed gives the same rows.")
@click.option(
    "--output",
    type=PATH,
    metavar="PATH",
    help="A .parquet or .csv file, or a folder for all tables.  [default: ENTITY.parquet]",
)
@click.option("--csv", "csv", is_flag=True, help="Write the tables of a folder as CSV.")
@click.option("--entity", metavar="NAME", help="What the main table is about; else the entity with the most facts.")
@click.option("--only", multiple=True, metavar="ID", help="Only facts that this norm or decision reads; repeatable.")
@click.option(
    "--unknown",
    type=Share(),
    default="10%",
    show_default=True,
    metavar="SHARE",
    help="How many of the facts are unknown.",
)
@click.option("--as-of", type=Day(), metavar="DATE", help="The day around which dates lie; else today.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(
    folder: Path | None,
    size: int,
    seed: int,
    output: Path | None,
    csv: bool,
    entity: str | None,
    only: tuple[str, ...],
    unknown: float,
    as_of: datetime.date | None,
    quiet: bool,
) -> None:
    """Make up organizations that are plausible and valid, and write them as tables.

    Values lie around the numbers and dates that norms compare with, so that verdicts of all sorts occur. The rows follow from
    the seed, the size, the date and the policies alone.

    A .parquet file holds the main table with its lists inside, a .csv file the main table without its lists. In a folder there
    is a file for each table, also for what is referred to; norms that read regions need these.
    """
    from sopb_rules.extras import check_tables

    check_tables()
    from sopb_rules.population.sample import Sample

    day = as_of or clock()
    made = Sample.of(load(folder), size, seed, as_of=day, entity=entity, unknown=unknown, only=only or None)
    target = output if output is not None else Path(f"{made.main}{PARQUET}")
    single = target.suffix.lower() in (PARQUET, CSV) and not target.is_dir()
    if csv and single:
        raise click.UsageError("--csv is about the tables of a folder: name a folder with --output")
    if not single:
        check_folder(target, (PARQUET, CSV))
    files = {target: made.main} if single else _folder(made, target, CSV if csv else PARQUET)
    written = {file: _write(made, table, file, single, quiet) for file, table in files.items()}
    for file, rows in written.items():
        click.echo(f"{file}: {rows:,} rows")
    click.echo(f"made up with seed {seed}, as of {day}")


def _folder(made: Sample, folder: Path, suffix: str) -> dict[Path, str]:
    """The file of each table."""
    folder.mkdir(parents=True, exist_ok=True)
    return {folder / f"{name}{suffix}": name for name in made.tables}


def _write(made: Sample, table: str, file: Path, single: bool, quiet: bool) -> int:
    """Write a table, and tell how many rows it has."""
    inside = single and file.suffix.lower() == PARQUET
    count = 0

    def counted() -> Iterator[pl.DataFrame]:
        nonlocal count
        pieces = made.nested_pieces(table) if inside else made.pieces(table)
        for piece in tracked(pieces, table, made.piece_count(table), quiet):
            count += piece.height
            yield piece

    schema = made.nested_schema(table) if inside else made.schema(table)
    write_table(file, schema, counted(), made.columns(table))
    return count
