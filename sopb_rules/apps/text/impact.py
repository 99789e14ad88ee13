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
_BY = (_NORM, _ABOUT, _COUNT, Column("newly\nunmet", right=True), Column("no\nlonger", right=True))
_CHANGES = (_NORM, _ABOUT, Column("\nwas"), Column("\nis now"), _COUNT)


def print_impact(page: Page, impact: Impact, old: str, new: str, day: datetime.date) -> None:
    """Print who changes verdict, by norm, by each fact that was asked for, and what only one version has."""
    page.line((f"{old} {page.sign('→', '->')} {new}", "bold"), f", as of {day}")
    page.line(_summed_up(impact))
    if impact.verdicts:
        page.line(
            f"Newly unmet, exceeded or in conflict: {impact.acting(True):,}; no longer so: {impact.acting(False):,}"
        )
        page.rule("By norm")
        page.table((*_CHANGES, Column("\nof", right=True)), list(_changes(page, impact)), flexible=1, gap=2)
    for fact, changes in impact.by.items():
        if changes.height:
            page.rule(f"By {fact}")
            page.table((Column(f"\n{fact}"), *_BY), list(_by(changes)), flexible=2, gap=2)
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
    differ = counted(len(impact.compared), "norm or decision", "norms and decisions")
    same = f"{len(impact.same)} are the same in both versions"
    if not impact.verdicts:
        return f"No verdict changes: {differ} differ{'s' if len(impact.compared) == 1 else ''}, {same}"
    touched = impact.changes.select("table", "statement", "place").n_unique()
    verdicts, subjects = counted(impact.verdicts, "verdict"), counted(impact.changed, "subject")
    verb = "changes" if impact.verdicts == 1 else "change"
    return f"{verdicts} of {subjects} {verb}, on {touched} of {differ} that differ{'s' if len(impact.compared) == 1 else ''}; {same}"


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


def _by(changes: pl.DataFrame) -> Iterator[tuple[Part, ...]]:
    """A line for each value of a fact and each norm: how many subjects change, and who has to act now, or no longer."""
    lines: dict[tuple[str, str, str], list[int]] = {}
    for value, table, statement, place, old, new, count in changes.iter_rows():
        line = lines.setdefault((value or "unknown", statement, _about(table, place)), [0, 0, 0])
        line[0] += count
        line[1] += count if new in ACTION and old not in ACTION else 0
        line[2] += count if old in ACTION and new not in ACTION else 0
    last = ""
    for (value, *about), counts in lines.items():
        yield ("" if value == last else value, *about, *(f"{count:,}" for count in counts))
        last = value


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
