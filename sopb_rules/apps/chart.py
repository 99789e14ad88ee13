"""What charts show, whatever draws them: numbers in a grid of rows and columns, or one bar for each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from sopb_rules.predicates.verdicts import Verdict

#: The verdicts in the order in which charts show them; the values of decisions come behind them.
_ORDER = [each.value for each in Verdict]


@attrs.frozen
class HeatMap:
    """Numbers in a grid, each shaded by its share of its row.

    Args:
        description: what the chart tells, for those who do not see it.
        rows: each with a label and a number for each column; None where the column has no meaning for the row.
    """

    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]

    def shares(self) -> list[list[float]]:
        """The numbers as shares of their rows; 0 in a row without any."""
        return [[(number or 0) / max(1, sum(each or 0 for each in row)) for number in row] for _, row in self.rows]


@attrs.frozen
class Bars:
    """A bar for each row.

    Args:
        rows: each with a label and a number, the longest bar for the largest.
    """

    title: str
    description: str
    rows: tuple[tuple[str, int], ...]


def verdicts_by_norm(counts: Iterable[Mapping[str, object]], title: str) -> HeatMap:
    """How many subjects come to what, a row for each norm.

    Args:
        counts: rows of `TableEvaluation.counts`; those of decisions are left out, whose values are words of their own.
    """
    found: dict[str, dict[str, int]] = {}
    for row in counts:
        place = f" {row['place']}" if row["place"] else ""
        found.setdefault(f"{row['statement']}{place}", {})[str(row["outcome"])] = int(str(row["count"]))
    norms = {label: told for label, told in found.items() if "not_applicable" in told}
    words = [word for word in _ORDER if any(word in told for told in norms.values())]
    rows = tuple((label, tuple(told.get(word) for word in words)) for label, told in norms.items())
    subjects = sum(number or 0 for _, numbers in rows for number in numbers)
    description = (
        f"{len(rows)} norms with {subjects:,} verdicts; the darker a cell, the more of its norm's subjects are in it"
    )
    return HeatMap(title, description, tuple(words), rows)


def bars(rows: Sequence[tuple[str, int]], title: str, most: int = 30) -> Bars:
    """The largest numbers, each as a bar.

    Args:
        most: how many bars there are at most.
    """
    largest = sorted(rows, key=lambda row: -row[1])[:most]
    left_out = f", of {len(rows)}" if len(largest) < len(rows) else ""
    return Bars(
        title, f"{len(largest)} bars{left_out}, the largest {largest[0][1]:,}" if rows else "no bars", tuple(largest)
    )
