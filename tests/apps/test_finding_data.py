"""The words for a finding that every page uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopb_rules.apps.finding_data import fate, leads_to, short_place
from sopb_rules.findings.finding import CaseFinding
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict


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
    assert leads_to(Verdict.MET) == "it would come to met with"
    assert leads_to(Verdict.NOT_APPLICABLE) == "it would not apply with"


def test_places_are_short_and_name_no_folder_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert short_place(f"{tmp_path}/states/north/a.yaml:3:1") == "states/north/a.yaml:3:1"
    assert short_place("/home/somebody/states/a.yaml:3:1") == "states/a.yaml:3:1"
    assert short_place(".venv/lib/policies/opinions/article_08.policy:14:1") == "opinions/article_08.policy:14:1"
    assert short_place("") == ""
