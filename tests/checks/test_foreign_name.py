"""The check `foreign-name`: what it complains about, and what it leaves alone."""

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
        pytest.param(FRONT.replace('"the board"', '"the council"'), ["board"], id="a role"),
        pytest.param(FRONT.replace('entity room "room"', 'entity room "chamber"'), ["room"], id="an entity"),
    ],
)
def test_complains(text: str, places: list[str]) -> None:
    assert told("foreign-name", "", text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FRONT, id="all are named"),
        pytest.param(FRONT.replace('"the board"', '"boards"'), id="in the plural"),
        pytest.param(
            FRONT.replace('"Houses"', '"Councils"').replace('"the board"', '"the council"'),
            id="in the title of an article",
        ),
        pytest.param(
            FRONT.replace('"the board"', '"the board of trustees"'), id="of a longer label one word is enough"
        ),
        pytest.param("vocabulary sample\n\nrole board\n", id="no sentences"),
    ],
)
def test_leaves_alone(text: str) -> None:
    assert told("foreign-name", "", text) == []
