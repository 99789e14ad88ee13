"""By the vocabulary alone the condition cannot be false: a count is at least 0, a level is at least the lowest one, a
comparison of a thing with itself, one of all values there are. It says nothing, and mostly another value or another
comparison was meant.
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
    for condition in trivial(part.condition, always=True):
        message = f"`{words(condition)}` is true whatever is stated"
        help = "see whether another value or another comparison was meant, or take it out"
        yield Complaint(message, place(condition), part.where, help)


CHECK = Check(
    Code.ALWAYS_TRUE,
    "always-true",
    Severity.WARNING,
    explained(
        Code.ALWAYS_TRUE,
        "A condition is true whatever is stated",
        __doc__,
        """
        norm 8.1 about organization
          | An organization of the township level or a higher one must have a Party organization.
          when level is at least township
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | An organization above the township level must have a Party organization.
          when level is above township
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_file=_find,
)
