"""A log of what was found, as JSON Lines: each line is a record that stands alone, for whoever looks back.

The schema of a line is published as ``decision_log.schema.json`` beside this module.
"""

from __future__ import annotations

import datetime
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.findings.masked import Masked
from sopb_rules.findings.masks import NO_MASKS, Masks
from sopb_rules.findings.report import SOFTWARE, Report


class DecisionLog:
    """Writes a line for each finding and for each decision of a report.

    Args:
        target: a text stream, or the path of a file to append to.
        masks: what is left out, as `PolicySet.masks` gives it.

    Each line is written whole in one write at the end of the file, so that programs which log at the same time do not mix
    their lines. A file that ends in half a line, since somebody was interrupted, is given a line break first.
    """

    def __init__(self, target: TextIO | Path | str, masks: Masks = NO_MASKS) -> None:
        self._target = Path(target) if isinstance(target, str) else target
        self._masks = masks

    def write(self, report: Report, at: datetime.datetime) -> None:
        """Append what a report says.

        Args:
            at: the time of the logging, with its time zone; the log tells it in UTC.

        Raises:
            RulesError: the time has no time zone.
            OSError: the file cannot be written.
        """
        if at.tzinfo is None:
            help = "pass datetime.datetime.now(datetime.UTC)"
            raise RulesError([Diagnostic(Code.BAD_USAGE, f"the time {at} has no time zone", help=help)])
        lines = (json.dumps(line, ensure_ascii=False) for line in _lines(report, at, self._masks))
        if isinstance(self._target, Path):
            with self._target.open("ab", buffering=0) as stream:
                start = b"\n" if _ends_in_half_a_line(self._target) else b""
                for line in lines:
                    _write(stream, start + line.encode() + b"\n")
                    start = b""
        else:
            for line in lines:
                self._target.write(line + "\n")
            self._target.flush()


def _write(stream: io.FileIO, line: bytes) -> None:
    """Write all of a line: a system that takes only a part of it says at the next part why."""
    while line:
        line = line[stream.write(line) :]


def _ends_in_half_a_line(file: Path) -> bool:
    if not file.is_file() or file.stat().st_size == 0:
        return False
    with file.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) != b"\n"


def _lines(report: Report, at: datetime.datetime, masks: Masks) -> Iterator[dict[str, Any]]:
    time = at.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    about: dict[str, Any] = {
        "time": time,
        "as_of": report.as_of.isoformat(),
        "software": dict(SOFTWARE),
        "policies": {"name": report.name, "version": report.version, "digest": report.digest},
        "state": {"digest": report.state.digest},
    }
    if report.measures:
        about["policies"]["measures"] = report.measures
    masked = Masked(masks, report.state)
    findings: list[Finding | DecisionFinding] = [*report.findings, *report.decisions]
    for finding in findings:
        masked.used.clear()
        found = _finding(finding, masked) if isinstance(finding, Finding) else _decision(finding, masked)
        yield {**about, **found, "masked": sorted(masked.used)}


def _finding(finding: Finding, masked: Masked) -> dict[str, Any]:
    return {
        "norm": finding.norm,
        "article": finding.article,
        **({"layer": finding.model.layer} if finding.model.layer else {}),
        "subject": masked.subject(finding.record),
        "bearer": list(finding.bearers),
        "force": finding.force,
        "verdict": finding.verdict.value,
        "possible": sorted(verdict.value for verdict in finding.possible),
        "applies": finding.applies.value,
        "clauses": [{**attrs.asdict(clause), "truth": clause.truth.value} for clause in finding.clauses],
        "facts": masked.facts(finding.facts),
        "missing": masked.missing(finding.missing),
    }


def _decision(finding: DecisionFinding, masked: Masked) -> dict[str, Any]:
    return {
        "decision": finding.decision,
        "article": finding.article,
        "subject": masked.subject(finding.record),
        "value": finding.value,
        "verdict": finding.verdict.value,
        "possible": sorted(finding.possible),
        "cases": [{name: value for name, value in case.as_dict().items() if name != "text"} for case in finding.cases],
        "facts": masked.facts(finding.facts),
        "missing": masked.missing(finding.missing),
    }
