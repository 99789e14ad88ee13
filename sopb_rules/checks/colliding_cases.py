"""Two cases give different values, one of them holds whenever the other does, and neither overrides the other: each
time the narrower one holds, the decision is a conflict. Mostly an `overriding` was left out. Where the document
itself collides, say so in a comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sopb_rules.checks.check import Check, Complaint, File, explained, title_line
from sopb_rules.checks.conditions import conjuncts, implies
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model.norms import Case, Decision


def _find(file: File) -> Iterator[Complaint]:
    for decision in file.decisions:
        for one, other in combinations(decision.cases, 2):
            if (narrow := _narrower(decision, one, other)) is not None:
                wide = other if narrow is one else one
                message = f"case {narrow.id} collides with {wide.id} whenever it holds"
                help = f"write `overriding {wide.id}` if it goes before"
                yield Complaint(message, title_line(narrow.span), f"case {narrow.id}", help)


def _narrower(decision: Decision, one: Case, other: Case) -> Case | None:
    """Of two cases with different values, which no case overrides, the one that holds only if the other does."""
    overridden = {id for case in decision.cases for id in case.overrides}
    if one.value == other.value or one.id in overridden or other.id in overridden:
        return None
    first, second = conjuncts(one.condition), conjuncts(other.condition)
    if implies(second, first):
        return other
    return one if implies(first, second) else None


CHECK = Check(
    Code.COLLIDING_CASES,
    "colliding-cases",
    Severity.WARNING,
    explained(
        Code.COLLIDING_CASES,
        "Two cases collide whenever one of them holds",
        __doc__,
        """
        decision 8 proper_form about organization gives form
          case 8.1 gives branch when formal_members is at least 3
            | With three formal members or more it is a branch.
          case 8.2 gives general_branch when formal_members is at least 50
            | With fifty formal members or more it is a general branch.
        """,
        """
        decision 8 proper_form about organization gives form
          case 8.1 gives branch when formal_members is at least 3
            | With three formal members or more it is a branch.
          case 8.2 gives general_branch when formal_members is at least 50, overriding 8.1
            | With fifty formal members or more it is a general branch.
        """,
    ),
    in_file=_find,
)
