"""How many records are looked at, and whether they are proved to be enough."""

from __future__ import annotations

import pytest

from sopb_rules.analysis.sizes import MOST_COUNTED, MOST_OTHERWISE, MOST_REFERRED, sizes
from tests.analysis.situations import policy_set

VOCABULARY = """\
vocabulary sized
  will has the force of should
role committee "the committee"
parameter few count
  is 2
parameter open count
  judged by committee
entity club
  members  count
  rooms    list of room
  branch   optional branch
  region   reference to region
  twin     reference to region
entity branch
  halls  list of room
entity room
  clean  yes/no
  size   count
  beds   list of bed
entity bed
  soft  yes/no
entity region
  large   yes/no
  next    reference to region
  clubs   list of club by region
"""

Bounds = dict[str, tuple[int, bool]]


def bounds(condition: str, about: str = "club") -> Bounds:
    """The lists of a condition: how many elements, and whether these are enough."""
    text = f"norm 1.1 about {about}\n  | It must.\n  the committee must\n    {condition}\n"
    policies = policy_set(VOCABULARY, text)
    (norm,) = policies.model.norms.values()
    found = sizes(norm.parts, [norm.entity], policies.model.vocabulary)
    return {each.list: (each.most, each.enough) for each in found.bounds()}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("members is 3", {}),
        ("any room in rooms where (room.clean)", {"club.rooms": (1, True)}),
        ("every room in rooms satisfies (room.clean)", {"club.rooms": (1, True)}),
        ("any room in rooms where (room.clean) and every room in rooms satisfies (room.size is 2)",
         {"club.rooms": (2, True)}),
        ("number of rooms is at least 3", {"club.rooms": (4, True)}),
        ("number of room in rooms where (room.clean) is few", {"club.rooms": (3, True)}),
        ("number of rooms is at least open", {"club.rooms": (1, True)}),  # is judged, and nobody counts
        ("branch exists and any hall in branch.halls where (hall.clean)", {"branch.halls": (1, True)}),
    ],
)  # fmt: skip
def test_what_is_enough(condition: str, expected: Bounds) -> None:
    assert bounds(condition) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("number of rooms is at least members", {"club.rooms": (MOST_OTHERWISE, False)}),
        ("number of rooms is at least 100", {"club.rooms": (MOST_COUNTED, False)}),
        ("number of rooms plus number of rooms is at least 2", {"club.rooms": (2 * MOST_OTHERWISE, False)}),
    ],
)
def test_what_is_not_known_to_be_enough(condition: str, expected: Bounds) -> None:
    assert bounds(condition) == expected


def test_lists_in_lists() -> None:
    """The beds of each room are its own; how many rooms the club has is the same asked from each room."""
    own = "every room in rooms satisfies (any bed in room.beds where (bed.soft))"
    assert bounds(own) == {"club.rooms": (1, True), "room.beds": (1, True)}
    found = bounds("every room in rooms satisfies (number of rooms is at least 2)")
    assert found["club.rooms"] == (4, False)


def test_references() -> None:
    assert bounds("region.large") == {}
    assert bounds("region.large and twin.large") == {}
    found = bounds("number of region.clubs is at least 2")
    assert found["club"][1] is False or found["club"][0] >= 3
    assert bounds("number of clubs is at least 2", "region") == {"club": (3, True)}


def test_references_of_many_are_capped_and_say_so() -> None:
    found = bounds("every club in clubs satisfies (club.twin.large) and number of clubs is at least 9", "region")
    assert found["region"] == (MOST_REFERRED, False)
    assert found["club"][0] == 11
