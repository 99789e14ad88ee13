"""Two sides that come in pieces, put beside each other."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules.population.zipped import Zipped

_IDS = st.lists(st.integers(0, 9), unique=True).map(sorted)


def pieces(ids: list[int], cuts: list[int], name: str) -> list[pl.DataFrame]:
    frame = pl.DataFrame({"#": ids, name: [f"{name}{id}" for id in ids]}, schema={"#": pl.Int64, name: pl.String})
    ends = sorted({*(cut for cut in cuts if cut < len(ids)), len(ids)})
    return [frame.slice(first, end - first) for first, end in zip([0, *ends], ends, strict=False)]


@given(_IDS, _IDS, _IDS, _IDS)
def test_each_row_meets_its_other_side_once(
    left: list[int], right: list[int], one: list[int], other: list[int]
) -> None:
    sides = [pieces(left, one, "left"), pieces(right, other, "right")]
    zipped = Zipped(["#"])
    found: list[tuple[int, str, str]] = []
    for number in range(max(map(len, sides))):
        both = zipped.add(*(side[number] if number < len(side) else None for side in sides))
        if both is not None:
            found += both.select("#", "left", "right").rows()
    assert sorted(found) == [(id, f"left{id}", f"right{id}") for id in left if id in right]


def test_what_never_meets_waits() -> None:
    zipped = Zipped(["#"])
    left, right = pl.DataFrame({"#": [1, 2], "l": [1, 2]}), pl.DataFrame({"#": [2, 3], "r": [2, 3]})
    assert zipped.add(left, None) is None
    both = zipped.add(None, right)
    assert both is not None
    assert both.rows() == [(2, 2, 2)]
    assert zipped.left is not None
    assert zipped.right is not None
    assert (zipped.left.rows(), zipped.right.rows()) == ([(1, 1)], [(3, 3)])
