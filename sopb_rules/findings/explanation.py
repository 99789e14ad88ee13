"""Explanations: why a finding came to its verdict, as a frozen tree that follows the norm's own words.

Each condition carries its truth, each term the values that it may have, and each leaf what was stated and where. What
makes no difference is left out, and counted; what is there suffices to derive the verdict again (`replay`). An
explanation refers to no model and no state: it can be written as JSON, read back, and printed or checked elsewhere.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from sopb_rules.findings.finding import Subject
from sopb_rules.findings.reasons import Case, Clause, Condition, Fact, Statement, Value
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict

if TYPE_CHECKING:
    from sopb_rules.findings.outline import Line
    from sopb_rules.findings.replay import Replayed


@attrs.frozen
class NormReasons:
    """Why a norm came to its verdict.

    Args:
        force: the deontic force; `word`: the document's own word for it.
        bearers: who has to act, or may.
        clauses: each with its truth; none where the norm does not apply, and nothing in them matters.
        left_out: how many clauses were left out.
    """

    force: str
    word: str
    bearers: tuple[str, ...]
    verdict: Verdict
    possible: frozenset[Verdict]
    applies: Condition
    clauses: tuple[Clause, ...]
    left_out: int = 0


@attrs.frozen
class DecisionReasons:
    """Why a decision came to its value.

    Args:
        value: None unless it gives one.
        possible: the values, `no_case` and `conflict` that are still possible.
    """

    verdict: Verdict
    value: Value | None
    possible: frozenset[str]
    cases: tuple[Case, ...]


@attrs.frozen
class DefinitionReasons:
    """Why a definition holds of a subject, or not."""

    truth: Truth
    condition: Condition


@attrs.frozen
class Explanation:
    """Why a finding came to what it came to.

    Args:
        outer: the path of the listed entity that the subject is, or stands in.
        presence: the fact that would say whether the subject is there, where the state does not; else None.
        reasons: by the kind of the statement.
    """

    statement: Statement
    subject: Subject
    outer: str
    as_of: datetime.date
    presence: Fact | None
    reasons: NormReasons | DecisionReasons | DefinitionReasons

    def outline(self) -> tuple[Line, ...]:
        """The explanation as lines to show, in reading order."""
        from sopb_rules.findings.explanation_outline import outline

        return outline(self)

    def replay(self) -> Replayed:
        """What follows from the explanation alone: every truth in it is derived again.

        Raises:
            RulesError: something that it says does not follow from the rest.
        """
        from sopb_rules.findings.replay import replay

        return replay(self)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON, by the published schema."""
        from sopb_rules.findings.explanation_data import as_dict

        return as_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Explanation:
        """An explanation read back from plain data.

        Raises:
            RulesError: the data is no explanation.
        """
        from sopb_rules.findings.explanation_data import from_dict

        return from_dict(data)
