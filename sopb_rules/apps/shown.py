"""A report as its readers are shown it: the listed entities, the gravest first, each with its findings by kind."""

from __future__ import annotations

import attrs

from sopb_rules.apps.roots import root
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.findings.report import Report, Standing, is_breach
from sopb_rules.model.norms import Norm
from sopb_rules.model.vocabulary import Entity
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.verdicts import Verdict

#: The kinds of standing, the gravest first.
STATUSES = ("breach", "undetermined", "compliant")


@attrs.frozen
class Shown:
    """A report with what a reader wants to know besides it.

    Args:
        origin: where the date comes from, in a few words.
        states: the files and folders that were read.
        details: whether every finding is told in full.
        only: the norm, decision or listed entity that somebody asked for, or "".
    """

    policies: PolicySet
    report: Report
    origin: str
    states: tuple[str, ...]
    details: bool = False
    only: str = ""

    @property
    def alone(self) -> bool:
        """Whether somebody asked for a part, and so for every question that is open."""
        return bool(self.only)

    @property
    def standing(self) -> bool:
        """Whether the report says how entities stand: that is a matter of all norms, and not of one."""
        return self.only not in self.policies.model.norms and self.only not in self.policies.model.decisions

    @property
    def title(self) -> str:
        """What the policies are called."""
        return self.policies.model.vocabulary.title or self.report.name


@attrs.frozen
class Section:
    """A listed entity with all findings on it and on what it contains.

    Args:
        label: the entity's label in the vocabulary.
    """

    standing: Standing
    label: str
    findings: tuple[Finding, ...]
    decisions: tuple[DecisionFinding, ...]

    @property
    def unknown(self) -> tuple[Finding, ...]:
        """The findings that are not settled."""
        return tuple(finding for finding in self.findings if finding.verdict is Verdict.UNKNOWN)

    @property
    def groups(self) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
        """The settled findings that need attention: heading, findings."""
        standing = self.standing
        return (
            ("Breaches", standing.breaches),
            ("Shortfalls", standing.shortfalls),
            ("Opportunities", standing.opportunities),
            ("Options", standing.options),
            ("Others must act", standing.owed_by_others),
        )

    @property
    def settled(self) -> tuple[Finding, ...]:
        """The findings that are settled and need nobody's attention."""
        told = {id(finding) for _, findings in self.groups for finding in findings}
        told |= {id(finding) for finding in self.unknown}
        return tuple(finding for finding in self.findings if id(finding) not in told)

    @property
    def undecided(self) -> tuple[DecisionFinding, ...]:
        """The decisions that are not settled."""
        return tuple(decision for decision in self.decisions if decision.verdict is Verdict.UNKNOWN)

    @property
    def needs_attention(self) -> bool:
        """Whether there is more to say than its line in the summary, also in a report on many entities."""
        return any(findings for _, findings in self.groups) or bool(self.conflicts)

    @property
    def has_more(self) -> bool:
        """Whether there is more to say than its line in the summary."""
        return self.needs_attention or bool(self.unknown or self.decisions)

    @property
    def conflicts(self) -> tuple[DecisionFinding, ...]:
        """The decisions that somebody has to look at: those whose cases collide."""
        return tuple(decision for decision in self.decisions if decision.verdict is Verdict.CONFLICT)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many breaches, shortfalls, opportunities, options and unknown findings, and how many are for others."""
        standing = self.standing
        own = (standing.breaches, standing.shortfalls, standing.opportunities, standing.options)
        return tuple(len(findings) for findings in (*own, self.unknown, standing.owed_by_others))

    def breached(self) -> list[Norm]:
        """The norms that are breached, by itself or by others about it."""
        standing = self.standing
        return [finding.model for finding in (*standing.breaches, *standing.owed_by_others) if is_breach(finding)]


def sections(policies: PolicySet, report: Report) -> list[Section]:
    """The listed entities, the gravest first."""
    findings: dict[str, list[Finding]] = {}
    decisions: dict[str, list[DecisionFinding]] = {}
    for finding in report.findings:
        findings.setdefault(root(finding.record).path, []).append(finding)
    for decision in report.decisions:
        decisions.setdefault(root(decision.record).path, []).append(decision)
    entities = policies.model.vocabulary.entities
    found = [
        Section(
            standing,
            _short_label(entities[standing.subject.entity]),
            tuple(findings.get(standing.subject.path, ())),
            tuple(decisions.get(standing.subject.path, ())),
        )
        for standing in report.standing
    ]
    return sorted(found, key=lambda section: STATUSES.index(section.standing.status))


def _short_label(entity: Entity) -> str:
    """What to call an entity in a heading: its label, or its name where that is a whole phrase."""
    return entity.label if len(entity.label) <= 30 else entity.name.replace("_", " ")
