"""`sopb examples`: what shows each condition, ready to paste, and what does not exist."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sopb_rules.analysis import run as running
from sopb_rules.loading import load_policies
from sopb_rules.testing import turning_examples
from sopb_rules.testing.coverage import condition_coverage, written_atoms
from sopb_rules.testing.examples import run_examples
from sopb_rules.testing.turning_examples import Condition, Display, Ending, Found
from tests.apps.conftest import Run
from tests.apps.golden import compare

SCHEMA = json.loads(resources.files("sopb_rules.testing").joinpath("examples.schema.json").read_text("utf-8"))

POLICIES = """\
vocabulary clubs

ordered kind level from low to high
  low, middle, high

entity club "club"
  members  count
  level    level
  open     yes/no  act

article 1 "Clubs"

define large about club
  means members is at least 5

norm 1.1 about club
  | A large club, and each below the high level, must be open.
  when large or level is below high
  the club must
    "be open"
        open

norm 1.2 about club
  | A club with two members, or three, must be open.
  when members is at least 3 and members is at least 2
  the club must
    "be open"
        open
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with policies, which is the current one."""
    (tmp_path / "all.policy").write_text(POLICIES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_examples_that_can_be_pasted(run: Run, here: Path) -> None:
    """Pasted as they are they pass, in canonical layout, and leave nothing untried but what is proved not to be."""
    result = run("examples", "--quiet", COLUMNS="100")
    assert result.exit_code == 0, result.output
    compare("examples", result.output)
    assert result.output.endswith(
        "the current folder: 3 statements: 16 examples for 7 conditions, 2 proved to be impossible\n"
    )
    text = POLICIES
    for name, examples in _blocks(result.output):
        end = {"definition large": "\n\nnorm 1.1", "norm 1.1": "\n\nnorm 1.2"}.get(name)
        at = text.index(end) if end else len(text.rstrip("\n"))
        text = f"{text[:at]}\n\n{examples}{text[at:]}"
    (here / "all.policy").write_text(text, "utf-8")
    policies = load_policies(here)
    results = run_examples(policies)
    assert len(results) == 16
    assert all(each.passed for each in results)
    assert [(each.owner, each.atom.words) for each in condition_coverage(policies) if not each.complete] == [
        ("norm 1.2", "members is at least 2")
    ]
    assert run("fmt", "--check", here).exit_code == 0


def _blocks(output: str) -> list[tuple[str, str]]:
    """The name of each statement, with what stands below it."""
    blocks: list[tuple[str, list[str]]] = []
    for line in output.split("\n")[:-2]:
        if line and not line.startswith(" "):
            blocks.append((line.partition(" — ")[0], []))
        else:
            blocks[-1][1].append(line)
    return [(name, "\n".join(lines).strip("\n")) for name, lines in blocks]


def test_json_by_its_schema(run: Run) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    result = run("examples", "1.2", "--format", "json", "--jobs", "1")
    assert result.exit_code == 0
    data = json.loads(result.output)
    jsonschema.validate(data, SCHEMA)
    (norm,) = data["statements"]
    assert (norm["statement"], norm["file"], norm["line"]) == ("norm 1.2", "all.policy", 23)
    assert [(each["condition"], [one["status"] for one in each["shows"]]) for each in norm["conditions"]] == [
        ("members is at least 3", ["shown"] * 4),
        ("members is at least 2", ["none", "shown", "shown", "shown"]),
        ("open", ["shown"]),
    ]
    first, other = norm["conditions"][0]["shows"][0]["examples"]
    assert (first["outcome"], other["outcome"]) == ("not_applicable", "unmet")
    assert first["state"].startswith("as_of: 2026-11-01\nclub:\n")


FOUND = (
    Found(None, Ending.SHOWN, (Display("a: yes", "met", "as_of: 2026-11-01\n", ""),) * 2),
    Found(-1, Ending.UNDECIDED, reason="not decided within 1 s"),
    Found(0, Ending.MISMATCH, reason="in\nas_of: 2026-11-01"),
    Found(1, Ending.NONE),
)


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_not_shown_is_said(run: Run, monkeypatch: pytest.MonkeyPatch, here: Path, form: str) -> None:
    def searched(policies: Any, *_: Any) -> list[Condition]:
        norm = policies.model.norms["1.2"]
        turns = (Found(None, Ending.UNDECIDED, reason="not decided within 1 s"),)
        first, second, _open = written_atoms(norm)
        return [Condition(norm, first, FOUND), Condition(norm, second, turns), Condition(norm, second, FOUND[2:3])]

    monkeypatch.setattr(turning_examples, "searched", searched)
    result = run("examples", "--format", form)
    assert result.exit_code == 0
    if form == "json":
        jsonschema.validate(json.loads(result.output), SCHEMA)
        assert json.loads(result.output)["counts"] == {"shown": 1, "none": 1, "undecided": 2, "mismatch": 2}
    else:
        compare("examples_not_shown", result.output)


def test_the_solver_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "find_spec", lambda _: None)
    result = run("examples")
    assert result.exit_code == 2
    assert "error U003: questions about all states need the solver z3" in result.output


def test_what_is_called_nothing(run: Run) -> None:
    result = run("examples", "1.9")
    assert result.exit_code == 2
    assert "there is no norm, decision or definition 1.9" in result.output
    assert run("examples", "--timeout", "0").exit_code == 2
