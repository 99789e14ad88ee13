"""Whether something must be done or should be done is the document's to say. A norm whose word does not stand in the
sentence quoted above it was read so by a person, who says why in a comment, or by mistake. A bare imperative has no
word of its own, so `is to` is never told.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained, title_line
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model.force import has_word, words_in


def _find(file: File) -> Iterator[Complaint]:
    for norm in file.norms:
        if norm.text and not has_word(norm.text, norm.word):
            stands = ", ".join(f"“{match[0]}”" for match in words_in(norm.text))
            message = f"the norm says `{norm.word}`, and its sentence does not"
            help = f"the sentence says {stands}" if stands else "a bare imperative is written `is to`"
            yield Complaint(message, title_line(norm.span), f"norm {norm.id}", help)


CHECK = Check(
    Code.WRONG_FORCE,
    "wrong-force",
    Severity.WARNING,
    explained(
        Code.WRONG_FORCE,
        "A norm has a word of force that its sentence does not have",
        __doc__,
        """
        norm 8.1 about organization
          | Each organization should have a Party organization.
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | Each organization should have a Party organization.
          the organization should
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_file=_find,
)
