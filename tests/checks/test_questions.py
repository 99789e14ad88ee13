"""Questions as checks: each has a name and a code of its own, and comments know them."""

from __future__ import annotations

import pytest

from sopb_rules.analysis.questions import Kind
from sopb_rules.catalogue import NAMES, check_named, explain
from sopb_rules.checks.check import Complaint
from sopb_rules.checks.questions import ABOUT_ALL_STATES, QUESTIONS, without_allowed
from sopb_rules.checks.registry import CHECKS
from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.source import Source, Span

TEXT = "# allow {}\nnote 8.1 aim\n  | All will be well.\n"


def test_no_question_is_called_like_a_check() -> None:
    assert not {each.name for each in ABOUT_ALL_STATES} & {each.name for each in CHECKS}
    assert [each.code for each in ABOUT_ALL_STATES] == [code for code in Code if code.value[0] == "Q"]


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_a_question_is_explained_by_its_name(kind: Kind) -> None:
    assert NAMES[kind.value] is QUESTIONS[kind].code
    assert check_named(explain(kind.value)) == kind.value


@pytest.mark.parametrize(
    ("comment", "decided", "told"),
    [
        ("gap: it is so", {Kind.GAP}, ["C036"]),
        ("Q004: it is so", {Kind.GAP}, ["C036"]),
        ("gap: it is so", {Kind.OVERLAP}, []),
        ("gap", set(Kind), ["C035"]),
        ("unused-fact", set(Kind), []),
        ("unused-fact: it is so", set(Kind), []),
        ("gapp: it is so", set(Kind), []),
        ("gapp, gap: it is so", {Kind.OVERLAP}, ["C035"]),
    ],
)
def test_comments_that_speak_of_questions(comment: str, decided: set[Kind], told: list[str]) -> None:
    left = without_allowed([], [Source("a.policy", TEXT.format(comment))], decided)
    assert [each.code.value for each in left.comments] == told


def test_a_comment_allows_its_question_alone() -> None:
    source = Source("a.policy", TEXT.format("gap, overlap: it is so"))
    place = Span(source, source.line_starts[1], source.line_starts[1] + 4)
    found = [finding(kind, place) for kind in (Kind.GAP, Kind.OVERLAP, Kind.CONFLICT)]
    left = without_allowed(found, [source], set(Kind))
    assert left.kept == (found[2],)
    assert left.comments == ()


def finding(kind: Kind, place: Span) -> Diagnostic:
    return QUESTIONS[kind].diagnostic(Complaint("it was found", place))
