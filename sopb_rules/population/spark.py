"""Policies evaluated by Spark: a folder of Parquet in, a folder of Parquet out, with as many workers as Spark has.

There is no scheduler here: the query is the one of `sql.py`, and Spark takes it apart. Paths are those that Spark can read, also
``hdfs:`` and ``s3a:``. Rows are not checked as `sources` does; what the rows have to keep to, `docs/how-to/sql-and-spark.md` says.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import attrs
import polars as pl

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Norm
from sopb_rules.population import sql
from sopb_rules.population.given import Given
from sopb_rules.population.layout import HOLDER, ID, Column, Layout, Says, Table, layout
from sopb_rules.population.matching import Matched, Way, column_type, dtype_words, fits, match
from sopb_rules.population.outcomes import words
from sopb_rules.population.program import Outcomes, Program
from sopb_rules.population.translate import program
from sopb_rules.states.nodes import quoted

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from sopb_rules.policy_set import PolicySet

#: Spark works out what follows from which conditions, which for hundreds of truths takes longer than to compute them.
_SETTING = "spark.sql.constraintPropagation.enabled"


@attrs.frozen
class SparkEvaluation:
    """What policies come to over tables on a day, as Spark computes it. Nothing is computed before it is asked for.

    Args:
        given: the views of Spark with the rows in flat columns.
    """

    session: SparkSession
    given: Given
    program: Program

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that have subjects: of listed entities and of lists."""
        return tuple(table.name for table in self.program.tables)

    def query(self, table: str) -> str:
        """The query for what the subjects in a table come to."""
        asked = next(each for each in self.program.tables if each.name == table)
        return sql.text(sql.query(self.program, asked, self.given), self.given.dialect)

    def verdicts(self, table: str) -> DataFrame:
        """A row for each subject, as `TableEvaluation.verdicts`."""
        return self.session.sql(self.query(table))

    def write(self, output: str) -> None:
        """Write the verdicts as Parquet: a folder for each table that has subjects.

        Raises:
            RulesError: there is already something, or the rows cannot be read or written.
        """
        for table in self.tables:
            with _told(output), _planned(self.session):
                self.verdicts(table).write.parquet(f"{output}/{table}")

    def counts(self, output: str) -> pl.DataFrame:
        """How many subjects come to what, by verdicts that were written: the columns of `TableEvaluation.counts`.

        Raises:
            RulesError: they cannot be read.
        """
        found = {key: count for table in self.program.tables for key, count in self._counts(output, table)}
        rows = [
            (outcome.place.table.name, _statement(outcome), outcome.place.prefix[:-1], word, found[outcome, word])
            for outcome in self.program.outcomes
            for word in words(outcome)
        ]
        return pl.DataFrame(rows, schema=["table", "statement", "place", "outcome", "count"], orient="row")

    def _counts(self, output: str, table: Table) -> Iterator[tuple[tuple[Outcomes, str], int]]:
        from pyspark.sql import functions as f

        asked = [(outcome, word) for outcome in self.program.of(table) for word in words(outcome)]
        with _told(output):
            written = self.session.read.parquet(f"{output}/{table.name}")
            sums = (
                f.count_if(_at((outcome.name,)) == word).alias(str(number))
                for number, (outcome, word) in enumerate(asked)
            )
            yield from zip(asked, written.agg(*sums).collect()[0], strict=True)


def evaluate_folder(
    policies: PolicySet,
    folder: str,
    as_of: datetime.date,
    only: Collection[str] | None = None,
    session: SparkSession | None = None,
) -> SparkEvaluation:
    """Evaluate norms and decisions over a folder of Parquet.

    Args:
        folder: one table, which may be partitioned; or a folder or a file for each table, named by it (``organization``,
            ``organization.changes.parquet``).
        only: the ids of the norms and the names of the decisions that are asked for; None for all.
        session: the Spark to use; else the one that runs, or a new one.

    Raises:
        RulesError: there is no such folder, it cannot be told which table it is, a column says nothing that can be read, there is
            no such norm, or no norm has subjects in the tables.
    """
    for name in only or ():
        if name not in policies.model.decisions:
            policies.norm(name)
    session = session or start()
    tables = layout(policies.model.vocabulary, policies.model.judgement_keys)
    with _told(folder):
        views = _Views(session, tables)
        for name, frame in _frames(session, tables, folder).items():
            views.add(name, frame)
    given = Given.of(tables, sql.dialect_of("spark"), views.columns, views.names)
    made = program(policies.model, as_of, given.readable(), only)
    if not made.tables:
        raise RulesError([Diagnostic(Code.BAD_USAGE, "no norm that is asked for has subjects in these tables")])
    return SparkEvaluation(session, given, made)


def start() -> SparkSession:
    """The Spark that runs, or a new one as `spark-submit` or the settings of Spark say.

    Raises:
        RulesError: Spark cannot be started.
    """
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    try:
        return SparkSession.builder.appName("sopb-rules").getOrCreate()
    except (PySparkException, RuntimeError, OSError) as error:
        message = f"Spark cannot be started: {_first_line(error)}"
        raise RulesError([Diagnostic(Code.EXTRA_MISSING, message, help="Spark needs Java 17 or later")]) from None


# ---- what is in the folder ----------------------------------------------------------------------------------


def _frames(session: SparkSession, tables: Layout, folder: str) -> Mapping[str, DataFrame]:
    """The tables in a folder, by their names in the layout.

    Raises:
        RulesError: it cannot be told which table it is.
    """
    found = {}
    for name, path in _entries(session, folder):
        table = name.removesuffix(".parquet")
        if table in tables.tables:
            found[table] = _read(session, path)
    if found:
        return found
    frame = _read(session, folder)
    schema = _schema(frame)
    listed = [table for table in tables.tables.values() if table.above is None and fits(tables, table, schema)]
    name = folder.rstrip("/").rpartition("/")[2].removesuffix(".parquet")
    if name in tables.tables or len(listed) == 1:
        return {name if name in tables.tables else listed[0].name: frame}
    which = "fits no table" if not listed else "fits several tables: " + ", ".join(each.name for each in listed)
    help = "name the folder by the table, or give each table a folder in it that has its name"
    raise RulesError([Diagnostic(Code.TABLE_UNKNOWN, f"`{folder}` {which}", file=folder, help=help)])


def _entries(session: SparkSession, folder: str) -> list[tuple[str, str]]:
    """The names and paths in a folder, on whatever file system it is."""
    hadoop: Any = session._jvm.org.apache.hadoop.fs  # type: ignore[union-attr] # noqa: SLF001 - PySpark itself names no files
    path = hadoop.Path(folder)
    system = path.getFileSystem(session._jsc.hadoopConfiguration())  # noqa: SLF001
    if not system.exists(path):
        raise RulesError([Diagnostic(Code.FILE_MISSING, f"there is no folder `{folder}`", file=folder)])
    found = ((each.getPath().getName(), each.getPath().toString()) for each in system.listStatus(path))
    return sorted(each for each in found if each[0][0] not in "._")


def _read(session: SparkSession, path: str) -> DataFrame:
    """A table without the columns that are only names of folders."""
    frame = session.read.parquet(path)
    files = frame.inputFiles()
    parts = files[0].split("/") if files else []
    return frame.drop(*(part.partition("=")[0] for part in parts if "=" in part))


def _schema(frame: DataFrame) -> dict[str, pl.DataType]:
    return {field.name: _dtype(field.dataType) for field in frame.schema.fields}


def _dtype(type_: Any) -> pl.DataType:
    """A type of Spark as Polars has it."""
    from pyspark.sql import types as t

    match type_:
        case t.BooleanType():
            return pl.Boolean()
        case t.ByteType() | t.ShortType() | t.IntegerType() | t.LongType():
            return pl.Int64()
        case t.DecimalType():
            return pl.Decimal(type_.precision, type_.scale)
        case t.FloatType() | t.DoubleType():
            return pl.Float64()
        case t.DateType():
            return pl.Date()
        case t.StringType():
            return pl.String()
        case t.StructType():
            return pl.Struct([pl.Field(field.name, _dtype(field.dataType)) for field in type_.fields])
        case t.ArrayType():
            return pl.List(_dtype(type_.elementType))
        case t.TimestampType() | t.TimestampNTZType():
            return pl.Datetime()
        case t.NullType():
            return pl.Null()
        case _:
            return pl.Object()


# ---- flat tables --------------------------------------------------------------------------------------------


class _Views:
    """Tables as views with flat columns: what stands in structs by its dotted name, what stands in lists as a table of its own."""

    def __init__(self, session: SparkSession, tables: Layout) -> None:
        self.session = session
        self.layout = tables
        self.names: dict[str, str] = {}
        self.columns: dict[str, list[str]] = {}

    def add(self, name: str, frame: DataFrame) -> None:
        """Add a table with the lists in its columns.

        Raises:
            RulesError: a column says nothing that can be read.
        """
        schema = _schema(frame)
        matched, mistakes = match(self.layout, self.layout.tables[name], schema, name)
        if not mistakes:
            mistakes = list(_texts(self.layout, matched, schema, name))
        if mistakes:
            raise RulesError(mistakes)
        self._add(matched, frame, (), {})

    def _add(self, matched: Matched, frame: DataFrame, base: Way, keys: Mapping[str, Any]) -> None:
        """Add the rows of a frame, of which the columns stand in a struct, unless that is ().

        Args:
            keys: columns that are no part of what was matched: the ids of elements of a list.
        """
        from pyspark.sql import functions as f

        columns = {name: _at((*base, *way)) for name, way in matched.ways.items()} | dict(keys)
        for column in (self.layout.columns[matched.table.name][name] for name in matched.ways):
            columns.update(_worded(column, columns))
        for name, (way, _) in matched.lists.items():
            columns.setdefault(self.layout.tables[name].known, _at((*base, *way)).isNotNull())
        view = f"sopb_{matched.table.name.replace('.', '__')}"
        frame.select(*(column.alias(name) for name, column in columns.items())).createOrReplaceTempView(view)
        self.names[matched.table.name], self.columns[matched.table.name] = view, list(columns)
        for way, inner in matched.lists.values():
            holder = columns[ID].cast("string").alias(HOLDER)
            rows = frame.select(holder, f.posexplode(_at((*base, *way)))).where("col IS NOT NULL")
            # An element without an id is named by its holder and its place in the list.
            place = f.concat(HOLDER, f.lit("#"), f.col("pos").cast("string"))
            id = f.coalesce(_at(("col", *inner.ways[ID])).cast("string"), place) if ID in inner.ways else place
            self._add(inner, rows, ("col",), {HOLDER: f.col(HOLDER), ID: id})


def _worded(column: Column, columns: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a column of words says where `unknown` and `absent` are words in it, as for tables in memory: kinds and references."""
    from pyspark.sql import functions as f

    if column.says is not Says.VALUE or not isinstance(column.type, v.KindType | v.Reference):
        return
    given = columns[column.name].cast("string")
    word, own = f.trim(given), f.lit(False)
    if isinstance(column.type, v.KindType):  # whose values come before the words, as they are written
        given, own = word, given.isin(list(column.type.kind.values))
    yield column.name, f.when(own | ~word.isin("", "unknown", "absent"), given)
    if column.fact is not None and column.fact.optional:
        exists = f"{column.name}.exists"
        absent = f.when(~own & (word == "absent"), False)
        yield exists, f.coalesce(columns[exists], absent) if exists in columns else absent


def _texts(layout: Layout, matched: Matched, schema: Mapping[str, pl.DataType], label: str) -> Iterator[Diagnostic]:
    """Columns that a file of texts could have, and Spark does not read."""
    for name, way in matched.ways.items():
        column, dtype = layout.columns[matched.table.name][name], _at_way(schema, way)
        if column.says not in (Says.ID, Says.HOLDER) and not _as_it_is(column.type, dtype):
            message = f"{quoted(name)} is a column of {dtype_words(dtype)}, which Spark is not made to read"
            expected = column_type(column)
            yield Diagnostic(Code.TABLE_COLUMN_TYPE, message, file=label, where=f"column {name}", expected=expected)
    for way, inner in matched.lists.values():
        elements = _at_way(schema, way)
        if isinstance(elements, pl.List) and isinstance(elements.inner, pl.Struct):
            fields = {field.name: field.dtype for field in elements.inner.fields}
            yield from _texts(layout, inner, fields, label)  # type: ignore[arg-type] # instances, as `_dtype` makes them


def _at_way(schema: Mapping[str, pl.DataType], way: Way) -> pl.DataType:
    found = schema[way[0]]
    for part in way[1:]:
        assert isinstance(found, pl.Struct)
        found = {field.name: field.dtype for field in found.fields}[part]  # type: ignore[assignment]
    return found


def _as_it_is(type_: v.FactType, dtype: pl.DataType) -> bool:
    """Whether values of a type can be read from a column without looking at texts."""
    if dtype == pl.Null:
        return True
    match type_:
        case v.YesNo() | v.Judgement():
            return dtype == pl.Boolean
        case v.Count() | v.Days() | v.Months():
            return dtype.is_integer()
        case v.Number() | v.Percent() | v.Money():
            return dtype.is_numeric()
        case v.Date():
            return dtype == pl.Date
        case _:
            return dtype == pl.String or (isinstance(type_, v.Reference) and dtype.is_integer())


def _at(way: Way) -> Any:
    """A column, or a field in a struct."""
    from pyspark.sql import functions as f

    return f.col(".".join(f"`{part}`" for part in way))


# ---- what goes wrong ----------------------------------------------------------------------------------------


@contextmanager
def _told(label: str) -> Iterator[None]:
    """What goes wrong in Spark, as a mistake in a line.

    Raises:
        RulesError: something did.
    """
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        message = f"`{label}`: Spark says: {_first_line(error)}"
        raise RulesError([Diagnostic(Code.FILE_UNREADABLE, message, file=label)]) from None


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n", 1)[0][:300]


@contextmanager
def _planned(session: SparkSession) -> Iterator[None]:
    """Spark set so that it plans long queries quickly, and afterwards as it was."""
    before = session.conf.get(_SETTING)
    session.conf.set(_SETTING, "false")
    try:
        yield
    finally:
        session.conf.set(_SETTING, before or "true")


def _statement(outcome: Outcomes) -> str:
    return outcome.statement.id if isinstance(outcome.statement, Norm) else outcome.statement.name
