"""Two sides of the same rows that come in pieces, put beside each other as soon as both are there.

The sides mostly come in the same pieces; where they do not, or where one leaves out rows that the other has, what waits for its
other side is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import polars as pl


@attrs.define
class Zipped:
    """Two sides of a table.

    Args:
        keys: the columns that say which rows are the same; no two rows of a side have all of them alike.
    """

    keys: Sequence[str]
    left: pl.DataFrame | None = None
    right: pl.DataFrame | None = None

    def add(self, left: pl.DataFrame | None, right: pl.DataFrame | None) -> pl.DataFrame | None:
        """The rows of which both sides are there now, in the order of the right one; None where nothing came of a side yet.

        Args:
            left: rows that came; None where there are no more.
            right: likewise.
        """
        left, right = _joined(self.left, left), _joined(self.right, right)
        if left is None or right is None:
            self.left, self.right = left, right
            return None
        if left.select(self.keys).equals(right.select(self.keys)):
            self.left = self.right = None
            return pl.concat([right, left.drop(self.keys)], how="horizontal")
        self.left, self.right = (
            one.join(other, on=self.keys, how="anti", maintain_order="left")
            for one, other in ((left, right), (right, left))
        )
        return right.join(left, on=self.keys, how="inner", maintain_order="left")


def _joined(before: pl.DataFrame | None, after: pl.DataFrame | None) -> pl.DataFrame | None:
    if before is None or after is None:
        return after if before is None else before
    return pl.concat([before, after])
