"""No condition reads a fact, so whoever states it states it for nothing. Often the norm that was to read it reads
another one, or it was left behind when a norm was rewritten. A fact called `name` is what reports call the thing, a
reference that a list leads back by is read through the list, and what holds an entity is the way to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, explained, spot
from sopb_rules.checks.usage import read_facts, used_entities
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Policies


def _find(policies: Policies) -> Iterator[Complaint]:
    read, entities = read_facts(policies), used_entities(policies)
    back = {fact.type.reference for each in policies.vocabulary.entities.values() for fact in each.facts.values()
            if isinstance(fact.type, v.Inverse)}  # fmt: skip
    for entity in policies.vocabulary.entities.values():
        for fact in entity.facts.values():
            leads_to_used = isinstance(fact.type, v.Contained | v.ListOf) and fact.type.entity in entities
            if fact in read or fact in back or fact.name == "name" or leads_to_used or entity not in entities:
                continue
            message = f"no condition reads `{fact.name}`"
            help = "take it out, or let the norm read it that it was meant for"
            yield Complaint(message, spot(fact.span, fact.name), f"entity {entity.name}", help)


CHECK = Check(
    Code.UNUSED_FACT,
    "unused-fact",
    Severity.WARNING,
    explained(
        Code.UNUSED_FACT,
        "No condition reads a fact",
        __doc__,
        """
        vocabulary samples

        role higher_level "the higher level"

        entity organization "organization"
          approved     yes/no  "approved by the higher level"  act
          established  yes/no  "is established"

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
          approved     yes/no  "approved by the higher level"  act
          established  yes/no  "is established"

        article 8 "Approval"

        norm 8.1 about organization
          | The higher level should approve each established organization.
          when established
          the higher_level should
            "approve each established organization"
                approved
        """,
        whole=True,
    ),
    in_set=_find,
)
