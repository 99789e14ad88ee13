"""`sopb check` and `sopb test`, and diagnostics as text, JSON and SARIF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sopb_rules.apps.diagnostics_output import as_sarif
from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span
from tests.apps import sample
from tests.apps.conftest import Run
from tests.apps.golden import compare


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample in several states, in folders below the current one."""
    sample.policies(tmp_path / "good")
    sample.policies(tmp_path / "broken", sample.BROKEN)
    sample.policies(tmp_path / "failing", sample.FAILING)
    sample.policies(
        tmp_path / "misgiven", sample.ARTICLE.replace("given formal_members is 3", "given formal_membrs is 3")
    )
    monkeypatch.chdir(tmp_path)


def test_check_without_mistakes(run: Run) -> None:
    result = run("check", "good")
    assert (result.exit_code, result.output) == (0, "`good`: 2 files, 5 norms, no mistakes\n")


def test_check_with_mistakes(run: Run) -> None:
    result = run("check", "broken")
    assert result.exit_code == 1
    compare("check_broken", result.output)


def test_check_looks_at_the_givens_of_examples_but_runs_none(run: Run) -> None:
    assert run("check", "failing").exit_code == 0
    result = run("check", "misgiven")
    assert result.exit_code == 1
    assert "misgiven/article_01.policy:13:11" in result.output
    assert "did you mean `formal_members`?" in result.output
    assert result.output.endswith("1 mistake\n")


def test_check_as_json(run: Run) -> None:
    result = run("check", "broken", "--format", "json")
    assert result.exit_code == 1
    (diagnostic,) = json.loads(result.output)["diagnostics"]
    assert (diagnostic["code"], diagnostic["line"], diagnostic["column"]) == ("N001", 5, 8)
    assert json.loads(run("check", "good", "--format", "json").output) == {"diagnostics": []}


def test_check_as_sarif(run: Run) -> None:
    result = run("check", "broken", "--format", "sarif")
    assert result.exit_code == 1
    log = json.loads(result.output)
    assert log["version"] == "2.1.0"
    (run_,) = log["runs"]
    assert [rule["id"] for rule in run_["tool"]["driver"]["rules"]] == ["N001"]
    (found,) = run_["results"]
    assert (found["ruleId"], found["ruleIndex"], found["level"]) == ("N001", 0, "error")
    (location,) = found["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "broken/article_01.policy"},
        "region": {"startLine": 5, "startColumn": 8, "endLine": 5, "endColumn": 21},
    }
    assert json.loads(run("check", "good", "--format", "sarif").output)["runs"][0]["results"] == []


def test_sarif_of_files_and_of_nothing(tmp_path: Path) -> None:
    inside = Diagnostic(Code.FILE_MISSING, "no file", file=str(tmp_path / "a b.policy"))
    outside = Diagnostic(Code.FILE_MISSING, "no file", file="/elsewhere/a.policy")
    nowhere = Diagnostic(Code.BAD_USAGE, "no", where="norm 1.1", expected="yes", help="try")
    spot = Diagnostic(Code.UNEXPECTED, "end", Span(Source("x", "a"), 1, 1))
    results = as_sarif([inside, outside, nowhere, spot])["runs"][0]["results"]
    places = [each["locations"][0]["physicalLocation"] for each in results if "locations" in each]
    assert [place["artifactLocation"]["uri"] for place in places] == ["a%20b.policy", "file:///elsewhere/a.policy", "x"]
    assert "locations" not in results[2]
    assert results[2]["message"]["text"] == "norm 1.1: no\nexpected: yes\nhelp: try"
    assert [each["ruleIndex"] for each in results] == [0, 0, 2, 1]


def test_examples_that_pass(run: Run) -> None:
    result = run("test", "good")
    assert result.exit_code == 0
    assert result.output.startswith("`good`: 1 example, all passed\n")


def test_examples_that_fail(run: Run) -> None:
    result = run("test", "failing")
    assert result.exit_code == 1
    assert "failing/article_01.policy:14:10: error U004: 1.1 is unmet, and the example says met" in result.output
    assert "(a) set up a branch" in result.output
    assert result.output.endswith("`failing`: 1 of 1 example failed\n")


def test_policies_with_mistakes_cannot_be_tested(run: Run) -> None:
    result = run("test", "broken")
    assert result.exit_code == 2
    assert "N001" in result.stderr


def test_without_a_folder_it_is_the_current_one_or_the_shipped(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("check").output.startswith("the Opinions that come with sopb: ")
    assert run("test").output.startswith("the Opinions that come with sopb: ")
    monkeypatch.chdir("good")
    assert run("check").output == "the current folder: 2 files, 5 norms, no mistakes\n"
    assert run("test").output.startswith("the current folder: 1 example, all passed\n")
