"""What is proposed about answers can be done: cases close their gap, and norms that give way leave no cycle."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from sopb_rules.analysis.questions import Answer, Kind, Question, Status
from sopb_rules.apps.answer_advice import advice, case_to_add
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source
from sopb_rules.syntax import tree as t
from sopb_rules.testing.state_examples import example_of

VOCABULARY = """\
vocabulary advised

kind body
  central, local

entity club "club"
  near     yes/no
  open     yes/no  act
  motto    text
  members  count
  branch   optional branch
  rooms    list of room
  region   optional reference to region
  led      body
  twin     reference to region
  third    reference to region

entity branch
  large  yes/no

entity room
  large  yes/no

entity region
  large  yes/no

article 1 "One"

"""
DAY = datetime.date(2026, 11, 1)


def policies(text: str) -> PolicySet:
    return PolicySet(compile_policies([Source("all.policy", VOCABULARY + text)]))


def decision(*conditions: str) -> str:
    cases = [
        f"  case 1.{number} gives central when {when}\n    | Sentence {number} says so.\n"
        for number, when in enumerate(conditions, 1)
    ]
    return f"decision 1 leading about club gives body\n{''.join(cases)}"


@pytest.mark.parametrize(
    ("conditions", "club", "expected"),
    [
        (["near"], {"near": False}, "not near"),
        (["not near"], {"near": True}, "near"),
        (["members is at least 3", "near"], {"members": 2, "near": False}, "not near and members is 2"),
        (['motto is "on"'], {"motto": "off"}, 'motto is "off"'),
        (["branch exists"], {"branch": None}, "branch is absent"),
        (["branch is absent"], {"branch": {}}, "branch exists"),
        (["branch is absent", "branch exists and branch.large"], {"branch": {"large": False}},
         "branch exists and not branch.large"),
        (["region is absent", "region exists and region.large"], {"region": "north"},
         "region exists and not region.large"),
        (["number of rooms is at least 1"], {"rooms": []}, "number of rooms is 0"),
        (["led is central"], {"led": "local"}, "led is local"),
    ],
)  # fmt: skip
def test_a_case_is_proposed_that_closes_the_gap(conditions: list[str], club: dict[str, Any], expected: str) -> None:
    read = policies(decision(*conditions))
    example = gap(read, club)
    number = len(conditions)
    case = case_to_add(read.model, "leading", example)
    assert " ".join(case.split()) == f"case 1.{number}/2 gives to_be_written when {expected}"
    closed = policies(decision(*conditions) + case.replace("to_be_written", "local"))
    assert gap(closed, club).outcomes[0].value == t.Word("local", span=example.span)


def gap(read: PolicySet, club: dict[str, Any]) -> t.Example:
    state = read.state({"club": [{"id": "c", **club}], "region": [{"id": "north", "large": False}]})
    (record,) = state.lists["club"] or ()
    example = example_of(read, [read.model.decisions["leading"]], record, DAY, "a gap")
    assert example is not None
    return example


def test_no_case_is_proposed_where_none_can_say_it() -> None:
    read = policies(decision("every room in rooms satisfies (room.large)"))
    assert case_to_add(read.model, "leading", gap(read, {"rooms": [{"large": False}]})) == ""
    read = policies(decision("not (twin is third)"))
    assert case_to_add(read.model, "leading", gap(read, {"twin": "north", "third": "north"})) == ""
    read = policies(decision("number of rooms is at least 2", "near"))
    example = gap(read, {"rooms": [{"large": False}], "near": False})
    assert "when not near" in case_to_add(read.model, "leading", example), "which is wider, and fits too"


def norm(number: int, force: str, act: str, when: str = "", about: str = "club") -> str:
    return (
        f"norm 1.{number} about {about}\n  | Sentence {number} of one says so.\n{when}"
        f'  the {about} {force}\n    "act"\n        {act}\n\n'
    )


def give_way(text: str, *ids: str, kind: Kind = Kind.CONFLICT) -> str:
    return advice(Answer(Question(kind, ids), Status.FOUND, ids), policies(text).model)


BOTH = norm(1, "must", "open") + norm(2, "must not", "open", "  when near\n")


@pytest.mark.parametrize(
    ("text", "ids", "expected"),
    [
        (BOTH, ("1.1", "1.2"), "let one give way, as with `unless 1.1 applies` in norm 1.2, or narrow one of them"),
        (norm(1, "must", "open") + norm(2, "must not", "open", "  unless near\n"), ("1.1", "1.2"),
         "let one give way, as with `or 1.1 applies` behind `unless` in norm 1.2, or narrow one of them"),
        (norm(1, "must", "open", "  when not (1.2 applies)\n") + norm(2, "must not", "open"), ("1.1", "1.2"),
         "let one give way, as with `unless 1.2 applies` in norm 1.1, or narrow one of them"),
        (norm(1, "must", "open") + norm(2, "must", "large", about="region"), ("1.1", "1.2"), "narrow one of them"),
        (BOTH, ("1.1",), "narrow its condition, or what it asks for"),
        (norm(1, "may", "open") + norm(2, "must not", "open"), ("1.2", "1.1"),
         "let one give way, as with `unless 1.1 applies` in norm 1.2, or narrow one of them"),
    ],
)  # fmt: skip
def test_one_norm_gives_way_where_it_can(text: str, ids: tuple[str, ...], expected: str) -> None:
    assert give_way(text, *ids) == expected


def test_what_is_proposed_for_a_clash_can_be_written() -> None:
    mended = norm(1, "must", "open") + norm(2, "must not", "open", "  when near\n  unless 1.1 applies\n")
    assert policies(mended).model.norms["1.2"]


def test_a_case_that_overrides_already_overrides_one_more() -> None:
    text = (
        decision("near", "members is 3").replace("members is 3", "members is 3, overriding 1.1")
        + "  case 1.3 gives local when open\n    | Sentence 3 says so.\n"
    )
    text = text.replace("case 1.2 gives central", "case 1.2 gives local")
    assert give_way(text, "leading", "1.3", "1.2", kind=Kind.OVERLAP) == (
        "add `, 1.3` to what case 1.2 overrides, or the other way round; or narrow one of the two"
    )


def test_nothing_is_to_be_done_about_what_is_clear() -> None:
    answer = Answer(Question(Kind.CONFLICT, ("1.1", "1.2")), Status.CLEAR, ("1.1", "1.2"))
    assert advice(answer, policies(BOTH).model) == ""
