"""A clause is settled by a judgement of the one who bears the norm. Nobody is a fair judge of their own conduct, and
reports would find no fault; let another body judge, or say in a comment why the document leaves it to the bearer.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.checks.conditions import place, words
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v


def _find(file: File) -> Iterator[Complaint]:
    for norm in file.norms:
        for clause in norm.clauses:
            for node in e.walk(clause.condition, into_applied=False):
                if isinstance(node, e.Holds | e.Judged) and (assessor := _assessor(node)) in norm.bearers:
                    message = f"{v.called(assessor)} bears the norm and judges `{words(node)}`"
                    yield Complaint(message, place(node), f"norm {norm.id}", "let another body judge")


def _assessor(node: e.Condition) -> v.Actor | None:
    match node:
        case e.Holds(path):
            return path.fact.assessor if path.fact is not None else None
        case e.Judged(assessor=assessor):
            return assessor
        case _:
            return None


CHECK = Check(
    Code.SELF_ASSESSED,
    "self-assessed",
    Severity.WARNING,
    explained(
        Code.SELF_ASSESSED,
        "Somebody judges their own conduct",
        __doc__,
        """
        entity school "school"
          cared_for  judgement by higher_level  "Is it cared for?"  act

        norm 8.1 about school
          | The higher level must care for schools.
          the higher_level must
            "care for schools"
                cared_for
        """,
        """
        role school_board "the school board"

        entity school "school"
          cared_for  judgement by school_board  "Is it cared for?"  act

        norm 8.1 about school
          | The higher level must care for schools.
          the higher_level must
            "care for schools"
                cared_for
        """,
    ),
    in_file=_find,
)
