"""`sopb explain`, `sopb article` and `sopb facts`."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from sopb_rules.diagnostics import Code
from tests.apps import sample
from tests.apps.conftest import Run
from tests.apps.golden import compare


@pytest.fixture(autouse=True)
def here(policies: Path, breach: Path, compliant: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample in the current folder."""
    monkeypatch.chdir(tmp_path)


def test_explain_a_norm(run: Run) -> None:
    result = run("explain", "1.1", "breach.yaml", "compliant.yaml", "--policies", "policies")
    assert result.exit_code == 0
    compare("explain_norm", result.output)


def test_explain_what_is_missing(run: Run, tmp_path: Path) -> None:
    sample.state(tmp_path, "organization: [{id: a, formal_members: unknown}]\n")
    result = run("explain", "1.1", "state.yaml", "--policies", "policies", "--as-of", "2026-11-01")
    compare("explain_missing", result.output)


def test_explain_a_permission_with_units(run: Run) -> None:
    shown = run("explain", "1.3", "compliant.yaml", "--policies", "policies").output
    assert "branch.share is 40%" in shown
    assert "✓ holds        provided: with approval" in shown


@pytest.mark.parametrize("subject", ["good", "organization[good]"])
def test_explain_for_one_subject(run: Run, subject: str) -> None:
    files = ("breach.yaml", "compliant.yaml")
    shown = run("explain", "1.1", *files, "--policies", "policies", "--subject", subject).output
    assert "organization good" in shown
    assert "organization bad" not in shown


def test_explain_a_subject_that_is_held_by_another(run: Run) -> None:
    shown = run("explain", "1.4", "breach.yaml", "--policies", "policies", "--subject", "bad").output
    assert "must not — the higher level, about reports[#1]" in shown
    assert "✗ done         leave a report unmade" in shown
    assert "✓ not done     leave a report unmade" in shown


def test_explain_where_there_is_no_subject(run: Run) -> None:
    result = run("explain", "1.4", "compliant.yaml", "--policies", "policies")
    assert result.exit_code == 0
    assert result.output == "1.4 is about each report, and the state has no report.\n"


def test_explain_a_decision(run: Run) -> None:
    result = run("explain", "leading_body", "breach.yaml", "--policies", "policies", "--as-of", "2026-11-01")
    assert result.exit_code == 0
    compare("explain_decision", result.output)


@pytest.mark.parametrize("code", list(Code))
def test_explain_a_code(run: Run, code: Code) -> None:
    result = run("explain", code.value.lower())
    assert result.exit_code == 0
    assert result.output.startswith(f"{code.value}  ")
    assert "Leads to it\n" in result.output
    assert "Put right\n" in result.output


def test_article(run: Run) -> None:
    result = run("article", "1", "--policies", "policies")
    assert result.exit_code == 0
    compare("article", result.output)


def test_article_with_definitions_and_parameters(run: Run, tmp_path: Path) -> None:
    more = """
parameter few count "how many are few"
  from 2020-01-01 is 3
  from 2025-01-01 is 4
  judged by higher_level

parameter always percent "a share" is 40%

parameter soon period in days "how soon"
  judged by higher_level

define small "is small" about organization
  means formal_members is at most few
"""
    sample.policies(tmp_path / "more", sample.ARTICLE + more)
    compare("article_parameters", run("article", "1", "--policies", "more").output)


def test_facts(run: Run) -> None:
    result = run("facts", "--policies", "policies")
    assert result.exit_code == 0
    compare("facts", result.output)


def test_facts_as_json(run: Run) -> None:
    data = json.loads(run("facts", "--policies", "policies", "--format", "json").output)
    facts = {(entity["name"], fact["name"]): fact for entity in data["entities"] for fact in entity["facts"]}
    assert facts["organization", "sound"]["assessor"] == "higher_level"
    assert facts["branch", "approved"] == {
        "name": "approved", "type": "yes/no", "label": "approved by the higher level", "optional": False, "act": True,
        "assessor": None, "stated": True,
    }  # fmt: skip
    assert data["kinds"][1] == {
        "name": "level", "label": "level", "ordered": True,
        "values": {"township": "township", "county": "county", "national": "national"},
    }  # fmt: skip


def test_facts_as_json_schema(run: Run) -> None:
    schema = json.loads(run("facts", "--policies", "policies", "--json-schema").output)
    validator = jsonschema.Draft202012Validator(schema)
    state = yaml.load(sample.COMPLIANT, Loader=yaml.BaseLoader)  # as an editor sees it
    assert validator.is_valid(json.loads(json.dumps({"organization": [{"id": "a", "formal_members": 3}]})))
    assert not validator.is_valid({"organization": [{"id": "a", "formal_membrs": 3}]})
    assert state["organization"][0]["id"] == "good"


def test_facts_as_stubs(run: Run) -> None:
    stubs = run("facts", "--policies", "policies", "--python-stubs").output
    assert "Organization" in {node.name for node in ast.walk(ast.parse(stubs)) if isinstance(node, ast.ClassDef)}


def test_the_shipped_policies_are_the_default(run: Run) -> None:
    assert "Article 8  Establish Party organizations" in run("article", "8").output
    assert "formal_members" in run("facts").output


def test_article_leaves_out_what_speaks_to_the_checks(run: Run) -> None:
    result = run("article", "3")
    assert result.exit_code == 0
    assert "so the sentence takes its force and its bearer from there" in " ".join(result.output.split())
    assert "wrong-force" not in result.output
