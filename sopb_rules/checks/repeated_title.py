"""A title says what an example tries, and `sopb test` names a failure by it. Two examples of one statement with one
title cannot be told apart there, and one of them probably says what the other tries.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.testing.trials import owner_name


def _find(file: File) -> Iterator[Complaint]:
    for statement in file.statements:
        seen: set[str] = set()
        for example in statement.examples:
            title = " ".join(example.title.text.casefold().split())
            if title in seen:
                message = f"another example of {owner_name(statement)} is called “{example.title.text}” too"
                yield Complaint(message, example.title.span, owner_name(statement), "say what this one tries")
            seen.add(title)


CHECK = Check(
    Code.REPEATED_TITLE,
    "repeated-title",
    Severity.NOTE,
    explained(
        Code.REPEATED_TITLE,
        "Two examples of a statement have one title",
        __doc__,
        """
        norm 8.1 about region
          | Each region must have an office.
          the region must
            "have an office"
                has_office

          example "a region with an office"
            given has_office is yes
            then 8.1 is met

          example "a region with an office"
            given has_office is no
            then 8.1 is unmet
        """,
        """
        norm 8.1 about region
          | Each region must have an office.
          the region must
            "have an office"
                has_office

          example "a region with an office"
            given has_office is yes
            then 8.1 is met

          example "a region without an office"
            given has_office is no
            then 8.1 is unmet
        """,
    ),
    in_file=_find,
)
