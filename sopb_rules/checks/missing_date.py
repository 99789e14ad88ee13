"""A date in a sentence begins or ends something. A norm that rests on the sentence compares something with that day;
if it does not, the date was left out or misread.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.checks.constants import Constants
from sopb_rules.checks.quoted import quoted
from sopb_rules.checks.words import dates
from sopb_rules.diagnostics import Code, Severity


def _find(file: File) -> Iterator[Complaint]:
    for quote in quoted(file):
        asked = list(dates(quote.text))
        constants = Constants.of(quote.parts) if asked else None
        for words, day in asked:
            if constants is not None and day not in constants.days and words not in quote.labels:
                message = f"the sentence says “{words}”, and no condition or label does"
                help = f"compare with {day}, or say in a comment why it turns nothing"
                yield Complaint(message, quote.span, quote.where, help)


CHECK = Check(
    Code.MISSING_DATE,
    "missing-date",
    Severity.WARNING,
    explained(
        Code.MISSING_DATE,
        "The norm has no date that its sentence has",
        __doc__,
        """
        norm 8.1 about organization
          | From 1 November 2026, each organization must have a Party organization.
          when today is on or after 2025-11-01
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | From 1 November 2026, each organization must have a Party organization.
          when today is on or after 2026-11-01
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_file=_find,
)
