"""A report: all findings on a state, and the standing of each entity that the state lists.

Standing keeps four things apart that never mix: breaches, shortfalls, opportunities and options. It counts what the
entity itself has to answer for: norms whose bearer is the entity or something that it contains. What others owe it (a
registration authority, a higher-level organization) is listed beside, and makes nobody here non-compliant.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from sopb_rules.findings.finding import DecisionFinding, Finding, Subject
from sopb_rules.model.norms import Norm
from sopb_rules.model.vocabulary import Entity
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import Record, State
from sopb_rules.version import VERSION

#: What evaluates.
SOFTWARE: Mapping[str, str] = {"name": "sopb_rules", "version": VERSION}

_FAILED = frozenset({Verdict.UNMET, Verdict.EXCEEDED})


@attrs.frozen
class Standing:
    """How one listed entity stands.

    Args:
        breaches: unmet `must` and `must not`, and exceeded permissions.
        shortfalls: unmet `should` and `should not`.
        opportunities: unmet encouragements.
        options: open permissions.
        undetermined: own norms that could still turn out to be a breach.
        owed_by_others: unmet norms about it whose bearers are others.
    """

    subject: Subject
    breaches: tuple[Finding, ...]
    shortfalls: tuple[Finding, ...]
    opportunities: tuple[Finding, ...]
    options: tuple[Finding, ...]
    undetermined: tuple[Finding, ...]
    owed_by_others: tuple[Finding, ...]

    @property
    def status(self) -> str:
        """``breach``, ``undetermined`` (none so far, but not all is known), or ``compliant``."""
        return "breach" if self.breaches else "undetermined" if self.undetermined else "compliant"

    def as_dict(self) -> dict[str, Any]:
        """The standing as plain data, by the published schema."""
        lists = ("breaches", "shortfalls", "opportunities", "options", "undetermined", "owed_by_others")
        named = {name: [{"norm": f.norm, "subject": f.subject.path} for f in getattr(self, name)] for name in lists}
        return {"subject": attrs.asdict(self.subject), "status": self.status, **named}


@attrs.frozen
class Report:
    """All that an evaluation found.

    Args:
        name: the policy set's name; likewise its version and digest.
        findings: by subject in the order of the state, then by norm in the order of the document.
        state: what was evaluated.
        measures: the titles of the local measures that are in force, the lowest first, or "".
        folder: the folder of the policies, where somebody named one, or "".
        only: the one norm, decision or listed entity that this is a part of a report about, or "".
    """

    name: str
    version: str
    digest: str
    as_of: datetime.date
    findings: tuple[Finding, ...]
    decisions: tuple[DecisionFinding, ...]
    standing: tuple[Standing, ...]
    state: State = attrs.field(repr=False)
    measures: str = ""
    folder: str = ""
    only: str = ""

    @property
    def in_breach(self) -> bool:
        """Whether some listed entity has a breach, or some norm about one is breached by others."""
        return any(is_breach(finding) for finding in self.findings)

    def about(self, id: str) -> Report:
        """The part of the report about one norm, one decision, or one listed entity, as if nothing else had been evaluated."""
        findings = tuple(each for each in self.findings if each.norm == id)
        decisions = tuple(each for each in self.decisions if each.decision == id)
        if not findings and not decisions:
            findings = tuple(each for each in self.findings if _root(each.record).id == id)
            decisions = tuple(each for each in self.decisions if _root(each.record).id == id)
        return attrs.evolve(self, findings=findings, decisions=decisions, standing=standings(findings), only=id)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data, by the published schema; saved, it is the receipt of the evaluation."""
        return {
            "as_of": self.as_of.isoformat(),
            "software": dict(SOFTWARE),
            "policies": {
                "name": self.name,
                "version": self.version,
                "digest": self.digest,
                **({"measures": self.measures} if self.measures else {}),
                **({"folder": self.folder} if self.folder else {}),
            },
            "state": {"digest": self.state.digest, "files": [attrs.asdict(each) for each in self.state.files]},
            **({"only": self.only} if self.only else {}),
            "findings": [finding.as_dict() for finding in self.findings],
            "decisions": [decision.as_dict() for decision in self.decisions],
            "standing": [standing.as_dict() for standing in self.standing],
        }


def is_breach(finding: Finding) -> bool:
    """An unmet `must` or `must not`, or an exceeded permission."""
    if finding.verdict is Verdict.EXCEEDED:
        return True
    return finding.verdict is Verdict.UNMET and finding.force in ("must", "must not")


def standings(findings: Iterable[Finding]) -> tuple[Standing, ...]:
    """The standing of each listed entity, in the order in which the findings name them."""
    by_root: dict[int, tuple[Record, list[Finding]]] = {}
    for finding in findings:
        root = _root(finding.record)
        by_root.setdefault(id(root), (root, []))[1].append(finding)
    return tuple(_standing(root, each) for root, each in by_root.values())


def _standing(root: Record, findings: list[Finding]) -> Standing:
    own = [finding for finding in findings if _answers_for(root, finding.model)]
    others = [finding for finding in findings if not _answers_for(root, finding.model)]

    def unmet(*forces: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in own if finding.verdict is Verdict.UNMET and finding.force in forces)

    return Standing(
        Subject.of(root),
        breaches=tuple(filter(is_breach, own)),
        shortfalls=unmet("should", "should not"),
        opportunities=unmet("encouraged"),
        options=tuple(finding for finding in own if finding.verdict is Verdict.OPEN),
        undetermined=tuple(finding for finding in own if could_be_breach(finding)),
        owed_by_others=tuple(finding for finding in others if finding.verdict in _FAILED),
    )


def could_be_breach(finding: Finding) -> bool:
    """Whether it is open, and may still turn out to be a breach."""
    if finding.verdict is not Verdict.UNKNOWN:
        return False
    if finding.model.is_permission:
        return Verdict.EXCEEDED in finding.possible
    return Verdict.UNMET in finding.possible and finding.force in ("must", "must not")


def _answers_for(root: Record, norm: Norm) -> bool:
    """Whether a bearer of the norm is the listed entity or something that it contains."""
    return any(isinstance(bearer, Entity) and _within(bearer, root.entity) for bearer in norm.bearers)


def _within(entity: Entity, outer: Entity) -> bool:
    return entity is outer or any(_within(holder, outer) for holder, _ in entity.holders)


def _root(record: Record) -> Record:
    while record.holder is not None:
        record = record.holder
    return record
