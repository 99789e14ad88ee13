"""A definition gives a condition a name so that norms can use it; one that nobody asks for is often the sign of a norm
that wrote the condition out, or forgot it. A definition that quotes a sentence of the document stands for the
sentence, and may stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, explained, spot
from sopb_rules.checks.usage import used_definitions
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model.norms import Policies


def _find(policies: Policies) -> Iterator[Complaint]:
    used = used_definitions(policies)
    for definition in policies.definitions.values():
        if not definition.id and definition not in used:
            message = f"no condition asks for the definition `{definition.name}`"
            help = "take it out, or use it where its condition is meant"
            yield Complaint(message, spot(definition.span, definition.name), f"definition {definition.name}", help)


CHECK = Check(
    Code.UNUSED_DEFINITION,
    "unused-definition",
    Severity.WARNING,
    explained(
        Code.UNUSED_DEFINITION,
        "No condition asks for a definition",
        __doc__,
        """
        vocabulary samples

        role higher_level "the higher level"

        entity organization "organization"
          approved  yes/no  "approved by the higher level"  act

        article 8 "Approval"

        define in_order "in order" about organization
          means approved

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
          approved  yes/no  "approved by the higher level"  act
          audited   yes/no  "was audited"

        article 8 "Approval"

        define in_order "in order" about organization
          means audited

        norm 8.1 about organization
          | The higher level should approve each organization that is in order.
          when in_order
          the higher_level should
            "approve each organization that is in order"
                approved
        """,
        whole=True,
    ),
    in_set=_find,
)
