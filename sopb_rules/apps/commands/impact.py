"""`sopb impact`: what another version of policies changes for a population."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sopb_rules.apps.inputs import PAGE, PATH, STDOUT, Day, clock, format_option, output_json, write_page
from sopb_rules.apps.table_evaluation import WRITTEN, is_table, rows_to_read, tables_given
from sopb_rules.apps.table_options import NamedTable
from sopb_rules.diagnostics import Code, Diagnostic, RulesError

if TYPE_CHECKING:
    from sopb_rules.impact import Impact
    from sopb_rules.impact.compare import PopulationComparison


@click.command("impact", short_help="Tell whose verdicts another version of policies changes.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="TABLE...")
@click.option(
    "--table", "named", type=NamedTable(), multiple=True, metavar="NAME=FILE",
    help="A further table: `organization.changes=changes.parquet`. Repeatable.",
)  # fmt: skip
@click.option("--policies", "folder", type=PATH, metavar="DIR", help="Where the policies of a revision lie.")
@click.option("--as-of", type=Day(), metavar="DATE", help="The date that `today` means; else today.")
@click.option(
    "--by", multiple=True, metavar="FACT", help="Count also for each value of FACT: `kind`, `level`. Repeatable."
)
@click.option("--only", multiple=True, metavar="ID", help="Only this norm, decision or article; repeatable.")
@click.option(
    "--bad-rows", type=click.Choice(["error", "skip"]), default="error", show_default=True,
    help="Whether wrong rows are a mistake, or are left out.",
)  # fmt: skip
@click.option(
    "--rows", "output", type=PATH, metavar="FILE",
    help="Write whose verdict changes, and on what, to a .parquet, .csv or .arrow file.",
)  # fmt: skip
@click.option("--chart", type=PATH, metavar="FILE", help="Draw who changes by norm, as .svg or .png.")
@click.option(
    "--html", type=PAGE, metavar="FILE", help="Write it as a page for browsers, too; `-` prints only the page."
)
@click.option("--quiet", is_flag=True, help="No progress bar.")
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    old: str,
    new: str,
    files: tuple[Path, ...],
    named: tuple[tuple[str, Path], ...],
    folder: Path | None,
    as_of: datetime.date | None,
    by: tuple[str, ...],
    only: tuple[str, ...],
    bad_rows: Any,
    output: Path | None,
    chart: Path | None,
    html: Path | None,
    quiet: bool,
    form: str,
) -> None:
    """Tell whose verdicts differ between two versions of policies, for the organizations in TABLE.

    OLD and NEW are folders or files of policies, also of measures, revisions of a git repository (`HEAD~1`, a tag, a hash), or
    `REVISION:PATH`, as for `sopb diff`. TABLE is a Parquet, CSV or Arrow file, or a folder of Parquet files, as for `sopb
    evaluate`.

    Exit status 0 tells that nobody has another verdict, 1 that somebody has, also one of a norm that only one version has.
    """
    from sopb_rules.apps.versions import versions
    from sopb_rules.extras import check_tables

    check_tables()
    _check_order(old, new, files)
    if output is not None and output.suffix.lower() not in WRITTEN:
        raise click.UsageError(f"--rows writes {', '.join(WRITTEN)}, and `{output}` ends otherwise")
    if len({name for name, _ in named}) < len(named):
        raise click.UsageError("--table names a table twice")
    if chart is not None:
        from sopb_rules.apps.chart_file import check_chart

        check_chart(chart)
    from sopb_rules.impact.compare import compare

    before, after = versions(old, new, folder)
    day = as_of or clock()
    tables = tables_given(after.policies, files, dict(named))
    comparison = compare(before.policies, after.policies, tables, day, by, only or None, bad_rows)
    found, written = _counted(comparison, output, quiet)
    data = {"old": before.as_dict(), "new": after.as_dict(), "as_of": day.isoformat(), **_as_dict(found)}
    if chart is not None:
        from sopb_rules.apps.chart import changes_by_norm
        from sopb_rules.apps.chart_file import write_chart

        write_chart(changes_by_norm(found, f"Verdicts that change, as of {day}"), chart)
    if html is not None:
        from sopb_rules.apps.html.impact import impact_page

        write_page(html, impact_page(found, before, after, day, [*files, *(file for _, file in named)], data))
    if html == STDOUT:
        pass  # the page was printed, and nothing else is
    elif form == "json":
        output_json(data if output is None else {**data, "written": [{"file": str(output), "rows": written}]})
    else:
        from sopb_rules.apps.text.impact import print_impact
        from sopb_rules.apps.text.page import Page

        page = Page.of_stdout()
        print_impact(page, found, before.called, after.called, day)
        if output is not None:
            page.blank()
            page.line(f"{output}: {written:,} rows")
    ctx.exit(0 if found.none else 1)


def _check_order(old: str, new: str, files: tuple[Path, ...]) -> None:
    """Tell somebody who names the tables first, or the policies last.

    Raises:
        RulesError: a version is a table, or a table is a folder of policies.
    """
    wrong = [each for each in (old, new) if Path(each).exists() and is_table(Path(each))]
    wrong += [str(each) for each in files if each.is_dir() and not is_table(each) and any(each.glob("*.policy"))]
    if wrong:
        kind = "is a table" if is_table(Path(wrong[0])) else "is a folder of policies"
        help = "the order is: sopb impact OLD NEW TABLE"
        raise RulesError([Diagnostic(Code.BAD_USAGE, f"`{wrong[0]}` {kind}", help=help)])


def _counted(comparison: PopulationComparison, output: Path | None, quiet: bool) -> tuple[Impact, int]:
    """What changes, and how many rows were written of it."""
    from sopb_rules.apps.progress import bar
    from sopb_rules.apps.table_files import write_table

    tally = comparison.tally()
    reading = (comparison.after,) if comparison.reads_once else (comparison.before, comparison.after)
    heights = [rows_to_read(each) for each in reading]
    total = None if None in heights else sum(height or 0 for height in heights)
    with bar("comparing", total, quiet) as done:
        if output is None:
            for _ in comparison.rows(tally, done):
                pass
        else:
            write_table(output, comparison.schema, comparison.rows(tally, done))
    found = comparison.impact(tally)
    return found, found.verdicts


def _as_dict(found: Impact) -> dict[str, Any]:
    return {
        "compared": [
            {"table": each.table, "statement": each.statement, "before": each.before, "place": each.place, "subjects": count}
            for each, count in found.subjects.items()
        ],
        "same": len(found.same),
        "added": list(found.added),
        "removed": list(found.removed),
        "subjects": found.changed,
        "verdicts": found.verdicts,
        "changes": found.changes.to_dicts(),
        "by": {fact: changes.to_dicts() for fact, changes in found.by.items()},
        "gained": found.gained.to_dicts(),
        "lost": found.lost.to_dicts(),
        "skipped": found.skipped.to_dicts(),
    }  # fmt: skip
