"""What `sopb impact` prints: on which norms whose verdicts change, and for which sorts of subjects."""

from __future__ import annotations

from collections.abc import Sequence

from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Column, Page, Part
from sopb_rules.apps.text.words import BAD, GOOD
from sopb_rules.impact import Impact
from sopb_rules.population.evaluate import ACTION

_COLUMNS = (Column("statement"), Column("about"), Column("from"), Column("to"), Column("subjects", right=True))


def print_impact(page: Page, impact: Impact, old: str, new: str) -> None:
    """Print who changes verdict, by norm, and by each fact that was asked for."""
    page.line((f"{old} {page.sign('→', '->')} {new}", "bold"))
    changes = impact.changes
    touched = changes.select("table", "statement", "place").n_unique()
    compared = counted(len(impact.compared), "statement")
    if not changes.height:
        page.line(f"No verdict changes: {compared} compared")
    else:
        subjects = counted(impact.rows.select("table", "holder", "id").n_unique(), "subject")
        page.line(f"{counted(int(changes['count'].sum()), 'verdict')} of {subjects} change, on {touched} of {compared}")
        _print_table(page, "By norm", _COLUMNS, [_row(page, *row) for row in changes.rows()])
    for fact in impact.by if changes.height else ():
        rows = [(value or "unknown", *_row(page, *row)) for value, *row in impact.by_fact(fact).rows()]
        _print_table(page, f"By {fact}", (Column(fact), *_COLUMNS), rows)
    for title, names in (("Only in the new version", impact.added), ("Only in the old version", impact.removed)):
        if names:
            page.rule(title)
            page.line(", ".join(names))


def _row(
    page: Page, table: str, statement: str, place: str, old: str | None, new: str | None, count: int
) -> tuple[Part, ...]:
    about = f"{table}.{place}" if place else table
    return statement, about, _word(page, old), _word(page, new), f"{count:,}"


def _word(page: Page, word: str | None) -> Part:
    if word is None:
        return page.sign("–", "-")
    return (word, BAD) if word in ACTION else (word, GOOD) if word in ("met", "used") else word


def _print_table(page: Page, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Part]]) -> None:
    if rows:
        page.rule(title)
        page.table(columns, rows, flexible=len(columns) - 4, gap=2)
