"""A table may come from anywhere: files, folders, and data frames of other libraries."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from polars.testing import assert_frame_equal

from sopb_rules.diagnostics import Code, RulesError
from tests.population.reading import codes, population, refused, whole

FRAME = pl.DataFrame(
    {
        "id": ["a", "b", "c"],
        "level": ["county", None, "township"],
        "formal_members": [3, 0, None],
        "gross_income": [Decimal("1.5"), None, Decimal("-0.25")],
        "registered_on": [datetime.date(2026, 1, 1), None, datetime.date(1999, 12, 31)],
        "larger": [True, False, None],
        "party_organization.exists": [True, False, None],
        "party_organization.form": ["branch", None, None],
    }
)


def pandas(frame: pl.DataFrame) -> Any:
    library = pytest.importorskip("pandas")
    return library.DataFrame({name: frame[name].to_list() for name in frame.columns})


def relation(frame: pl.DataFrame) -> Any:
    duckdb = pytest.importorskip("duckdb")
    table = frame.to_arrow()
    return duckdb.from_arrow(table)


FORMS: dict[str, Callable[[pl.DataFrame, Path], Any]] = {
    "polars": lambda frame, _: frame,
    "lazy": lambda frame, _: frame.lazy(),
    "categorical": lambda frame, _: frame.with_columns(pl.col("level").cast(pl.Categorical)),
    "enum": lambda frame, _: frame.with_columns(pl.col("level").cast(pl.Enum(["county", "other", "township"]))),
    "floats": lambda frame, _: frame.with_columns(pl.col("gross_income", "formal_members").cast(pl.Float64)),
    "narrow": lambda frame, _: frame.with_columns(pl.col("formal_members").cast(pl.UInt8)),
    "structs": lambda frame, _: frame.select(
        ~pl.selectors.contains("."),
        pl.struct(exists="party_organization.exists", form="party_organization.form").alias("party_organization"),
    ),
    "pandas": lambda frame, _: pandas(frame),
    "arrow": lambda frame, _: frame.to_arrow(),
    "record batch": lambda frame, _: frame.to_arrow().to_batches()[0],
    "stream": lambda frame, _: pa.RecordBatchReader.from_batches(
        frame.to_arrow().schema, frame.to_arrow().to_batches()
    ),
    "duckdb": lambda frame, _: relation(frame),
    "parquet": lambda frame, to: written(frame.write_parquet, to / "o.parquet"),
    "csv": lambda frame, to: written(frame.write_csv, to / "o.csv"),
    "arrow file": lambda frame, to: written(frame.write_ipc, to / "o.arrow"),
    "arrow stream": lambda frame, to: written(frame.write_ipc_stream, to / "o.arrows"),
    "path as text": lambda frame, to: str(written(frame.write_parquet, to / "o.parquet")),
    "folder": lambda frame, to: folder(frame, to),
    "partitions": lambda frame, to: partitions(frame, to),
}


def written(write: Callable[[Path], Any], path: Path) -> Path:
    write(path)
    return path


def folder(frame: pl.DataFrame, to: Path) -> Path:
    for number, part in enumerate(frame.iter_slices(2)):
        part.write_parquet(to / f"part-{number}.parquet")
    return to


def partitions(frame: pl.DataFrame, to: Path) -> Path:
    """Folders that are called after a fact, and after a column that is none."""
    for number, part in enumerate(frame.iter_slices(1)):
        inner = to / f"number={number}"
        inner.mkdir()
        part.write_parquet(inner / "part.parquet")
    return to


@pytest.mark.parametrize("form", FORMS)
def test_all_forms_say_the_same(form: str, tmp_path: Path) -> None:
    right = whole({"organization": FRAME}).tables["organization"]
    assert right["gross_income"].to_list() == [1_500_000_000, None, -250_000_000]
    assert right["level"].to_list() == [1, None, 0]
    assert right["party_organization.exists"].to_list() == [True, False, None]
    assert_frame_equal(whole(FORMS[form](FRAME, tmp_path)).tables["organization"], right)


@pytest.mark.parametrize("form", ["parquet", "csv", "folder", "arrow file", "polars"])
def test_pieces_together_are_the_whole(form: str, tmp_path: Path) -> None:
    found = list(population(FORMS[form](FRAME, tmp_path)).batches("organization", rows=2))
    assert [batch.rows_read for batch in found] == [2, 1]
    together = pl.concat([batch.tables["organization"] for batch in found])
    assert_frame_equal(together, whole({"organization": FRAME}).tables["organization"])


def test_the_height_of_a_table_is_known_ahead_where_that_is_quick(tmp_path: Path) -> None:
    assert population(FORMS["parquet"](FRAME, tmp_path)).height("organization") == 3
    assert population(FORMS["csv"](FRAME, tmp_path)).height("organization") is None
    assert population({"organization": FRAME}).height("region") is None


def test_only_what_is_asked_for_is_read_and_checked() -> None:
    frame = FRAME.with_columns(formal_members=pl.lit(-1))
    batch = population(frame).whole({"organization": ["level", "region"]})
    assert batch.tables["organization"].columns == ["id", "level", "region"]
    assert batch.tables["organization"]["region"].to_list() == [None, None, None]
    assert codes(frame) == [Code.ROW_WRONG_VALUE] * 3


def test_a_table_without_rows_comes_as_one_piece() -> None:
    (batch,) = population({"organization": FRAME.clear()}).batches("organization")
    assert batch.tables["organization"].height == 0
    assert batch.tables["organization.changes"].height == 0
    assert batch.rows_read == 0


def test_other_tables_come_whole_with_each_piece() -> None:
    tables = {"organization": FRAME.with_columns(region=pl.lit("r")), "region": pl.DataFrame({"id": ["r", "s"]})}
    found = list(population(tables).batches("organization", rows=2))
    assert [batch.tables["region"]["id"].to_list() for batch in found] == [["r", "s"], ["r", "s"]]
    assert [batch.rows_read for batch in found] == [4, 1]


# ---- lists --------------------------------------------------------------------------------------------------


def test_a_list_is_known_by_its_column_or_by_its_table() -> None:
    changes = [[{"occurred_on": datetime.date(2026, 1, 1)}], [], None]
    in_column = whole({"organization": FRAME.with_columns(changes=pl.Series(changes))}).tables
    assert in_column["organization"]["changes.known"].to_list() == [True, True, False]
    assert in_column["organization.changes"].select("holder", "#holder", "id").rows() == [("a", 0, None)]
    table = pl.DataFrame({"holder": ["c", "a"]})
    in_table = whole({"organization": FRAME, "organization.changes": table}).tables
    assert in_table["organization"]["changes.known"].to_list() == [True, True, True]
    assert in_table["organization.changes"].select("holder", "#holder").rows() == [("c", 2), ("a", 0)]
    nowhere = whole({"organization": FRAME}).tables
    assert nowhere["organization"]["changes.known"].to_list() == [False, False, False]
    assert nowhere["organization.changes"].height == 0


def test_a_list_in_two_places_is_refused() -> None:
    tables = {
        "organization": FRAME.with_columns(changes=pl.lit(None)),
        "organization.changes": pl.DataFrame({"holder": ["a"]}),
    }
    assert "the rows of organization.changes are given twice: in a column of organization, and as a table" in refused(
        tables
    )


def test_a_table_whose_lists_are_tables_comes_as_one() -> None:
    tables = {"organization": FRAME, "organization.changes": pl.DataFrame({"holder": ["a"]})}
    assert not population(tables).separable("organization")
    assert len(list(population(tables).batches("organization", rows=1))) == 1
    assert population({"organization": FRAME}).separable("organization")
    assert not population({"organization": FRAME}).separable("region")


def test_a_column_of_texts_may_say_that_there_is_none() -> None:
    changes = pl.DataFrame({"holder": ["a"], "reported_on": ["absent"], "occurred_on": ["2026-01-01"]})
    given = population({"organization": FRAME, "organization.changes": changes})
    assert "reported_on.exists" in given.columns["organization.changes"]
    assert given.whole(given.columns).tables["organization.changes"]["reported_on.exists"].to_list() == [False]
    typed = changes.with_columns(reported_on=pl.lit(None, dtype=pl.Date))
    assert (
        "reported_on.exists"
        not in population({"organization": FRAME, "organization.changes": typed}).columns["organization.changes"]
    )


# ---- which table it is, and which columns -------------------------------------------------------------------


def test_a_table_is_what_its_file_is_called_or_what_it_fits(tmp_path: Path) -> None:
    pl.DataFrame({"id": ["a"]}).write_csv(tmp_path / "region.csv")
    assert list(population(tmp_path / "region.csv").sources) == ["region"]
    assert list(population(pl.DataFrame({"id": ["a"], "has_office": [True]})).sources) == ["region"]
    assert "could be organization or region" in refused(pl.DataFrame({"id": ["a"]}))
    assert "has columns of no single entity" in refused(pl.DataFrame({"name": ["a"]}))


def test_columns_that_no_fact_has() -> None:
    told = refused(FRAME.rename({"formal_members": "formal_membres"}))
    assert "error R002: the table of organization has no column `formal_membres`" in told
    assert "help: did you mean `formal_members`?" in told
    told = refused({"region": pl.DataFrame({"id": ["a"], "organizations": ["b"]})})
    assert "`organizations` is not stated: it is worked out from the fact `region` of each organization" in told
    assert "it is a column of region" in refused({"organization": FRAME.with_columns(has_office=True)})
    assert "the table of organization has no column `id`" in refused({"organization": FRAME.drop("id")})
    assert "has no column `holder`" in refused({
        "organization": FRAME, "organization.changes": pl.DataFrame({"id": ["a"]}),
    })  # fmt: skip


@pytest.mark.parametrize(
    ("column", "values", "problem"),
    [
        ("larger", [1, 0, 1], "`larger` is a column of whole numbers"),
        ("formal_members", [True, False, None], "`formal_members` is a column of yes and no"),
        ("party_organization", ["branch", None, None], "`party_organization` is a column of its own"),
        ("changes", ["2026-01-01", None, None], "`changes` is a column of texts"),
        ("region", [[1], [2], [3]], "`region` is a column of lists"),
        ("level", [datetime.timedelta(1)] * 3, "`level` is a column of durations"),
    ],
)
def test_columns_of_another_sort(column: str, values: Any, problem: str) -> None:
    told = refused({"organization": FRAME.with_columns(pl.Series(column, values))})
    assert f"error R003: {problem}" in told


def test_a_fact_in_a_column_and_in_a_struct() -> None:
    frame = FRAME.with_columns(party_organization=pl.struct(form="party_organization.form"))
    assert "says `party_organization.form` twice" in refused({"organization": frame})


def test_names_of_tables() -> None:
    assert "there is no table `organisation`\n  help: did you mean `organization`?" in refused({"organisation": FRAME})
    assert "no table is given" in refused({})
    assert "a list cannot be the table organization" in refused({"organization": [1, 2]})
    told = refused({"organization.changes": pl.DataFrame({"holder": ["a"]})})
    assert "is given without the table organization that holds its lists" in told


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("organization.parquet", b"no parquet", Code.FILE_UNREADABLE),
        ("organization.arrow", b"no arrow", Code.FILE_UNREADABLE),
        ("organization.csv", b"", Code.FILE_UNREADABLE),
        ("organization.csv", b"id,level\na,county,3\n", Code.FILE_UNREADABLE),
        ("organization.csv", b"id,level\na,\xff\n", Code.FILE_UNREADABLE),
        ("organization.csv", b"id,id\na,b\n", Code.TABLE_UNKNOWN_COLUMN),
        ("organization.xlsx", b"", Code.FILE_UNREADABLE),
    ],
)
def test_files_that_are_no_tables(name: str, content: bytes, code: Code, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert codes(tmp_path / name) == [code]


def test_files_that_are_not_there(tmp_path: Path) -> None:
    assert codes(tmp_path / "organization.csv") == [Code.FILE_MISSING]
    assert codes(tmp_path) == [Code.FOLDER_EMPTY]


def test_a_data_frame_whose_columns_have_no_type() -> None:
    library = pytest.importorskip("pandas")
    with pytest.raises(RulesError, match="cannot be read from the pandas DataFrame"):
        population(library.DataFrame({"id": [1, "x"]}))
