"""A placeholder is told once, by the part that it stands in; what follows from it stays silent."""

from __future__ import annotations

import pytest

from sopb_rules.diagnostics import Code
from tests.model.reading import VOCABULARY, diagnostics, norm

NORM = norm("8.1", "when active\nthe organization must\n  active")


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        (norm("8.1", "the organization must\n  to_be_written"), "the condition of norm 8.1"),
        (norm("8.1", "the to_be_written must\n  active"), "the bearer of norm 8.1"),
        (norm("8.1", "the organization must\n  active", about="to_be_written"), "the entity of norm 8.1"),
        (norm("8.1", "when to_be_written\nthe organization must\n  active"), "the `when` of norm 8.1"),
        (norm("8.1", "unless active and to_be_written\nthe organization must\n  active"), "the `unless` of norm 8.1"),
        (norm("8.1", "the organization must\n  (a) active\n  (b) not to_be_written"), "clause (b) of norm 8.1"),
        (norm("8.1", "the organization must\n  members is at least to_be_written"), "the condition of norm 8.1"),
        (norm("8.1", "the organization must\n  party.to_be_written"), "the condition of norm 8.1"),
        (norm("8.1", "the organization may\n  to_be_written"), "the act of norm 8.1"),
        (norm("8.1", "the organization may\n  active\nprovided\n  to_be_written"), "the `provided` of norm 8.1"),
        (NORM + '\n  example "e"\n    given to_be_written is yes\n    then 8.1 is met\n', "an example of norm 8.1"),
        ("note 8.1 to_be_written\n  | It is so.\n", "the kind of note 8.1"),
        ("define d about organization\n  means to_be_written\n", "the condition of definition d"),
        ("define to_be_written about organization\n  means active\n", "the name of definition to_be_written"),
        (
            "decision 8 d about organization gives form\n  case 8.1 gives to_be_written when active\n    | It is so.\n",
            "the value of case 8.1",
        ),
        (
            "decision 8 d about organization gives to_be_written\n  case 8.1 gives branch\n    | It is so.\n",
            "the kind of decision 8",
        ),
    ],
)
def test_each_place_is_told_once(statements: str, message: str) -> None:
    (diagnostic,) = diagnostics(statements)
    assert diagnostic.code is Code.TO_BE_WRITTEN
    assert diagnostic.message == f"{message} has still to be written"
    assert diagnostic.help
    assert diagnostic.span is not None
    assert diagnostic.span.text == "to_be_written"


def test_facts_wait_until_it_is_known_whose_they_are() -> None:
    statements = norm("8.1", "when nonsense\nthe organization must\n  (a) active\n  (b) to_be_written", "to_be_written")
    assert [each.message for each in diagnostics(statements)] == [
        "the entity of norm 8.1 has still to be written",
        "clause (b) of norm 8.1 has still to be written",
    ]


def test_other_mistakes_are_told_beside() -> None:
    statements = norm("8.1", "when nonsense\nthe organization must\n  to_be_written")
    assert [each.code for each in diagnostics(statements)] == [Code.UNKNOWN_NAME, Code.TO_BE_WRITTEN]


def test_who_refers_to_what_is_unfinished_has_made_no_mistake() -> None:
    statements = norm("8.1", "the organization must\n  active", about="to_be_written")
    statements += norm("8.2", "when 8.1 applies\nthe organization must\n  active")
    codes = [each.code for each in diagnostics(statements)]
    assert codes == [Code.TO_BE_WRITTEN]


def test_the_placeholder_in_a_label_or_a_quote_is_text() -> None:
    assert diagnostics("note 8.1 aim\n  | to_be_written\n") == []


def test_help_names_what_there_is() -> None:
    (bearer,) = diagnostics(norm("8.1", "the to_be_written must\n  active"))
    assert bearer.help.startswith("roles: committee; entities: organization, party")
    (condition,) = diagnostics(norm("8.1", "the organization must\n  to_be_written"))
    assert condition.help.startswith("write what has to be so, by the facts of organization: name, kind, level")
    assert "office" in VOCABULARY
