"""How many subjects come to what, as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopb_rules.apps.text.page import Column, Page

if TYPE_CHECKING:
    import polars as pl

    from sopb_rules.policy_set import PolicySet

_DUTY = ("met", "unmet", "not_applicable", "unknown")
#: What stands in the columns of a duty for a permission: the one that is used is kept to, the one exceeded is not.
_LIKE = {"used": "met", "open": "met", "exceeded": "unmet"}


def print_counts(page: Page, policies: PolicySet, counts: pl.DataFrame) -> None:
    """Print a line for each norm and place, and for each value of a decision."""
    for (table,), part in counts.group_by("table", maintain_order=True):
        page.heading(str(table))
        norms: dict[tuple[str, str], dict[str, int]] = {}
        decisions: list[tuple[str, str, str]] = []
        for _, statement, place, word, count in part.iter_rows():
            if statement in policies.model.norms:
                row = norms.setdefault((statement, place), dict.fromkeys(_DUTY, 0))
                row[_LIKE.get(word, word)] += count
            else:
                decisions.append((statement + (f" ({place})" if place else ""), word, f"{count:,}"))
        if norms:
            _print_norms(page, policies, norms)
        if decisions:
            columns = [Column("decision"), Column("value"), Column("subjects", right=True)]
            page.blank()
            page.table(columns, decisions, flexible=0, gap=2)


def _print_norms(page: Page, policies: PolicySet, norms: dict[tuple[str, str], dict[str, int]]) -> None:
    headings = ("met or\nwithin", "unmet or\nexceeded", "not\napplicable", "unknown")
    columns = [Column("norm"), Column("about"), *(Column(each, right=True) for each in headings)]
    rows = []
    for (id, place), row in norms.items():
        about = place or ", ".join(actor.label for actor in policies.model.norms[id].bearers)
        rows.append((id, about, *(f"{row[word]:,}" for word in _DUTY)))
    page.table(columns, rows, flexible=1, gap=2)


def print_blocking(page: Page, blocking: pl.DataFrame) -> None:
    """Print the unknown facts on which verdicts hinge, with how many verdicts do; those on which most do first."""
    page.heading("unknown facts on which verdicts hinge")
    totals = blocking.group_by("table", "column", maintain_order=True).agg("count")
    columns = [Column("table"), Column("fact"), Column("verdicts", right=True)]
    rows = [(table, column, f"{sum(counts):,}") for table, column, counts in totals.iter_rows()]
    page.table(columns, rows, flexible=1, gap=2)
