"""Input that cannot be read or is wrong: exit status 2, one clear message, no traceback, nothing evaluated."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.apps import sample
from tests.apps.conftest import Process, Run


def refused(result: object, *words: str) -> None:
    """Hold a result against what every refusal is."""
    assert result.exit_code == 2, result.output  # type: ignore[attr-defined]
    assert "Traceback" not in result.output  # type: ignore[attr-defined]
    assert "bug in sopb" not in result.output  # type: ignore[attr-defined]
    assert result.stdout == ""  # type: ignore[attr-defined]
    for word in words:
        assert word in result.stderr  # type: ignore[attr-defined]


BAD_STATES = {
    "empty.yaml": (b"", "S00"),
    "binary.yaml": (b"\x00\x01\x02\xff" * 100, "not a text file"),
    "latin1.yaml": ("organization: [{id: a, name: Müller}]".encode("latin-1"), "not UTF-8"),
    "syntax.yaml": (b"organization: [", "S001"),
    "list.yaml": (b"- 1\n- 2\n", "S002"),
    "deep.json": (b"[" * 100_000, "S012"),
    "deep.yaml": (b"[" * 100_000, "S012"),
    "unknown_fact.yaml": (b"organization: [{id: a, formal_membrs: 3}]", "did you mean `formal_members`?"),
    "unknown_entity.yaml": (b"organisation: [{id: a}]", "did you mean `organization`?"),
    "negative.yaml": (b"organization: [{id: a, formal_members: -3}]", "whole number"),
    "february.yaml": (b"as_of: 2026-02-31\norganization: []", "February 2026 has 28 days"),
    "twice.yaml": (b"organization: [{id: a}, {id: a}]", "S007"),
    "state.txt": (b"organization: []", "state files end in .yaml, .yml, .json"),
    "state.xlsx": (b"PK", "save a spreadsheet as CSV in UTF-8"),
}


@pytest.mark.parametrize("name", BAD_STATES)
@pytest.mark.parametrize("form", ["text", "json"])
def test_bad_states(run: Run, policies: Path, tmp_path: Path, name: str, form: str) -> None:
    data, words = BAD_STATES[name]
    (tmp_path / name).write_bytes(data)
    refused(run("evaluate", tmp_path / name, "--policies", policies, "--format", form), name, words)
    refused(run("explain", "1.1", tmp_path / name, "--policies", policies), name, words)


def test_a_state_that_is_missing(run: Run, policies: Path, compliant: Path) -> None:
    refused(run("evaluate", compliant, "nowhere.yaml", "--policies", policies), "there is no file `nowhere.yaml`")


def test_a_state_that_is_huge(run: Run, policies: Path, tmp_path: Path) -> None:
    with (tmp_path / "huge.yaml").open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    refused(run("evaluate", tmp_path / "huge.yaml", "--policies", policies), "larger than 16 MiB")


def test_a_folder_without_states(run: Run, policies: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    refused(run("evaluate", tmp_path / "nothing", "--policies", policies), "F005")


def test_all_mistakes_of_a_state_are_told(run: Run, policies: Path, tmp_path: Path) -> None:
    file = sample.state(tmp_path, "organization:\n  - id: a\n    formal_members: x\n    level: cuonty\n    nme: y\n")
    result = run("evaluate", file, "--policies", policies)
    refused(result, f"{file}:3:21", f"{file}:4:12", f"{file}:5:5", "did you mean `county`?")


BAD_POLICIES = {
    "empty": b"",
    "binary": b"\x00\x01",
    "latin1": 'article 1 "Ä"'.encode("latin-1"),
    "words": b"Any organization must be good.\n",
    "deep": b'article 1 "x"\n\nnorm 1.1 about organization\n  when ' + b"(" * 20_000 + b"\n",
    "broken": sample.BROKEN.encode(),
}


@pytest.mark.parametrize("name", BAD_POLICIES)
def test_bad_policies(run: Run, tmp_path: Path, compliant: Path, name: str) -> None:
    folder = sample.policies(tmp_path / name)
    (folder / "article_01.policy").write_bytes(BAD_POLICIES[name])
    if name == "empty":
        (folder / "vocabulary.policy").write_bytes(b"")
    for command in (["evaluate", compliant], ["explain", "1.1", compliant], ["article", 1], ["facts"]):
        refused(run(*command, "--policies", folder), "error ")


@pytest.mark.parametrize("command", [["evaluate", "x.yaml"], ["article", "1"], ["facts"]])
def test_policies_that_are_missing(run: Run, tmp_path: Path, command: list[str]) -> None:
    refused(run(*command, "--policies", tmp_path / "nowhere"), "there is no folder")


@pytest.mark.parametrize("command", ["check", "test", "fmt"])
def test_folders_that_are_missing_or_empty(run: Run, tmp_path: Path, command: str) -> None:
    refused(run(command, tmp_path / "nowhere"), "F001")
    (tmp_path / "nothing").mkdir()
    refused(run(command, tmp_path / "nothing"), "F005", "no file that ends in .policy")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["evaluate"], "Missing argument 'STATE...'"),
        (["evaluate", "x.yaml", "--as-of", "2026-02-30"], "February 2026 has 28 days"),
        (["evaluate", "x.yaml", "--as-of", "tomorrow"], "expected a date like 2026-11-01"),
        (["evaluate", "x.yaml", "--format", "xml"], "'xml' is not one of"),
        (["evaluate", "x.yaml", "--nly", "8.1"], "No such option"),
        (["evalute"], "did you mean `evaluate`?"),
        (["perform"], "commands: "),
        (["article", "eight"], "there is no article eight"),
        (["article", "99"], "there is no article 99"),
        (["explain", "P0001"], "did you mean `P001`?"),
        (["explain", "8.11", "x.yaml"], "article 8 has 8.1, 8.2, 8.3, 8.4"),
        (["explain", "8.1"], "name a state to explain 8.1 for"),
        (["explain", "P001", "x.yaml"], "explained without a state"),
        (["facts", "--json-schema", "--python-stubs"], "one at a time"),
        (["fmt", "-", "x.policy"], "`-` stands alone"),
    ],
)
def test_bad_usage(run: Run, arguments: list[str], words: str) -> None:
    result = run(*arguments)
    refused(result)
    assert words in " ".join(result.stderr.split())


def test_a_subject_that_is_not_there(run: Run, policies: Path, compliant: Path) -> None:
    result = run("explain", "1.1", compliant, "--policies", policies, "--subject", "goood")
    refused(result, "there is no organization goood in the state", "did you mean `good`?")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(run: Run, policies: Path, compliant: Path) -> None:
    compliant.chmod(0)
    refused(run("evaluate", compliant, "--policies", policies), "cannot be read")


def test_in_a_process_of_its_own(process: Process, policies: Path, tmp_path: Path) -> None:
    done = process("evaluate", tmp_path / "nowhere.yaml", "--policies", policies)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1
