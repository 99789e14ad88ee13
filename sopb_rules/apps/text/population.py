"""What `sopb evaluate` prints of tables: how many subjects come to what, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sopb_rules.apps.plural import counted
from sopb_rules.apps.text.page import Column, Page, Part
from sopb_rules.apps.text.words import BAD, QUIET
from sopb_rules.model.norms import Norm

if TYPE_CHECKING:
    from sopb_rules.apps.table_evaluation import Told

#: The columns of counts, and which outcomes stand in each: a permission is used as a duty is met.
_SHOWN = (
    ("n/a", ("not_applicable",)),
    ("met\nused", ("met", "used")),
    ("open", ("open",)),
    ("unmet\nexceeded", ("unmet", "exceeded")),
    ("unknown", ("unknown",)),
)
#: How many missing facts are shown.
_MISSING = 20


def print_counts(page: Page, told: Told) -> None:
    """Print the counts of each table, the decisions, what is missing, and what was left out and written."""
    policies = told.policies
    page.line((f"{policies.name} {policies.version}".strip(), "bold"), f" as of {told.as_of}")
    for (table,), rows in told.counts.group_by("table", maintain_order=True):
        norms: dict[tuple[str, str], dict[str, int]] = {}
        decisions: dict[tuple[str, str], dict[str, int]] = {}
        for _, statement, place, outcome, count in rows.rows():
            kind = norms if statement in policies.model.norms else decisions
            kind.setdefault((statement, place), {})[outcome] = count
        page.rule(str(table))
        if norms:
            headings = [Column(heading, right=True, least=7) for heading, _ in _SHOWN]
            lines = [_row(page, policies.model.norms[id], place, counts) for (id, place), counts in norms.items()]
            page.table([Column("norm"), Column("force"), Column("of"), *headings], lines, flexible=2)
        for (name, place), counts in decisions.items():
            page.row((name, "bold"), ", ".join(_decided(counts)) or "no subjects", *([f" ({place})"] if place else []))
    _print_missing(page, told)
    if told.skipped.height:
        page.rule(f"Left out: {counted(told.skipped.height, 'mistake')} in rows")
        for row in told.skipped.head(_MISSING).to_dicts():
            page.line(", ".join(f"{name} {value}" for name, value in row.items() if value not in (None, "")))
    for file, count in told.written.items():
        page.line(f"{file}: {counted(count, 'row')}")


def _row(page: Page, norm: Norm, place: str, counts: dict[str, int]) -> list[Part]:
    cells: list[Part] = [norm.id, (norm.word, QUIET), (place, QUIET)]
    for heading, outcomes in _SHOWN:
        number = sum(counts.get(outcome, 0) for outcome in outcomes)
        shown = f"{number:,}" if any(outcome in counts for outcome in outcomes) else page.sign("–", "-")
        cells.append((shown, BAD) if number and heading.startswith("unmet") else shown if number else (shown, QUIET))
    return cells


def _decided(counts: dict[str, int]) -> Iterator[str]:
    for value, count in counts.items():
        if count:
            yield f"{value} {count:,}"


def _print_missing(page: Page, told: Told) -> None:
    if told.missing is None:
        return
    page.rule("Unknown facts that verdicts hinge on")
    facts: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for table, column, statement, _, count in told.missing.rows():
        facts.setdefault((table, column), []).append((statement, count))
    rows = [
        (
            f"{table}.{column}",
            f"{sum(count for _, count in hinging):,}",
            ", ".join(dict.fromkeys(name for name, _ in hinging)),
        )
        for (table, column), hinging in list(facts.items())[:_MISSING]
    ]
    if rows:
        page.table([Column("fact"), Column("verdicts", right=True), Column("of")], rows, flexible=2)
    else:
        page.line("none")
    if len(facts) > _MISSING:
        page.line(f"and {counted(len(facts) - _MISSING, 'fact')} more", indent=2)
