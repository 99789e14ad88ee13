"""A tension, an overlap or a fallback is between statements, which may be two of one sentence. One that names a single
statement leaves out the other side, and nobody who reads that one will be told of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained, spot
from sopb_rules.diagnostics import Code, Severity

_A = {"tension": "a tension", "overlap": "an overlap", "fallback": "a fallback"}


def _find(file: File) -> Iterator[Complaint]:
    for remark in file.remarks:
        if remark.kind != "gap" and len(set(remark.ids)) == 1:
            message = f"{_A[remark.kind]} is between two statements, and this one names {remark.ids[0]} alone"
            help = "name the other one too, or call it a `gap`"
            yield Complaint(message, spot(remark.span, remark.name), f"{remark.kind} {remark.name}", help)


CHECK = Check(
    Code.LONE_REMARK,
    "lone-remark",
    Severity.WARNING,
    explained(
        Code.LONE_REMARK,
        "A tension or an overlap has only one side",
        __doc__,
        """
        note 8.1 principle
          | Organizations decide for themselves.

        note 8.2 principle
          | Organizations follow the higher level.

        tension freedom_and_order on 8.1 "Organizations decide, and follow"
          "8.1 lets organizations decide, and 8.2 has them follow."
          treatment
            "Both are principles, and no norm rests on them."
        """,
        """
        note 8.1 principle
          | Organizations decide for themselves.

        note 8.2 principle
          | Organizations follow the higher level.

        tension freedom_and_order on 8.1, 8.2 "Organizations decide, and follow"
          "8.1 lets organizations decide, and 8.2 has them follow."
          treatment
            "Both are principles, and no norm rests on them."
        """,
    ),
    in_file=_find,
)
