"""The check `unused-value`: what it complains about, and what it leaves alone."""

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
        pytest.param(FRONT, ["blue"], id="a value"),
        pytest.param(
            FRONT.replace("kind color", "ordered kind color from low to high"),
            ["blue"],
            id="of a scale that is not compared by order",
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unused-value", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FRONT.replace("red, blue", "red"), id="in a case"),
        pytest.param(
            FRONT + '  example "blue"\n    given color is blue\n    then 8.2 is unknown\n', id="in an example"
        ),
        pytest.param(
            FRONT
            + 'norm 8.3 about owner\n  | It must be so.\n  the owner must\n    number of houses is at least 1\n\n  example "blue"\n    given houses are (color is blue)\n    then 8.3 is met\n',
            id="in the list of an example",
        ),
        pytest.param(
            FRONT.replace("kind color", "ordered kind color from low to high").replace(
                "color is red", "color is at least red"
            ),
            id="compared by order",
        ),
        pytest.param(
            FRONT.replace("red, blue", "red").replace("entity house", "kind size\n  big, small\n\nentity house"),
            id="of an unused kind is another check",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unused-value", "", text) == []
