"""Norms evaluated over files of tables: which files are tables, and what is written of what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopb_rules.apps.progress import tracked
from sopb_rules.apps.table_files import write_table
from sopb_rules.diagnostics import Code, Diagnostic, RulesError

if TYPE_CHECKING:
    import polars as pl

    from sopb_rules.policy_set import PolicySet
    from sopb_rules.population.evaluate import TableEvaluation

#: The files that are tables; all else is a state.
SUFFIXES = (".parquet", ".csv", ".arrow", ".feather", ".ipc", ".arrows")
#: The files that verdicts can be written to.
WRITTEN = (".parquet", ".csv", ".arrow")


def is_table(path: Path) -> bool:
    """Whether a file is a table, or a folder holds tables."""
    if path.is_dir():
        return next(path.rglob("*.parquet"), None) is not None
    return path.suffix.lower() in SUFFIXES


def tables_given(policies: PolicySet, files: Sequence[Path], named: Mapping[str, Path]) -> Any:
    """Tables by their names, or the only one, whose name follows from its columns.

    Files are called after their tables; so are those in a folder that `sopb sample` writes.

    Raises:
        RulesError: it cannot be told which table a file is, or two are the same one.
    """
    from sopb_rules.population.layout import layout
    from sopb_rules.population.sources import open_source, table_of

    known = layout(policies.model.vocabulary, policies.model.judgement_keys)
    every = [each for file in files for each in _in_folder(file, known.tables)]
    if len(every) == 1 and not named:
        return every[0]
    found: dict[str, Path] = dict(named)
    for file in every:
        name = file.stem if file.stem in known.tables else table_of(known, open_source(file, str(file)), file)
        if name in found:
            message = f"`{found[name]}` and `{file}` are both the table {name}"
            raise RulesError([Diagnostic(Code.BAD_USAGE, message, help="name each with --table NAME=FILE")])
        found[name] = file
    return found


def _in_folder(path: Path, tables: Iterable[str]) -> list[Path]:
    """The tables of a folder in which each file is called after one; else the path, which is one table."""
    files = sorted(path.glob("*.parquet")) if path.is_dir() else []
    return files if files and all(each.stem in tables for each in files) else [path]


def rows_to_read(evaluation: TableEvaluation) -> int | None:
    """How many rows of listed entities an evaluation reads; None where nobody knows before."""
    tops = dict.fromkeys(name.partition(".")[0] for name in evaluation.tables)
    heights = [evaluation.population.height(name) for name in tops]
    return None if None in heights else sum(height for height in heights if height is not None)


def write_verdicts(evaluation: TableEvaluation, output: Path, action: bool, quiet: bool) -> dict[Path, int]:
    """Write the verdicts, piece by piece, and tell how many rows each file has.

    Args:
        output: a file; or a folder, for a file by table.
        action: only rows in which somebody has to act.

    Raises:
        RulesError: several tables have subjects and one file is named, or rows are wrong.
        OSError: a file cannot be written.
    """
    if output.suffix.lower() in WRITTEN and not output.is_dir():
        if len(evaluation.tables) > 1:
            tables = ", ".join(evaluation.tables)
            message = f"several tables have subjects ({tables}), so their verdicts are no single file"
            help = "name a folder with --output, or norms about one of them with --only"
            raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])
        files = dict.fromkeys(evaluation.tables, output)
    else:
        output.mkdir(parents=True, exist_ok=True)
        files = {table: output / f"{table}.parquet" for table in evaluation.tables}
    return {file: _write(evaluation, table, file, action, quiet) for table, file in files.items()}


def check_folder(output: Path, written: Sequence[str]) -> None:
    """Refuse a new folder whose name looks like that of a file, which is meant to be one.

    Args:
        written: how files may end.

    Raises:
        RulesError: it ends like a file of another sort.
    """
    suffix = output.suffix.lower()
    if suffix[1:2].isalpha() and not output.is_dir():
        message = f"tables cannot be written to `{output}`"
        expected = f"a name that ends in {', '.join(written)}, or a folder"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, expected=expected)])


def _write(evaluation: TableEvaluation, table: str, file: Path, action: bool, quiet: bool) -> int:
    rows = 0

    def counted() -> Iterator[pl.DataFrame]:
        nonlocal rows
        for piece in tracked(evaluation.pieces(table, action), table, piece_count(evaluation, table), quiet):
            rows += piece.height
            yield piece

    write_table(file, evaluation.schema(table), counted())
    return rows


def piece_count(evaluation: TableEvaluation, table: str) -> int | None:
    """How many pieces a table comes in, where that is quick to find out."""
    height = evaluation.population.height(table)
    return None if height is None else max(1, -(-height // evaluation.at_a_time))
