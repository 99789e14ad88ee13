"""What only some features need: whether it is installed, told before anything is done."""

from __future__ import annotations

from importlib.util import find_spec

from sopb_rules.diagnostics import Code, Diagnostic, RulesError


def check_tables() -> None:
    """Make sure that tables can be worked with, without loading what does.

    Raises:
        RulesError: Polars is not installed.
    """
    _check("polars", "tables need Polars", "population")


def check_sql() -> None:
    """Make sure that SQL can be written.

    Raises:
        RulesError: sqlglot is not installed.
    """
    _check("sqlglot", "SQL is written by sqlglot", "sql")


def check_spark() -> None:
    """Make sure that Spark can be started.

    Raises:
        RulesError: PySpark is not installed.
    """
    _check("pyspark", "the engine spark needs PySpark", "spark")


def check_charts() -> None:
    """Make sure that charts can be drawn as pictures.

    Raises:
        RulesError: Matplotlib is not installed.
    """
    _check("matplotlib", "charts need Matplotlib", "chart")


def _check(module: str, needed: str, extra: str) -> None:
    if find_spec(module) is None:
        help = f"pip install 'sopb-rules[{extra}]'; in a clone with a .venv: .venv/bin/pip install -e '.[{extra}]'"
        raise RulesError([Diagnostic(Code.EXTRA_MISSING, f"{needed}, which is not installed", help=help)])
