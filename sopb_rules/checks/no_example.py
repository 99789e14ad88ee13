"""A norm, a decision or a definition without an example has never been run: nobody has said what should come out, so
no mistake in it can show. An example of another statement in the same file that says what comes of it counts too.
Which conditions the examples leave untried is told where there is one at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained, title_line
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.testing.trials import owner_name


def _find(file: File) -> Iterator[Complaint]:
    for statement in file.untried:
        message = f"no example tries {owner_name(statement)}"
        help = 'write one for each thing that can come of it, as in `example "…" given … then …`'
        yield Complaint(message, title_line(statement.span), owner_name(statement), help)


CHECK = Check(
    Code.NO_EXAMPLE,
    "no-example",
    Severity.WARNING,
    explained(
        Code.NO_EXAMPLE,
        "No example tries a statement",
        __doc__,
        """
        norm 8.1 about region
          | Each region must have an office.
          the region must
            "have an office"
                has_office
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
