"""A tension, an overlap or a fallback is between sentences. One that names a single sentence, or the same one twice,
leaves out the other side, and nobody reading that one will be told of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained, spot
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model.norms import sentence_of


def _find(file: File) -> Iterator[Complaint]:
    for remark in file.remarks:
        if remark.kind != "gap" and len({sentence_of(id) for id in remark.ids}) == 1:
            message = f"a {remark.kind} is between sentences, and this one names {sentence_of(remark.ids[0])} alone"
            help = "name the other sentence too, or call it a `gap`"
            yield Complaint(message, spot(remark.span, remark.name), f"{remark.kind} {remark.name}", help)


CHECK = Check(
    Code.LONE_REMARK,
    "lone-remark",
    Severity.WARNING,
    explained(
        Code.LONE_REMARK,
        "A tension or an overlap has only one sentence",
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
