"""The digest of a state, and of the files that it was read from."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sopb_rules.model.vocabulary import Vocabulary
from sopb_rules.states.digest import state_digest
from sopb_rules.states.files import read_states
from sopb_rules.states.read import build_state
from tests.states.reading import state_of
from tests.states.vocabularies import FULL


def digest(vocabulary: Vocabulary, text: str) -> str:
    return state_of(vocabulary, text).digest


def test_it_is_the_same_with_every_version(vocabulary: Vocabulary) -> None:
    # Receipts are kept for years: where this changes, so does the form that the digest begins with.
    assert digest(vocabulary, FULL) == "16679eba16086188871d1a9af703ac2398d245ffbff7ca8b502018a4c48602fa"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("region: [{id: a, name: A}]", "# a remark\nregion:\n  - name: 'A'\n    id: a\n"),
        ("as_of: 2026-11-01\nregion: []", "region: []"),
        ("organization: [{id: a, score: 1.50}]", "organization: [{id: a, score: 1.5}]"),
        ("organization: [{id: a, score: 0}]", "organization: [{id: a, score: -0.0}]"),
        ("organization: [{id: a, score: 100}]", "organization: [{id: a, score: 100.00}]"),
        ("region: [{id: a}, {id: b}]", "region: [{id: b}, {id: a}]"),
    ],
)
def test_how_it_is_written_does_not_count(vocabulary: Vocabulary, text: str, other: str) -> None:
    assert digest(vocabulary, text) == digest(vocabulary, other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("region: []", "{}"),
        ("region: [{id: a}]", "region: [{id: b}]"),
        ("region: [{id: a}]", "region: [{id: a, name: unknown}]"),
        ("organization: [{id: a, score: 10}]", "organization: [{id: a, score: 100}]"),
        ("organization: [{id: a, score: 1}]", "organization: [{id: a, score: -1}]"),
    ],
)
def test_what_is_written_counts(vocabulary: Vocabulary, text: str, other: str) -> None:
    assert digest(vocabulary, text) != digest(vocabulary, other)


def test_the_bytes_of_each_file_are_told(vocabulary: Vocabulary, tmp_path: Path) -> None:
    contents = {"1.yaml": b"\xef\xbb\xbfregion: [{id: a}]\r\n", "2.json": b'{"region": [{"id": "b"}]}'}
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    state = read_states(vocabulary, tmp_path)
    told = {file.path: file.digest for file in state.files}
    assert told == {
        f"{tmp_path.as_posix()}/{name}": hashlib.sha256(data).hexdigest() for name, data in contents.items()
    }
    assert state.digest == digest(vocabulary, "region: [{id: a}, {id: b}]")


def test_a_state_from_python_has_a_digest_and_no_files(vocabulary: Vocabulary) -> None:
    state = build_state(vocabulary, {"region": [{"id": "a"}]})
    assert state.files == ()
    assert state_digest(state) == state.digest == digest(vocabulary, "region: [{id: a}]")
