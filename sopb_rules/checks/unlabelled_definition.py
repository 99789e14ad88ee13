"""Reports print the label of a definition where they explain a verdict. Without one they print its name, which was
made for writing and not for reading.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained, spot
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model.norms import Definition


def _find(file: File) -> Iterator[Complaint]:
    for definition in file.definitions:
        if not definition.id and not _has_label(definition):
            message = f"the definition `{definition.name}` has no label"
            help = f'write one behind its name, as in `define {definition.name} "…"`'
            yield Complaint(message, spot(definition.span, definition.name), f"definition {definition.name}", help)


def _has_label(definition: Definition) -> bool:
    head = definition.span.text.partition(" about ")[0]
    return '"' in head


CHECK = Check(
    Code.UNLABELLED_DEFINITION,
    "unlabelled-definition",
    Severity.NOTE,
    explained(
        Code.UNLABELLED_DEFINITION,
        "A definition has no label",
        __doc__,
        """
        define big about organization
          means formal_members is at least 50

        norm 8.1 about organization
          | Big organizations must have a Party organization.
          when big
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        define big "a big organization" about organization
          means formal_members is at least 50

        norm 8.1 about organization
          | Big organizations must have a Party organization.
          when big
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_file=_find,
)
