"""`sopb check` and `sopb test`, and diagnostics as text, JSON and SARIF."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sopb_rules.apps.diagnostics_output import as_sarif
from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span
from tests.apps import sample
from tests.apps.conftest import Run
from tests.apps.golden import compare

#: A policy set that nothing can be said against.
CLEAN = """\
vocabulary clean

entity region "region"
  has_office  yes/no  "has an office"  act

article 1 "Offices"

norm 1.1 about region
  | Each region must have an office.
  the region must
    "have an office"
        has_office

  example "an office"
    given has_office is yes
    then 1.1 is met

  example "none"
    given has_office is no
    then 1.1 is unmet
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample in several states, in folders below the current one."""
    sample.policies(tmp_path / "good")
    sample.policies(tmp_path / "broken", sample.BROKEN)
    (tmp_path / "clean").mkdir()
    (tmp_path / "clean" / "all.policy").write_text(CLEAN, "utf-8")
    sample.policies(tmp_path / "failing", sample.FAILING)
    sample.policies(
        tmp_path / "misgiven", sample.ARTICLE.replace("given formal_members is 3", "given formal_membrs is 3")
    )
    monkeypatch.chdir(tmp_path)


def test_check_without_mistakes(run: Run) -> None:
    result = run("check", "clean", "--strict")
    assert (result.exit_code, result.output) == (0, "`clean`: 1 file, 1 norm, no mistakes\n")


def test_check_with_warnings_and_notes(run: Run) -> None:
    result = run("check", "good")
    assert result.exit_code == 0
    compare("check_good", result.output)
    assert run("check", "good", "--strict").exit_code == 1


def test_notes_alone_never_end_with_1(run: Run) -> None:
    result = run("check", "good", "--strict", "--select", "unmarked-act")
    assert result.exit_code == 0
    assert result.output.endswith("`good`: 2 files, 5 norms, no mistakes, 1 note\n")


def test_checks_are_asked_where_there_are_no_mistakes(run: Run) -> None:
    for folder in ("broken", "misgiven"):
        (diagnostic,) = json.loads(run("check", folder, "--format", "json").output)["diagnostics"]
        assert diagnostic["severity"] == "error"


@pytest.mark.parametrize("name", ["no-example", "NO-EXAMPLE", "C011"])
def test_select_and_ignore_take_names_and_codes(run: Run, name: str) -> None:
    def checks(*options: str) -> set[str]:
        found = json.loads(run("check", "good", "--format", "json", *options).output)["diagnostics"]
        return {each["check"] for each in found}

    assert checks("--select", name) == {"no-example"}
    assert checks("--select", name, "--select", "unused-role") == {"no-example"}
    assert "no-example" in checks()
    assert checks("--ignore", name) == checks() - {"no-example"}
    assert checks("--select", name, "--ignore", name) == set()


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_unknown_checks_are_refused(run: Run, option: str) -> None:
    result = run("check", "good", option, "no-exmple")
    assert result.exit_code == 2
    assert f"{option}: there is no check `no-exmple`; did you mean `no-example`?" in " ".join(result.output.split())


def test_the_list_of_checks(run: Run, tmp_path: Path) -> None:
    compare("check_list", run("check", "good", "--list", COLUMNS="100").output)
    (tmp_path / "good" / "sopb.toml").write_text('[check]\noff = ["unused-fact"]\n', "utf-8")
    assert re.search(r"unused-fact +off", run("check", "good", "--list").output)


def test_the_configuration_counts(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "good" / "sopb.toml"
    file.write_text('[check]\nerror = ["no-example"]\n', "utf-8")
    result = run("check", "good")
    assert result.exit_code == 1
    assert "error C011 no-example: no example tries norm 1.2" in result.output
    file.write_text('[check]\noff = ["no-exmple"]\n', "utf-8")
    result = run("check", "good")
    assert result.exit_code == 2
    assert "good/sopb.toml:2:9: error U005: there is no check `no-exmple`" in result.stderr
    assert "help: did you mean `no-example`?" in result.stderr


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
    assert json.loads(run("check", "clean", "--format", "json").output) == {"diagnostics": []}


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
    assert json.loads(run("check", "clean", "--format", "sarif").output)["runs"][0]["results"] == []


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
    assert "\nthe current folder: 2 files, 5 norms, no mistakes, " in run("check").output
    assert run("test").output.startswith("the current folder: 1 example, all passed\n")
