"""What tables come from: files, data frames and whatever else hands out Arrow data, each as a lazy scan with its schema.

Data frames of other libraries are known by the protocol that they speak (``__arrow_c_stream__``), so none of these libraries is
imported here. A file is read as far as it is needed; anything else is held in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, nearest, suggestion
from sopb_rules.population.csv_mistakes import first_mistake, other_separator, something_else, unnamed
from sopb_rules.population.layout import Layout, Table
from sopb_rules.population.matching import fits
from sopb_rules.population.spelled import Spelling
from sopb_rules.states.nodes import a, quoted

#: What a table can be given as, for messages.
FORMS = "a Parquet, CSV or Arrow file, a folder of Parquet files, or a data frame of Polars, pandas, Arrow or DuckDB"
_ARROW = (".arrow", ".feather", ".ipc", ".arrows")
SUFFIXES = (".parquet", ".csv", *_ARROW)


@attrs.frozen(slots=False)
class Source:
    """A table as it was given.

    Args:
        label: what it is called in messages: its file, or the table that it is.
        scan: its rows.
        spelling: what its cells are written in.
        partitions: columns that come from the names of folders and not from the files.
        file: the CSV file in which rows have lines; None for all else.
    """

    label: str
    scan: pl.LazyFrame
    spelling: Spelling = Spelling.TYPED
    partitions: frozenset[str] = frozenset()
    file: Path | None = None

    @cached_property
    def schema(self) -> Mapping[str, pl.DataType]:
        """The columns and their types.

        Raises:
            RulesError: the file is not what its suffix says.
        """
        with told(self.label, self.file):
            return dict(self.scan.collect_schema())

    def height(self) -> int:
        """How many rows it has; quick for everything but CSV.

        Raises:
            RulesError: the file cannot be read.
        """
        with told(self.label, self.file):
            return int(self.scan.select(pl.len()).collect().item())

    def line(self, row: int) -> int | None:
        """The line on which a row begins in a CSV file, both counted from 1; the columns' names stand on line 1."""
        if self.file is None:
            return None
        with told(self.label, self.file):
            above = self.scan.head(row - 1).select(pl.all().str.count_matches("\n").sum()).collect()
        breaks = sum(name.count("\n") for name in self.schema)
        return row + 1 + breaks + sum(count or 0 for count in above.row(0))

    def pieces(self, columns: list[str], rows: int | None) -> Iterator[pl.DataFrame]:
        """Its rows in order, in pieces of about so many, or in one.

        Raises:
            RulesError: the file cannot be read.
        """
        scan = self.scan.select(columns)
        with told(self.label, self.file):
            if rows is None:
                yield scan.collect()
                return
            for piece in scan.collect_batches(chunk_size=rows, maintain_order=True):
                yield from piece.iter_slices(rows)


@contextmanager
def told(label: str, csv: Path | None = None) -> Iterator[None]:
    """What goes wrong in reading, as a mistake in the file.

    Args:
        csv: the file, if it is CSV: then the row is looked for that cannot be read.

    Raises:
        RulesError: something did.
    """
    try:
        yield
    except (pl.exceptions.PolarsError, OSError) as error:
        if csv is not None and isinstance(error, pl.exceptions.PolarsError) and (found := first_mistake(csv)):
            raise RulesError([found]) from None
        why = str(error).strip().split("\n", 1)[0][:200]
        raise RulesError([_unreadable(label, f"`{label}` cannot be read: {why}")]) from None


def _unreadable(label: str, message: str, help: str = "") -> Diagnostic:
    return Diagnostic(Code.FILE_UNREADABLE, message, file=label, help=help)


# ---- opening ------------------------------------------------------------------------------------------------


def open_source(given: Any, label: str) -> Source:
    """A table as it was given, ready to be read.

    Args:
        label: what it is called where it is no file.

    Raises:
        RulesError: there is no such file, or it is nothing that a table can be.
    """
    if isinstance(given, str | Path):
        return _open_path(Path(given))
    if isinstance(given, pl.LazyFrame):
        return Source(label, given)
    if isinstance(given, pl.DataFrame):
        return Source(label, given.lazy())
    if hasattr(given, "__arrow_c_stream__"):
        return Source(label, _imported(lambda: pl.DataFrame(_Stream(given)), given, label).lazy())
    if hasattr(given, "__arrow_c_array__"):
        return Source(label, _imported(lambda: pl.DataFrame(pl.Series(given).struct.unnest()), given, label).lazy())
    message = f"{a(type(given).__name__)} cannot be {label}"
    raise RulesError([Diagnostic(Code.TABLE_UNKNOWN, message, expected=FORMS)])


@attrs.frozen
class _Stream:
    """Only the stream of an object, so that nothing else of its library is asked for."""

    given: Any

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.given.__arrow_c_stream__(requested_schema)


def _imported(read: Callable[[], pl.DataFrame], given: object, label: str) -> pl.DataFrame:
    try:
        return read()
    except (pl.exceptions.PanicException, Exception) as error:  # noqa: BLE001 - any library may be behind it
        why = " ".join(str(error).split())[:200]
        name = f"{type(given).__module__.partition('.')[0]} {type(given).__name__}"
        message = f"{label} cannot be read from the {name}: {why}"
        raise RulesError([_unreadable(label, message, "each column has one type")]) from None


def _open_path(path: Path) -> Source:
    label = str(path)
    if not path.exists():
        raise RulesError([Diagnostic(Code.FILE_MISSING, f"there is no file `{path}`", file=label)])
    if path.is_dir():
        return _open_folder(path, label)
    suffix = path.suffix.lower()
    if suffix in SUFFIXES and path.is_file() and not path.stat().st_size:
        raise RulesError([_unreadable(label, f"`{path}` is empty")])
    if suffix == ".parquet":
        return Source(label, pl.scan_parquet(path, glob=False, hive_partitioning=False))
    if suffix == ".csv":
        return _open_csv(path, label)
    if suffix in _ARROW:
        return Source(label, _scan_arrow(path, label))
    raise RulesError([_unreadable(label, f"`{path}` is no table", f"tables end in {', '.join(SUFFIXES)}")])


def _open_csv(path: Path, label: str) -> Source:
    if (mistake := something_else(path)) is not None:
        raise RulesError([mistake])
    scan = pl.scan_csv(path, infer_schema=False, glob=False, encoding="utf8")
    source = Source(label, scan, Spelling.CSV, file=path)
    names = list(source.schema)
    undecoded = first_mistake(path) if any("\ufffd" in name for name in names) else None
    if (mistake := undecoded or other_separator(path, names) or unnamed(path, names)) is not None:
        raise RulesError([mistake])
    doubled = [name for name in source.schema if name.endswith("_duplicated_0")]
    if doubled:
        name = doubled[0].removesuffix("_duplicated_0")
        message = f"two columns are called {quoted(name)}"
        raise RulesError([Diagnostic(Code.TABLE_UNKNOWN_COLUMN, message, file=label, help="keep the right one")])
    return source


def _scan_arrow(path: Path, label: str) -> pl.LazyFrame:
    """An Arrow file in either of its formats: with an index at its end, or as a stream."""
    with told(label):
        with path.open("rb") as file:
            indexed = file.read(6) == b"ARROW1"
        return pl.scan_ipc(path, glob=False) if indexed else pl.read_ipc_stream(path).lazy()


def _open_folder(path: Path, label: str) -> Source:
    files = sorted(path.rglob("*.parquet"))
    if not files:
        message = f"there are no Parquet files in the folder `{path}`"
        raise RulesError(
            [Diagnostic(Code.FOLDER_EMPTY, message, file=label, help="a table is a file, or such a folder")]
        )
    folders = {part for each in files for part in each.relative_to(path).parts[:-1] if "=" in part}
    partitions = frozenset(part.partition("=")[0] for part in folders)
    scan = pl.scan_parquet(files, glob=False, hive_partitioning=bool(partitions), missing_columns="insert")
    return Source(label, scan, partitions=partitions)


# ---- which table it is --------------------------------------------------------------------------------------


def named_sources(layout: Layout, tables: Any) -> dict[str, Source]:
    """The tables of a population by the names of the layout, as they were given.

    Args:
        tables: one table, or a mapping from names to tables.

    Raises:
        RulesError: a name is none of the layout, or it cannot be told which table one is.
    """
    if not isinstance(tables, Mapping):
        source = open_source(tables, "the table")
        return {table_of(layout, source, tables): source}
    mistakes: list[Diagnostic] = []
    found: dict[str, Source] = {}
    for name, given in tables.items():
        if name not in layout.tables:
            help = suggestion(str(name), layout.tables, "tables")
            mistakes.append(Diagnostic(Code.TABLE_UNKNOWN, f"there is no table {quoted(str(name))}", help=help))
            continue
        try:
            found[name] = open_source(given, f"the table {name}")
        except RulesError as error:
            mistakes += error.diagnostics
    if not mistakes and not found:
        mistakes.append(Diagnostic(Code.TABLE_UNKNOWN, "no table is given", help=f"give {FORMS}"))
    if mistakes:
        raise RulesError(mistakes)
    return {name: found[name] for name in layout.tables if name in found}


def table_of(layout: Layout, source: Source, given: object) -> str:
    """Which listed entity a table is about: the one that its file is called after, or the only one that it fits.

    Raises:
        RulesError: it fits none, or several.
    """
    listed = [table for table in layout.tables.values() if table.above is None]
    stem = Path(given).stem if isinstance(given, str | Path) else ""
    if any(table.name == stem for table in listed):
        return stem
    fitting = [table.name for table in listed if fits(layout, table, schema_of(source, table, layout))]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting and (closest := _closest(layout, listed, source)) is not None:
        return closest  # which of its columns is none of the entity is told when they are matched
    which = f"could be {' or '.join(fitting)}" if fitting else "has columns of no single entity"
    example = fitting[0] if fitting else listed[0].name
    help = f"name it: {{'{example}': …}} in Python, `--table {example}=FILE` in the command"
    raise RulesError([Diagnostic(Code.TABLE_UNKNOWN, f"{source.label} {which}", file=source.label, help=help)])


def schema_of(source: Source, table: Table, layout: Layout) -> Mapping[str, pl.DataType]:
    """The columns of a source that say something: the names of its folders do where a fact is called so."""
    known = layout.columns[table.name]
    return {name: dtype for name, dtype in source.schema.items() if name not in source.partitions or name in known}


def _closest(layout: Layout, listed: list[Table], source: Source) -> str | None:
    """The one entity that knows most of the columns, misspelt ones too; None where several know as many, or only the id."""
    known = {
        table.name: sum(name in columns or nearest(name, columns) is not None for name in source.schema)
        for table in listed
        for columns in (layout.columns[table.name],)
    }
    most = max(known.values())
    best = [name for name, count in known.items() if count == most]
    return best[0] if most > 1 and len(best) == 1 else None
