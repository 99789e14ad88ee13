"""`sopb sql`: norms as views in a database."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopb_rules.apps.inputs import PATH, Day, clock, load, policies_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopb_rules.population.layout import Layout

#: The dialects of `sopb_rules.population.dialects`, named here so that --help needs no sqlglot.
DIALECTS = ("duckdb", "postgres", "spark")


class Called(click.ParamType):  # type: ignore[type-arg,unused-ignore] # generic in later versions of click
    """``NAME=TABLE``."""

    name = "name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The name in the layout, and what the database calls it."""
        name, sign, called = value.partition("=")
        if not (name and sign and called):
            self.fail(f"`{value}` is not of the form NAME=TABLE", param, ctx)
        return name, called


@click.command("sql", short_help="Print views that evaluate norms in a database.")
@policies_option
@click.option("--dialect", type=click.Choice(DIALECTS), required=True, help="The database that it is for.")
@click.option("--as-of", type=Day(), metavar="DATE", help="The date that `today` means; else today.")
@click.option(
    "--table",
    "tables",
    type=Called(),
    multiple=True,
    metavar="NAME=TABLE",
    help="What the table NAME is called in the database; repeatable.",
)
@click.option(
    "--columns",
    type=PATH,
    metavar="FILE",
    help="A CSV file with the columns table_name and column_name: which there are. Else all that there may be.",
)
@click.option("--only", multiple=True, metavar="ID", help="Only this norm or decision; repeatable.")
def command(
    folder: Path | None,
    dialect: str,
    as_of: datetime.date | None,
    tables: tuple[tuple[str, str], ...],
    columns: Path | None,
    only: tuple[str, ...],
) -> None:
    """Print a view for each table with subjects of norms: a row for each subject, a column for each norm.

    The words are those of `sopb evaluate`. `today` is one day, that of --as-of, also when the view is asked later.

    The columns of the database's tables are named as for tables in files: party_organization.form. A column that is missing in FILE
    is unknown in each row; such a file is what a database tells of itself in information_schema.columns.
    """
    from sopb_rules.extras import check_sql

    check_sql()
    policies = load(folder)
    day = as_of or clock()
    from sopb_rules.population import sql
    from sopb_rules.population.given import Given
    from sopb_rules.population.layout import layout
    from sopb_rules.population.translate import program
    from sopb_rules.version import VERSION

    for name in only:
        if name not in policies.model.decisions:
            policies.norm(name)
    tables_of = layout(policies.model.vocabulary, policies.model.judgement_keys)
    held = None if columns is None else read_columns(columns, tables_of, dict(tables))
    given = Given.of(tables_of, sql.dialect_of(dialect), held, dict(tables))
    made = program(policies.model, day, given.readable(), only or None)
    views = [sql.text(sql.view(table, sql.query(made, table, given)), given.dialect) for table in made.tables]
    if not views:
        raise click.UsageError("no norm that is asked for has subjects in these tables")
    click.echo(f"-- written by sopb {VERSION} for {dialect}; today is {day}\n")
    click.echo("\n\n".join(f"{view};" for view in views))


def read_columns(file: Path, layout: Layout, called: Mapping[str, str]) -> dict[str, list[str]]:
    """Which columns the tables of a layout have, by a file that tells the columns of tables; other tables in it are left aside.

    Raises:
        RulesError: the file is not of that form.
    """
    import csv

    from sopb_rules.diagnostics import Code, Diagnostic, RulesError

    names = {_last(called[name]) if name in called else name: name for name in layout.tables}
    found: dict[str, list[str]] = {}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if not {"table_name", "column_name"} <= set(rows.fieldnames or ()):
            message = f"`{file}` has no columns table_name and column_name"
            help = "SELECT table_name, column_name FROM information_schema.columns"
            raise RulesError([Diagnostic(Code.FILE_UNREADABLE, message, file=str(file), help=help)])
        for row in rows:
            if row["table_name"] in names:
                found.setdefault(names[row["table_name"]], []).append(row["column_name"])
    return found


def _last(called: str) -> str:
    """The name of a table without that of its schema."""
    name = called.strip()
    if name[-1] in ('"', "`"):
        return name[:-1].rpartition(name[-1])[2]
    return name.rpartition(".")[2]
