"""`sopb evaluate` on tables: counts for people and programs, verdicts as files."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from sopb_rules.apps.inputs import clock, output_json
from sopb_rules.apps.progress import bar
from sopb_rules.apps.table_files import write_table
from sopb_rules.apps.table_inputs import SUFFIXES, tables_named
from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.extras import check_tables
from sopb_rules.model.norms import Norm

if TYPE_CHECKING:
    import polars as pl

    from sopb_rules.policy_set import PolicySet
    from sopb_rules.population.evaluate import TableEvaluation


@attrs.frozen
class Asked:
    """What is asked of tables.

    Args:
        files: the tables that stand without a name.
        more: `NAME=FILE`, for those with one.
        action: whether only rows are written in which somebody has to act.
        missing: whether it is told which unknown facts verdicts hinge on.
        skip: whether rows that are wrong are left out.
    """

    files: tuple[Path, ...]
    more: tuple[str, ...]
    as_of: datetime.date | None
    only: str | None
    output: Path | None
    action: bool
    missing: bool
    skip: bool
    json: bool
    quiet: bool


@attrs.frozen
class Told:
    """What tables come to."""

    policies: PolicySet
    as_of: datetime.date
    counts: pl.DataFrame
    missing: pl.DataFrame | None
    skipped: pl.DataFrame
    written: dict[str, int]

    @property
    def in_breach(self) -> bool:
        """Whether somebody does not do what must be done, or does what is not permitted."""
        norms = self.policies.model.norms
        return any(
            count and statement in norms and _breach(norms[statement], outcome)
            for statement, outcome, count in self.counts.select("statement", "outcome", "count").rows()
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        policies = self.policies
        return {
            "policies": {"name": policies.name, "version": policies.version, "digest": policies.digest},
            "as_of": self.as_of.isoformat(),
            "counts": self.counts.to_dicts(),
            **({} if self.missing is None else {"missing": self.missing.to_dicts()}),
            "skipped": self.skipped.to_dicts(),
            "written": self.written,
        }


def _breach(norm: Norm, outcome: str) -> bool:
    return outcome == "exceeded" or (outcome == "unmet" and norm.force in ("must", "must not"))


def evaluate_tables(policies: PolicySet, asked: Asked) -> bool:
    """Evaluate, print and write; whether somebody is in breach.

    Raises:
        RulesError: a table cannot be read, or rows are wrong.
    """
    check_tables()
    day = asked.as_of or clock()
    only = None if asked.only is None else [asked.only]
    tables = tables_named(policies, asked.files, asked.more)
    evaluation = policies.evaluate_table(tables, day, only, "skip" if asked.skip else "error")
    files = {} if asked.output is None else _files(asked.output, evaluation.tables)
    with bar("counting", _rows(evaluation), asked.quiet) as done:
        counts = evaluation.counts(done)
    skipped = evaluation.skipped
    missing = None
    if asked.missing:
        with bar("looking for what is missing", _rows(evaluation), asked.quiet) as done:
            missing = evaluation.blocking(done)
    written = {str(file): _write(evaluation, table, file, asked) for file, table in files.items()}
    told = Told(policies, day, counts, missing, skipped, written)
    if asked.json:
        output_json(told.as_dict())
    else:
        from sopb_rules.apps.text.page import Page
        from sopb_rules.apps.text.population import print_counts

        print_counts(Page.of_stdout(), told)
    return told.in_breach


def _rows(evaluation: TableEvaluation) -> int | None:
    """How many rows will be read, as far as it is known before."""
    tops = dict.fromkeys(name.partition(".")[0] for name in evaluation.tables)
    heights = [evaluation.population.height(name) for name in tops]
    return None if None in heights else sum(height for height in heights if height is not None)


def _files(output: Path, tables: Sequence[str]) -> dict[Path, str]:
    """The file for each table of verdicts: one file for one table, else a folder of Parquet files.

    Raises:
        RulesError: a file is named and several tables have subjects.
    """
    if output.suffix.lower() not in SUFFIXES:
        output.mkdir(parents=True, exist_ok=True)
        return {output / f"{table}.parquet": table for table in tables}
    if len(tables) == 1:
        return {output: tables[0]}
    message = f"{len(tables)} tables have subjects, which do not go into one file"
    help = f"name a folder: --output {output.with_suffix('')}/; or ask for one norm with --only"
    raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])


def _write(evaluation: TableEvaluation, table: str, file: Path, asked: Asked) -> int:
    """Write the verdicts on the subjects of a table, piece by piece; how many rows."""
    rows = 0

    def pieces(done: Callable[[int], None]) -> Iterator[pl.DataFrame]:
        nonlocal rows
        for piece in evaluation.pieces(table, asked.action, done):
            rows += piece.height
            yield piece

    with bar(f"writing {file.name}", _rows(evaluation), asked.quiet) as done:
        write_table(file, evaluation.schema(table), pieces(done))
    return rows
