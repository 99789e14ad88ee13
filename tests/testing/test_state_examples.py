"""Examples from states: the example comes to what the state comes to, or there is none."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.model.load import compile_policies
from sopb_rules.model.norms import Statement
from sopb_rules.policy_set import PolicySet, subjects
from sopb_rules.source import Source
from sopb_rules.syntax.parts import format_example
from sopb_rules.testing.examples import run_examples
from sopb_rules.testing.state_examples import example_of
from sopb_rules.testing.strategies import policy_sets, states
from sopb_rules.testing.trials import Trial, settled

VOCABULARY = """\
vocabulary said
  currency yuan

role judge

kind color
  red, green

parameter soon period in days
  judged by judge

entity club
  color      color
  members    count
  fee        money
  growth     number
  open       yes/no  act
  sound      judgement by judge
  motto      text
  founded    date
  left       optional date
  branch     optional branch
  rooms      list of room
  region     reference to region
  twin       reference to region

entity branch
  good  yes/no

entity room
  size   count
  clean  yes/no
  site   reference to region

entity region
  large  yes/no
  clubs  list of club by region

article 1 "One"
"""

DAY = datetime.date(2026, 11, 1)


def norm(must: str, when: str = "", about: str = "club", id: str = "1.1") -> str:
    """The text of a norm."""
    quote = f"  | Sentence {id} of the document is here.\n"
    condition = f"  when {when}\n" if when else ""
    return f'norm {id} about {about}\n{quote}{condition}  the {about} must\n    "act"\n        {must}\n'


def said(must: str, when: str = "", about: str = "club", **state: Any) -> str | None:
    """The example that a state gives for a norm."""
    text = VOCABULARY + "\n" + norm(must, when, about)
    policies = PolicySet(compile_policies([Source("all.policy", text)]))
    target = policies.model.norms["1.1"]
    checked = policies.state(state)
    record = next(iter(checked.records(target.entity)))
    made = example_of(policies, [target], record, DAY, "a title")
    example = None if made is None else format_example(made)
    if example is not None:
        again = PolicySet(compile_policies([Source("all.policy", f"{text}\n{example}")]))
        assert [result.failures for result in run_examples(again)] == [()]
        assert example.startswith('  example "a title"\n')
    return None if example is None else " ".join(example.split()[3:]).removeprefix('title" ').removeprefix("given ")


JUDGED = {"value": True, "by": "the judge", "on": "2026-01-01"}


@pytest.mark.parametrize(
    ("must", "when", "club", "expected"),
    [
        ("open", "", {"open": True, "members": 3}, "open is yes then 1.1 is met"),
        ("open", "members is 3", {"open": False, "members": 4}, "members is 4 then 1.1 does not apply"),
        ("sound", "color is red", {"sound": JUDGED, "color": "red"}, "color is red, sound is yes then 1.1 is met"),
        ("fee is more than 3 yuan", "", {"fee": 4}, "fee is 4 yuan then 1.1 is met"),
        ("growth is more than 0.5", "", {"growth": Decimal("0.25")}, "growth is 0.25 then 1.1 is unmet"),
        ("growth is more than 0.5", "", {"growth": -1}, None),
        ('motto is "on"', "", {"motto": "off"}, 'motto is "off" then 1.1 is unmet'),
        ('motto is "on"', "", {"motto": 'say "on"'}, None),
        ("left is absent", "", {"left": None}, "left is absent then 1.1 is met"),
        ("founded is before today", "", {"founded": "2026-10-31"},
         "today is 2026-11-01, founded is 2026-10-31 then 1.1 is met"),
        ("branch exists", "", {"branch": {}}, "branch exists then 1.1 is met"),
        ("branch exists and branch.good", "", {"branch": {"good": True}}, "branch.good is yes then 1.1 is met"),
        ("number of rooms is 0", "", {"rooms": []}, "rooms is none then 1.1 is met"),
        ("number of rooms is 2", "", {"rooms": [{}, {"size": 3}]},
         "rooms are (size is unknown) and (size is 3) then 1.1 is met"),
        ("any room in rooms where (room.clean)", "", {"rooms": [{"size": 3}, {"clean": True}]},
         "rooms are (clean is yes) then 1.1 is met"),
        ("founded plus soon is after today", "", {"founded": "2026-10-31", "judgements": {"1.1 must": JUDGED}},
         "today is 2026-11-01, judgement 1.1 must is yes then 1.1 is met"),
        ("open", "", {"open": "unknown"}, None),
    ],
)  # fmt: skip
def test_what_a_state_says_of_a_club(must: str, when: str, club: dict[str, Any], expected: str | None) -> None:
    assert said(must, when, club=[{"id": "c", **club}]) == expected


REGIONS = [{"id": "north", "large": True}, {"id": "south", "large": False}]


@pytest.mark.parametrize(
    ("must", "club", "expected"),
    [
        ("region.large", {"region": "north"}, "region.large is yes then 1.1 is met"),
        ("region is twin", {"region": "north", "twin": "north"}, 'region is "north", twin is "north" then 1.1 is met'),
        ("region is twin", {"region": "north", "twin": "south"}, "region exists, twin exists then 1.1 is unmet"),
        ("number of region.clubs is 1", {"region": "north"}, "region exists then 1.1 is met"),
        ("every room in rooms satisfies (room.site.large)", {"rooms": [{"site": "south"}]},
         "rooms are (site.large is no) then 1.1 is unmet"),
    ],
)  # fmt: skip
def test_what_a_club_refers_to(must: str, club: dict[str, Any], expected: str) -> None:
    assert said(must, club=[{"id": "c", **club}], region=REGIONS) == expected


def test_who_refers_to_a_region() -> None:
    clubs = [{"id": "c", "region": "north", "open": True}, {"id": "d", "region": "south", "open": False}]
    assert said("every club in clubs satisfies (club.open)", about="region", club=clubs, region=REGIONS) == (
        "clubs are (open is yes) then 1.1 is met"
    )
    assert said("number of clubs is 0", about="region", club=[], region=REGIONS) == "clubs is none then 1.1 is met"
    assert said("large", about="region", region=REGIONS) == "large is yes then 1.1 is met"


def test_neighbours_that_a_club_s_region_has() -> None:
    clubs = [{"id": "c", "region": "north"}, {"id": "d", "region": "north"}]
    assert said("number of region.clubs is 2", club=clubs, region=REGIONS) == (
        "region.clubs are (color is unknown) then 1.1 is met"
    )


def test_what_holds_a_subject_is_given_too_and_its_neighbours_cannot_be() -> None:
    club = {"id": "c", "open": True, "rooms": [{"size": 1}]}
    assert said("club.open", about="room", club=[club]) == "club.open is yes then 1.1 is met"
    assert said("number of club.rooms is 1", about="room", club=[club]) == "then 1.1 is met"
    beside = {**club, "rooms": [{"size": 1}, {"size": 2}]}
    assert said("number of club.rooms is 1", about="room", club=[beside]) is None


def test_several_statements_are_named_as_far_as_they_speak_of_the_same() -> None:
    text = VOCABULARY + "\n".join(
        ["", norm("open"), norm("club.sound", "size is 1", "room", "1.2"), norm("large", "", "region", "1.3")]
    )
    policies = PolicySet(compile_policies([Source("all.policy", text)]))
    club, room, region = policies.model.norms.values()
    rooms = [{"size": 1}]
    state = policies.state({"club": [{"id": "c", "open": False, "sound": JUDGED, "rooms": rooms}], "region": REGIONS})
    (record,) = state.records(room.entity)
    example = example_of(policies, [room, club, region], record, DAY, "both")
    assert example is not None
    assert format_example(example) == (
        '  example "both"\n    given size is 1, club.open is no, club.sound is yes\n    then 1.2 is met and 1.1 is unmet\n'
    )


@given(st.data())
def test_an_example_comes_to_what_the_state_comes_to(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    if policies.model.measures is not None or not policies.model.statements:
        return
    state = policies.state(data.draw(states(policies, complete=True)))
    target: Statement = data.draw(st.sampled_from(policies.model.statements))
    today = policies.date(state, None)
    for record in list(subjects(state, target.entity))[:2]:
        made = example_of(policies, [target], record, today, "made up")
        if made is None:
            continue
        example = format_example(made)
        source = target.span.source
        end = target.span.start + len(target.span.text.rstrip())
        longer = Source(source.name, f"{source.text[:end]}\n\n{example}{source.text[end:]}")
        others = [each for each in policies.model.sources if each != source]
        results = run_examples(PolicySet(compile_policies([*others, longer])))
        (mine,) = [result for result in results if result.title == "made up"]
        assert mine.failures == ()
        said = example.split()[-1]
        assert said in (settled(Trial(target, record, today)), "apply", "case", "conflict")
