"""`sopb fmt`: writing, checking, showing; never losing a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.apps import sample
from tests.apps.conftest import Run

NOTE = 'article 1 "Branches"\n\nnote 1.8 background\n  | Branches are good.\n'
LOOSE = NOTE.replace("\n\n", "\n\n\n\n").replace("  |", "      |")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that is laid out loosely."""
    path = tmp_path / "a.policy"
    path.write_text(LOOSE, encoding="utf-8")
    return path


def test_it_writes(run: Run, file: Path) -> None:
    result = run("fmt", file)
    assert (result.exit_code, result.stdout) == (0, "1 file changed, 0 already in layout\n")
    assert file.read_text(encoding="utf-8") == NOTE
    assert run("fmt", file).stdout == "0 files changed, 1 already in layout\n"
    assert [each.name for each in file.parent.iterdir()] == ["a.policy"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
def test_mode_and_link_stay(run: Run, file: Path) -> None:
    file.chmod(0o640)
    link = file.parent / "link.policy"
    link.symlink_to(file)
    assert run("fmt", link).exit_code == 0
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert file.read_text(encoding="utf-8") == NOTE


def test_check_writes_nothing(run: Run, file: Path) -> None:
    result = run("fmt", "--check", file)
    assert result.exit_code == 1
    assert result.stdout == f"{file} would change\n1 file would change, 0 already in layout\n"
    assert file.read_text(encoding="utf-8") == LOOSE
    file.write_text(NOTE, encoding="utf-8")
    assert run("fmt", "--check", file).exit_code == 0


def test_diff_writes_nothing(run: Run, file: Path) -> None:
    result = run("fmt", "--diff", file)
    assert result.exit_code == 1
    assert "-      | Branches are good.\n+  | Branches are good.\n" in result.stdout
    assert file.read_text(encoding="utf-8") == LOOSE


def test_line_ends_and_marks_of_other_systems_are_layout(run: Run, file: Path) -> None:
    for data in (NOTE.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + NOTE.encode()):
        file.write_bytes(data)
        assert run("fmt", "--check", file).exit_code == 1
        assert run("fmt", file).exit_code == 0
        assert file.read_bytes() == NOTE.encode()


def test_standard_input(run: Run) -> None:
    result = run("fmt", "-", input=LOOSE)
    assert (result.exit_code, result.stdout) == (0, NOTE)
    assert run("fmt", "-", "--check", input=LOOSE).exit_code == 1
    assert run("fmt", "-", "--check", input=NOTE).exit_code == 0


@pytest.mark.parametrize(("data", "words"), [(b"\xff", "not UTF-8"), (b"x" * (16 * 1024 * 1024 + 1), "larger than")])
def test_bad_standard_input(run: Run, data: bytes, words: str) -> None:
    result = run("fmt", "-", input=data)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_a_file_that_cannot_be_read_stays_and_the_others_are_written(run: Run, file: Path) -> None:
    broken = file.parent / "b.policy"
    broken.write_text("norm norm\n", encoding="utf-8")
    result = run("fmt", file.parent)
    assert result.exit_code == 2
    assert "b.policy:1:" in result.stderr
    assert broken.read_text(encoding="utf-8") == "norm norm\n"
    assert file.read_text(encoding="utf-8") == NOTE


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(run: Run, file: Path) -> None:
    file.parent.chmod(0o500)
    try:
        result = run("fmt", file)
    finally:
        file.parent.chmod(0o700)
    assert result.exit_code == 2
    assert "the system refused" in result.stderr
    assert file.read_text(encoding="utf-8") == LOOSE


def test_what_is_formatted_is_said_where_nothing_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = sample.policies(tmp_path / "policies")
    monkeypatch.chdir(folder)
    result = run("fmt", "--check")
    assert result.stderr.startswith("formatting the current folder (")
    monkeypatch.chdir(tmp_path)
    assert run("fmt", "--check").stderr.startswith("formatting the Opinions that come with sopb (")
