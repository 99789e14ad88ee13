"""A kind lists the values that something can have. If nothing is of that kind, none of its values can be stated or
decided: it was left behind, or a fact has another type than was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, explained, spot
from sopb_rules.checks.usage import used_kinds
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model.norms import Policies


def _find(policies: Policies) -> Iterator[Complaint]:
    used = used_kinds(policies)
    for kind in policies.vocabulary.kinds.values():
        if kind not in used:
            help = "take it out, or give it to the fact that it was meant for"
            yield Complaint(
                f"nothing is of the kind `{kind.name}`", spot(kind.span, kind.name), f"kind {kind.name}", help
            )


CHECK = Check(
    Code.UNUSED_KIND,
    "unused-kind",
    Severity.WARNING,
    explained(
        Code.UNUSED_KIND,
        "No fact, parameter or decision is of a kind",
        __doc__,
        """
        vocabulary samples

        role higher_level "the higher level"

        kind form
          branch, general_branch

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

        kind form
          branch, general_branch

        entity organization "organization"
          approved  yes/no  "approved by the higher level"  act
          form      form

        article 8 "Approval"

        norm 8.1 about organization
          | The higher level should approve each organization that is a branch.
          when form is branch
          the higher_level should
            "approve each organization that is a branch"
                approved

          example "a general branch"
            given form is general_branch
            then 8.1 does not apply
        """,
        whole=True,
    ),
    in_set=_find,
)
