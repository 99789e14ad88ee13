"""The same condition stands twice in one `and` or `or`, or a clause repeats what `when` has said already. The second
one changes nothing; often it was copied, and another fact was to be named.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.checks.conditions import conjuncts, groups, parts, place, words
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Norm, Statement


def _find(file: File) -> Iterator[Complaint]:
    for statement in file.statements:
        for part in parts(statement):
            for group, members in groups(part.condition):
                joint = "and" if isinstance(group, e.All) else "or"
                for index, each in enumerate(members):
                    if each in members[:index]:
                        message = f"`{words(each)}` stands twice in one `{joint}`"
                        yield Complaint(message, place(each), part.where, _HELP)
        yield from _from_when(statement)


_HELP = "take it out, or name what was meant here"


def _from_when(statement: Statement) -> Iterator[Complaint]:
    """What clauses repeat from `when` and `unless`, which hold wherever a clause is asked."""
    if not isinstance(statement, Norm):
        return
    given = conjuncts(statement.applies)
    for part in parts(statement):
        if part.condition is not statement.applies:
            for each in conjuncts(part.condition):
                if each in given:
                    message = f"`{words(each)}` holds already wherever the norm applies"
                    yield Complaint(message, place(each), part.where, _HELP)


CHECK = Check(
    Code.REPEATED_CONDITION,
    "repeated-condition",
    Severity.WARNING,
    explained(
        Code.REPEATED_CONDITION,
        "A condition is written twice",
        __doc__,
        """
        norm 8.1 about organization
          | A larger organization with three formal members must have a Party organization.
          when larger and formal_members is at least 3 and larger
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | A larger organization with three formal members must have a Party organization.
          when larger and formal_members is at least 3
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_file=_find,
)
