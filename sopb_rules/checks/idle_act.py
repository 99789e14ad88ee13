"""`act` says that somebody can bring a fact about by acting, so that reports may propose it. If no clause of a norm
asks for the fact, nobody is asked to act: either the mark is wrong, or the norm reads another fact than was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, explained, spot
from sopb_rules.checks.usage import asked_facts, read_facts
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model.norms import Policies


def _find(policies: Policies) -> Iterator[Complaint]:
    asked, read = asked_facts(policies), read_facts(policies)
    for entity in policies.vocabulary.entities.values():
        for fact in entity.facts.values():
            if fact.act and fact in read and fact not in asked:
                message = f"`{fact.name}` is marked `act`, and no clause of a norm asks for it"
                help = "take `act` out, or see whether a clause was meant to read it"
                yield Complaint(message, spot(fact.span, fact.name), f"entity {entity.name}", help)


CHECK = Check(
    Code.IDLE_ACT,
    "idle-act",
    Severity.NOTE,
    explained(
        Code.IDLE_ACT,
        "A fact is marked as an act, and no norm asks for it",
        __doc__,
        """
        vocabulary samples

        role higher_level "the higher level"

        entity organization "organization"
          approved    yes/no  "approved by the higher level"  act
          registered  yes/no  "is registered"                 act

        article 8 "Approval"

        norm 8.1 about organization
          | The higher level should approve each registered organization.
          when registered
          the higher_level should
            "approve each registered organization"
                approved
        """,
        """
        vocabulary samples

        role higher_level "the higher level"

        entity organization "organization"
          approved    yes/no  "approved by the higher level"  act
          registered  yes/no  "is registered"

        article 8 "Approval"

        norm 8.1 about organization
          | The higher level should approve each registered organization.
          when registered
          the higher_level should
            "approve each registered organization"
                approved
        """,
        whole=True,
    ),
    in_set=_find,
)
