"""The words for a finding that every page uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopb_rules.apps.finding_data import fate, leads_to, short_place
from sopb_rules.findings.finding import CaseFinding
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict
from tests.findings.test_missing import found


@pytest.mark.parametrize(
    ("active", "above", "told"),
    [
        (Truth.TRUE, (), "holds"),
        (Truth.FALSE, (), "does not hold"),
        (Truth.UNKNOWN, (), "unknown"),
        (Truth.FALSE, ("6.5", "6.5/2"), "outranked by 6.5 and 6.5/2"),
    ],
)
def test_what_becomes_of_a_case(active: Truth, above: tuple[str, ...], told: str) -> None:
    assert fate(CaseFinding("6.1", "central", Truth.TRUE, active, above, "Sentence.")) == told


def test_what_changes_lead_to() -> None:
    finding = found("when active\nthe committee must\n  members is 3", {"active": True, "members": 2})
    told = {each.outcome: leads_to(finding, each) for each in finding.changes().sets}
    assert told == {Verdict.MET: "it would come to met with", Verdict.NOT_APPLICABLE: "it would not apply with"}


def test_without_what_a_norm_is_about_there_is_nothing_to_find() -> None:
    finding = found("the party must\n  approved", {}, about="party")
    (away,) = finding.changes(Verdict.NOT_APPLICABLE).sets
    assert leads_to(finding, away) == "there would be nothing that it is about with"


def test_places_are_short_and_name_no_folder_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert short_place(f"{tmp_path}/states/north/a.yaml:3:1") == "states/north/a.yaml:3:1"
    assert short_place("/home/somebody/states/a.yaml:3:1") == "states/a.yaml:3:1"
    assert short_place(".venv/lib/policies/opinions/article_08.policy:14:1") == "opinions/article_08.policy:14:1"
    assert short_place("") == ""
