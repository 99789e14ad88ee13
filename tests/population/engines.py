"""Real databases for tests: DuckDB in memory, PostgreSQL in a temporary cluster on the loopback, Spark in one process.

Each takes tables as frames of Polars with plain types (Boolean, Int64, Decimal, Date, String) and answers queries with rows.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import polars as pl
import pytest

Row = tuple[Any, ...]


class MissingEngineError(Exception):
    """The engine is not installed; the text says what is."""


class Engine(Protocol):
    """A database that holds tables and answers queries.

    Attributes:
        dialect: what `sopb_rules.population.sql` calls its SQL.
    """

    dialect: str

    def load(self, tables: Mapping[str, pl.DataFrame]) -> None:
        """Have these tables instead of all that it had."""

    def query(self, sql: str) -> list[Row]:
        """The rows of a query."""

    def close(self) -> None:
        """End it."""


def quoted(name: str, mark: str = '"') -> str:
    """A name as SQL has it, whatever signs it has."""
    return mark + name.replace(mark, mark * 2) + mark


class DuckDB:
    """DuckDB, in memory."""

    dialect = "duckdb"

    def __init__(self) -> None:
        try:
            import duckdb
        except ModuleNotFoundError:
            raise MissingEngineError("duckdb is not installed: pip install duckdb") from None
        self._connection = duckdb.connect(config={"threads": 1})

    def load(self, tables: Mapping[str, pl.DataFrame]) -> None:
        for (name,) in self.query("SELECT view_name FROM duckdb_views() WHERE NOT internal"):
            self._connection.execute(f"DROP VIEW {quoted(name)}")
        for (name,) in self.query("SELECT table_name FROM duckdb_tables()"):
            self._connection.execute(f"DROP TABLE {quoted(name)}")
        for name, frame in tables.items():
            self._connection.register("given", frame.to_arrow())
            self._connection.execute(f"CREATE TABLE {quoted(name)} AS SELECT * FROM given")
            self._connection.unregister("given")

    def query(self, sql: str) -> list[Row]:
        return self._connection.execute(sql).fetchall()

    def execute(self, sql: str) -> None:
        """Run a statement."""
        self._connection.execute(sql)

    def close(self) -> None:
        self._connection.close()


class Postgres:
    """PostgreSQL: a cluster of its own in a temporary folder, reached through the loopback."""

    dialect = "postgres"

    def __init__(self) -> None:
        try:
            import psycopg
        except ImportError:
            raise MissingEngineError("psycopg is not installed: pip install 'psycopg[binary]'") from None
        programs = _programs_of_postgres()
        self._folder = Path(tempfile.mkdtemp(prefix="sopb-postgres-"))
        self._as: list[str] = []
        if os.geteuid() == 0:  # it does not run as root
            shutil.chown(self._folder, "postgres")
            self._as = ["runuser", "-u", "postgres", "--"]
        self._control = programs / "pg_ctl"
        data, port = self._folder / "data", _free_port()
        init = [programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "-N", "--no-locale"]
        self._run(*init)
        options = (
            f"-p {port} -h 127.0.0.1 -k '' -F -c full_page_writes=off -c synchronous_commit=off -c max_connections=5"
        )
        self._run(self._control, "-D", data, "-l", self._folder / "log", "-w", "-o", options, "start")
        self._connection = psycopg.connect(
            host="127.0.0.1", port=port, user="postgres", dbname="postgres", autocommit=True
        )
        self._connection.execute("SET client_min_messages = error")
        self._connection.execute("SET jit = off")

    def _run(self, *command: str | Path) -> None:
        done = subprocess.run(
            [*self._as, *map(str, command)], capture_output=True, text=True, check=False, cwd=self._folder
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}")

    def load(self, tables: Mapping[str, pl.DataFrame]) -> None:
        self._connection.execute("DROP SCHEMA public CASCADE")
        self._connection.execute("CREATE SCHEMA public")
        for name, frame in tables.items():
            columns = ", ".join(f"{quoted(column)} {_type(kind)}" for column, kind in frame.schema.items())
            self.execute(f"CREATE TABLE {quoted(name)} ({columns})")
            with (
                self._connection.cursor() as cursor,
                cursor.copy(f"COPY {quoted(name)} FROM STDIN".encode()) as copy,
            ):
                for row in frame.iter_rows():
                    copy.write_row(row)
            self.execute(f"ANALYZE {quoted(name)}")

    def query(self, sql: str) -> list[Row]:
        return self._connection.execute(sql.encode()).fetchall()

    def execute(self, sql: str) -> None:
        """Run a statement."""
        self._connection.execute(sql.encode())

    def close(self) -> None:
        self._connection.close()
        self._run(self._control, "-D", self._folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)


class Spark:
    """Spark in this process, with one worker thread or more."""

    dialect = "spark"

    def __init__(self, threads: int = 1) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="sopb-spark-"))
        self._views: list[str] = []
        self._loads = 0
        self.session = spark_session(threads, self._folder)

    def load(self, tables: Mapping[str, pl.DataFrame]) -> None:
        for name in self._views:
            self.session.catalog.dropTempView(quoted(name, "`"))
        self._views, self._loads = list(tables), self._loads + 1
        for number, (name, frame) in enumerate(tables.items()):
            file = self._folder / f"{self._loads}-{number}.parquet"
            frame.write_parquet(file)
            self.session.read.parquet(str(file)).createOrReplaceTempView(quoted(name, "`"))

    def query(self, sql: str) -> list[Row]:
        return [tuple(row) for row in self.session.sql(sql).collect()]

    def execute(self, sql: str) -> None:
        """Run a statement."""
        self.session.sql(sql)

    def close(self) -> None:
        self.session.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def spark_session(threads: int, folder: Path) -> Any:
    """A small Spark that opens no port to the outside and says nothing."""
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise MissingEngineError("pyspark is not installed: pip install pyspark") from None
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise MissingEngineError("Spark needs Java: apt-get install openjdk-17-jre-headless")
    log = folder / "log4j2.properties"
    log.write_text("rootLogger.level = off\n")
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={log} -XX:TieredStopAtLevel=1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(threads),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.constraintPropagation.enabled": "false",  # else it plans for longer than it runs
    }
    builder = SparkSession.builder.master(f"local[{threads}]").appName("sopb-rules")
    for key, value in settings.items():
        builder = builder.config(key, value)
    on_interrupt = signal.getsignal(signal.SIGINT)
    session = builder.getOrCreate()
    signal.signal(signal.SIGINT, on_interrupt)  # Spark wants to hear of it for as long as the process lasts
    session.sparkContext.setLogLevel("OFF")
    logging.getLogger("SQLQueryContextLogger").disabled = True
    return session


ENGINES: Mapping[str, type[DuckDB | Postgres | Spark]] = {"duckdb": DuckDB, "postgres": Postgres, "spark": Spark}


def each_of(*dialects: str) -> list[Any]:
    """Parameters for tests, of each engine in a group, so that all tests of one run next to each other."""
    return [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in dialects]


class Engines:
    """The engines that run, by their dialects."""

    def __init__(self) -> None:
        self._running: dict[str, Engine] = {}

    def get(self, dialect: str) -> Engine:
        """The engine, started if it does not run; the test is skipped where it is missing and need not be there."""
        if dialect not in self._running:
            try:
                self._running[dialect] = ENGINES[dialect]()
            except MissingEngineError as missing:
                if os.environ.get("SOPB_ENGINE_TESTS") == "1":
                    raise
                pytest.skip(str(missing))
        return self._running[dialect]

    def close(self) -> None:
        """End all."""
        for engine in self._running.values():
            engine.close()


def _programs_of_postgres() -> Path:
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3].zfill(4))
    if not versions:
        raise MissingEngineError("PostgreSQL is not installed: apt-get install postgresql")
    return versions[-1].parent


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _type(kind: pl.DataType) -> str:
    match kind:
        case pl.Boolean():
            return "BOOLEAN"
        case pl.Decimal():
            return "NUMERIC(27, 9)"
        case pl.Date():
            return "DATE"
        case pl.Int32():
            return "INTEGER"
        case pl.Int64():
            return "BIGINT"
        case _:
            return "TEXT"
