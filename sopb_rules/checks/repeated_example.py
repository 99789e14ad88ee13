"""Two examples of one statement give the same facts and the same outcome, if in another order. The second tries
nothing; often it was copied and one value was to be changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.checks.conditions import said
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.testing.trials import owner_name


def _find(file: File) -> Iterator[Complaint]:
    for statement in file.statements:
        first: dict[object, str] = {}
        for example in statement.examples:
            outcomes = frozenset((each.subject.text, each.verdict, each.value) for each in example.outcomes)
            title = first.setdefault((frozenset(map(said, example.givens)), outcomes), example.title.text)
            if title is not example.title.text:
                message = f"this example gives and says the same as “{title}”"
                help = "change what it was meant to try, or take it out"
                yield Complaint(message, example.title.span, owner_name(statement), help)


CHECK = Check(
    Code.REPEATED_EXAMPLE,
    "repeated-example",
    Severity.WARNING,
    explained(
        Code.REPEATED_EXAMPLE,
        "Two examples say the same",
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

          example "a region without an office"
            given has_office is no
            then 8.1 is unmet

          example "nobody there"
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
