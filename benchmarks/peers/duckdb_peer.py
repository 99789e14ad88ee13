"""The six norms in SQL by hand, on DuckDB: its NULL is three-valued already, so that CASE is all that a verdict needs."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

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
    VERDICTS,
)
from benchmarks.peers.peer import Peer

ATOMS = f"""
    *,
    formal_members >= 3 AS enough,
    conditions_met_since > registered_on AS later,
    conditions_met_since + {PROMPT_DAYS} AS deadline
"""  # dates and whole numbers of days are added without leaving the type
PREDICATES = f"""
    enough AS applies_8_1,
    has_party_organization AND form_appropriate AND approved AND leadership_in_office_since
        >= CAST(DATE '{TODAY}' - INTERVAL {LEADERSHIP_TERM_MONTHS} MONTH AS DATE) AS satisfied_8_1,
    larger AND numerous_member_units AND formal_members < {MEMBERS_REQUIRED} AS applies_8_2,
    has_party_organization AND form = 'party_committee' AS act_8_2,
    approved AND approving_committee_level >= 'county'::approving_committee_level AS provided_8_2,
    enough AND later AND (has_party_organization OR DATE '{TODAY}' > deadline) AS applies_11_3,
    has_party_organization AND established_on <= deadline AS satisfied_11_3,
    registered_on >= CAST(DATE '{TODAY}' - INTERVAL {NEWLY_ESTABLISHED_MONTHS} MONTH AS DATE)
        AND enough AND NOT later AS applies_11_4,
    establishment_encouraged AND establishment_facilitated AS satisfied_11_4,
    NOT suitable_candidate_within AS applies_17_4,
    NOT applies_17_4 AS applies_17_2,
    secretary_position <> 'from_outside' AS satisfied_17_2,
    appointment_requested AS act_17_4
"""


def cases(norm: str) -> str:
    """The verdict on a norm from its predicates; a condition that is NULL is passed over, as one that is false."""
    key = norm.replace(".", "_")
    applies, satisfied, act, provided = (f"{part}_{key}" for part in ("applies", "satisfied", "act", "provided"))
    if norm == "17.4":
        asked = {"open": f"{applies} AND NOT {act}", "used": f"{applies} AND {act}"}
    elif norm == "8.2":
        asked = {
            "open": f"{applies} AND NOT {act}",
            "used": f"{applies} AND {act} AND {provided}",
            "exceeded": f"{applies} AND {act} AND NOT {provided}",
        }
    else:
        asked = {"met": f"{applies} AND {satisfied}", "unmet": f"{applies} AND NOT {satisfied}"}
    whens = {"not_applicable": f"NOT {applies}"} | asked
    joined = " ".join(f"WHEN {condition} THEN '{name}'::verdict" for name, condition in whens.items())
    return f"CASE {joined} ELSE 'unknown'::verdict END"


SELECTED = ", ".join(f'{cases(norm)} AS "{norm}"' for norm in NORMS)


def query(source: str) -> str:
    return f"SELECT {SELECTED} FROM (SELECT {PREDICATES} FROM (SELECT {ATOMS} FROM {source}))"


def connect() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name, values in {**KINDS, "verdict": VERDICTS}.items():
        connection.execute(f"CREATE TYPE {name} AS ENUM ({', '.join(map(repr, values))})")
    connection.execute(f"CREATE TABLE organizations ({', '.join(f'{name} {column(name)}' for name in FACTS)})")
    return connection


def column(name: str) -> str:
    """The type of a fact."""
    if name in KINDS:
        return name
    return "DATE" if name in DATES else "BIGINT" if name == "formal_members" else "BOOLEAN"


def native(table: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    connection = connect()
    connection.register("given", table.select(FACTS).cast(dict.fromkeys(KINDS, pl.String)).to_arrow())
    connection.execute("INSERT INTO organizations SELECT * FROM given")
    connection.unregister("given")
    return connection


def population(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    return connection.sql(query("organizations")).to_arrow_table()


ONE = connect()
GIVEN = ", ".join(f"CAST(? AS {column(name)}) AS {name}" for name in FACTS)


def one(facts: dict[str, Any]) -> dict[str, str]:
    row = ONE.execute(query(f"(SELECT {GIVEN})"), [facts.get(name) for name in FACTS]).fetchone()
    return dict(zip(NORMS, row, strict=True))


def frame(result: pa.Table) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(result)).cast(pl.String).cast(VERDICT)


PEER = Peer(
    name="DuckDB, by hand",
    unknowns=True,
    one=one,
    native=native,
    population=population,
    frame=frame,
    remark="all cores",
)
