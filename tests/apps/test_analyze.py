"""`sopb analyze`: what is asked, how answers are shown, and when it ends with 1."""

from __future__ import annotations

import datetime
import io
import json
import re
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sopb_rules.analysis import asked
from sopb_rules.analysis import run as running
from sopb_rules.analysis.questions import Answer, Kind, Question, Status
from sopb_rules.apps.answer_data import analysis
from sopb_rules.loading import load_policies
from sopb_rules.testing.examples import run_examples
from tests.apps.answered import CLASHING, CLEAR, FOUND, GAP, POLICIES
from tests.apps.conftest import Run
from tests.apps.golden import compare

SCHEMA = json.loads(resources.files("sopb_rules.analysis").joinpath("answers.schema.json").read_text("utf-8"))
SARIF = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))

#: Two norms that clash, a third that follows, and a decision with a gap.
SMALL = """\
vocabulary small

kind body
  one, other

entity club "club"
  members  count
  open     yes/no  act

article 1 "Clubs"

norm 1.1 about club
  | A club must be open.
  the club must
    "be open"
        open

norm 1.2 about club
  | A club without members must not be open.
  when members is 0
  the club must not
    "be open"
        open

decision 1 leading about club gives body
  case 1.3 gives one when members is at least 10
    | Ten members are led by one.
  case 1.4 gives other when members is fewer than 5
    | Those with fewer than five are led by the other.
"""

Give = Callable[[Sequence[Answer]], None]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with policies, which is the current one."""
    (tmp_path / "all.policy").write_text(POLICIES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Give:
    """Let these be the answers."""

    def give(answers: Sequence[Answer]) -> None:
        questions = list(dict.fromkeys(each.question for each in answers))
        groups = [tuple(each for each in answers if each.question == question) for question in questions]
        monkeypatch.setattr(asked, "questions", lambda *_: questions)
        monkeypatch.setattr(running, "answered", lambda *_: iter(groups))

    return give


def replace(file: Path, *pairs: tuple[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")


def test_what_is_found(run: Run, give: Give) -> None:
    give([*FOUND, *CLEAR])
    result = run("analyze", COLUMNS="100")
    assert result.exit_code == 1
    compare("analyze", result.output)


def test_what_is_clear(run: Run, give: Give) -> None:
    give(CLEAR)
    result = run("analyze", "--all", COLUMNS="100")
    assert result.exit_code == 0
    compare("analyze_all", result.output)
    told = "the current folder: 18 questions about 5 norms, 1 decision and 2 definitions: 0 found, 0 not decided\n"
    assert result.output.endswith(told)
    assert run("analyze").output == told


@pytest.mark.parametrize("status", [Status.UNDECIDED, Status.MISMATCH])
def test_what_is_not_known_ends_with_1(run: Run, give: Give, status: Status) -> None:
    give([Answer(Question(Kind.GAP, ("leading",)), status, reason="it was so")])
    assert run("analyze").exit_code == 1


def test_examples_and_cases_that_are_proposed_can_be_pasted(run: Run, give: Give, here: Path) -> None:
    give([GAP])
    (gap,) = json.loads(run("analyze", "--format", "json").output)["answers"]
    assert gap["clause"] == "  case 1.7/2 gives to_be_written when members is 3 and branch is absent\n"
    file = here / "all.policy"
    file.write_text(f"{POLICIES}\n{gap['example']}", "utf-8")
    assert [result.passed for result in run_examples(load_policies(here))] == [True]
    file.write_text(POLICIES + gap["clause"].replace("to_be_written", "local"), "utf-8")
    policies = load_policies(here)
    state = {"organization": [{"id": "a", "members": 3, "near": True, "branch": None}]}
    (decided,) = policies.evaluate(state, as_of=datetime.date(2026, 11, 1)).decisions
    assert decided.value == "local"


def test_json_by_its_schema(run: Run, give: Give) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    give([*FOUND, *CLEAR])
    for options in ((), ("--all",)):
        data = json.loads(run("analyze", "--format", "json", *options).output)
        jsonschema.Draft202012Validator(SCHEMA).validate(data)
        assert data["counts"] == {"found": 16, "clear": 21, "undecided": 2, "mismatch": 1, "allowed": 0}
        assert len(data["answers"]) == (40 if options else 19)


def test_the_schema_knows_every_kind_and_status() -> None:
    properties = SCHEMA["$defs"]["answer"]["properties"]
    assert properties["kind"]["enum"] == [kind.value for kind in Kind]
    assert properties["status"]["enum"] == [status.value for status in Status]


def test_sarif_by_its_schema(run: Run, give: Give) -> None:
    give([*FOUND, *CLEAR])
    data = json.loads(run("analyze", "--format", "sarif").output)
    jsonschema.Draft4Validator(SARIF).validate(data)
    (told,) = data["runs"]
    levels = [(each["ruleId"], each["level"]) for each in told["results"]]
    assert len(levels) == 19
    assert {("Q004", "note"), ("Q009", "warning"), ("Q011", "note"), ("Q012", "note"), ("Q013", "error")} <= set(levels)
    assert {level for code, level in levels if code == "Q003"} == {"warning", "note"}
    assert {each["id"]: each.get("name") for each in told["tool"]["driver"]["rules"]}["Q009"] == "conflict"


def test_annotations(run: Run, give: Give) -> None:
    give([CLASHING])
    assert run("analyze", "--format", "github").output.startswith("::warning file=all.policy,line=26,")


# ---- comments that allow ------------------------------------------------------------------------------------

ALLOWED = ("norm 1.1 about", "# allow conflict: a matter for the region\nnorm 1.1 about")


def test_a_comment_allows_what_is_found(run: Run, give: Give, here: Path) -> None:
    give([CLASHING, GAP])
    replace(here / "all.policy", ALLOWED)
    result = run("analyze")
    assert "Q009" not in result.output
    assert result.exit_code == 1
    assert result.output.endswith("1 found, 0 not decided, 1 allowed by comments\n")
    give([CLASHING])
    assert run("analyze").exit_code == 0


def test_a_comment_without_a_reason_allows_nothing(run: Run, give: Give, here: Path) -> None:
    give([CLASHING])
    replace(here / "all.policy", ("norm 1.1 about", "# allow conflict\nnorm 1.1 about"))
    result = run("analyze")
    assert result.exit_code == 1
    assert "warning C035 bad-allowance" in result.output


def test_a_comment_that_allows_nothing_is_told(run: Run, give: Give, here: Path) -> None:
    give([GAP])
    replace(here / "all.policy", ALLOWED, ("norm 1.2 about", "# allow unused-fact: so it is\nnorm 1.2 about"))
    result = run("analyze")
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(run("analyze", "--format", "json").output))
    assert result.output.count("C036") == 1
    assert "nothing here needs `allow conflict`" in result.output
    give([])
    assert run("analyze").exit_code == 0


def test_a_comment_is_not_called_needless_where_not_all_was_asked_or_decided(run: Run, give: Give, here: Path) -> None:
    replace(here / "all.policy", ALLOWED)
    give([GAP])
    assert "C036" not in run("analyze", "1.6").output
    give([Answer(Question(Kind.CONFLICT, ("1.1", "1.2")), Status.UNDECIDED, reason="not decided within 1 s")])
    assert "C036" not in run("analyze").output


def test_a_comment_above_a_case_allows_its_overlaps(run: Run, give: Give, here: Path) -> None:
    give([each for each in FOUND if each.question.kind is Kind.OVERLAP and each.status is Status.FOUND])
    replace(here / "all.policy", ("  case 1.7", "  # allow overlap: the document says both\n  case 1.7"))
    assert run("analyze").exit_code == 0


def test_check_knows_the_names_and_leaves_them_alone(run: Run, here: Path) -> None:
    replace(here / "all.policy", ALLOWED)
    output = run("check").output
    assert "bad-allowance" not in output
    assert "unused-allowance" not in output


@pytest.mark.parametrize("name", ["Q009", "conflict", "forbids-permitted"])
def test_what_is_found_is_explained(run: Run, name: str) -> None:
    result = run("explain", name)
    assert result.exit_code == 0
    assert result.output.startswith("Q0")


# ---- with the solver ----------------------------------------------------------------------------------------


@pytest.fixture
def small(here: Path) -> Path:
    """A folder with policies in which something can be found."""
    folder = here / "small"
    folder.mkdir()
    (folder / "all.policy").write_text(SMALL, "utf-8")
    return folder


def test_the_solver_finds_what_is_there(run: Run, small: Path) -> None:
    result = run("analyze", "--policies", small, "--format", "json", "--all", "--jobs", "1")
    data = json.loads(result.output)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    told = {each["kind"]: each for each in data["answers"] if each["status"] == "found"}
    assert set(told) == {"conflict", "gap"}
    assert told["conflict"]["ids"] == ["1.1", "1.2"]
    assert re.search(r"members is [5-9]\b", told["gap"]["example"])
    assert re.search(r"when members is [5-9]$", told["gap"]["clause"], re.MULTILINE)
    assert result.exit_code == 1
    again = run("analyze", "--policies", small, "--format", "json", "--all", "--jobs", "2", "--quiet")
    assert again.output == result.output


def test_a_part_only(run: Run, small: Path) -> None:
    data = json.loads(run("analyze", "1.3", "--policies", small, "--format", "json").output)
    assert data["asked"] == {"questions": 4, "norms": 0, "decisions": 1, "definitions": 0}


def test_what_cannot_be_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = run("analyze", "9.9")
    assert (unknown.exit_code, "there is no norm, decision or definition 9.9" in unknown.stderr) == (2, True)
    assert run("analyze", "--timeout", "0").exit_code == 2
    monkeypatch.setattr(running, "find_spec", lambda *_: None)
    missing = run("analyze")
    assert missing.exit_code == 2
    assert missing.stderr.splitlines()[0].startswith("error U003: ")
    assert "help: pip install 'sopb-rules[analysis]'" in missing.stderr


def test_a_bar_on_a_terminal(run: Run, give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    from sopb_rules.analysis import run as asking  # what `give` puts in its place
    from sopb_rules.apps.progress import tracked

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    give([CLASHING])
    for quiet, shows in ((False, True), (True, False)):
        monkeypatch.setattr("sys.stderr", Terminal())
        policies: Any = None
        found = asking.answered(policies, [CLASHING.question], 1.0, None)
        assert list(tracked(found, "asking questions", 1, quiet)) == [(CLASHING,)]
        import sys

        assert ("asking questions" in sys.stderr.getvalue()) is shows  # type: ignore[attr-defined]


def test_a_witness_that_no_longer_fits_the_policies_has_no_example(here: Path) -> None:
    from sopb_rules.analysis.questions import Witness

    policies = load_policies(here)
    for witness in (
        Witness("organization: 3\n", "organization[a]", (("organization[a]", "leading", "no_case"),)),
        Witness("as_of: 2026-11-01\n", "organization[a]", (("organization[a]", "leading", "no_case"),)),
        Witness("as_of: 2026-11-01\n", "organization[a]", ()),
    ):
        answer = Answer(GAP.question, Status.FOUND, witness=witness)
        (told,) = analysis(policies, [GAP.question], [answer], partly=False).told
        assert (told.example, told.clause) == ("", "")
