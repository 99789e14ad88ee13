"""What programs read: SARIF by its schema, annotations of GitHub, JUnit's XML and JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from sopb_rules.apps.diagnostics_output import as_annotations, as_sarif
from sopb_rules.apps.examples_output import as_junit
from sopb_rules.diagnostics import Code, Diagnostic, Severity
from sopb_rules.model.load import compile_policies
from sopb_rules.source import Source, Span
from sopb_rules.testing.examples import ExampleResult
from tests.apps import sample
from tests.apps.conftest import Run
from tests.properties.support import fewer

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA)

texts = st.text(max_size=12)
diagnostics = st.builds(
    Diagnostic,
    st.sampled_from(Code),
    texts,
    st.one_of(
        st.none(),
        st.builds(lambda name, start, end: Span(Source(name, "a\nbc\n\nd"), start, start + end),
                  st.sampled_from(["a b.policy", "/elsewhere/ä,:%.policy", "x"]), st.integers(0, 7), st.integers(0, 3)),
    ),
    file=st.sampled_from(["", "a.policy"]),
    where=texts,
    help=texts,
    severity=st.sampled_from(Severity),
    texts=st.one_of(st.none(), st.just((("source", "a"), ("policy", "")))),
)  # fmt: skip


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample.policies(tmp_path / "good")
    sample.policies(tmp_path / "broken", sample.BROKEN)
    sample.policies(tmp_path / "failing", sample.FAILING)
    (tmp_path / "good" / "source.txt").write_text("1. Branches. Other words. And more.\n", "utf-8")
    monkeypatch.chdir(tmp_path)


@fewer
@given(st.lists(diagnostics, max_size=4))
def test_any_diagnostics_are_valid_sarif(found: list[Diagnostic]) -> None:
    VALIDATOR.validate(as_sarif(found))


@pytest.mark.parametrize(
    "arguments",
    [("check", "good"), ("check", "broken"), ("audit", "good"), ("test", "good"), ("test", "failing")],
    ids=" ".join,
)
def test_what_the_commands_print_is_valid_sarif(run: Run, arguments: tuple[str, ...]) -> None:
    log = json.loads(run(*arguments, "--format", "sarif").output)
    VALIDATOR.validate(log)
    assert log["runs"][0]["results"]


def test_sarif_names_the_checks(run: Run) -> None:
    log = json.loads(run("check", "good", "--select", "no-example", "--format", "sarif").output)
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"], rule["defaultConfiguration"]) == ("C011", "no-example", {"level": "warning"})


def test_annotations_stand_at_their_place() -> None:
    source = Source("a b.policy", "one\ntwo three\n")
    found = [
        Diagnostic(Code.UNEXPECTED, "no", Span(source, 8, 13), help="try, again: 100%"),
        Diagnostic(
            Code.ALWAYS_TRUE, "so", Span(source, 0, 7), where="norm 1.1", severity=Severity.WARNING, check="always-true"
        ),
        Diagnostic(Code.BAD_USAGE, "no", severity=Severity.NOTE),
        Diagnostic(Code.FILE_MISSING, "gone", file="x,y:z%.policy"),
    ]
    assert list(as_annotations(found)) == [
        "::error file=a b.policy,line=2,endLine=2,col=5,endColumn=10,title=P001::no%0Ahelp: try, again: 100%25",
        "::warning file=a b.policy,line=1,endLine=2,title=C014 always-true::norm 1.1: so",
        "::notice title=U002::no",
        "::error file=x%2Cy%3Az%25.policy,title=F001::gone",
    ]


@given(diagnostics)
def test_an_annotation_is_one_line_that_can_be_read_back(found: Diagnostic) -> None:
    (line,) = as_annotations([found])
    assert not set(line) & set("\r\n")
    match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line, re.DOTALL)
    assert match is not None
    told = dict(each.split("=", 1) for each in match[2].split(","))
    assert {"title"} <= told.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}


@pytest.mark.parametrize("arguments", [("check", "good"), ("audit", "good"), ("test", "failing")], ids=" ".join)
def test_annotations_of_the_commands(run: Run, arguments: tuple[str, ...]) -> None:
    as_text, annotated = run(*arguments), run(*arguments, "--format", "github")
    assert as_text.exit_code == annotated.exit_code
    lines = annotated.output.splitlines()
    assert lines
    assert all(re.match(r"::(error|warning|notice) file=good|::error file=failing", line) for line in lines)


def suite(text: str) -> ET.Element:
    """A suite of the shape that build servers read."""
    root = ET.fromstring(text)
    assert root.tag == "testsuites"
    (found,) = root
    assert found.tag == "testsuite"
    counts = {name: int(found.get(name, "")) for name in ("tests", "failures", "errors", "skipped")}
    assert counts["tests"] == len(found)
    assert counts["failures"] == len(found.findall("testcase[failure]"))
    assert counts["errors"] == len(found.findall("testcase[error]"))
    for case in found:
        assert case.tag == "testcase"
        assert all(case.get(name) for name in ("classname", "name", "file", "line"))
        assert {each.tag for each in case} <= {"failure", "error"}
        assert all(each.get("message") and each.get("type") and each.text for each in case)
    return found


def test_junit_of_examples_that_pass(run: Run) -> None:
    result = run("test", "good", "--format", "junit")
    assert result.exit_code == 0
    (case,) = suite(result.output)
    assert case.attrib == {
        "classname": "article 1/norm 1.1", "name": "no branch", "file": "good/article_01.policy", "line": "12",
    }  # fmt: skip


def test_junit_of_examples_that_fail(run: Run) -> None:
    result = run("test", "failing", "--format", "junit")
    assert result.exit_code == 1
    (case,) = suite(result.output)
    (failure,) = case
    assert failure.get("message") == "1.1 is unmet, and the example says met"
    assert failure.get("type") == "U004"
    assert "failing/article_01.policy:14:10" in (failure.text or "")


@given(texts, texts, st.booleans())
def test_junit_holds_any_text(title: str, message: str, broken: bool) -> None:
    policies = compile_policies([Source("v.policy", "vocabulary sample\n")])
    place = Span(Source("a.policy", "example"), 0, 7)
    failures = (Diagnostic(Code.EXAMPLE, message, place),)
    root = ET.fromstring(as_junit(policies, [ExampleResult("norm 8.1", title, place, failures, broken)]))
    assert [each.tag for each in root.iter()][-1] == ("error" if broken else "failure")


def test_examples_as_json(run: Run) -> None:
    result = run("test", "failing", "--format", "json")
    assert result.exit_code == 1
    data: dict[str, Any] = json.loads(result.output)
    (example,) = data["examples"]
    assert (example["statement"], example["title"], example["passed"]) == ("norm 1.1", "no branch", False)
    assert (example["file"], example["line"]) == ("failing/article_01.policy", 12)
    assert [each["code"] for each in example["diagnostics"]] == ["U004"]
    assert data["untried"] == []

    result = run("test", "good", "--format", "json")
    assert result.exit_code == 0
    data = json.loads(result.output)
    assert [each["passed"] for each in data["examples"]] == [True]
    assert data["coverage"]["thresholds"] == {"tried": 0, "of": 3}
    assert {each["code"] for each in data["untried"]} == {"D012", "D013"}
    assert run("test", "good", "--format", "json", "--require-coverage").exit_code == 1
