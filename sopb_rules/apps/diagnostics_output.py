"""Diagnostics as text, as JSON, as SARIF 2.1.0 and as annotations of GitHub."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

import click

from sopb_rules.diagnostics import Diagnostic, Severity
from sopb_rules.source import Span

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
#: What GitHub calls the three.
_ANNOTATIONS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
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
    grave = _COLOURS[diagnostic.severity]
    if first:
        return f"bold {grave}"
    if line.lstrip().startswith("|") and line.rstrip().endswith("^"):
        return grave
    return "cyan" if line.startswith("  help:") else ""


def output(diagnostics: Sequence[Diagnostic], form: str) -> None:
    """Print diagnostics in a form that programs read: ``json``, ``sarif`` or ``github``."""
    from sopb_rules.apps.inputs import output_json

    if form == "github":
        for line in as_annotations(diagnostics):
            click.echo(line)
    else:
        output_json(as_sarif(diagnostics) if form == "sarif" else as_json(diagnostics))


def as_json(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """Diagnostics as plain data."""
    return {"diagnostics": [diagnostic.as_dict() for diagnostic in diagnostics]}


def as_annotations(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Diagnostics as commands of a GitHub workflow, a line each, which show them beside the changed lines."""
    for diagnostic in diagnostics:
        properties = {"title": f"{diagnostic.code.value} {diagnostic.check}".rstrip()}
        if file := diagnostic.span.source.name if diagnostic.span is not None else diagnostic.file:
            properties = {"file": relative(file).as_posix(), **_position(diagnostic.span), **properties}
        told = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
        yield f"::{_ANNOTATIONS[diagnostic.severity]} {told}::{_escaped(_message(diagnostic))}"


def _position(span: Span | None) -> dict[str, str]:
    if span is None:
        return {}
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(max(span.end, span.start))
    columns = {"col": str(column), "endColumn": str(end_column)} if line == end_line else {}
    return {"line": str(line), "endLine": str(end_line), **columns}


def _escaped(text: str, more: str = "") -> str:
    """A text in which nothing ends the command or one of its properties."""
    return "".join(f"%{ord(char):02X}" if char in "%\r\n" + more else char for char in text)


def as_sarif(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """Diagnostics as a SARIF log of one run, as code hosts and editors read it."""
    codes = sorted({diagnostic.code.value for diagnostic in diagnostics})
    driver = {"name": "sopb", "version": version("sopb-rules"), "rules": list(map(_rule, codes))}
    results = [_result(diagnostic, codes) for diagnostic in diagnostics]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    from sopb_rules.catalogue import explain
    from sopb_rules.checks.questions import ABOUT_ALL_STATES
    from sopb_rules.checks.registry import CHECKS

    explanation = explain(code)
    check = next((check for check in (*CHECKS, *ABOUT_ALL_STATES) if check.code.value == code), None)
    about_check = {} if check is None else {"name": check.name, "defaultConfiguration": {"level": check.severity.value}}
    return {
        "id": code,
        **about_check,
        "shortDescription": {"text": explanation.title},
        "fullDescription": {"text": explanation.text},
        "help": {"text": f"sopb explain {code}"},
    }


def _result(diagnostic: Diagnostic, codes: Sequence[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code.value,
        "ruleIndex": codes.index(diagnostic.code.value),
        "level": diagnostic.severity.value,
        "message": {"text": _message(diagnostic)},
    }
    if place := _place(diagnostic):
        result["locations"] = [{"physicalLocation": place}]
    return result


def _message(diagnostic: Diagnostic) -> str:
    """All that a diagnostic says, but for its place."""
    parts = [f"{diagnostic.where}: {diagnostic.message}" if diagnostic.where else diagnostic.message]
    parts += [f"{name}: {text or '(nothing)'}" for name, text in diagnostic.texts or ()]
    parts += [f"expected: {diagnostic.expected}"] if diagnostic.expected else []
    parts += [f"help: {diagnostic.help}"] if diagnostic.help else []
    return "\n".join(parts)


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
    path = relative(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def relative(file: str) -> Path:
    """The path of a file, from the current folder where it lies in it."""
    path = Path(file)
    inside = path.is_absolute() and path.is_relative_to(Path.cwd())
    return path.relative_to(Path.cwd()) if inside else path
