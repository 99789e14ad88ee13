"""Reports call roles and entities by their labels. If no word of a label occurs in any sentence, readers will not find
in the document whom a report speaks of: use the document's own term.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, explained, spot
from sopb_rules.checks.usage import used_entities
from sopb_rules.checks.words import related, stem_set
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Policies


def _find(policies: Policies) -> Iterator[Complaint]:
    quoted = frozenset().union(*(stem_set(each.text) for each in policies.numbered))
    quoted |= frozenset().union(*(stem_set(article.title) for article in policies.articles.values()))
    if not policies.numbered:
        return
    used = used_entities(policies)
    actors: list[tuple[str, v.Actor]] = [("role", role) for role in policies.vocabulary.roles.values()]
    actors += [("entity", entity) for entity in policies.vocabulary.entities.values() if entity in used]
    for what, each in actors:
        words = stem_set(each.label)
        if words and not any(related(word, quoted) for word in words):
            message = f"no sentence has a word of “{each.label}”"
            help = "call it as the document does"
            yield Complaint(message, spot(each.span, each.name), f"{what} {each.name}", help)


CHECK = Check(
    Code.FOREIGN_NAME,
    "foreign-name",
    Severity.NOTE,
    explained(
        Code.FOREIGN_NAME,
        "A role or an entity has a name that no sentence has",
        __doc__,
        """
        vocabulary samples

        role higher_level "the superiors"

        entity organization "organization"
          approved  yes/no  "approved by the higher level"  act

        article 8 "Approval"

        norm 8.1 about organization
          | Higher levels should approve each organization.
          the higher_level should
            "approve each organization"
                approved
        """,
        """
        vocabulary samples

        role higher_level "the higher level"

        entity organization "organization"
          approved  yes/no  "approved by the higher level"  act

        article 8 "Approval"

        norm 8.1 about organization
          | Higher levels should approve each organization.
          the higher_level should
            "approve each organization"
                approved
        """,
        whole=True,
    ),
    in_set=_find,
)
