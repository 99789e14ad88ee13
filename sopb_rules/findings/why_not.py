"""Why a finding came to no other verdict: what would have to be otherwise for the one that was expected.

What a verdict needs is read off the table of verdicts: that the norm applies or not, that its clauses hold or one fails.
Each need that is not fulfilled is told with the parts of the explanation that show why it fails, or why it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.findings.explain import explain_decision, explain_norm
from sopb_rules.findings.explanation import DecisionReasons, Explanation, NormReasons
from sopb_rules.findings.explanation_data import plain_node
from sopb_rules.findings.explanation_outline import outlines_of
from sopb_rules.findings.finding import DecisionFinding, Finding, MissingFact
from sopb_rules.findings.outline import Line
from sopb_rules.findings.reasons import Case, Clause, Condition
from sopb_rules.findings.value_words import shown
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict

_OF_DUTIES = (Verdict.MET, Verdict.UNMET, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN)
_OF_PERMISSIONS = (Verdict.OPEN, Verdict.USED, Verdict.EXCEEDED, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN)
_OF_DECISIONS = (Verdict.NO_CASE, Verdict.CONFLICT, Verdict.UNKNOWN)


@attrs.frozen
class Obstacle:
    """Something that the expected verdict needs and that is not so, or not known to be.

    Args:
        needed: what would have to be.
        truth: false where it is not so, unknown where that is not known.
        because: the parts of the explanation that show it.
    """

    needed: str
    truth: Truth
    because: tuple[Condition, ...] = ()


@attrs.frozen
class WhyNot:
    """What stands against an expected verdict, or value of a decision.

    Args:
        expected: the verdict or value that was asked for.
        found: the verdict, or the value of a decision that gives one.
        possible: whether stating more could still lead to what was expected.
        obstacles: what it needs and what is not so; none where it is what was found.
        missing: what would have to be known, while it is possible and not found.
        explanation: of the finding.
    """

    expected: str
    found: str
    possible: bool
    obstacles: tuple[Obstacle, ...]
    missing: tuple[MissingFact, ...]
    explanation: Explanation

    @property
    def is_found(self) -> bool:
        """Whether it is what was found."""
        return self.expected == self.found

    def outline(self) -> tuple[Line, ...]:
        """What stands against it as lines to show."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        expected, found = verdict_words(self.expected), verdict_words(self.found)
        if self.is_found:
            yield Line(0, "heading", Truth.TRUE, f"it is “{expected}”, and nothing stands against that")
            return
        how = "that is still possible" if self.possible else "these would have to be otherwise"
        if self.possible and not self.missing:
            how = "whatever is stated, it comes to that"
        truth = Truth.UNKNOWN if self.possible else Truth.FALSE
        yield Line(0, "heading", truth, f"it is “{found}”; for “{expected}”, {how}")
        because = outlines_of(self.explanation, (obstacle.because for obstacle in self.obstacles), depth=2)
        for obstacle, lines in zip(self.obstacles, because, strict=True):
            yield Line(1, "condition", obstacle.truth, obstacle.needed)
            yield from lines
        outer = f"{self.explanation.outer}."
        if self.missing:
            yield Line(0, "heading", None, "to know it, these are missing")
        for fact in self.missing:
            asked = "asked, and nobody could say; " if fact.asked else ""
            judged = f"judged by {fact.assessor}; " if fact.assessor else ""
            yield Line(1, "remark", None, fact.question, f"{judged}{asked}state it as {fact.path.removeprefix(outer)}")

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {
            "expected": self.expected,
            "found": self.found,
            "possible": self.possible,
            "obstacles": [
                {"needed": each.needed, "truth": each.truth.value, "because": [plain_node(node) for node in each.because]}
                for each in self.obstacles
            ],
            "missing": [each.as_dict() for each in self.missing],
            "explanation": self.explanation.as_dict(),
        }  # fmt: skip


def verdict_words(verdict: str) -> str:
    """A verdict as a sentence says it."""
    return {"not_applicable": "does not apply", "no_case": "no case"}.get(verdict, verdict)


def asked_verdict(norm: Norm, words: str) -> Verdict:
    """A verdict of a norm from words: `met`, `not_applicable`, `does not apply`.

    Raises:
        RulesError: a norm of this kind has no verdict of that name.
    """
    verdict = {each.value: each for each in _verdicts(norm)}.get(_one_word(words))
    if verdict is None:
        raise _impossible(norm, words)
    return verdict


def asked_value(decision: Decision, words: str) -> str:
    """A value of a decision, `no_case`, `conflict` or `unknown`, from words: also from the label of a value.

    Raises:
        RulesError: the decision cannot come to it.
    """
    labels = {decision.kind.values[value]: value for value in decision.values}
    value = labels.get(words.strip(), _one_word(words))
    _check_value(decision, value)
    return value


def _one_word(words: str) -> str:
    word = "_".join(words.lower().replace("-", " ").replace("_", " ").split())
    return "not_applicable" if word == "does_not_apply" else word


def _verdicts(norm: Norm) -> tuple[Verdict, ...]:
    return _OF_PERMISSIONS if norm.is_permission else _OF_DUTIES


def _impossible(norm: Norm, words: str) -> RulesError:
    kind = "permission" if norm.is_permission else "duty"
    possible = ", ".join(verdict.value for verdict in _verdicts(norm))
    message = f"{norm.id} is a {kind}, which cannot be `{words}`"
    return RulesError([Diagnostic(Code.BAD_USAGE, message, expected=f"one of {possible}")])


def _check_value(decision: Decision, value: str) -> None:
    possible = [*decision.values, *(verdict.value for verdict in _OF_DECISIONS)]
    if value not in possible:
        message, help = f"the decision {decision.name} cannot come to `{value}`", suggestion(value, possible, "it can")
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])


def why_not_norm(finding: Finding, expected: Verdict) -> WhyNot:
    """What stands against a verdict on a norm.

    Raises:
        RulesError: a norm of this kind cannot have the verdict.
    """
    if expected not in _verdicts(finding.model):
        raise _impossible(finding.model, expected.value)
    explanation = explain_norm(finding, whole=True)
    assert isinstance(explanation.reasons, NormReasons)
    obstacles = [*_presence(explanation, expected), *_norm_obstacles(explanation.reasons, expected)]
    return _why_not(finding, expected.value, finding.verdict.value, obstacles, explanation)


def why_not_decision(finding: DecisionFinding, expected: Verdict | str) -> WhyNot:
    """What stands against a value of a decision, or against `no_case` or `conflict`.

    Raises:
        RulesError: the decision cannot give the value.
    """
    wanted = expected.value if isinstance(expected, Verdict) else expected
    _check_value(finding.model, wanted)
    explanation = explain_decision(finding)
    assert isinstance(explanation.reasons, DecisionReasons)
    obstacles = _decision_obstacles(explanation.reasons.cases, wanted)
    return _why_not(finding, wanted, finding.value or finding.verdict.value, obstacles, explanation)


def _why_not(
    finding: Finding | DecisionFinding,
    expected: str,
    found: str,
    obstacles: Iterable[Obstacle],
    explanation: Explanation,
) -> WhyNot:
    if expected == found:
        return WhyNot(expected, found, True, (), (), explanation)
    possible = expected in {each.value if isinstance(each, Verdict) else each for each in finding.comes_to}
    return WhyNot(expected, found, possible, tuple(obstacles), finding.missing if possible else (), explanation)


# ---- what a verdict needs -----------------------------------------------------------------------------------


def _presence(explanation: Explanation, expected: Verdict) -> Iterator[Obstacle]:
    """A verdict on something needs that it is there."""
    if explanation.presence is not None and expected not in (Verdict.NOT_APPLICABLE, Verdict.UNKNOWN):
        missing = explanation.presence.path.removeprefix(f"{explanation.outer}.")
        yield Obstacle(f"there would have to be one, which is unknown: {missing} is not stated", Truth.UNKNOWN)


def _norm_obstacles(reasons: NormReasons, expected: Verdict) -> Iterator[Obstacle]:
    if expected is Verdict.UNKNOWN:
        yield Obstacle("something that decides it would have to be unknown", Truth.FALSE)
        return
    applies = reasons.applies
    if expected is Verdict.NOT_APPLICABLE:
        if applies.truth is not Truth.FALSE:
            yield Obstacle(_would("the norm would have to not apply", applies.truth), ~applies.truth, (applies,))
        return
    if applies.truth is not Truth.TRUE:
        yield Obstacle(_would("the norm would have to apply", applies.truth), applies.truth, (applies,))
    acts = [clause for clause in reasons.clauses if clause.part == "act"]
    provided = [clause for clause in reasons.clauses if clause.part == "provided"]
    match expected:
        case Verdict.MET:
            yield from _all_hold(acts, reasons)
        case Verdict.UNMET:
            yield from _one_fails(acts, reasons)
        case Verdict.OPEN:
            yield from _one_fails(acts, reasons)
        case Verdict.USED:
            yield from (*_all_hold(acts, reasons), *_all_hold(provided, reasons))
        case _:
            yield from (*_all_hold(acts, reasons), *_one_fails(provided, reasons))


def _would(needed: str, truth: Truth) -> str:
    return f"{needed}, which is unknown" if truth is Truth.UNKNOWN else needed


def _all_hold(clauses: Sequence[Clause], reasons: NormReasons) -> Iterator[Obstacle]:
    for clause in clauses:
        if clause.truth is not Truth.TRUE:
            needed = f"{_called(clause)} — would have to {_hold(clause, reasons)}"
            yield Obstacle(_would(needed, clause.truth), clause.truth, (clause.condition,))


def _one_fails(clauses: Sequence[Clause], reasons: NormReasons) -> Iterator[Obstacle]:
    if any(clause.truth is Truth.FALSE for clause in clauses):
        return
    truth = Truth.UNKNOWN if any(clause.truth is Truth.UNKNOWN for clause in clauses) else Truth.FALSE
    if len(clauses) == 1:
        needed = f"{_called(clauses[0])} — would have to {_fail(clauses[0], reasons)}"
    elif clauses:
        needed = f"one of these would have to {_fail(clauses[0], reasons)}: {'; '.join(map(_called, clauses))}"
    else:
        needed = "a condition of the permission would have to fail, and it has none"
    yield Obstacle(_would(needed, truth), truth, tuple(clause.condition for clause in clauses))


def _hold(clause: Clause, reasons: NormReasons) -> str:
    if clause.part == "act" and reasons.force == "may":
        return "be done"
    return "be left undone" if clause.part == "act" and reasons.force.endswith(" not") else "hold"


def _fail(clause: Clause, reasons: NormReasons) -> str:
    if clause.part == "act" and reasons.force == "may":
        return "be left undone"
    return "be done" if clause.part == "act" and reasons.force.endswith(" not") else "fail"


def _called(clause: Clause) -> str:
    return f"({clause.letter}) {clause.label}" if clause.letter else clause.label


def _decision_obstacles(cases: Sequence[Case], wanted: str) -> Iterator[Obstacle]:
    if wanted == Verdict.UNKNOWN.value:
        yield Obstacle("something that decides it would have to be unknown", Truth.FALSE)
    elif wanted == Verdict.CONFLICT.value:
        needed = "two cases that give different values would have to hold at once, and neither outrank the other"
        yield Obstacle(needed, Truth.FALSE)
    elif wanted == Verdict.NO_CASE.value:
        yield from _none_holds(cases)
    else:
        giving = [case for case in cases if case.value.value == wanted]
        if not any(case.active is Truth.TRUE for case in giving):
            for case in giving:
                yield from _would_hold(
                    case,
                    cases,
                    "would have to hold" if len(giving) == 1 else "or another that gives it would have to hold",
                )
        yield from _none_holds([case for case in cases if case.value.value != wanted])


def _would_hold(case: Case, cases: Sequence[Case], needed: str) -> Iterator[Obstacle]:
    if case.truth is not Truth.TRUE:
        yield Obstacle(_would(f"case {case.id} {needed}", case.truth), case.truth, (case.condition,))
    for other in cases:
        told = other.value != case.value and other.active is not Truth.FALSE  # as one that gives another value
        if other.id in case.outranked_by and other.truth is not Truth.FALSE and not told:
            needed = f"case {other.id}, which outranks {case.id}, would have to not hold"
            yield Obstacle(_would(needed, other.truth), ~other.truth, (other.condition,))


def _none_holds(cases: Iterable[Case]) -> Iterator[Obstacle]:
    for case in cases:
        if case.active is not Truth.FALSE:
            needed = f"case {case.id}, which gives {shown(case.value)}, would have to not hold"
            if case.truth is Truth.TRUE and case.active is Truth.UNKNOWN:  # what is unknown is what outranks it
                needed += f", or to be outranked by {' or '.join(case.outranked_by)}"
            yield Obstacle(_would(needed, case.active), ~case.active, (case.condition,))
