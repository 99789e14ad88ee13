"""Tables that are named on the command line: by their columns, by the names of files in a folder, or one by one."""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sopb_rules.diagnostics import Code, Diagnostic, RulesError

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet

#: The suffixes of files that are tables.
SUFFIXES = (".parquet", ".csv", ".arrow", ".feather", ".ipc", ".arrows")


def is_table(path: Path) -> bool:
    """Whether a path is that of a table, or of a folder of them."""
    if path.is_dir():
        return any(each.suffix.lower() in SUFFIXES for each in path.rglob("*"))
    return path.suffix.lower() in SUFFIXES


def tables_named(policies: PolicySet, files: Sequence[Path], more: Sequence[str]) -> dict[str, Path]:
    """Tables by the names of the layout, as `evaluate_table` takes them.

    Args:
        files: files of which it is told by their columns which tables they are, and folders of files called after tables.
        more: `NAME=FILE` each.

    Raises:
        RulesError: one of `more` is not so written, a table is given twice, or it cannot be told which one a file is.
    """
    from sopb_rules.population.layout import layout
    from sopb_rules.population.sources import name_of

    tables = layout(policies.model.vocabulary, policies.model.judgement_keys)
    found: list[tuple[str, Path]] = []
    for file in files:
        inside = _inside(file, tables.tables)
        found += inside or [(name_of(tables, file), file)]
    for each in more:
        name, equals, path = each.partition("=")
        if not (name and equals and path):
            raise _usage(f"`{each}` names no table", "write `--table organization.changes=changes.parquet`")
        found.append((name, Path(path)))
    named = dict(found)
    twice = next((name for name, file in found if named[name] != file), None)
    if twice is not None:
        raise _usage(f"the table {twice} is given twice", "name other tables with `--table NAME=FILE`")
    return named


def _inside(folder: Path, names: Container[str]) -> list[tuple[str, Path]]:
    """The files in a folder that are called after tables; none if others are there, too, which are then one table."""
    if not folder.is_dir():
        return []
    files = [each for each in sorted(folder.iterdir()) if each.suffix.lower() in SUFFIXES]
    return [(each.stem, each) for each in files] if files and all(each.stem in names for each in files) else []


def _usage(message: str, help: str) -> RulesError:
    return RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])
