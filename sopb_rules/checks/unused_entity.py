"""No statement is about the entity, none reads a fact of it or reaches anything through it, and it neither acts nor
judges: whatever a state says of it changes no verdict.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, explained, spot
from sopb_rules.checks.usage import used_entities
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model.norms import Policies


def _find(policies: Policies) -> Iterator[Complaint]:
    used = used_entities(policies)
    for entity in policies.vocabulary.entities.values():
        if entity not in used:
            message = f"no statement is about `{entity.name}` or reads anything of it"
            help = "take it out, or write the norm that it was meant for"
            yield Complaint(message, spot(entity.span, entity.name), f"entity {entity.name}", help)


CHECK = Check(
    Code.UNUSED_ENTITY,
    "unused-entity",
    Severity.WARNING,
    explained(
        Code.UNUSED_ENTITY,
        "Nothing is said of an entity",
        __doc__,
        """
        vocabulary samples

        role higher_level "the higher level"

        entity organization "organization"
          approved  yes/no  "approved by the higher level"  act

        entity region "region"
          has_office  yes/no  "has an office for organizations"

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

        entity organization "organization"
          approved  yes/no               "approved by the higher level"  act
          region    reference to region

        entity region "region"
          has_office  yes/no  "has an office for organizations"

        article 8 "Approval"

        norm 8.1 about organization
          | The higher level should approve each organization of a region with an office.
          when region.has_office
          the higher_level should
            "approve each organization of a region with an office"
                approved
        """,
        whole=True,
    ),
    in_set=_find,
)
