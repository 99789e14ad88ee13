"""The six norms in Cedar (`cedarpy`): a policy for each verdict of each norm, and one request that tells which policies hold.

Cedar answers allow or deny; verdicts are read off the policies that it names as reasons. A missing attribute is an error there,
not an unknown, and there are no calendar months, so that the days which periods before today lead to are given to it.
"""

from __future__ import annotations

import datetime
from typing import Any

import cedarpy

from benchmarks.peers.facts import DATES, MEMBERS_REQUIRED, PROMPT_DAYS, TODAY, records
from benchmarks.peers.peer import Peer
from benchmarks.peers.rows import LEADERSHIP_FROM, NEW_FROM, ROWS, verdict_frame

ENOUGH = "context.formal_members >= 3"
DEADLINE = f'context.conditions_met_since.offset(duration("{PROMPT_DAYS}d"))'
LATER = "context.conditions_met_since > context.registered_on"
#: Of a duty when it applies and what it asks; of a permission when it applies, the act and the proviso.
DUTIES = {
    "8.1": (
        ENOUGH,
        "context.has_party_organization && context.form_appropriate && context.approved"
        f' && context.leadership_in_office_since >= datetime("{LEADERSHIP_FROM}")',
    ),
    "11.3": (
        f'{ENOUGH} && {LATER} && (context.has_party_organization || datetime("{TODAY}") > {DEADLINE})',
        f"context.has_party_organization && context.established_on <= {DEADLINE}",
    ),
    "11.4": (
        f'context.registered_on >= datetime("{NEW_FROM}") && {ENOUGH} && !({LATER})',
        "context.establishment_encouraged && context.establishment_facilitated",
    ),
    "17.2": ("context.suitable_candidate_within", 'context.secretary_position != "from_outside"'),
}
PERMISSIONS = {
    "8.2": (
        f"context.larger && context.numerous_member_units && context.formal_members < {MEMBERS_REQUIRED}",
        'context.has_party_organization && context.form == "party_committee"',
        'context.approved && ["county", "municipal", "provincial", "national"].contains(context.approving_committee_level)',
    ),
    "17.4": ("!context.suitable_candidate_within", "context.appointment_requested", "true"),
}


def conditions() -> dict[tuple[str, str], str]:
    """When each verdict of each norm holds."""
    found = {}
    for norm, (applies, satisfied) in DUTIES.items():
        found[norm, "not_applicable"] = f"!({applies})"
        found[norm, "met"] = f"({applies}) && ({satisfied})"
        found[norm, "unmet"] = f"({applies}) && !({satisfied})"
    for norm, (applies, act, provided) in PERMISSIONS.items():
        found[norm, "not_applicable"] = f"!({applies})"
        found[norm, "open"] = f"({applies}) && !({act})"
        found[norm, "used"] = f"({applies}) && ({act}) && ({provided})"
        found[norm, "exceeded"] = f"({applies}) && ({act}) && !({provided})"
    return found


CONDITIONS = conditions()
#: Cedar calls policies without names by their place in the text.
CALLED = {f"policy{index}": about for index, about in enumerate(CONDITIONS)}
POLICIES = cedarpy.PolicySet.from_str(
    "\n".join(f"permit(principal, action, resource) when {{ {each} }};" for each in CONDITIONS.values())
)
NOBODY = cedarpy.Entities.from_json_str("[]")


def request(facts: dict[str, Any]) -> dict[str, Any]:
    """An organization as the context of a request."""
    return {
        "principal": {"type": "Organization", "id": "one"},
        "action": {"type": "Action", "id": "evaluate"},
        "resource": {"type": "Organization", "id": "one"},
        "context": {name: extension(value) if name in DATES else value for name, value in facts.items()},
    }


def extension(day: datetime.date) -> dict[str, Any]:
    return {"__extn": {"fn": "datetime", "arg": day.isoformat()}}


def verdicts(answer: cedarpy.AuthzResult) -> dict[str, str]:
    """The verdict that Cedar gives as a reason, for each norm; one of them holds."""
    return dict(CALLED[reason] for reason in answer.diagnostics.reasons)


def population(requests: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [verdicts(each) for each in cedarpy.is_authorized_batch(requests, POLICIES, NOBODY)]


PEER = Peer(
    name="Cedar",
    unknowns=False,
    one=lambda facts: verdicts(cedarpy.is_authorized(request(facts), POLICIES, NOBODY)),
    native=lambda table: [request(facts) for facts in records(table)],
    population=population,
    frame=verdict_frame,
    limit=ROWS,
    remark="a batch of requests, few rows",
)
