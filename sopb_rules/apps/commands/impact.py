"""`sopb impact`: what another version of policies changes for a population."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sopb_rules.apps.inputs import PAGE, PATH, STDOUT, as_of_option, clock, format_option, output_json, write_page
from sopb_rules.apps.table_options import NamedTable

if TYPE_CHECKING:
    from sopb_rules.impact import Impact


@click.command("impact", short_help="Tell whose verdicts another version of policies changes.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.argument("table", type=PATH, metavar="TABLE")
@click.option(
    "--table", "more", type=NamedTable(), multiple=True, metavar="NAME=FILE",
    help="One more table: of a list (`organization.changes`), or of another entity (`region`). Repeatable.",
)  # fmt: skip
@click.option("--policies", "folder", type=PATH, metavar="DIR", help="Where the policies of a revision lie.")
@as_of_option
@click.option(
    "--by", multiple=True, metavar="FACT", help="Count also for each value of FACT (`kind`, `level`). Repeatable."
)
@click.option("--only", multiple=True, metavar="ID", help="Only this norm or decision of NEW; repeatable.")
@click.option(
    "--bad-rows",
    type=click.Choice(["error", "skip"]),
    default="error",
    show_default=True,
    help="What is done about rows that are wrong.",
)
@click.option("--output", type=PATH, metavar="FILE", help="Write the rows that change: .parquet, .csv or .arrow.")
@click.option("--chart", type=PATH, metavar="FILE", help="Draw who changes by norm, as .svg or .png.")
@click.option(
    "--html", type=PAGE, metavar="FILE", help="Write it as a page for browsers, too; `-` prints only the page."
)
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    old: str,
    new: str,
    table: Path,
    more: tuple[tuple[str, Path], ...],
    folder: Path | None,
    as_of: datetime.date | None,
    by: tuple[str, ...],
    only: tuple[str, ...],
    bad_rows: Any,
    output: Path | None,
    chart: Path | None,
    html: Path | None,
    form: str,
) -> None:
    """Evaluate two versions of policies on the organizations in TABLE, and tell whose verdicts differ.

    OLD and NEW are folders of policies, revisions of a git repository, or `REVISION:PATH`, as for `sopb diff`. TABLE is a
    Parquet, CSV or Arrow file, or a folder of Parquet files, as for `sopb evaluate`.

    Exit status 0 tells that no verdict changes, 1 that some do.
    """
    from sopb_rules.apps.table_evaluation import tables_given
    from sopb_rules.apps.table_files import write_table
    from sopb_rules.apps.versions import versions
    from sopb_rules.extras import check_tables

    check_tables()
    if chart is not None:
        from sopb_rules.apps.chart_file import check_chart

        check_chart(chart)
    from sopb_rules.impact import impact

    before, after = versions(old, new, folder)
    day = as_of or clock()
    tables = tables_given(after.policies, [table], dict(more))
    found = impact(before.policies, after.policies, tables, day, by, only or None, bad_rows)
    if output is not None:
        write_table(output, found.rows.schema, [found.rows])
    told = {"old": before.as_dict(), "new": after.as_dict(), "as_of": day.isoformat(), **_as_dict(found)}
    if chart is not None:
        from sopb_rules.apps.chart import changes_by_norm
        from sopb_rules.apps.chart_file import write_chart

        write_chart(changes_by_norm(found, f"Verdicts that change, as of {day}"), chart)
    if html is not None:
        from sopb_rules.apps.html.impact import impact_page

        write_page(html, impact_page(found, before, after, day, [table, *(file for _, file in more)], told))
    if html == STDOUT:
        pass  # the page was printed, and nothing else is
    elif form == "json":
        output_json(told)
    else:
        from sopb_rules.apps.text.impact import print_impact
        from sopb_rules.apps.text.page import Page

        print_impact(Page.of_stdout(), found, before.called, after.called)
    ctx.exit(1 if found.changes.height else 0)


def _as_dict(found: Impact) -> dict[str, Any]:
    return {
        "compared": [
            {
                "table": each.table,
                "statement": each.statement,
                "before": each.before,
                "place": each.place,
                "subjects": count,
            }
            for each, count in found.subjects.items()
        ],
        "added": list(found.added),
        "removed": list(found.removed),
        "changes": found.changes.to_dicts(),
        "by": {fact: found.by_fact(fact).to_dicts() for fact in found.by},
    }
