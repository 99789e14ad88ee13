"""The entity classes of the Opinions, and the stub that shows them to editors."""

import datetime
from pathlib import Path

import pytest

import sopb_rules
from sopb_rules import opinions
from sopb_rules.states.classes import stubs


def test_the_stub_follows_the_vocabulary() -> None:
    stub = Path(opinions.__file__).with_suffix(".pyi")
    current = stubs(sopb_rules.load_policies().model.vocabulary)
    assert stub.read_text("utf-8") == current, "run `sopb facts --python-stubs > sopb_rules/opinions.pyi`"


def test_objects_are_evaluated_by_any_set_with_the_same_vocabulary() -> None:
    organization = opinions.Organization(id="harbour", formal_members=3, party_organization=None)
    finding = sopb_rules.load_policies().norm("8.1")(organization, datetime.date(2026, 11, 1))
    assert finding.verdict is sopb_rules.Verdict.UNMET


def test_there_are_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Oragnization'"):
        opinions.Oragnization  # noqa: B018
    assert "PartyOrganization" in dir(opinions)
