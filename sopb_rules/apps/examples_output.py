"""What became of the examples, in forms that programs read: JSON, JUnit's XML, SARIF and annotations of GitHub."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree import ElementTree as ET

import click

from sopb_rules.apps.diagnostics_output import output, relative
from sopb_rules.apps.inputs import output_json
from sopb_rules.diagnostics import Diagnostic
from sopb_rules.model.norms import Policies
from sopb_rules.testing.coverage import Shown
from sopb_rules.testing.examples import ExampleResult

#: What XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def print_examples(
    model: Policies,
    results: Sequence[ExampleResult],
    covered: Sequence[Shown],
    untried: Sequence[Diagnostic],
    form: str,
) -> None:
    """Print the results of all examples, and what they leave untried.

    Args:
        form: ``json``, ``junit``, ``sarif`` or ``github``.
    """
    if form == "json":
        output_json(as_json(results, covered, untried))
    elif form == "junit":
        click.echo(as_junit(model, results))
    else:
        output([*(failure for result in results for failure in result.failures), *untried], form)


def as_json(
    results: Iterable[ExampleResult], covered: Sequence[Shown], untried: Iterable[Diagnostic]
) -> dict[str, Any]:
    """The examples, what they leave untried, and how much they try, as plain data."""
    conditions = [shown.shown for shown in covered if not shown.judgement]
    judgements = [shown.shown for shown in covered if shown.judgement]
    thresholds = [not shown.untried for shown in covered if shown.threshold]
    tried = {"conditions": conditions, "judgements": judgements, "thresholds": thresholds}
    return {
        "examples": [
            {
                "statement": result.owner,
                "title": result.title,
                "file": result.span.source.name,
                "line": result.span.line,
                "passed": result.passed,
                "diagnostics": [failure.as_dict() for failure in result.failures],
            }
            for result in results
        ],
        "coverage": {name: {"tried": sum(each), "of": len(each)} for name, each in tried.items()},
        "untried": [diagnostic.as_dict() for diagnostic in untried],
    }


def as_junit(model: Policies, results: Sequence[ExampleResult]) -> str:
    """The examples as JUnit's XML: a suite, and in it a case for each, which build servers show."""
    articles = {article.span.source.name: f"article {article.number}" for article in model.articles.values()}
    failed = [result for result in results if not result.passed]
    broken = sum(result.broken for result in failed)
    counts = {"tests": str(len(results)), "failures": str(len(failed) - broken), "errors": str(broken)}
    root = ET.Element("testsuites", counts)
    suite = ET.SubElement(root, "testsuite", {"name": _clean(model.vocabulary.name), **counts, "skipped": "0"})
    for result in results:
        file = result.span.source.name
        article = articles.get(file, "vocabulary")
        about = {"classname": f"{article}/{result.owner}", "name": result.title, "file": relative(file).as_posix()}
        case = ET.SubElement(suite, "testcase", {name: _clean(value) for name, value in about.items()})
        case.set("line", str(result.span.line))
        for failure in result.failures:
            told = {"type": failure.code.value, "message": _clean(failure.message)}
            ET.SubElement(case, "error" if result.broken else "failure", told).text = _clean(str(failure))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False)


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
