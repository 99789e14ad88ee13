"""Files that never stand there half written, and tables in such files: written in pieces, and never held as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopb_rules.diagnostics import RulesError

if TYPE_CHECKING:
    import polars as pl

    from sopb_rules.population.layout import Column

PARQUET, CSV, ARROW = ".parquet", ".csv", ".arrow"

#: What is added to the name of a file until it is complete.
_PART = ".part"


@contextmanager
def complete(file: Path) -> Iterator[Path]:
    """A file to write instead, which takes the place of `file` if all goes well, and is gone otherwise.

    Raises:
        OSError: it cannot be put there.
    """
    if file.exists() and not file.is_file():  # a device or a pipe, whose place nothing can take
        yield file
        return
    part = file.with_name(file.name + _PART)
    try:
        yield part
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def write_table(file: Path, schema: pl.Schema, pieces: Iterable[pl.DataFrame], columns: Iterable[Column] = ()) -> None:
    """Write the rows of a table, as Parquet, CSV or Arrow by the suffix of the file.

    Args:
        columns: what the columns are, for those that are spelled otherwise in CSV than they are held.

    Raises:
        OSError: the file cannot be written.
    """
    with complete(file) as part:
        if file.suffix.lower() == CSV:
            _write_csv(part, schema, pieces, {column.name: column for column in columns})
        else:
            _write_columns(part, schema, pieces, arrow=file.suffix.lower() == ARROW)


def _write_columns(file: Path, schema: pl.Schema, pieces: Iterable[pl.DataFrame], arrow: bool) -> None:
    import polars as pl
    from polars.io.plugins import register_io_source

    file.open("wb").close()  # what the system refuses is told as everywhere

    mistakes: list[RulesError] = []

    def source(*_: object) -> Iterator[pl.DataFrame]:
        try:
            yield from pieces  # what is written is asked for as it is
        except RulesError as error:
            mistakes.append(error)
            raise

    rows = register_io_source(source, schema=schema)
    try:
        if arrow:
            rows.sink_ipc(file)
        else:
            rows.sink_parquet(file, compression="zstd")
    except pl.exceptions.PolarsError:  # which tells of a mistake in other words
        if mistakes:
            raise mistakes[0] from None
        raise


def _write_csv(file: Path, schema: pl.Schema, pieces: Iterable[pl.DataFrame], columns: Mapping[str, Column]) -> None:
    import polars as pl

    spelled = _spelled(columns)
    with file.open("wb") as out:
        pl.DataFrame(schema=schema).write_csv(out)
        for piece in pieces:
            piece.with_columns(spelled).write_csv(out, include_header=False)


def _spelled(columns: Mapping[str, Column]) -> list[Any]:
    """How values are written that a cell without a type would not tell: shares with their sign."""
    import polars as pl

    from sopb_rules.model.vocabulary import Percent
    from sopb_rules.population.layout import Says

    shares = [name for name, each in columns.items() if isinstance(each.type, Percent) and each.says is Says.VALUE]
    return [pl.format("{}%", (pl.col(name) * 100).cast(pl.String)).alias(name) for name in shares]
