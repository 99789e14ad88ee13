"""How likely each fact is to be asked, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from sopb_rules.interview.choice import Chooser, Estimate
from sopb_rules.interview.open import Survey
from sopb_rules.interview.places import Places
from tests.interview.sample import sample
from tests.interview.support import TODAY


def chances(norm: str, about: str = "organization", **stated: Any) -> dict[str, float]:
    """The chance of each fact of the organization to be asked, by its path in the organization."""
    policies = sample(norm, about=about)
    state = policies.state({"organization": [{"id": "a", **stated}], "region": [{"id": "r"}]}, as_of=TODAY)
    ((found, _),) = Survey(policies, TODAY).of(state)
    return {path.partition("].")[2]: pytest.approx(chance) for path, chance in found.chances.items()}


NORM = "  when {}\n  the organization must\n    {}\n"
MAY = '  when {}\n  the organization may\n    "do"\n        {}\n  provided\n    "so"\n        {}\n'


@pytest.mark.parametrize(
    ("norm", "expected"),
    [
        ("open", {"open": 1}),
        ("open and calm", {"open": 1, "calm": 1 / 2}),
        ("open or calm", {"open": 1, "calm": 1 / 2}),
        ("not (open and calm)", {"open": 1, "calm": 1 / 2}),
        ("open and calm and quiet", {"open": 1, "calm": 1 / 2, "quiet": 1 / 4}),
        # of three levels one is right, so that it ends the conjunction sooner than a fact that is yes or no
        ("open and level is national", {"level": 1, "open": 1 / 3}),
        ("open or level is national", {"open": 1, "level": 1 / 2}),
        # the second part costs two questions at most, and ends it as often as the first
        ("(open or calm) and quiet", {"quiet": 1, "open": 1 / 2, "calm": 1 / 4}),
        # one fact of two parts is asked once
        ("(open and calm) or (open and quiet)", {"open": 1, "calm": 1 / 2, "quiet": 3 / 8}),
        (NORM.format("open", '"do"\n        calm'), {"open": 1, "calm": 1 / 2}),
        (MAY.format("open", "calm", "quiet"), {"open": 1, "calm": 1 / 2, "quiet": 1 / 4}),
        ("branch exists and branch.approved", {"branch": 1, "branch.approved": 1 / 2}),
        ("office.staffed", {"office.staffed": 1}),
        ("founded is before today plus notice", {"founded": 1, "notice": 1}),
        ("region exists and region.rural", {"region": 1}),
        # no element, one or two, each as likely
        ("every leader in leaders satisfies (leader.elected)", {"leaders": 1, "leaders[#1].elected": 2 / 3}),
        ("number of leader in leaders where (leader.elected) is at least 2", {"leaders": 1, "leaders[#1].elected": 1}),
    ],
)  # fmt: skip
def test_chances(norm: str, expected: dict[str, float]) -> None:
    assert chances(norm) == expected


def test_what_is_known_is_not_asked_and_what_nobody_knows_settles_nothing() -> None:
    assert chances("open and calm", open=True) == {"calm": 1}
    assert chances("open and calm", open="unknown") == {"calm": 1}
    assert chances("open and calm", open=False) == {}


def test_elements_that_are_there_are_asked_one_after_the_other() -> None:
    found = chances("every leader in leaders satisfies (leader.elected)", leaders=[{}, {}, {"elected": True}])
    assert found == {"leaders[#1].elected": 1, "leaders[#2].elected": 1 / 2}
    found = chances("any leader in leaders where (leader.elected)", leaders=[{}, {}])
    assert found == {"leaders[#1].elected": 1, "leaders[#2].elected": 1 / 2}


def test_a_subject_that_may_not_be_there_is_asked_for_first() -> None:
    assert chances("approved", about="branch") == {"branch": 1, "branch.approved": 1 / 2}
    assert chances("staffed", about="office") == {"office.staffed": 1}
    assert chances("made", about="report") == {"reports": 1, "reports[#1].made": 2 / 3}
    assert chances("approved", about="branch", branch="unknown") == {}


def test_the_chances_of_several_norms_add_up() -> None:
    first, second = {"a": 1.0, "b": 0.5}, {"b": 0.5, "c": 1.0}
    estimate = Estimate.of([first, second])
    assert estimate.chance("b") == pytest.approx(3 / 4)
    assert estimate.chance("d") == 0
    assert estimate.total == pytest.approx(2 + 3 / 4)
    assert estimate.rise({0: {}}) == pytest.approx(-1 - 1 / 4)
    assert estimate.rise({0: first, 1: second}) == 0
    assert estimate.rise({1: {"d": 1.0}}) == pytest.approx(1 - 1 - 1 / 4)


def test_a_look_ahead_is_kept_while_nothing_that_it_rests_on_changes() -> None:
    policies = sample("open and calm", "quiet and calm")
    state = policies.state({"organization": [{"id": "a"}]}, as_of=TODAY)
    survey = Survey(policies, TODAY)
    chooser = Chooser(survey)
    chooser.choose(chooser.step(state))
    kept = dict(chooser._ahead)
    other = policies.state({"organization": [{"id": "a", "open": True}]}, as_of=TODAY)
    survey.forget(Places(other).find("organization[a].open"))
    chooser.choose(chooser.step(other))
    assert chooser._ahead["organization[a].quiet"] is kept["organization[a].quiet"]
    assert chooser._ahead["organization[a].calm"] is not kept["organization[a].calm"]
