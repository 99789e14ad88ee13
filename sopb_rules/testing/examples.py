"""Running the examples of a policy set: the drafter's unit tests."""

from __future__ import annotations

import re
from typing import Any

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.findings.finding import Finding, plain
from sopb_rules.loading import layers
from sopb_rules.model.norms import Norm
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.truth import Truth
from sopb_rules.source import Span
from sopb_rules.states.records import Record
from sopb_rules.syntax import tree as t
from sopb_rules.testing.trials import Aim, Owner, Trial, aims, owner_name, owners, settled


@attrs.frozen
class ExampleResult:
    """What became of one example.

    Args:
        owner: the statement it belongs to: ``norm 8.1``.
        failures: what is wrong with it, or what came out otherwise than it says.
        broken: whether it could not be run at all.
    """

    owner: str
    title: str
    span: Span
    failures: tuple[Diagnostic, ...] = ()
    broken: bool = False

    @property
    def passed(self) -> bool:
        """Whether everything came out as the example says."""
        return not self.failures


def run_examples(policies: PolicySet) -> list[ExampleResult]:
    """Run every example, in the order of the document; where measures are in force, the examples of the measures.

    Each layer's are run with this layer on top: one above it may have changed what they say.
    """
    tried = layers(policies) or [policies]
    return [_run(each, owner, example) for each in tried for owner in owners(each.model) for example in owner.examples]


def _run(policies: PolicySet, owner: Owner, example: t.Example) -> ExampleResult:
    try:
        aimed = aims(policies.model, owner, example)
    except RulesError as error:
        return ExampleResult(owner_name(owner), example.title.text, example.span, error.diagnostics, broken=True)
    failures = tuple(failure for aim, trial in aimed if (failure := _failure(policies, aim, trial)) is not None)
    return ExampleResult(owner_name(owner), example.title.text, example.span, failures)


def _failure(policies: PolicySet, aim: Aim, trial: Trial) -> Diagnostic | None:
    """A diagnostic where something else came out than an example says."""
    outcome, finding = aim.outcome, None
    if isinstance(trial.target, Norm):
        finding = policies.find(trial.target, trial.record, trial.today)
        came = finding.verdict.value
    else:
        came = settled(trial) or "unknown"
    expected = outcome.verdict or (outcome.value.text if outcome.value else "")
    if came == expected:
        return None
    message = f"{outcome.subject} is {came.replace('_', ' ')}, and the example says {expected.replace('_', ' ')}"
    why = "" if finding is None else _why(finding)
    return Diagnostic(Code.EXAMPLE_FAILED, message, outcome.span, where=aim.where, help=why)


def _why(finding: Finding) -> str:
    """What the verdict rests on, in one line: the facts, the clauses that are not kept, what is not stated."""
    # What is held inside is told by its own facts.
    facts = [fact for fact in finding.facts if not isinstance(fact.value, Record)]
    parts = [f"{_said(fact.path)} is {_value(fact.value)}" for fact in facts]
    if finding.applies is not Truth.FALSE:
        parts += [
            f"{f'({clause.letter}) ' if clause.letter else ''}{clause.label}: {clause.truth.value}"
            for clause in finding.clauses
            if clause.truth is not Truth.TRUE
        ]
    return "; ".join([*parts, *(f"{_said(each.path)} is not stated" for each in finding.missing)])


def _said(path: str) -> str:
    """A path as an example says it: without the subject that the example is about."""
    return re.sub(r"^\w+\[[\w-]+\]\.|\[#1\]", "", path)


def _value(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(plain(value))
