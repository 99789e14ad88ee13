"""What people get wrong in state files is told where it stands, once, and with what would be right."""

from __future__ import annotations

import pytest

from sopb_rules.source import Source
from sopb_rules.states.files import parse_state
from tests.corpus.state_scoring import FLOORS, SUFFIXES, Case, Result, cases, run, score, split

CASES = cases()


@pytest.fixture(scope="module")
def results() -> list[Result]:
    return [run(case) for case in CASES]


@pytest.mark.parametrize("measure", FLOORS)
def test_messages_are_right(results: list[Result], measure: str) -> None:
    right, all_ = score(results)[measure]
    misses = [f"{result.case.name}: {miss}" for result in results for miss in result.misses()]
    assert right >= FLOORS[measure] * all_, "\n".join(misses)


def test_each_state_is_refused(results: list[Result]) -> None:
    assert [result.case.name for result in results if not any(found for _, found in result.pairs)] == []


def test_the_corpus_is_large_enough() -> None:
    names = [name for case in CASES for name in case.texts]
    assert len(names) >= 70
    assert sum(name.endswith(".json") for name in names) >= 20
    assert {name[name.rindex(".") :] for name in names} <= set(SUFFIXES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_case_has_few_mistakes(case: Case) -> None:
    assert 1 <= len(case.expectations) <= 5


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_cut_anywhere_is_read_or_refused(case: Case) -> None:
    for name, data in case.texts.items():
        text = data.decode("utf-8", "replace")
        for end in range(0, len(text), 7):
            parse_state(Source(name, text[:end]))  # raises nothing


def test_expectations_speak_of_the_line_above() -> None:
    text, found = split("a.yaml", b"as_of: today\n       ^ S005 as_of expected: a date help: write\n^ S004 -\nb: 1\n")
    assert text == b"as_of: today\nb: 1\n"
    assert [(each.line, each.column, each.code, each.where, each.words) for each in found] == [
        (1, 8, "S005", "as_of", ("a date", "write")),
        (1, 1, "S004", "", ()),
    ]
