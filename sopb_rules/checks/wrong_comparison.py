"""“Three or more” has three inside, “more than three” has it outside, and “within 15 days” has the fifteenth day
inside. The norm compares with the same number and puts it on the other side, so that it goes wrong exactly at the
border.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.checks.constants import Constants
from sopb_rules.checks.quoted import quoted
from sopb_rules.checks.words import bordered
from sopb_rules.diagnostics import Code, Severity

_SIDES = {True: "counts itself to what lies above", False: "counts itself to what lies below"}


def _find(file: File) -> Iterator[Complaint]:
    for quote in quoted(file):
        asked = list(bordered(quote.text))
        constants = Constants.of(quote.parts) if asked else None
        for border in asked:
            sides = constants.sides(border.number) if constants is not None else []
            wrong = [comparison for comparison, above in sides if above is not border.above]
            if wrong and len(wrong) == len(sides):
                message = f"the sentence says “{border.text}”, and `{wrong[0].words}` puts the border on the other side"
                help = f"in the sentence, {border.number.text} {_SIDES[border.above]}"
                yield Complaint(message, wrong[0].span, quote.where, help)


CHECK = Check(
    Code.WRONG_COMPARISON,
    "wrong-comparison",
    Severity.WARNING,
    explained(
        Code.WRONG_COMPARISON,
        "A comparison puts its border on the other side than the sentence",
        __doc__,
        """
        norm 8.1 about organization
          | An organization with three or more formal members must have a Party organization.
          when formal_members is more than 3
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
