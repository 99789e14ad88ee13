"""A judgement stands in for a parameter while it has no value. One that has a value on every day is never judged, so
`judged by` promises a say that nobody has: the value should begin on a day, or the role be taken out.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained, spot
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import vocabulary as v


def _find(file: File) -> Iterator[Complaint]:
    for parameter in file.parameters:
        if parameter.assessor is not None and not parameter.may_be_open:
            message = f"{v.called(parameter.assessor)} is to judge `{parameter.name}`, which always has a value"
            help = "take `judged by` out, or give the value a first day: `from 2026-01-01 is …`"
            yield Complaint(message, spot(parameter.span, parameter.name), f"parameter {parameter.name}", help)


CHECK = Check(
    Code.IDLE_ASSESSOR,
    "idle-assessor",
    Severity.WARNING,
    explained(
        Code.IDLE_ASSESSOR,
        "Somebody is to judge a parameter that is never open",
        __doc__,
        """
        parameter members_required count "how many formal members are required" is 3
          judged by higher_level

        norm 8.1 about organization
          | Organizations with the required formal members must have a Party organization.
          when formal_members is at least members_required
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        parameter members_required count "how many formal members are required" is 3

        norm 8.1 about organization
          | Organizations with the required formal members must have a Party organization.
          when formal_members is at least members_required
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_file=_find,
)
