"""A parameter holds a value that the document leaves open; if nothing is compared with it, setting it changes no
verdict, and whoever was to judge it is never asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, explained, spot
from sopb_rules.checks.usage import used_parameters
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model.norms import Policies


def _find(policies: Policies) -> Iterator[Complaint]:
    used = used_parameters(policies)
    for parameter in policies.parameters.values():
        if parameter not in used:
            message = f"no condition compares anything with the parameter `{parameter.name}`"
            help = "take it out, or write it where its value is written out"
            yield Complaint(message, spot(parameter.span, parameter.name), f"parameter {parameter.name}", help)


CHECK = Check(
    Code.UNUSED_PARAMETER,
    "unused-parameter",
    Severity.WARNING,
    explained(
        Code.UNUSED_PARAMETER,
        "No condition compares with a parameter",
        __doc__,
        """
        parameter members_required count "how many formal members are required" is 3

        define ready "ready for a Party organization" about organization
          means formal_members is at least 3 and larger

        norm 8.1 about organization
          | An organization that is ready should have a Party organization.
          when ready
          the organization should
            "have a Party organization"
                party_organization exists
        """,
        """
        parameter members_required count "how many formal members are required" is 3

        define ready "ready for a Party organization" about organization
          means formal_members is at least members_required and larger

        norm 8.1 about organization
          | An organization that is ready should have a Party organization.
          when ready
          the organization should
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_set=_find,
)
