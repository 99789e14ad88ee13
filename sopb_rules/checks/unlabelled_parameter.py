"""The label of a parameter says what is left open; while it is open, it stands in the question that is put to whoever
judges. Without one they read its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained, spot
from sopb_rules.diagnostics import Code, Severity


def _find(file: File) -> Iterator[Complaint]:
    for parameter in file.parameters:
        if parameter.span is not None and '"' not in parameter.span.text:
            message = f"the parameter `{parameter.name}` has no label"
            help = f'write what is left open: `parameter {parameter.name} … "how many …"`'
            yield Complaint(message, spot(parameter.span, parameter.name), f"parameter {parameter.name}", help)


CHECK = Check(
    Code.UNLABELLED_PARAMETER,
    "unlabelled-parameter",
    Severity.NOTE,
    explained(
        Code.UNLABELLED_PARAMETER,
        "A parameter has no label",
        __doc__,
        """
        parameter prompt_report period in days
          judged by higher_level

        norm 8.1 about change
          | The organization should report changes promptly.
          when reported_on exists
          the organization should
            "promptly"
                reported_on is on or before occurred_on plus prompt_report
        """,
        """
        parameter prompt_report period in days "how long after a change a report is still prompt"
          judged by higher_level

        norm 8.1 about change
          | The organization should report changes promptly.
          when reported_on exists
          the organization should
            "promptly"
                reported_on is on or before occurred_on plus prompt_report
        """,
    ),
    in_file=_find,
)
