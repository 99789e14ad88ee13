"""Diagnostics as text, as JSON and as SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from sopb_rules.diagnostics import Diagnostic, Severity

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def print_text(diagnostics: Sequence[Diagnostic], stream: TextIO) -> None:
    """Print diagnostics as people read them; in colour where the stream takes it."""
    from sopb_rules.apps.text.page import Page

    page = Page(stream)
    for index, diagnostic in enumerate(diagnostics):
        if index:
            page.blank()
        for number, line in enumerate(str(diagnostic).split("\n")):
            page.verbatim((line, _style(diagnostic, line, first=number == 0)))


def _style(diagnostic: Diagnostic, line: str, first: bool) -> str:
    grave = "red" if diagnostic.severity is Severity.ERROR else "yellow"
    if first:
        return f"bold {grave}"
    if line.lstrip().startswith("|") and line.rstrip().endswith("^"):
        return grave
    return "cyan" if line.startswith("  help:") else ""


def as_json(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """Diagnostics as plain data."""
    return {"diagnostics": [diagnostic.as_dict() for diagnostic in diagnostics]}


def as_sarif(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """Diagnostics as a SARIF log of one run, as code hosts and editors read it."""
    codes = sorted({diagnostic.code.value for diagnostic in diagnostics})
    driver = {"name": "sopb", "version": version("sopb-rules"), "rules": list(map(_rule, codes))}
    results = [_result(diagnostic, codes) for diagnostic in diagnostics]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    from sopb_rules.catalogue import explain

    explanation = explain(code)
    return {
        "id": code,
        "shortDescription": {"text": explanation.title},
        "fullDescription": {"text": explanation.text},
        "help": {"text": f"sopb explain {code}"},
    }


def _result(diagnostic: Diagnostic, codes: Sequence[str]) -> dict[str, Any]:
    parts = [f"{diagnostic.where}: {diagnostic.message}" if diagnostic.where else diagnostic.message]
    parts += [f"{name}: {text or '(nothing)'}" for name, text in diagnostic.texts or ()]
    parts += [f"expected: {diagnostic.expected}"] if diagnostic.expected else []
    parts += [f"help: {diagnostic.help}"] if diagnostic.help else []
    result: dict[str, Any] = {
        "ruleId": diagnostic.code.value,
        "ruleIndex": codes.index(diagnostic.code.value),
        "level": diagnostic.severity.value,
        "message": {"text": "\n".join(parts)},
    }
    if place := _place(diagnostic):
        result["locations"] = [{"physicalLocation": place}]
    return result


def _place(diagnostic: Diagnostic) -> dict[str, Any]:
    span = diagnostic.span
    file = span.source.name if span is not None else diagnostic.file
    if not file:
        return {}
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if span is not None:
        line, column = span.source.position(span.start)
        end_line, end_column = span.source.position(max(span.end, span.start))
        place["region"] = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return place


def _uri(file: str) -> str:
    """A file's URI: relative for what lies in the current folder, so that a code host finds it in the repository."""
    path = Path(file)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
