"""A clause says what somebody has to do, so the fact that it asks for is one that somebody can bring about. Mark it
`act` in the vocabulary: reports then propose it, and whoever reads the vocabulary sees what can be done and what
only is so.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.checks.conditions import place
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v


def _find(file: File) -> Iterator[Complaint]:
    told: set[v.Fact] = set()
    for norm in file.norms:
        for clause in norm.clauses:
            fact = _asked(clause.condition)
            if fact is not None and not fact.act and fact not in told:
                told.add(fact)
                message = f"a clause asks for `{fact.name}`, which is not marked `act`"
                help = "write `act` behind it in the vocabulary, or let the clause ask for what is done"
                yield Complaint(message, place(clause.condition), f"norm {norm.id}", help)


def _asked(condition: e.Condition) -> v.Fact | None:
    """The one fact that a clause asks for; None where it asks for more, or for a comparison."""
    match condition:
        case e.Holds(path):
            return path.fact
        case e.Negation(e.Holds(path)):
            return path.fact
        case _:
            return None


CHECK = Check(
    Code.UNMARKED_ACT,
    "unmarked-act",
    Severity.NOTE,
    explained(
        Code.UNMARKED_ACT,
        "A clause asks for a fact that is not marked as an act",
        __doc__,
        """
        entity school "school"
          inspected  yes/no  "was inspected"

        norm 8.1 about school
          | The higher level must see to it that each school was inspected.
          the higher_level must
            "see to it that each school was inspected"
                inspected
        """,
        """
        entity school "school"
          inspected  yes/no  "was inspected"  act

        norm 8.1 about school
          | The higher level must see to it that each school was inspected.
          the higher_level must
            "see to it that each school was inspected"
                inspected
        """,
    ),
    in_file=_find,
)
