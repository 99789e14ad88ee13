"""The six norms in CEL (`common-expression-language`): one expression for each, which comes to the verdict.

A fact that is not known is left out. CEL's `&&` and `||` pass over what fails where the other side settles them, so that an
expression which fails as a whole is one whose verdict is unknown. It has no calendar months, so that the days which
periods before today lead to are given to it.
"""

from __future__ import annotations

from typing import Any

import cel

from benchmarks.peers.facts import DATES, MEMBERS_REQUIRED, PROMPT_DAYS, TODAY, records
from benchmarks.peers.peer import Peer
from benchmarks.peers.rows import LEADERSHIP_FROM, NEW_FROM, ROWS, instant, verdict_frame

COUNTY_OR_ABOVE = "approving_committee_level in ['county', 'municipal', 'provincial', 'national']"
DEADLINE = f"conditions_met_since + duration('{PROMPT_DAYS * 24}h')"


def duty(applies: str, satisfied: str) -> cel.Program:
    return cel.compile(f"!({applies}) ? 'not_applicable' : ({satisfied}) ? 'met' : 'unmet'")


def permission(applies: str, act: str, provided: str = "true") -> cel.Program:
    return cel.compile(f"!({applies}) ? 'not_applicable' : !({act}) ? 'open' : ({provided}) ? 'used' : 'exceeded'")


PROGRAMS = {
    "8.1": duty(
        "formal_members >= 3",
        "has_party_organization && form_appropriate && approved && leadership_in_office_since >= leadership_from",
    ),
    "8.2": permission(
        f"larger && numerous_member_units && formal_members < {MEMBERS_REQUIRED}",
        "has_party_organization && form == 'party_committee'",
        f"approved && {COUNTY_OR_ABOVE}",
    ),
    "11.3": duty(
        "formal_members >= 3 && conditions_met_since > registered_on"
        f" && (has_party_organization || today > {DEADLINE})",
        f"has_party_organization && established_on <= {DEADLINE}",
    ),
    "11.4": duty(
        "registered_on >= new_from && formal_members >= 3 && conditions_met_since <= registered_on",
        "establishment_encouraged && establishment_facilitated",
    ),
    "17.2": duty("suitable_candidate_within", "secretary_position != 'from_outside'"),
    "17.4": permission("!suitable_candidate_within", "appointment_requested"),
}
GIVEN = {
    name: instant(day)
    for name, day in {"today": TODAY, "leadership_from": LEADERSHIP_FROM, "new_from": NEW_FROM}.items()
}


def context(facts: dict[str, Any]) -> dict[str, Any]:
    """What the expressions read: dates as instants, since CEL has no days."""
    return GIVEN | {name: instant(value) if name in DATES else value for name, value in facts.items()}


def evaluated(context: dict[str, Any]) -> dict[str, str]:
    made = cel.Context(variables=context)
    return {norm: run(program, made) for norm, program in PROGRAMS.items()}


def run(program: cel.Program, context: cel.Context) -> str:
    try:
        verdict: str = program.execute(context)
    except (RuntimeError, TypeError):  # it rests on a fact that is not there
        return "unknown"
    return verdict


PEER = Peer(
    name="CEL",
    unknowns=True,
    one=lambda facts: evaluated(context(facts)),
    native=lambda table: [context(facts) for facts in records(table)],
    population=lambda contexts: [evaluated(each) for each in contexts],
    frame=verdict_frame,
    limit=ROWS,
    remark="no batch: a loop; unknown as failing",
)
