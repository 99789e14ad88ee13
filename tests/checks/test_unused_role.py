"""The check `unused-role`: what it complains about, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks.asking import told

FRONT = """\
vocabulary sample

role committee "the committee"

role board "the board"

kind color
  red, blue

entity house "house"
  name   text
  color  color
  rooms  list of room
  owner  reference to owner
  good   yes/no  "good"

entity room "room"
  clean  yes/no  "clean"  act

entity owner "owner"
  name    text
  houses  list of house by owner

article 8 "Houses"

norm 8.1 about room
  | The committee must keep each room of a house clean, and the board the owners.
  when house.color is red
  the committee and the board must
    "keep clean"
        clean

norm 8.2 about house
  | Its owner must have a house.
  when number of owner.houses is at least 1
  the owner must
    "have a house"
        good

"""


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(FRONT.replace("role board", "role council\n\nrole board"), ["council"], id="a role"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unused-role", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FRONT, id="bearers"),
        pytest.param(
            FRONT.replace("role board", "role council\n\nrole board").replace(
                "  good ", "  sound  judgement by council\n  good "
            ),
            id="assessors",
        ),
        pytest.param(
            FRONT.replace(
                "role board", 'parameter enough count "how many"\n  judged by council\n\nrole council\n\nrole board'
            ),
            id="of a parameter",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unused-role", "", text) == []
