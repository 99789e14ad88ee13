"""One of the two is true and the other false whatever is stated, so that `and` between them is never true and `or`
always; and a clause that is the opposite of what `when` says can never be kept where the norm applies. One of them
was to say something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.checks.conditions import conjuncts, groups, opposite, parts, place, words
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Norm, Statement


def _find(file: File) -> Iterator[Complaint]:
    for statement in file.statements:
        for part in parts(statement):
            for group, members in groups(part.condition):
                outcome = "never true" if isinstance(group, e.All) else "always true"
                for index, each in enumerate(members):
                    if opposite(each) in members[:index]:
                        message = f"`{words(each)}` stands beside its own opposite, and both together are {outcome}"
                        yield Complaint(message, place(each), part.where, _HELP)
        yield from _against_when(statement)


_HELP = "see which of the two was meant"


def _against_when(statement: Statement) -> Iterator[Complaint]:
    if not isinstance(statement, Norm):
        return
    given = conjuncts(statement.applies)
    for part in parts(statement):
        if part.condition is not statement.applies:
            for each in conjuncts(part.condition):
                if opposite(each) in given:
                    message = f"`{words(each)}` is never true where the norm applies"
                    yield Complaint(message, place(each), part.where, _HELP)


CHECK = Check(
    Code.OPPOSITE_CONDITIONS,
    "opposite-conditions",
    Severity.WARNING,
    explained(
        Code.OPPOSITE_CONDITIONS,
        "A condition stands beside its own opposite",
        __doc__,
        """
        norm 8.1 about organization
          | An organization with a Party organization must have it approved.
          when party_organization exists and (larger or not larger)
          the organization must
            "have it approved"
                party_organization.approved
        """,
        """
        norm 8.1 about organization
          | An organization with a Party organization must have it approved.
          when party_organization exists
          the organization must
            "have it approved"
                party_organization.approved
        """,
    ),
    in_file=_find,
)
