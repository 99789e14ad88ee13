"""Whether what tables need is installed, found out without loading it."""

from __future__ import annotations

from importlib.util import find_spec

from sopb_rules.diagnostics import Code, Diagnostic, RulesError


def check_installed() -> None:
    """Make sure that tables can be worked with.

    Raises:
        RulesError: Polars is not installed.
    """
    if find_spec("polars") is None:
        help = "pip install 'sopb-rules[population]'; in a clone with a .venv: .venv/bin/pip install -e '.[population]'"
        raise RulesError([Diagnostic(Code.EXTRA_MISSING, "tables need Polars, which is not installed", help=help)])
