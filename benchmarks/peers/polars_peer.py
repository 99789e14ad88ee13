"""The six norms in Polars by hand, in stages: atoms, predicates, verdicts.

Each truth value is two Boolean columns that are never null, where it is true and where it is false; a comparison with null is
neither. That is how a careful programmer keeps unknown apart from false in an engine that filters by true.
"""

from __future__ import annotations

import datetime
from typing import Any

import polars as pl

from benchmarks.peers.facts import (
    DATES,
    FACTS,
    KINDS,
    LEADERSHIP_TERM_MONTHS,
    MEMBERS_REQUIRED,
    NEWLY_ESTABLISHED_MONTHS,
    NORMS,
    PROMPT_DAYS,
    TODAY,
    VERDICT,
)
from benchmarks.peers.peer import Peer

Planes = tuple[pl.Expr, pl.Expr]


#: Dates before today are computed once, as constants: Polars would shift a literal for each row.
LEADERSHIP_FROM, NEW_FROM = pl.select(
    *(
        pl.lit(TODAY).dt.offset_by(f"-{months}mo").alias(str(months))
        for months in (LEADERSHIP_TERM_MONTHS, NEWLY_ESTABLISHED_MONTHS)
    )
).row(0)
PROMPT_FROM = TODAY - datetime.timedelta(days=PROMPT_DAYS)


def atoms() -> dict[str, pl.Expr]:
    """The comparisons, each null where a fact is."""
    col = pl.col
    day = {name: col(name).to_physical() for name in DATES}  # whole days: adding to them is twice as fast as to dates
    level = pl.Enum(KINDS["approving_committee_level"])
    yes_no = (
        "larger", "numerous_member_units", "has_party_organization", "form_appropriate", "approved",
        "establishment_encouraged", "establishment_facilitated", "suitable_candidate_within", "appointment_requested",
    )  # fmt: skip
    return {
        **{name: col(name) for name in yes_no},
        "enough_members": col("formal_members") >= 3,
        "few_members": col("formal_members") < MEMBERS_REQUIRED,
        "leadership_in_time": col("leadership_in_office_since") >= pl.lit(LEADERSHIP_FROM),
        "is_committee": col("form") == "party_committee",
        "county_or_above": col("approving_committee_level") >= pl.lit("county", dtype=level),
        "met_later": col("conditions_met_since") > col("registered_on"),
        "time_is_over": col("conditions_met_since") < pl.lit(PROMPT_FROM),
        "established_in_time": day["established_on"] <= day["conditions_met_since"] + PROMPT_DAYS,
        "newly_established": col("registered_on") >= pl.lit(NEW_FROM),
        "from_outside": col("secretary_position") == "from_outside",
    }


def planes(name: str) -> Planes:
    return pl.col(f"{name}:true"), pl.col(f"{name}:false")


def every(*parts: Planes) -> Planes:
    return pl.all_horizontal(part[0] for part in parts), pl.any_horizontal(part[1] for part in parts)


def some(*parts: Planes) -> Planes:
    return pl.any_horizontal(part[0] for part in parts), pl.all_horizontal(part[1] for part in parts)


def opposite(part: Planes) -> Planes:
    return part[1], part[0]


def predicates() -> dict[str, Planes]:
    """When each norm applies and what it asks, from the planes of the atoms."""
    at = planes
    return {
        "8.1 applies": at("enough_members"),
        "8.1 satisfied": every(
            at("has_party_organization"), at("form_appropriate"), at("approved"), at("leadership_in_time")
        ),
        "8.2 applies": every(at("larger"), at("numerous_member_units"), at("few_members")),
        "8.2 act": every(at("has_party_organization"), at("is_committee")),
        "8.2 provided": every(at("approved"), at("county_or_above")),
        "11.3 applies": every(
            at("enough_members"), at("met_later"), some(at("has_party_organization"), at("time_is_over"))
        ),
        "11.3 satisfied": every(at("has_party_organization"), at("established_in_time")),
        "11.4 applies": every(at("newly_established"), at("enough_members"), opposite(at("met_later"))),
        "11.4 satisfied": every(at("establishment_encouraged"), at("establishment_facilitated")),
        "17.2 applies": at("suitable_candidate_within"),  # unless 17.4 applies
        "17.2 satisfied": opposite(at("from_outside")),
        "17.4 applies": opposite(at("suitable_candidate_within")),
        "17.4 act": at("appointment_requested"),
    }


def outcomes(norm: str) -> dict[str, pl.Expr]:
    """Where each verdict of a norm but unknown holds, from the planes of its predicates; each excludes the others."""
    applies, not_applies = planes(f"{norm} applies")
    if norm in ("8.2", "17.4"):
        act, no_act = planes(f"{norm} act")
        found = {"not_applicable": not_applies, "open": applies & no_act}
        if norm == "17.4":
            return {**found, "used": applies & act}
        provided, not_provided = planes(f"{norm} provided")
        return {**found, "used": applies & act & provided, "exceeded": applies & act & not_provided}
    satisfied, broken = planes(f"{norm} satisfied")
    return {"not_applicable": not_applies, "met": applies & satisfied, "unmet": applies & broken}


def verdict(norm: str) -> pl.Expr:
    """The verdict as one column."""
    chain: Any = pl
    for name, where in outcomes(norm).items():
        chain = chain.when(where).then(pl.lit(name, dtype=VERDICT))
    return chain.otherwise(pl.lit("unknown", dtype=VERDICT)).alias(norm)


def staged(table: pl.LazyFrame) -> pl.LazyFrame:
    """The planes of all predicates beside the facts."""
    true_or_false = [
        plane
        for name, atom in atoms().items()
        for plane in (atom.fill_null(False).alias(f"{name}:true"), (~atom).fill_null(False).alias(f"{name}:false"))
    ]
    second = [
        plane
        for name, (true, false) in predicates().items()
        for plane in (true.alias(f"{name}:true"), false.alias(f"{name}:false"))
    ]
    return table.with_columns(true_or_false).with_columns(second)


def verdicts(table: pl.LazyFrame) -> pl.LazyFrame:
    """A column of verdicts for each norm."""
    return staged(table).select(verdict(norm) for norm in NORMS)


def counts(table: pl.LazyFrame) -> pl.LazyFrame:
    """One row: how many organizations have each verdict on each norm; the rest is unknown."""
    return staged(table).select(
        pl.len().alias("rows"),
        *(where.sum().alias(f"{norm} {name}") for norm in NORMS for name, where in outcomes(norm).items()),
    )


def one(facts: dict[str, Any]) -> dict[str, str]:
    schema = {name: SCHEMA[name] for name in FACTS}
    row = pl.DataFrame({name: [facts.get(name)] for name in FACTS}, schema=schema)
    return verdicts(row.lazy()).collect().row(0, named=True)


SCHEMA: dict[str, Any] = {
    name: pl.Enum(KINDS[name])
    if name in KINDS
    else pl.Int64
    if name == "formal_members"
    else pl.Date
    if name.endswith(("_on", "_since"))
    else pl.Boolean
    for name in FACTS
}

PEER = Peer(
    name="Polars, staged by hand",
    unknowns=True,
    one=one,
    native=lambda table: table.lazy(),
    population=lambda table: verdicts(table).collect(),
    frame=lambda result: result,
    remark="all cores",
)
