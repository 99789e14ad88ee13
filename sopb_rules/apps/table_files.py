"""Files that never stand there half written, and tables in such files: written in pieces, and never held as a whole."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopb_rules.diagnostics import RulesError

if TYPE_CHECKING:
    import polars as pl

    from sopb_rules.population.layout import Column

PARQUET, CSV, ARROW = ".parquet", ".csv", ".arrow"

#: What is added to the name of a file until it is complete.
_PART = ".part"
#: After how many seconds at most a request to end the program is heard.
_PULSE = 0.1


@contextmanager
def complete(file: Path) -> Iterator[Path]:
    """A file to write instead, which takes the place of `file` if all goes well, and is gone otherwise.

    Raises:
        OSError: it cannot be put there.
        SystemExit: the program is asked to end.
    """
    if file.exists() and not file.is_file():  # a device or a pipe, whose place nothing can take
        yield file
        return
    part = file.with_name(file.name + _PART)
    with _ended_by_exception():
        try:
            yield part
            part.replace(file)
        except OSError as error:
            if error.filename == str(part):
                error.filename = str(file)  # the name that people know
            raise
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _ended_by_exception() -> Iterator[None]:
    """A request to end the program is an exception meanwhile, and so is Ctrl-C, whatever else would like to hear of it first.

    Polars keeps Ctrl-C for itself while it works, and Spark for as long as the process lasts.
    """

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():  # which alone can say what a signal does
        yield
        return
    heard = {signal.SIGTERM: leave, signal.SIGINT: signal.default_int_handler}
    before = {number: signal.signal(number, handler) for number, handler in heard.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


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
    left = threading.Event()

    def source(*_: object) -> Iterator[pl.DataFrame]:
        try:
            for piece in pieces:  # what is written is asked for as it is
                yield piece
                if left.is_set():
                    return
        except RulesError as error:
            mistakes.append(error)
            raise

    rows = register_io_source(source, schema=schema)
    sink = partial(rows.sink_ipc, file) if arrow else partial(rows.sink_parquet, file, compression="zstd")
    try:
        # In a thread of its own: no request to end the program is heard while the main thread is at work in Polars.
        with ThreadPoolExecutor(1) as other, _set_at_exception(left):
            writing = other.submit(sink)
            while not wait([writing], _PULSE).done:
                pass  # a signal may come to another thread, which does not wake this one
            writing.result()
    except pl.exceptions.PolarsError:  # which tells of a mistake in other words
        if mistakes:
            raise mistakes[0] from None
        raise


@contextmanager
def _set_at_exception(event: threading.Event) -> Iterator[None]:
    try:
        yield
    except BaseException:
        event.set()
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
