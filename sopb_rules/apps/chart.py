"""What charts show, whatever draws them: numbers in a grid of rows and verdicts, or a bar for each row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from sopb_rules.apps.overview import Line, Missing
from sopb_rules.apps.report_data import VERDICTS_IN_ORDER
from sopb_rules.apps.text.words import VERDICTS

if TYPE_CHECKING:
    from sopb_rules.impact import Impact

#: How many bars a chart has at most.
MOST = 40


@attrs.frozen
class HeatMap:
    """Numbers in a grid, each shaded by its share of its row.

    Args:
        description: what the chart tells, for those who do not see it.
        verdicts: the columns.
        rows: each with a label and a number for each verdict; None for one that it cannot come to.
    """

    title: str
    description: str
    verdicts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]

    def shares(self) -> list[list[float]]:
        """The numbers as shares of their rows; 0 in a row without any."""
        return [[share(number or 0, sum(each or 0 for each in row)) for number in row] for _, row in self.rows]


@attrs.frozen
class Bar:
    """A number, drawn as long as it is large.

    Args:
        verdict: the one whose colour it has; "" for none.
    """

    label: str
    number: int
    verdict: str = ""


@attrs.frozen
class Bars:
    """A bar for each row."""

    title: str
    description: str
    rows: tuple[Bar, ...]


def share(number: int, whole: int) -> float:
    """A number as a share of a whole; of nothing it is none."""
    return number / whole if whole else 0.0


def verdicts_of(lines: Iterable[Line]) -> tuple[str, ...]:
    """All that some norm among these may come to, the gravest first."""
    found = {word for line in lines for word in line.numbers}
    return tuple(word for word in VERDICTS_IN_ORDER if word in found)


def verdicts_by_norm(lines: Sequence[Line], title: str) -> HeatMap:
    """How many subjects come to what, a row for each norm and place."""
    words, tables = verdicts_of(lines), {line.table for line in lines}
    rows = tuple(
        (_called(line.name, line.table if len(tables) > 1 else "", line.place), tuple(map(line.numbers.get, words)))
        for line in lines
    )
    verdicts = sum(line.subjects for line in lines)
    description = f"{len(rows)} rows with {verdicts:,} verdicts; a cell is as dark as its share of its row is large"
    return HeatMap(title, description, words, rows)


def missing_facts(missing: Sequence[Missing], title: str) -> Bars:
    """On how many verdicts each unknown fact bears, the most first."""
    return _bars([Bar(each.path, each.verdicts) for each in missing], title)


def changes_by_norm(impact: Impact, title: str) -> Bars:
    """How many subjects go from which verdict to which, in the order of the document and in the colour of the later one."""
    tables = {table for table, *_ in impact.changes.iter_rows()}
    rows = [
        Bar(f"{_called(name, table if len(tables) > 1 else '', place)}: {told(old)} → {told(new)}", number, new or "")
        for table, name, place, old, new, number in impact.changes.iter_rows()
    ]
    return _bars(rows, title)


def told(verdict: str | None) -> str:
    """A verdict, or the value of a decision, in words; a dash where there is no subject."""
    if verdict is None:
        return "–"
    return VERDICTS[verdict].word if verdict in VERDICTS else verdict.replace("_", " ")


def _bars(rows: Sequence[Bar], title: str) -> Bars:
    """The largest of these, in their order."""
    largest = set(sorted(range(len(rows)), key=lambda index: -rows[index].number)[:MOST])
    kept = tuple(row for index, row in enumerate(rows) if index in largest)
    left_out = f", the largest of {len(rows)}" if len(kept) < len(rows) else ""
    if not kept:
        return Bars(title, "no bars", ())
    return Bars(title, f"{len(kept)} bars{left_out}, of up to {max(row.number for row in kept):,}", kept)


def _called(name: str, table: str, place: str) -> str:
    about = ".".join(filter(None, (table, place)))
    return f"{name} {about}" if about else name
