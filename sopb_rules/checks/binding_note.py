"""A note is for sentences without a testable act. One whose sentence says that somebody must, should or may do
something, or is encouraged to, leaves a norm out, unless a comment says why nothing in it can be tested.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained, title_line
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model.force import binds, words_in


def _find(file: File) -> Iterator[Complaint]:
    for note in file.notes:
        if binds(note.text):
            stands = ", ".join(f"“{match[0]}”" for match in words_in(note.text))
            message = f"the sentence of this note says {stands}"
            yield Complaint(
                message, title_line(note.span), f"note {note.id}", "write a norm for it, or say why it has none"
            )


CHECK = Check(
    Code.BINDING_NOTE,
    "binding-note",
    Severity.WARNING,
    explained(
        Code.BINDING_NOTE,
        "A note keeps a sentence that binds somebody",
        __doc__,
        """
        note 8.1 principle
          | Organizations should have Party organizations.
        """,
        """
        norm 8.1 about organization
          | Organizations should have Party organizations.
          the organization should
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_file=_find,
)
