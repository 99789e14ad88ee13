"""References between norms, definitions and decisions: what they lead to, and which are refused."""

from __future__ import annotations

import datetime

import pytest

from sopb_rules.diagnostics import Code
from sopb_rules.model import expressions as e
from tests.model.reading import definition, diagnostics, norm, policies, policy_set

DAY = datetime.date(2026, 11, 1)


def test_a_variable_named_like_another_entity_is_not_that_entity() -> None:
    """Inside the list `secretary` is an organization, and norm 8.1 about secretaries cannot be asked of it."""
    statements = norm("8.1", "the committee must\n  elected", about="secretary")
    statements += norm("8.2", "the committee must\n  any secretary in home.organizations where (8.1 is met)")
    (diagnostic,) = diagnostics(statements)
    assert diagnostic.code is Code.NOT_IN_SCOPE


def test_a_norm_about_what_holds_the_subject_is_asked_of_the_holder() -> None:
    statements = norm("8.1", "when active\nthe committee must\n  fit")
    statements += norm("8.2", "when 8.1 applies\nthe committee must\n  8.1 is met", about="secretary")
    policy = policy_set(statements)
    organization = {"id": "o", "active": True, "party": {"secretary": {}}}
    (_, finding) = policy.evaluate({"organization": [organization]}, DAY).findings
    assert finding.norm == "8.2"
    assert finding.applies.value == "true"
    assert [each.path for each in finding.missing] == ["organization[o].fit"]


def test_a_norm_about_the_element_of_a_list_is_asked_of_the_element() -> None:
    statements = norm("8.1", "the committee must\n  kind is branch", about="change")
    statements += norm("8.2", "the committee must\n  every x in changes satisfies (8.1 is met)")
    policy = policy_set(statements)
    data = {"organization": [{"id": "o", "changes": [{"kind": "branch"}, {"kind": "general_branch"}]}]}
    verdicts = {
        finding.norm: finding.verdict.value for finding in policy.evaluate(data, DAY).findings if finding.norm == "8.2"
    }
    assert verdicts == {"8.2": "unmet"}


def test_the_facts_of_a_norm_that_is_referred_to_in_two_ways() -> None:
    """`applies` leads to less than `is met`; both have to be followed."""
    statements = norm("8.1", "when active\nthe committee must\n  fit")
    statements += norm("8.2", "when 8.1 applies\nthe committee must\n  8.1 is met or 8.1 applies")
    assert {fact.name for fact in policies(statements).norms["8.2"].facts} == {"active", "fit"}


def test_the_facts_of_a_decision_that_is_asked_for_two_values() -> None:
    cases = "decision 8 body about organization gives form\n"
    cases += "  case 8.1 gives branch when active\n    | One.\n  case 8.2 gives general_branch when fit\n    | Two.\n"
    condition = definition("body is branch or body is not general_branch")
    read = {
        node.path.words
        for node in e.walk(next(iter(policies(cases + condition).definitions.values())).condition)
        if isinstance(node, e.Holds)
    }
    assert read == {"active", "fit"}


def decision(about: str, first: int, condition: str) -> str:
    return f"decision 8 body about {about} gives form\n  case 8.{first} gives branch when {condition}\n    | So.\n"


def test_a_decision_has_a_name_of_its_own_in_the_whole_set() -> None:
    """Reports and examples name a decision without its entity."""
    (diagnostic,) = diagnostics(decision("organization", 1, "active") + decision("region", 2, "has_office"))
    assert diagnostic.code is Code.DOUBLED_NAME
    assert diagnostic.span is not None
    assert (diagnostic.span.line, diagnostic.span.column) == (6, 12)
    assert "article.policy:3:12" in diagnostic.help


@pytest.mark.parametrize(
    ("statements", "circle"),
    [
        (norm("8.1", "when 8.1 applies\nthe committee must\n  active"), "norm 8.1 → norm 8.1"),
        (
            norm("8.1", "when 8.2 applies\nthe committee must\n  active")
            + norm("8.2", "unless 8.1 is met\nthe committee must\n  active"),
            "norm 8.1 → norm 8.2 → norm 8.1",
        ),
        (definition("not d"), "definition d → definition d"),
        (
            definition("8.1 applies") + "\n" + norm("8.1", "when d\nthe committee must\n  active"),
            "definition d → norm 8.1 → definition d",
        ),
        (decision("organization", 1, "body is branch"), "decision 8 → decision 8"),
    ],
)
def test_circles_are_refused_once(statements: str, circle: str) -> None:
    (diagnostic,) = diagnostics(statements)
    assert diagnostic.code is Code.CYCLE
    assert circle in diagnostic.message
    assert diagnostic.help


def test_entities_in_a_circle_are_refused() -> None:
    found = diagnostics("entity a\n  b b\n\nentity b\n  a list of a\n")
    assert [diagnostic.code for diagnostic in found] == [Code.CYCLE]


def test_a_mistake_in_the_act_of_a_permission_is_told_once() -> None:
    statements = norm("8.1", "the committee may\n  party.approved and nothing\nprovided\n  active")
    assert [diagnostic.code for diagnostic in diagnostics(statements)] == [Code.UNGUARDED, Code.UNKNOWN_NAME]
