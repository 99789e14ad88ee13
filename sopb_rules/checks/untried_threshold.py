"""Borders that no example lies at, just below or just above, as `sopb test` tells them; see `sopb_rules.testing.coverage`."""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File
from sopb_rules.codes import MISTAKES
from sopb_rules.diagnostics import Code, Severity


def _find(file: File) -> Iterator[Complaint]:
    for shown in file.coverage:
        for each in shown.diagnostics():
            if each.code is Code.UNTRIED_THRESHOLD:
                yield Complaint(each.message, each.span, each.where, each.help)


CHECK = Check(
    Code.UNTRIED_THRESHOLD,
    "untried-threshold",
    Severity.WARNING,
    MISTAKES[Code.UNTRIED_THRESHOLD],
    in_file=_find,
)
