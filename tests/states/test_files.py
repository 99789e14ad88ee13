"""Files and folders of states."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sopb_rules.diagnostics import Code
from sopb_rules.model.vocabulary import Vocabulary
from sopb_rules.states.files import read_states
from tests.states.reading import mistake, mistakes
from tests.states.vocabularies import FULL


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_each_suffix(vocabulary: Vocabulary, tmp_path: Path) -> None:
    files = [
        write(tmp_path / "a.yaml", "region: [{id: a}]"),
        write(tmp_path / "b.YML", "region: [{id: b}]"),
        write(tmp_path / "c.json", json.dumps({"region": [{"id": "c", "name": "C"}]})),
    ]
    state = read_states(vocabulary, files)
    regions = state.lists["region"] or ()
    assert [each.id for each in regions] == ["a", "b", "c"]
    span = regions[2].stated["name"].span
    assert str(span) == f"{files[2]}:1:33"


def test_a_folder_means_its_state_files_by_name(vocabulary: Vocabulary, tmp_path: Path) -> None:
    write(tmp_path / "2.yaml", "region: [{id: b}]")
    write(tmp_path / "1.json", '{"region": [{"id": "a"}]}')
    write(tmp_path / "readme.txt", "not a state")
    (tmp_path / "folder.yaml").mkdir()
    for paths in ([tmp_path], tmp_path, str(tmp_path)):
        assert [each.id for each in read_states(vocabulary, paths).lists["region"] or ()] == ["a", "b"]


def test_a_full_state(vocabulary: Vocabulary, tmp_path: Path) -> None:
    state = read_states(vocabulary, [write(tmp_path / "a.yaml", FULL)])
    assert len(state.lists["organization"] or ()) == 2


def test_windows_files(vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + b"region:\r\n  - id: a\r\n    name: A\r\n")
    (region,) = read_states(vocabulary, [path]).lists["region"] or ()
    assert region.get("name") == "A"
    assert str(region.stated["name"].span) == f"{path}:3:11"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("missing.yaml", None, Code.FILE_MISSING),
        ("empty.yaml", b"", Code.STATE_SHAPE),
        ("empty.json", b"", Code.STATE_SHAPE),
        ("binary.yaml", b"a: \0\1\2", Code.FILE_NOT_TEXT),
        ("latin.yaml", "a: \xe9".encode("latin-1"), Code.FILE_NOT_TEXT),
        ("state.txt", b"region: []", Code.FILE_UNREADABLE),
        ("state", b"region: []", Code.FILE_UNREADABLE),
        ("deep.yaml", b"[" * 10_000, Code.STATE_TOO_DEEP),
        ("deep.json", b"[" * 10_000, Code.STATE_TOO_DEEP),
        ("list.json", b"[]", Code.STATE_SHAPE),
    ],
)
def test_bad_files(vocabulary: Vocabulary, tmp_path: Path, name: str, content: bytes | None, code: Code) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    found = mistake(code, lambda: read_states(vocabulary, [path]))
    assert found.location.startswith(str(path))


def test_a_folder_without_states(vocabulary: Vocabulary, tmp_path: Path) -> None:
    write(tmp_path / "readme.txt", "")
    found = mistake(Code.FOLDER_EMPTY, lambda: read_states(vocabulary, [tmp_path]))
    assert ".yaml" in found.help


def test_a_name_that_no_file_can_have(vocabulary: Vocabulary) -> None:
    assert mistakes(lambda: read_states(vocabulary, ["a\0.yaml"]))
    assert mistakes(lambda: read_states(vocabulary, ["x" * 5000 + ".yaml"]))


def test_a_huge_file_is_refused(vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        os.truncate(stream.fileno(), 100 * 1024 * 1024)
    mistake(Code.FILE_TOO_LARGE, lambda: read_states(vocabulary, [path]))


def test_mistakes_of_all_files_are_told(vocabulary: Vocabulary, tmp_path: Path) -> None:
    files = [
        write(tmp_path / "a.yaml", "region: [{id: a, id: b, zzz: 1}]"),
        write(tmp_path / "b.json", '{"region": [{"id": "a", "has_office": 5}]}'),
    ]
    found = mistakes(lambda: read_states(vocabulary, files))
    assert [each.code for each in found] == [
        Code.STATE_DOUBLED_KEY,
        Code.STATE_UNKNOWN_FACT,
        Code.STATE_DOUBLED_ID,
        Code.STATE_WRONG_VALUE,
    ]


def test_what_a_broken_file_lists_is_not_missed_in_others(vocabulary: Vocabulary, tmp_path: Path) -> None:
    good = write(tmp_path / "a.yaml", "organization: [{id: o, region: east}]")
    broken = write(tmp_path / "b.yaml", "region: [")
    mistake(Code.STATE_SYNTAX, lambda: read_states(vocabulary, [good, broken]))


def test_other_files_are_checked_beside_a_broken_one(vocabulary: Vocabulary, tmp_path: Path) -> None:
    other = write(tmp_path / "a.yaml", "organization: [{id: o, formal_members: -1}]")
    broken = write(tmp_path / "b.yaml", "region: [")
    found = mistakes(lambda: read_states(vocabulary, [broken, other]))
    assert [each.code for each in found] == [Code.STATE_SYNTAX, Code.STATE_WRONG_VALUE]


def test_another_encoding_is_shown_where_it_begins(vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfregion:\r\n  - id: " + "é".encode("latin-1"))
    found = mistake(Code.FILE_NOT_TEXT, lambda: read_states(vocabulary, path))
    assert str(found.span) == f"{path}:2:9"


def test_judgement_keys_are_checked(vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", "region: [{id: o, judgements: {1.1: {value: yes, by: X, on: 2026-01-01}}}]")
    (region,) = read_states(vocabulary, [path], {"region": {"1.1": "?"}}).lists["region"] or ()
    assert region.judged == {"1.1": True}
    mistake(Code.STATE_UNKNOWN_FACT, lambda: read_states(vocabulary, [path], {"region": {"2.1": "?"}}))
