"""`sopb audit` and what `sopb test` says of coverage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.apps.conftest import Run
from tests.apps.golden import compare


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder."""
    monkeypatch.chdir(tmp_path)


def folder(source: str | None = None, **files: str) -> str:
    """A policy set in the folder `policies`."""
    target = Path("policies")
    target.mkdir()
    texts = {
        "vocabulary": 'vocabulary v\nentity organization "organization"\n  open yes/no\n  members count\n',
        "one": 'article 1 "Be open"\nnorm 1.1 about organization\n  | Be open.\n  when members is at least 3\n'
        "  the organization must\n    open\n",
        **files,
    }
    for name, text in texts.items():
        (target / f"{name}.policy").write_text(text, "utf-8")
    if source is not None:
        (target / "source.txt").write_text(source, "utf-8")
    return "policies"


# ---- audit ---------------------------------------------------------------------------------------------------


def test_the_opinions(run: Run) -> None:
    result = run("audit")
    assert result.exit_code == 0
    compare("audit_opinions", result.output)


def test_the_opinions_as_json(run: Run) -> None:
    result = run("audit", "--format", "json")
    assert result.exit_code == 0
    data = json.loads(result.output)
    assert set(data) == {"coverage", "sentences", "outside", "diagnostics"}
    assert len(data["sentences"]) == data["coverage"]["sentences"] == data["coverage"]["encoded"] == 124
    for sentence in data["sentences"]:
        assert set(sentence) == {"id", "text", "encoded_by"}
        assert sentence["encoded_by"]
        for encoding in sentence["encoded_by"]:
            assert set(encoding) == {"id", "kind", "force", "bearer"}
            assert encoding["kind"] in ("duty", "permission", "decision", "definition", "note")
            assert (encoding["force"] is not None) is (encoding["kind"] in ("duty", "permission"))


def test_a_clean_audit_of_a_folder(run: Run) -> None:
    result = run("audit", folder("1. Be open. Be open.\n"))
    assert result.exit_code == 0
    assert "`policies`: 1 of 1 sentence encoded; each quoted once and to the letter" in result.output


def test_a_letter_is_changed(run: Run) -> None:
    result = run("audit", folder("1. Be open. Be opened.\n"))
    assert result.exit_code == 1
    compare("audit_altered", result.output)


def test_a_letter_is_changed_as_sarif(run: Run) -> None:
    result = run("audit", folder("1. Be open. Be opened.\n"), "--format", "sarif")
    assert result.exit_code == 1
    (found,) = json.loads(result.output)["runs"][0]["results"]
    assert (found["ruleId"], found["level"]) == ("A002", "error")


def test_a_sentence_is_left_out(run: Run) -> None:
    result = run("audit", folder("1. Be open. Be open. Be glad.\n"))
    assert result.exit_code == 1
    assert "source.txt:1:22: error A001: no statement quotes 1.2" in result.output
    assert "1 of 2" in result.output


def test_another_source(run: Run) -> None:
    Path("other.txt").write_text("1. Be open. Be open.\n", "utf-8")
    assert run("audit", folder(), "--source", "other.txt").exit_code == 0


@pytest.mark.parametrize("arguments", [(), ("--source", "nowhere.txt")])
def test_there_is_no_source(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("audit", folder(), *arguments)
    assert result.exit_code == 2
    assert "F001" in result.output
    assert "Traceback" not in result.output


def test_policies_with_mistakes_are_audited_all_the_same(run: Run) -> None:
    result = run("audit", folder("1. Be open. Be open. Be glad.\n", two='article 2 "x"\nnote 2.1 odd\n  | Be.\n'))
    assert result.exit_code == 1
    assert [code for code in ("D006", "A001", "A005") if code in result.output] == ["D006", "A001", "A005"]


def test_policies_that_cannot_be_read_are_not_audited(run: Run) -> None:
    result = run("audit", folder("1. Be open. Be open.\n", two='article 2 "x"\nnote 2.1\n'))
    assert result.exit_code == 2
    assert "P001" in result.output


# ---- coverage ------------------------------------------------------------------------------------------------

EXAMPLES = """
  example "three members, open"
    given members is 3, open is yes
    then 1.1 is met

  example "four members, closed"
    given members is 4, open is no
    then 1.1 is unmet
"""


def with_examples(more: str = "") -> str:
    norm = (
        'article 1 "Be open"\n\nnorm 1.1 about organization\n  | Be open.\n  when members is at least 3\n'
        "  the organization must\n    open\n"
    )
    return folder(one=norm + EXAMPLES + more)


def test_what_the_examples_leave_untried(run: Run) -> None:
    result = run("test", with_examples(), "--coverage")
    assert result.exit_code == 0
    compare("test_untried", result.output)


def test_without_coverage_it_is_told_in_a_line(run: Run) -> None:
    result = run("test", with_examples())
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "`policies`: 2 examples, all passed",
        "1 of 2 conditions (50%) shown to turn a verdict alone",
        "0 of 1 threshold (0%) tried at, just below and just above",
        "what is left untried, with examples that would try it: sopb test --coverage",
    ]


def test_coverage_can_be_required(run: Run) -> None:
    assert run("test", with_examples(), "--require-coverage").exit_code == 1


def test_required_coverage_that_is_there(run: Run) -> None:
    more = '\n  example "two members"\n    given members is 2, open is no\n    then 1.1 does not apply\n'
    result = run("test", with_examples(more), "--require-coverage")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "`policies`: 3 examples, all passed",
        "2 of 2 conditions (100%) shown to turn a verdict alone",
        "1 of 1 threshold (100%) tried at, just below and just above",
    ]


def test_the_opinions_are_covered(run: Run) -> None:
    result = run("test", "--require-coverage")
    assert result.exit_code == 0
    for line in result.output.splitlines()[1:]:
        tried, _, of = line.split()[:3]
        assert tried == of
