"""`sopb explain`: definitions, what stands against an expected verdict, and JSON."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from tests.apps import sample
from tests.apps.conftest import Run
from tests.apps.golden import compare

MORE = """\
article 2 "More"

define 2.1 large "of some size" about organization
  | An organization of ten members is of some size.
  means formal_members is at least 10

norm 2.2 about organization
  | Large organizations should be sound or have reported.
  when large
  the organization should
    "be sound or have reported"
        sound or every x in reports satisfies (x.made)
"""
SCHEMA = json.loads(resources.files("sopb_rules.findings").joinpath("explanation.schema.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def here(policies: Path, breach: Path, compliant: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample in the current folder, with a definition that a norm asks."""
    (policies / "article_02.policy").write_text(MORE, "utf-8")
    sample.state(tmp_path, "as_of: 2026-11-01\norganization: [{id: a, formal_members: unknown}]\n")
    monkeypatch.chdir(tmp_path)


def test_a_norm_that_asks_a_definition(run: Run) -> None:
    result = run("explain", "2.2", "breach.yaml", "compliant.yaml", "state.yaml", "--policies", "policies")
    assert result.exit_code == 0
    compare("explain_reference", result.output)


@pytest.mark.parametrize("name", ["large", "2.1"])
def test_a_definition(run: Run, name: str) -> None:
    result = run("explain", name, "breach.yaml", "compliant.yaml", "state.yaml", "--policies", "policies")
    assert result.exit_code == 0
    compare("explain_definition", result.output)


def test_why_not(run: Run) -> None:
    files = ("breach.yaml", "compliant.yaml", "state.yaml", "--policies", "policies")
    parts = [run("explain", "1.1", *files, "--why-not", "met").output]
    parts += [run("explain", "1.3", *files, "--why-not", "exceeded").output]
    parts += [run("explain", "leading_body", *files, "--why-not", "local").output]
    compare("explain_why_not", "\n".join(parts))


@pytest.mark.parametrize("words", ["not_applicable", "does not apply", "Not applicable", "not-applicable"])
def test_a_verdict_in_the_words_of_reports_and_of_json(run: Run, words: str) -> None:
    result = run("explain", "1.1", "breach.yaml", "--policies", "policies", "--why-not", words)
    assert result.exit_code == 0
    assert "for “does not apply”, these would have to be otherwise" in result.output
    assert "✗ the norm would have to not apply" in result.output


def test_a_value_of_a_decision_by_its_label(run: Run) -> None:
    arguments = ("explain", "leading_body", "breach.yaml", "--policies", "policies", "--format", "json", "--why-not")
    assert run(*arguments, "the local body").output == run(*arguments, "local").output


@pytest.mark.parametrize(
    ("what", "words", "expected"),
    [
        ("1.1", "used", "1.1 is a duty, which cannot be `used`"),
        ("1.3", "met", "1.3 is a permission, which cannot be `met`"),
        ("1.3", "met", "open, used, exceeded, not_applicable, unknown"),
        ("leading_body", "locale", "did you mean `local`?"),
        ("large", "met", "large is a definition, which has no verdict"),
    ],
)
def test_a_verdict_that_cannot_be(run: Run, what: str, words: str, expected: str) -> None:
    result = run("explain", what, "breach.yaml", "--policies", "policies", "--why-not", words)
    assert result.exit_code == 2
    assert expected in " ".join(result.output.split())


@pytest.mark.parametrize("what", ["1.1", "2.2", "leading_body", "large"])
def test_json_fits_the_schema(run: Run, what: str) -> None:
    result = run("explain", what, "breach.yaml", "compliant.yaml", "--policies", "policies", "--format", "json")
    assert result.exit_code == 0
    told = json.loads(result.output)
    assert [each["subject"]["id"] for each in told] == ["bad", "good"]
    for each in told:
        jsonschema.Draft202012Validator(SCHEMA).validate(each)


def test_why_not_as_json(run: Run) -> None:
    arguments = ("explain", "1.1", "breach.yaml", "--policies", "policies", "--format", "json", "--why-not", "met")
    (told,) = json.loads(run(*arguments).output)
    assert (told["expected"], told["found"], told["possible"]) == ("met", "unmet", False)
    assert [each["truth"] for each in told["obstacles"]] == ["false", "unknown"]
    jsonschema.Draft202012Validator(SCHEMA).validate(told["explanation"])


@pytest.mark.parametrize("more", [[], ["--why-not", "met"]])
def test_where_there_is_no_subject(run: Run, more: list[str]) -> None:
    result = run("explain", "1.4", "compliant.yaml", "--policies", "policies", *more)
    assert result.output == "1.4 is about each report, and the state has no report.\n"


def test_a_definition_needs_a_state(run: Run) -> None:
    result = run("explain", "large", "--policies", "policies")
    assert result.exit_code == 2
    assert "name a state to explain large for" in result.output


def test_a_code_has_no_verdict(run: Run) -> None:
    assert run("explain", "P001", "--why-not", "met").exit_code == 2
    assert run("explain", "P001", "--format", "json").exit_code == 2
