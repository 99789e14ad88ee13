"""The organizations that all peers evaluate: made by chance, the same for each, with or without unknown facts."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

POLICIES = Path(__file__).parent / "policies"
TODAY = datetime.date(2026, 11, 1)
#: The values of the parameters in `policies/`, for those who write the norms by hand.
LEADERSHIP_TERM_MONTHS = 60
MEMBERS_REQUIRED = 100
PROMPT_DAYS = 90
NEWLY_ESTABLISHED_MONTHS = 6

DUTIES = ("8.1", "11.3", "11.4", "17.2")
PERMISSIONS = ("8.2", "17.4")
NORMS = ("8.1", "8.2", "11.3", "11.4", "17.2", "17.4")
VERDICTS = ("not_applicable", "met", "unmet", "open", "used", "exceeded", "unknown")
VERDICT = pl.Enum(VERDICTS)

KINDS = {
    "form": ("party_committee", "general_branch", "branch"),
    "approving_committee_level": ("township", "county", "municipal", "provincial", "national"),
    "secretary_position": ("leader_of_organization", "management_team_member", "other_person_within", "from_outside"),
}
YES_NO = {
    "larger": 0.7, "numerous_member_units": 0.7, "has_party_organization": 0.8, "form_appropriate": 0.9, "approved": 0.9,
    "establishment_encouraged": 0.8, "establishment_facilitated": 0.8, "suitable_candidate_within": 0.6,
    "appointment_requested": 0.5,
}  # fmt: skip
#: Each date as the days before today among which it is drawn.
DATES = {
    "leadership_in_office_since": (0, 3000),
    "registered_on": (0, 500),
    "conditions_met_since": (0, 500),
    "established_on": (0, 500),
}
FACTS = ("formal_members", *YES_NO, *KINDS, *DATES)


def population(rows: int, unknown: float = 0.0, seed: int = 8) -> pl.DataFrame:
    """A table of organizations, one in a row, of whose facts a share is null."""
    draw = np.random.default_rng(seed)
    today = np.datetime64(TODAY)
    columns: dict[str, pl.Series] = {"formal_members": pl.Series(draw.integers(0, 130, rows), dtype=pl.Int64)}
    for name, share in YES_NO.items():
        columns[name] = pl.Series(draw.random(rows) < share)
    for name, values in KINDS.items():
        columns[name] = pl.Series(values, dtype=pl.Enum(values)).gather(draw.integers(0, len(values), rows))
    for name, (first, last) in DATES.items():
        columns[name] = pl.Series(today - draw.integers(first, last, rows).astype("timedelta64[D]"))
    table = pl.DataFrame(columns).select(FACTS)
    if unknown:
        table = table.with_columns(
            pl.when(pl.Series(draw.random(rows) >= unknown)).then(pl.col(name)).alias(name) for name in FACTS
        )
    return table.select(pl.int_range(rows).cast(pl.String).alias("id"), *FACTS)


def records(table: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows as plain Python: kinds as text, dates as dates, null left out."""
    return [
        {name: value for name, value in row.items() if value is not None}
        for row in table.select(FACTS).iter_rows(named=True)
    ]


def organization(facts: dict[str, Any]) -> dict[str, Any]:
    """A record as a state file has it."""
    return {"id": "one", **facts}
