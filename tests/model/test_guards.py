"""What may be absent is read only where it exists: which texts make sure of that, and which do not."""

from __future__ import annotations

import pytest

from sopb_rules.diagnostics import Code
from tests.model.reading import definition, diagnostics, norm

ACCEPTED = [
    "party exists and party.approved",
    "active and party exists and party.approved",
    "party exists and active and party.approved",
    "party exists and (active or party.approved)",
    "party is absent or party.approved",
    "party is absent or active or not party.approved",
    "not party is absent and party.approved",
    "not party exists or party.approved",
    "not (party is absent) and party.approved",
    "not (party is absent or active) and party.approved",
    "not (not party exists) and party.approved",
    "not (party exists and active) or active",
    "(party exists and active) and party.approved",
    "((party exists and active) or (party exists and fit)) and party.approved",
    "(party is absent and active) or (party exists and party.approved)",
    "party exists and organization.party.approved",
    "organization.party exists and party.approved",
    "party exists and party.since exists and party.since is before today",
    "party is absent or party.since is absent or party.since is before today",
    "party exists and party.secretary exists and party.secretary.elected",
    "closed exists and closed is before today",
    "closed exists and closed plus 1 month is before closed",
    "region exists and region.has_office",
    "region exists and region is home",
    "region exists and any x in region.organizations where (x.active)",
    "region exists and any x in changes where (region.has_office)",
    "any x in changes where (x.reported_on exists and x.reported_on is before today)",
    "any x in changes where (x.reported_on exists and any y in changes where (y.occurred_on is x.reported_on))",
    "every x in changes satisfies (x.reported_on is absent or x.reported_on is x.occurred_on)",
    "number of x in changes where (x.reported_on exists and x.reported_on is today) is 1",
    "closed exists and number of x in changes where (x.occurred_on is closed) is 1",
    "motto exists and motto is name",
    "party exists",
    "party exists and party.secretary is absent",
]

REFUSED = [
    ("party.approved", "party"),
    ("party.approved and party exists", "party"),
    ("party exists or party.approved", "party"),
    ("party is absent and party.approved", "party"),
    ("not party exists and party.approved", "party"),
    ("not party is absent or party.approved", "party"),
    ("not (party is absent and active) and party.approved", "party"),
    ("(party exists or active) and party.approved", "party"),
    ("(party is absent and active) or party.approved", "party"),
    ("((party exists and active) or active) and party.approved", "party"),
    ("party.since exists", "party"),
    ("party exists and party.since is before today", "party.since"),
    ("party exists and party.secretary.elected", "party.secretary"),
    ("closed is before today", "closed"),
    ("closed plus 1 month is before today", "closed"),
    ("today is after closed", "closed"),
    ("region.has_office", "region"),
    ("region is home", "region"),
    ("home is region", "region"),
    ("number of region.organizations is 1", "region"),
    ("any x in region.organizations where (active)", "region"),
    ("any x in changes where (x.reported_on is before today)", "x.reported_on"),
    (
        "any x in changes where (x.reported_on exists) and any x in changes where (x.reported_on is today)",
        "x.reported_on",
    ),
    (
        "any x in changes where (x.reported_on exists and any y in changes where (y.reported_on is today))",
        "y.reported_on",
    ),
    ("any x in changes where (party exists) and party.approved", "party"),
    ("motto is name", "motto"),
    ("any x in home.organizations where (x.region exists) and region.has_office", "region"),
]


@pytest.mark.parametrize("condition", ACCEPTED)
def test_a_guarded_read_is_accepted(condition: str) -> None:
    assert diagnostics(definition(condition)) == []


@pytest.mark.parametrize(("condition", "absent"), REFUSED)
def test_an_unguarded_read_is_refused(condition: str, absent: str) -> None:
    (diagnostic,) = diagnostics(definition(condition))
    assert diagnostic.code is Code.UNGUARDED
    assert f"where `{absent}` may be absent" in diagnostic.message
    assert f"`{absent} exists and …`" in diagnostic.help


def test_a_definition_and_a_decision_are_asked_only_of_what_exists() -> None:
    inner = "define kept about party\n  means approved\n\n"
    assert diagnostics(inner + definition("party exists and party.kept")) == []
    (diagnostic,) = diagnostics(inner + definition("party.kept"))
    assert diagnostic.code is Code.UNGUARDED


@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        ("when party exists\nthe committee must\n  party.approved", True),
        ("when party is absent\nthe committee must\n  party.approved", False),
        ("unless party is absent\nthe committee must\n  party.approved", True),
        ("unless party exists\nthe committee must\n  party.approved", False),
        ("unless party is absent or active\nthe committee must\n  party.approved", True),
        ("unless party is absent and active\nthe committee must\n  party.approved", False),
        ("when party exists\nunless party.approved\nthe committee must\n  active", True),
        ("when party.approved\nunless party is absent\nthe committee must\n  active", False),
        ("the committee must\n  (a) party exists\n  (b) party.approved", True),
        ("the committee must\n  (a) active\n  (b) party exists\n  (c) party.approved", True),
        ("the committee must\n  (a) party.approved\n  (b) party exists", False),
        ("the committee must\n  (a) party is absent\n  (b) party.approved", False),
        ("the committee must not\n  (a) party is absent\n  (b) party.approved", True),
        ("the committee must not\n  (a) party exists\n  (b) party.approved", False),
        ("the committee should not\n  (a) not party exists\n  (b) party.approved", True),
        ("the committee may\n  party exists\nprovided\n  party.approved", True),
        ("the committee may\n  active\nprovided\n  party.approved", False),
        ("the committee may\n  active\nprovided\n  (a) party exists\n  (b) party.approved", True),
        ("when party exists\nthe committee may\n  active\nprovided\n  party.approved", True),
        ("the committee may\n  active and party exists\nprovided\n  party.approved", True),
        ("the committee may\n  active or party exists\nprovided\n  party.approved", False),
    ],
)
def test_the_parts_of_a_norm_rely_on_each_other(body: str, accepted: bool) -> None:
    found = diagnostics(norm("8.1", body))
    assert [diagnostic.code for diagnostic in found] == ([] if accepted else [Code.UNGUARDED]), "\n".join(
        map(str, found)
    )


def test_one_norm_does_not_rely_on_another() -> None:
    statements = norm("8.1", "the committee must\n  party exists") + norm(
        "8.2", "when 8.1 is met\nthe committee must\n  party.approved"
    )
    assert [diagnostic.code for diagnostic in diagnostics(statements)] == [Code.UNGUARDED]
