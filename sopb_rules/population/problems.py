"""What is wrong with rows: found by the column, told row by row as far as anybody reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import attrs
import polars as pl

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.states.mistakes import MISTAKE_LIMIT
from sopb_rules.states.scalars import Mistake

if TYPE_CHECKING:
    from sopb_rules.population.drafts import Draft

#: The columns of the frame of skipped rows.
SKIPPED = {
    "table": pl.String(),
    "row": pl.UInt32(),
    "id": pl.String(),
    "column": pl.String(),
    "value": pl.String(),
    "problem": pl.String(),
}


@attrs.frozen
class Problem:
    """Rows of a table that are wrong in one way.

    Args:
        column: the column that is wrong; "" for the row as such.
        where: which rows are.
        values: what stands there.
        summary: what is wrong, the same for all rows.
        words: what is wrong with one row.
    """

    draft: Draft
    column: str
    where: pl.Series
    values: pl.Series | None
    code: Code
    summary: str
    words: Callable[[int], Mistake]

    def diagnostic(self, row: int) -> Diagnostic:
        """One of its rows, told."""
        mistake = self.words(row)
        code = self.code if mistake.code is Code.STATE_WRONG_VALUE else _OF_STATES.get(mistake.code, self.code)
        path = self.draft.path(row, self.column)
        where = self.draft.position(row) + (f", {path}" if path else "")
        label = self.draft.source.label
        return Diagnostic(code, mistake.problem, file=label, where=where, expected=mistake.expected, help=mistake.help)

    def frame(self) -> pl.DataFrame:
        """All of its rows."""
        rows = self.where.arg_true()
        tops, ids = self.draft.tops(rows)
        values = pl.lit(None, dtype=pl.String) if self.values is None else _as_text(self.values.gather(rows))
        return pl.select(
            table=pl.lit(self.draft.table.name),
            row=tops,
            id=ids,
            column=pl.lit(self.column),
            value=values,
            problem=pl.lit(self.summary),
        ).cast(SKIPPED)  # type: ignore[arg-type]


#: In a row, a value of no kind is a wrong value.
_OF_STATES = {Code.STATE_UNKNOWN_VALUE: Code.ROW_WRONG_VALUE, Code.STATE_NOT_OPTIONAL: Code.ROW_WRONG_VALUE}


def _as_text(values: pl.Series) -> pl.Series:
    return (
        values.cast(pl.String, strict=False)
        if not values.dtype.is_nested()
        else values.is_null().replace_strict([True, False], [None, "…"], return_dtype=pl.String)
    )


@attrs.define
class Told:
    """The mistakes of a population: all are counted, the first ones are told."""

    diagnostics: list[Diagnostic] = attrs.field(factory=list)
    count: int = 0

    def add(self, problems: Iterable[Problem]) -> None:
        """Tell of some rows more, in their order."""
        rows: list[tuple[int, int, int, Problem]] = []
        for index, problem in enumerate(problems):
            wrong = problem.where.arg_true()
            self.count += wrong.len()
            first = wrong.head(MISTAKE_LIMIT)
            tops, _ = problem.draft.tops(first)
            rows += [(top, index, row, problem) for top, row in zip(tops.to_list(), first.to_list(), strict=True)]
        rows.sort(key=lambda each: each[:3])
        room = MISTAKE_LIMIT - len(self.diagnostics)
        self.diagnostics += [problem.diagnostic(row) for _, _, row, problem in rows[:room]]

    def all(self) -> list[Diagnostic]:
        """The mistakes; the last one counts those that are not told."""
        more = self.count - len(self.diagnostics)
        if more <= 0:
            return self.diagnostics
        message = f"there {'are' if more != 1 else 'is'} {more:,} more mistake{'s' if more != 1 else ''}"
        help = 'correct those above first, or let `bad_rows` be "skip" to leave such rows out'
        return [*self.diagnostics, Diagnostic(self.diagnostics[-1].code, message, help=help)]
