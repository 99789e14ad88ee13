"""By the vocabulary alone the condition cannot be true: a count below 0, a level above the highest one, one thing that
is two values at once, a number above one border and below a lower one. What depends on it never comes about.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.checks.conditions import Part, all_parts, place, words
from sopb_rules.checks.regions import trivial
from sopb_rules.diagnostics import Code, Severity


def _find(file: File) -> Iterator[Complaint]:
    for part in all_parts(file.statements):
        yield from _complaints(part)


def _complaints(part: Part) -> Iterator[Complaint]:
    for condition in trivial(part.condition, always=False):
        message = f"`{words(condition)}` is false whatever is stated"
        help = "see whether another value, another comparison or `or` was meant"
        yield Complaint(message, place(condition), part.where, help)


CHECK = Check(
    Code.NEVER_TRUE,
    "never-true",
    Severity.WARNING,
    explained(
        Code.NEVER_TRUE,
        "A condition is false whatever is stated",
        __doc__,
        """
        norm 8.1 about organization
          | An organization of the county or the municipal level must have a Party organization.
          when level is county and level is municipal
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | An organization of the county or the municipal level must have a Party organization.
          when level is one of county, municipal
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_file=_find,
)
