"""The check `idle-act`: what it complains about, and what it leaves alone."""

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
        pytest.param(
            FRONT.replace("when number", "when fine and number").replace(
                'good   yes/no  "good"', 'good   yes/no  "good"\n  fine   yes/no  act'
            ),
            ["fine"],
            id="only in `when`",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("idle-act", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FRONT, id="asked for"),
        pytest.param(
            FRONT.replace('yes/no  "good"', 'yes/no  "good"  act').replace("        good", "        fine")
            + "define fine about house\n  means good\n",
            id="through a definition",
        ),
        pytest.param(FRONT.replace("  good ", "  fine  yes/no  act\n  good "), id="not read at all is another check"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("idle-act", "", text) == []
