"""A sentence that says three, 40%, 15 days or once a year says it for a reason, and a norm that rests on it compares something with
that number, or asks for it in a label. If neither has it, it was left out or misread.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.checks.constants import Constants
from sopb_rules.checks.quoted import quoted
from sopb_rules.checks.words import intervals, numbers
from sopb_rules.diagnostics import Code, Severity


def _find(file: File) -> Iterator[Complaint]:
    for quote in quoted(file):
        asked = [*numbers(quote.text), *intervals(quote.text)]
        constants = Constants.of(quote.parts) if asked else None
        for number in asked:
            if constants is not None and not constants.has(number) and not quote.says(number):
                message = f"the sentence says “{number.text}”, and no condition or label does"
                help = "compare with it, or say in a comment why it turns nothing"
                yield Complaint(message, quote.span, quote.where, help)


CHECK = Check(
    Code.MISSING_NUMBER,
    "missing-number",
    Severity.WARNING,
    explained(
        Code.MISSING_NUMBER,
        "The norm has no number that its sentence has",
        __doc__,
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 5
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_file=_find,
)
