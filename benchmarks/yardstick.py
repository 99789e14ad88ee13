"""Five norms of the Opinions as a careful programmer would write them by hand, with checks for None.

They read the same records as the compiled norms do, so that what is compared is the way of evaluating and nothing else.
"""

from __future__ import annotations

import datetime
from typing import Any

from sopb_rules.states.records import ABSENT


def norm_8_1(o: Any, today: datetime.date) -> str:
    members = o.f_formal_members
    if members is not None and members < 3:
        return "not_applicable"
    party = o.f_party_organization
    regular = o.judged.get("8.1 (d)")
    if party is ABSENT or regular is False:
        return "unmet" if members is not None else "unknown"
    if party is None:
        return "unknown"
    if party.f_form_appropriate is False or party.f_approved is False:
        return "unmet" if members is not None else "unknown"
    if members is None or party.f_form_appropriate is None or party.f_approved is None or regular is None:
        return "unknown"
    return "met"


def norm_8_2(o: Any, today: datetime.date) -> str:
    if o.f_larger is False or o.f_numerous_member_units is False or o.judged.get("8.2 when") is False:
        return "not_applicable"
    applies = o.f_larger and o.f_numerous_member_units and o.judged.get("8.2 when")
    party = o.f_party_organization
    if party is ABSENT or (party is not None and party.f_form not in (None, "party_committee")):
        return "open" if applies else "unknown"
    if not applies or party is None or party.f_form is None:
        return "unknown"
    level = party.f_approving_committee_level
    if level is None:
        return "unknown"
    return "used" if level in ("county", "municipal", "provincial", "national") else "exceeded"


def norm_10_2(o: Any, today: datetime.date) -> str:
    if o.f_smaller is False or o.f_fewer_members is False:
        return "not_applicable"
    applies = o.f_smaller and o.f_fewer_members
    joint = o.f_joint_party_organization
    if joint is ABSENT:
        return "open" if applies else "unknown"
    if not applies or joint is None or joint.f_convenient_and_near is None:
        return "unknown"
    return "used" if joint.f_convenient_and_near else "exceeded"


def norm_11_2(o: Any, today: datetime.date) -> str:
    members = o.f_formal_members
    if members is not None and members >= 3:
        return "not_applicable"
    initiated, instructor, liaison = (
        o.f_party_activities_initiated,
        o.f_party_building_instructor_assigned,
        o.f_liaison_assigned,
    )
    if initiated is False or (instructor is False and liaison is False):
        return "open" if members is not None else "unknown"
    if members is None or initiated is None or not (instructor or liaison):
        return "unknown"
    return "used"


def norm_11_3(o: Any, today: datetime.date) -> str:
    members = o.f_formal_members
    if members is not None and members < 3:
        return "not_applicable"
    since, registered = o.f_conditions_met_since, o.f_registered_on
    later = None if since is None or registered is None else since > registered
    if later is False:
        return "not_applicable"
    applies = members is not None and later
    party, prompt = o.f_party_organization, o.judged.get("11.3 (b)")
    if party is ABSENT or prompt is False:
        return "unmet" if applies else "unknown"
    if not applies or party is None or prompt is None:
        return "unknown"
    return "met"


NORMS = {"8.1": norm_8_1, "8.2": norm_8_2, "10.2": norm_10_2, "11.2": norm_11_2, "11.3": norm_11_3}
