"""What a peer is: six norms, written in its own way, asked about one organization and about a table of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import polars as pl


@attrs.frozen
class Peer:
    """A way of evaluating the six norms.

    Attributes:
        name: what the tables call it.
        unknowns: whether facts may be unknown; the others are asked about known facts alone.
        one: the verdicts on one organization, given as plain Python values, by norm; None where it has no such way.
        native: the table in the form that the peer computes on; this is not timed.
        population: the verdicts on such a table, in whatever form is the peer's own; this is timed.
        frame: these verdicts as a frame with a column for each norm, to compare; this is not timed.
        limit: the most rows that it is given, where it goes through them one by one; None where it has a batch.
        remark: what has to be known to read its numbers.
    """

    name: str
    unknowns: bool
    one: Callable[[dict[str, Any]], dict[str, str]] | None
    native: Callable[[pl.DataFrame], Any]
    population: Callable[[Any], Any]
    frame: Callable[[Any], pl.DataFrame]
    limit: int | None = None
    remark: str = ""
