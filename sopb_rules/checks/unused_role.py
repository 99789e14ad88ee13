"""A role is there to bear norms or to state judgements. One that does neither was left behind, or the norm that it was
meant for has another bearer.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, explained, spot
from sopb_rules.checks.usage import actors
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model.norms import Policies


def _find(policies: Policies) -> Iterator[Complaint]:
    used = actors(policies)
    for role in policies.vocabulary.roles.values():
        if role not in used:
            message = f"the role `{role.name}` bears no norm and judges nothing"
            help = "take it out, or name it in the norm or the judgement that it was meant for"
            yield Complaint(message, spot(role.span, role.name), f"role {role.name}", help)


CHECK = Check(
    Code.UNUSED_ROLE,
    "unused-role",
    Severity.WARNING,
    explained(
        Code.UNUSED_ROLE,
        "A role neither acts nor judges",
        __doc__,
        """
        vocabulary samples

        role higher_level "the higher level"

        role lower_level "the lower level"

        entity organization "organization"
          approved  yes/no  "approved by the higher level"  act

        article 8 "Approval"

        norm 8.1 about organization
          | The higher level should approve each organization.
          the higher_level should
            "approve each organization"
                approved
        """,
        """
        vocabulary samples

        role higher_level "the higher level"

        role lower_level "the lower level"

        entity organization "organization"
          approved  yes/no  "approved by the higher level"  act

        article 8 "Approval"

        norm 8.1 about organization
          | The higher level and the lower level should approve each organization.
          the higher_level and the lower_level should
            "approve each organization"
                approved
        """,
        whole=True,
    ),
    in_set=_find,
)
