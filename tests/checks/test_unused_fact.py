"""The check `unused-fact`: what it complains about, and what it leaves alone."""

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
        pytest.param(FRONT.replace("  clean ", '  high   yes/no  "high"\n  clean '), ["high"], id="a fact"),
        pytest.param(
            FRONT.replace("  good ", "  color2  color\n  good "), ["color2"], id="a fact called like its type"
        ),
        pytest.param(
            FRONT.replace("  good ", "  seller  reference to owner\n  good "),
            ["seller"],
            id="a reference that nothing goes through",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unused-fact", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FRONT, id="all are read"),
        pytest.param(
            FRONT.replace("entity owner", "entity dog\n  barks  yes/no\n\nentity owner"),
            id="of an entity that nobody speaks of",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unused-fact", "", text) == []
