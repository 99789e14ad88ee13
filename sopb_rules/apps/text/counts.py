"""How many subjects come to what, and the unknown facts on which that hinges most, as tables for people."""

from __future__ import annotations

from collections.abc import Sequence

from sopb_rules.apps.overview import Line, Missing
from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Column, Page
from sopb_rules.model.norms import Norm

_DUTY = ("met", "unmet", "not_applicable", "unknown")
#: What stands in the columns of a duty for a permission: the one that is used is kept to, the one exceeded is not.
_LIKE = {"used": "met", "open": "met", "exceeded": "unmet"}
#: How many missing facts are printed.
_MOST = 30


def print_counts(page: Page, lines: Sequence[Line]) -> None:
    """Print, for each table, a line for each norm and place, and for each value of a decision."""
    for table in dict.fromkeys(line.table for line in lines):
        page.heading(table)
        here = [line for line in lines if line.table == table]
        if norms := [line for line in here if isinstance(line.statement, Norm)]:
            _print_norms(page, norms)
        decisions = [
            (line.name + (f" ({line.place})" if line.place else ""), word, f"{count:,}")
            for line in here
            if not isinstance(line.statement, Norm)
            for word, count in line.numbers.items()
        ]
        if decisions:
            columns = [Column("decision"), Column("value"), Column("subjects", right=True)]
            page.blank()
            page.table(columns, decisions, flexible=0, gap=2)


def _print_norms(page: Page, lines: Sequence[Line]) -> None:
    headings = ("met or\nwithin", "unmet or\nexceeded", "not\napplicable", "unknown")
    columns = [Column("norm"), Column("about"), *(Column(each, right=True) for each in headings)]
    rows = []
    for line in lines:
        assert isinstance(line.statement, Norm)
        numbers = dict.fromkeys(_DUTY, 0)
        for word, count in line.numbers.items():
            numbers[_LIKE.get(word, word)] += count
        about = line.place or ", ".join(actor.label for actor in line.statement.bearers)
        rows.append((line.name, about, *(f"{number:,}" for number in numbers.values())))
    page.table(columns, rows, flexible=1, gap=2)


def print_missing(page: Page, missing: Sequence[Missing]) -> None:
    """Print the unknown facts on which verdicts hinge, with how many verdicts do; those on which most do first."""
    page.heading("unknown facts on which verdicts hinge")
    if not missing:
        page.line("none")
        return
    columns = [Column("fact"), Column("norms", right=True), Column("verdicts", right=True)]
    rows = [(each.path, f"{len(each.names)}", f"{each.verdicts:,}") for each in missing[:_MOST]]
    page.table(columns, rows, flexible=0, gap=2)
    if len(missing) > _MOST:
        page.line(f"and {counted(len(missing) - _MOST, 'more fact', 'more facts')}: --format json tells all")
