"""A case is active if it holds and no case that overrides it does. If a case that overrides it holds whenever it does,
its value is never given: the two are the wrong way round, or the overriding one is too wide.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained, title_line
from sopb_rules.checks.conditions import conjuncts, implies
from sopb_rules.diagnostics import Code, Severity


def _find(file: File) -> Iterator[Complaint]:
    for decision in file.decisions:
        for case in decision.cases:
            for other in decision.cases:
                if case.id in other.overrides and implies(conjuncts(case.condition), conjuncts(other.condition)):
                    message = f"case {case.id} is never active: {other.id} overrides it and holds whenever it does"
                    help = f"see which of the two should override the other, or narrow {other.id}"
                    yield Complaint(message, title_line(case.span), f"case {case.id}", help)
                    break


CHECK = Check(
    Code.SHADOWED_CASE,
    "shadowed-case",
    Severity.WARNING,
    explained(
        Code.SHADOWED_CASE,
        "A case can never be active",
        __doc__,
        """
        decision 8 proper_form about organization gives form
          case 8.1 gives branch when formal_members is at least 3, overriding 8.2
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
