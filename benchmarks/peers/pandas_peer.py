"""The six norms in pandas by hand, with its nullable Booleans where facts are unknown and plain ones where none is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from benchmarks.peers.facts import (
    DATES,
    FACTS,
    KINDS,
    LEADERSHIP_TERM_MONTHS,
    MEMBERS_REQUIRED,
    NEWLY_ESTABLISHED_MONTHS,
    PERMISSIONS,
    PROMPT_DAYS,
    TODAY,
    VERDICT,
    VERDICTS,
)
from benchmarks.peers.peer import Peer

Results = dict[str, pd.Categorical]


def native(table: pl.DataFrame) -> pd.DataFrame:
    return frame({name: table[name].to_list() for name in FACTS})


def frame(columns: dict[str, list[Any]]) -> pd.DataFrame:
    """The facts with the type that pandas has for each."""
    made: dict[str, Any] = {}
    for name, values in columns.items():
        if name in KINDS:
            made[name] = pd.Categorical(values, categories=KINDS[name], ordered=True)
        elif name in DATES:
            made[name] = pd.Series(values, dtype="datetime64[s]")
        else:
            plain, nullable = ("int64", "Int64") if name == "formal_members" else ("bool", "boolean")
            made[name] = pd.Series(values, dtype=nullable if None in values else plain)
    return pd.DataFrame(made)


def known(comparison: pd.Series, *facts: pd.Series) -> pd.Series:
    """A comparison of dates or kinds, which pandas calls false where one is missing, as unknown there."""
    missing = [fact.isna() for fact in facts if fact.hasnans]
    return comparison.astype("boolean").mask(np.logical_or.reduce(missing)) if missing else comparison


def plane(truth: pd.Series) -> np.ndarray:
    """Where something is true."""
    return truth.to_numpy(dtype=bool, na_value=False)


def categories(norm: str, applies: pd.Series, *asked: pd.Series) -> pd.Categorical:
    """The verdicts, from when a norm applies and what it asks: of a duty, its clauses; of a permission, act and proviso."""
    where = {"not_applicable": ~applies}
    if norm in PERMISSIONS:
        act, *provided = asked
        where["open"] = applies & ~act
        where["used"] = applies & act & provided[0] if provided else applies & act
        if provided:
            where["exceeded"] = applies & act & ~provided[0]
    else:
        where |= {"met": applies & asked[0], "unmet": applies & ~asked[0]}
    codes = np.full(len(applies), VERDICTS.index("unknown"), dtype=np.int8)
    for name, truth in where.items():
        codes[plane(truth)] = VERDICTS.index(name)
    return pd.Categorical.from_codes(codes, categories=VERDICTS)


def population(o: pd.DataFrame) -> Results:
    today = pd.Timestamp(TODAY)
    met, registered, established = o.conditions_met_since, o.registered_on, o.established_on
    deadline = met + pd.Timedelta(days=PROMPT_DAYS)
    enough = o.formal_members >= 3
    later = known(met > registered, met, registered)
    in_office = o.leadership_in_office_since
    in_time = known(in_office >= today - pd.DateOffset(months=LEADERSHIP_TERM_MONTHS), in_office)
    committee = known(o.form == "party_committee", o.form)
    county = known(o.approving_committee_level >= "county", o.approving_committee_level)
    new = known(registered >= today - pd.DateOffset(months=NEWLY_ESTABLISHED_MONTHS), registered)
    within = o.suitable_candidate_within
    return {
        "8.1": categories("8.1", enough, o.has_party_organization & o.form_appropriate & o.approved & in_time),
        "8.2": categories(
            "8.2",
            o.larger & o.numerous_member_units & (o.formal_members < MEMBERS_REQUIRED),
            o.has_party_organization & committee,
            o.approved & county,
        ),
        "11.3": categories(
            "11.3",
            enough & later & (o.has_party_organization | known(today > deadline, met)),
            o.has_party_organization & known(established <= deadline, established, met),
        ),
        "11.4": categories("11.4", new & enough & ~later, o.establishment_encouraged & o.establishment_facilitated),
        "17.2": categories("17.2", within, known(o.secretary_position != "from_outside", o.secretary_position)),
        "17.4": categories("17.4", ~within, o.appointment_requested),
    }


def one(facts: dict[str, Any]) -> dict[str, str]:
    found = population(frame({name: [facts.get(name)] for name in FACTS}))
    return {norm: verdicts[0] for norm, verdicts in found.items()}


def compared(result: Results) -> pl.DataFrame:
    names = pl.Series(VERDICTS, dtype=VERDICT)
    return pl.DataFrame({norm: names.gather(each.codes) for norm, each in result.items()})


PEER = Peer(
    name="pandas, by hand",
    unknowns=True,
    one=one,
    native=native,
    population=population,
    frame=compared,
    remark="one core",
)
