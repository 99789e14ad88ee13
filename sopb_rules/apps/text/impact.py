"""What `sopb impact` prints: on which norms whose verdicts change, and for which sorts of subjects."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Column, Page, Part
from sopb_rules.apps.text.words import BAD, GOOD
from sopb_rules.population.evaluate import ACTION

if TYPE_CHECKING:
    import polars as pl

    from sopb_rules.impact import Compared, Impact

_NORM, _ABOUT, _COUNT = Column("norm or\ndecision"), Column("\nabout"), Column("\nsubjects", right=True)
_CHANGES = (_NORM, _ABOUT, Column("\nwas"), Column("\nis now"), _COUNT)


def print_impact(page: Page, impact: Impact, old: str, new: str, day: datetime.date) -> None:
    """Print who changes verdict, by norm, by each fact that was asked for, and what only one version has."""
    page.line((f"{old} {page.sign('→', '->')} {new}", "bold"), f", as of {day}")
    page.line(_summed_up(impact))
    if impact.verdicts:
        page.rule("By norm")
        page.table((*_CHANGES, Column("\nof", right=True)), list(_changes(page, impact)), flexible=1, gap=2)
    for fact, changes in impact.by.items():
        if changes.height:
            page.rule(f"By {fact}")
            rows = list(
                _without_repeats((value or "unknown", *_row(page, *row)) for value, *row in changes.iter_rows())
            )
            page.table((Column(f"\n{fact}"), *_CHANGES), rows, flexible=2, gap=2)
    for title, names, counts in (
        ("Only in the new version", impact.added, impact.gained),
        ("Only in the old version", impact.removed, impact.lost),
    ):
        if names:
            page.rule(title)
            _print_alone(page, names, counts)
    if impact.skipped.height:
        page.blank()
        page.line(f"left out for mistakes: {impact.skipped.n_unique(['table', 'row']):,} rows")


def _summed_up(impact: Impact) -> str:
    looked = f"{counted(len(impact.compared), 'statement')} compared, {len(impact.same)} the same in both"
    if not impact.verdicts:
        return f"No verdict changes: {looked}"
    touched = impact.changes.select("table", "statement", "place").n_unique()
    subjects = f"{impact.changed:,} subject{'' if impact.changed == 1 else 's'}"
    verb = "changes" if impact.verdicts == 1 else "change"
    verdicts = f"{impact.verdicts:,} verdict{'' if impact.verdicts == 1 else 's'}"
    return f"{verdicts} of {subjects} {verb}, on {touched} of {looked}"


def _changes(page: Page, impact: Impact) -> Iterator[tuple[Part, ...]]:
    """A line for each change from what to what, with the number of all subjects of the norm."""
    subjects: dict[tuple[str, str, str], tuple[Compared, int]] = {
        (each.table, each.statement, each.place): (each, count) for each, count in impact.subjects.items()
    }
    for table, statement, place, *ends in impact.changes.iter_rows():
        compared, all_ = subjects[table, statement, place]
        name, *rest = _row(page, table, statement, place, *ends)
        was = f" (was {compared.before})" if compared.before != statement else ""
        yield (f"{name}{was}", *rest, f"{all_:,}")


def _row(
    page: Page, table: str, statement: str, place: str, old: str | None, new: str | None, count: int
) -> tuple[Part, ...]:
    return statement, _about(table, place), _word(page, old), _word(page, new), f"{count:,}"


def _about(table: str, place: str) -> str:
    return f"{table}.{place}" if place else table


def _word(page: Page, word: str | None) -> Part:
    if word is None:
        return page.sign("–", "-")
    told = word.replace("_", " ") if word in ("not_applicable", "no_case") else word
    return (told, BAD) if word in ACTION else (told, GOOD) if word in ("met", "used") else told


def _without_repeats(rows: Iterator[tuple[Part, ...]]) -> Iterator[tuple[Part, ...]]:
    """Rows in which the first cell is said once for all that follow."""
    last: Part | None = None
    for first, *rest in rows:
        yield ("" if first == last else first, *rest)
        last = first


def _print_alone(page: Page, names: Sequence[str], counts: pl.DataFrame) -> None:
    """What only one version has, with how many subjects it brings to what."""
    counted_ = set(counts["statement"])
    rest = [name for name in names if name.rpartition(": ")[2] not in counted_]
    if counts.height:
        rows = [
            (statement, _about(table, place), _word(page, word), f"{count:,}")
            for table, statement, place, word, count in counts.iter_rows()
        ]
        page.table((_NORM, _ABOUT, Column("\nverdict"), _COUNT), rows, flexible=1, gap=2)
    if rest:
        page.line(f"{', '.join(rest)}: no subjects in these tables")
