"""What is asked, of whom, and what can be answered."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sopb_rules import load_policies
from sopb_rules.interview.question import Form, Question
from tests.interview.sample import sample
from tests.interview.support import TODAY


def asked(condition: str, **stated: Any) -> Question:
    """The question that a condition on an organization leads to."""
    lists = {"region": [{"id": "north"}, {"id": "south"}]}
    data = {"organization": [{"id": "a", **stated}], **lists}
    question = sample(condition).next_question(data, as_of=TODAY, subject="a")
    assert question is not None
    return question


@pytest.mark.parametrize(
    ("condition", "form", "text", "expected"),
    [
        ("open", Form.YES_NO, "is open to all: is it so?", "yes or no"),
        ("sound", Form.YES_NO, "Is it sound?", "yes or no"),
        ("shade is light", Form.CHOICE, "shade: which one?", "one of the values"),
        ('motto is "x"', Form.TEXT, "the motto: what is it?", "a text"),
        ("members is at least 3", Form.COUNT, "members: how many?", "a whole number from 0 up"),
        ("weight is more than 2.5", Form.NUMBER, "the weight: what is it?", "a number like 12 or 2.5"),
        ("share is at least 40%", Form.PERCENT, "the share: what is it?", "a percentage like 40%"),
        ("budget is at least 500 yuan", Form.AMOUNT, "the budget: what is it?", "an amount like 500 or 500 yuan"),
        ("founded is before today", Form.DATE, "when it was founded: on which date?", "a date like 2026-11-01"),
        ("closed exists", Form.DATE, "when it was closed: on which date?", "a date like 2026-11-01, or none"),
        ("notice is at least 30 days", Form.DAYS, "the notice: what is it?", "a period in days like 30 days"),
        ("term is at least 6 months", Form.MONTHS, "the term: what is it?", "a period in months like 6 months or 2 years"),
        ("region exists", Form.REFERENCE, "the region that it lies in: which one?", "one of those listed"),
        ("branch exists", Form.EXISTENCE, "the branch: is there one?", "yes or no"),
        ("office.staffed", Form.YES_NO, "is staffed: is it so?", "yes or no"),
        (
            "any report in reports where (report.made)", Form.ENTRIES, "reports: how many are there?",
            "how many there are, as a whole number from 0 up",
        ),
    ],
)  # fmt: skip
def test_each_type_of_fact_has_its_form_of_answer(condition: str, form: Form, text: str, expected: str) -> None:
    question = asked(condition)
    assert (question.form, question.text, question.expected) == (form, text, expected)


def test_a_judgement_says_who_alone_may_answer() -> None:
    assert asked("sound").assessor == "the higher level"
    assert asked("open").assessor == ""


def test_the_key_of_a_judgement_that_stands_in_for_a_parameter_is_read_as_words() -> None:
    question = asked("founded is on or after today minus promptly", founded=TODAY)
    assert question.path == 'organization[a].judgements["1.1 must"]'
    assert question.assessor == "the higher level"
    assert "_" not in question.text


def test_choices_have_labels_and_references_name_what_is_listed() -> None:
    assert asked("shade is light").choices == {"light": "of light shade", "unknown": "of unknown shade"}
    assert asked("region exists").choices == {"north": "north", "south": "south"}


def test_units_and_whether_there_may_be_none() -> None:
    assert asked("budget is at least 500 yuan").unit == "yuan"
    assert asked("notice is at least 30 days").unit == "days"
    assert asked("share is at least 40%").unit == "%"
    assert asked("closed exists").may_be_absent
    assert not asked("branch exists").may_be_absent  # “no” says that there is none
    assert not asked("open").may_be_absent


def test_entries_are_told_by_their_names_or_their_number() -> None:
    policies = sample("every leader in leaders satisfies (leader.elected)")
    of = {"organization": [{"id": "a", "name": "Alpha", "leaders": [{}, {"name": "Mo"}, {"elected": True}]}]}
    abouts = {each.path: each.about for each in policies.interview(of, as_of=TODAY).candidates()}
    assert abouts == {
        "organization[a].leaders[#1].elected": "Alpha, leader 1 of 3",
        "organization[a].leaders[#2].elected": "Alpha, leader Mo",
    }


def test_what_waits_begins_with_what_may_be_a_breach() -> None:
    policies = load_policies()
    interview = policies.interview({"organization": [{"id": "a"}]}, as_of=TODAY)
    question = next(each for each in interview.candidates() if each.path == "organization[a].formal_members")
    assert question.waiting[0].name == "8.1"
    assert question.waiting[0].may_be_breach
    assert question.waiting[0].text.startswith("Any social organization with three or more formal party members must")
    assert question.may_be_breach
    assert question.article == 8
    order = [not each.may_be_breach for each in question.waiting]
    assert order == sorted(order)


def test_a_decision_waits_too() -> None:
    policies = load_policies()
    question = policies.next_question({"organization": [{"id": "a"}]}, as_of=TODAY, about=["leading_body"])
    assert question is not None
    assert [each.name for each in question.waiting] == ["leading_body"]
    assert not question.may_be_breach


def test_a_question_is_plain_data_for_forms() -> None:
    data = asked("shade is light").as_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["form"] == "choice"
    assert data["waiting"][0]["name"] == "1.1"
    assert "place" not in data
