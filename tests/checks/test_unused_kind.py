"""The check `unused-kind`: what it complains about, and what it leaves alone."""

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
            FRONT.replace("entity house", "kind size\n  big, small\n\nentity house"), ["size"], id="nothing is of it"
        ),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("unused-kind", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FRONT, id="a fact is"),
        pytest.param(
            FRONT.replace(
                "entity house",
                'kind size\n  big, small\n\nparameter usual size "the usual size" is big\n\nentity house',
            ),
            id="a parameter is",
        ),
        pytest.param(
            FRONT
            + "decision 8 side about house gives side\n  case 8.3 gives left when good\n    | A good house is on the left.\n".replace(
                "side\n", "side\n", 1
            )
            if False
            else FRONT.replace("entity house", "kind side\n  left, right\n\nentity house")
            + "decision 8 side about house gives side\n  case 8.3 gives left when good\n    | A good house is on the left.\n",
            id="a decision is",
        ),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("unused-kind", "", text) == []
