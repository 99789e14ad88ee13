"""Conditions that no two examples show to turn a verdict, as `sopb test` tells them; see `sopb_rules.testing.coverage`."""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File
from sopb_rules.codes import MISTAKES
from sopb_rules.diagnostics import Code, Severity


def _find(file: File) -> Iterator[Complaint]:
    for shown in file.coverage:
        for each in shown.diagnostics():
            if each.code is Code.UNTRIED_CONDITION:
                yield Complaint(each.message, each.span, each.where, each.help)


CHECK = Check(
    Code.UNTRIED_CONDITION,
    "untried-condition",
    Severity.WARNING,
    MISTAKES[Code.UNTRIED_CONDITION],
    in_file=_find,
)
