"""What follows from an explanation alone: each truth, each value and the verdict are derived again from what is below.

This is a second reading of the language, apart from the evaluators: an explanation that replays is right about what
follows from its leaves, whoever wrote it. Whether the leaves are what a state states is another question: explain it again there, and compare.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, assert_never

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.findings import reasons as x
from sopb_rules.findings.explanation import DecisionReasons, DefinitionReasons, Explanation, NormReasons
from sopb_rules.findings.replay_rules import (
    holds_for_all,
    is_days,
    kleene,
    moved,
    norm_verdicts,
    opposite,
    spelt,
    sum_of,
    truth_of,
)  # fmt: skip
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import ABSENT


@attrs.frozen
class Replayed:
    """What an explanation comes to.

    Args:
        verdict: of a norm or decision; None for a definition.
        value: of a decision that gives one.
        possible: the verdicts that are still possible; of a decision, the values, `no_case` and `conflict`.
        truth: of a definition.
    """

    verdict: Verdict | None
    value: str | None
    possible: frozenset[Any]
    truth: Truth | None = None


@attrs.frozen
class Disagreement:
    """Something in an explanation that does not follow from the rest of it.

    Args:
        at: where: ``reasons.applies.parts[0]``, as in the plain data.
        said: what it says there.
        follows: what follows instead, or what is wrong.
    """

    at: str
    said: str
    follows: str

    def __str__(self) -> str:
        return f"{self.at} says {self.said}, but {self.follows}"


def replay(explanation: Explanation) -> Replayed:
    """What follows from an explanation alone.

    Raises:
        RulesError: something in it does not follow from the rest.
    """
    found = _Replay()
    replayed = found.explanation(explanation)
    if found.disagreements:
        raise RulesError(
            [Diagnostic(Code.BAD_USAGE, f"the explanation does not hold: {each}") for each in found.disagreements]
        )
    return replayed


def disagreements(explanation: Explanation) -> tuple[Disagreement, ...]:
    """All that does not follow, from the inside out; none where the explanation holds."""
    found = _Replay()
    found.explanation(explanation)
    return tuple(found.disagreements)


class _Replay:
    """Goes through an explanation; after a disagreement it goes on with what is said, so that each is told once."""

    def __init__(self) -> None:
        self.disagreements: list[Disagreement] = []
        self._told: dict[str, x.Fact] = {}

    def _expect(self, at: str, said: Any, follows: Any) -> None:
        if said != follows:
            self.disagreements.append(Disagreement(at, spelt(said), f"{spelt(follows)} follows"))

    def _wrong(self, at: str, said: str, what: str) -> None:
        self.disagreements.append(Disagreement(at, said, what))

    # ---- the whole ---------------------------------------------------------------------------------------

    def explanation(self, told: Explanation) -> Replayed:
        """What it comes to."""
        if told.presence is not None and told.presence.value is not None:
            self._wrong("presence", "that the subject may not be there", "its fact is stated")
        match told.reasons:
            case NormReasons() as reasons:
                return self._norm(reasons, told.presence is not None)
            case DecisionReasons() as reasons:
                return self._decision(reasons)
            case DefinitionReasons() as reasons:
                self._expect("reasons.truth", reasons.truth, self.condition(reasons.condition, "reasons.condition"))
                return Replayed(None, None, frozenset(), reasons.truth)
            case other:
                assert_never(other)

    def _norm(self, reasons: NormReasons, perhaps_absent: bool) -> Replayed:
        applies = self.condition(reasons.applies, "reasons.applies")
        truths: dict[str, list[Truth]] = {"act": [], "provided": []}
        for index, clause in enumerate(reasons.clauses):
            at = f"reasons.clauses[{index}]"
            truth = self.condition(clause, at)
            if clause.part not in truths:
                self._wrong(at, f"the part {clause.part}", "a clause is an act, or provided")
            truths.setdefault(clause.part, []).append(truth)
        if applies is not Truth.FALSE and reasons.left_out:
            self._wrong("reasons.left_out", f"{reasons.left_out} clauses", "the norm may apply, and they matter")
        if applies is not Truth.FALSE and not truths["act"]:
            self._wrong("reasons.clauses", "no act", "the norm may apply, and what is to be done matters")
        possible = norm_verdicts(applies, truths, reasons.force == "may")
        if perhaps_absent:
            possible |= {Verdict.NOT_APPLICABLE}
        verdict = next(iter(possible)) if len(possible) == 1 else Verdict.UNKNOWN
        self._expect("reasons.possible", reasons.possible, possible)
        self._expect("reasons.verdict", reasons.verdict, verdict)
        return Replayed(verdict, None, possible)

    def _decision(self, reasons: DecisionReasons) -> Replayed:
        given = self._cases(reasons.cases, "reasons.cases")
        certain = [value for value, truth in given.items() if truth is Truth.TRUE]
        perhaps = [value for value, truth in given.items() if truth is not Truth.FALSE]
        possible = {value for value in perhaps if set(certain) <= {value}}
        possible |= set() if certain else {"no_case"}
        possible |= {"conflict"} if len(perhaps) > 1 else set()
        if len(certain) > 1:
            possible = {"conflict"}
        verdict, value = Verdict.UNKNOWN, None
        if len(possible) == 1:
            (only,) = possible
            named = {"no_case": Verdict.NO_CASE, "conflict": Verdict.CONFLICT}
            decided = bool(certain) and only != "conflict"
            verdict, value = (Verdict.DECIDED, only) if decided else (named[only], None)
        self._expect("reasons.possible", reasons.possible, frozenset(possible))
        self._expect("reasons.verdict", reasons.verdict, verdict)
        self._expect("reasons.value", reasons.value.value if reasons.value else None, value)
        return Replayed(verdict, value, frozenset(possible))

    def _cases(self, cases: Sequence[x.Case], at: str) -> dict[str, Truth]:
        """For each value of a decision, whether an active case gives it."""
        holds = {case.id: case.truth for case in cases}
        given: dict[str, Truth] = {}
        for index, case in enumerate(cases):
            here = f"{at}[{index}]"
            self._expect(f"{here}.truth", case.truth, self.condition(case.condition, f"{here}.condition"))
            above = [holds[id] for id in case.outranked_by if id in holds]
            if len(above) < len(case.outranked_by):
                self._wrong(here, f"that {', '.join(case.outranked_by)} outrank it", "not all of them are there")
            active = kleene(True, (case.truth, *map(opposite, above)))
            self._expect(f"{here}.active", case.active, active)
            value = str(case.value.value)
            given[value] = kleene(False, (given.get(value, Truth.FALSE), case.active))
        if len(holds) < len(cases):
            self._wrong(at, "a case twice", "each is there once")
        return given

    # ---- conditions --------------------------------------------------------------------------------------

    def condition(self, node: x.Condition, at: str) -> Truth:
        """The truth that is said, once it is known whether it follows."""
        self._expect(f"{at}.truth", node.truth, self._follows(node, at))
        return node.truth

    def _follows(self, node: x.Condition, at: str) -> Truth:
        match node:
            case x.Unconditional():
                return Truth.TRUE
            case x.Joined():
                truths = [self.condition(part, f"{at}.parts[{i}]") for i, part in enumerate(node.parts)]
                return self._whole(node.every, truths, node.left_out, at)
            case x.Opposite(part=part):
                return opposite(self.condition(part, f"{at}.part"))
            case x.Holds(fact=fact) | x.Judged(fact=fact):
                held = self._held(fact, f"{at}.fact")
                return truth_of(held) if isinstance(held, bool) else Truth.UNKNOWN
            case x.Exists(fact=fact):
                self._held(fact, f"{at}.fact")
                known = fact.reached and fact.value is not None
                return truth_of(fact.value.value is not ABSENT) if known and fact.value else Truth.UNKNOWN
            case x.Compared():
                return self._compared(node, at)
            case x.OneOf(term=term, values=values):
                found = self.term(term, f"{at}.term")
                return Truth.UNKNOWN if found is None else truth_of(found[0] in {each.value for each in values})
            case x.Each():
                truths = self._elements(node.elements, node.source, node.every, node.left_out, at)
                unknown = node.source.size is None
                return Truth.UNKNOWN if unknown else self._whole(node.every, truths, node.left_out, at)
            case x.Clause(condition=condition):
                return self.condition(condition, f"{at}.condition")
            case x.Asked():
                return self._asked(node, at)
            case _:
                assert_never(node)

    def _whole(self, every: bool, truths: list[Truth], left_out: int, at: str) -> Truth:
        truth = kleene(every, truths)
        if left_out and truth is not truth_of(not every):
            self._wrong(at, f"that {left_out} more make no difference", "nothing that is there settles it")
        return truth

    def _held(self, fact: x.Fact, at: str) -> Any:
        """The value of a fact that was reached; None where it is unknown, or absent."""
        if attrs.evolve(self._told.setdefault(fact.path, fact), reached=fact.reached) != fact:
            self._wrong(at, f"{fact.path} in one way", "it is told in another way elsewhere")
        if fact.value is None:
            return None
        if not fact.reached:
            if fact.value.value is not ABSENT:
                self._wrong(at, "that the way ends here", "its fact is stated")
            return None
        if fact.value.type != fact.type:
            self._wrong(at, f"a value of the type {fact.value.type}", f"{fact.type} can be stated")
        if fact.asked:
            self._wrong(at, "that nobody could say", "it is stated")
        return None if fact.value.value is ABSENT else fact.value.value

    def _elements(
        self, elements: tuple[x.Element, ...], source: x.Source, every: bool, left_out: int, at: str
    ) -> list[Truth]:
        if len({element.path for element in elements}) < len(elements):
            self._wrong(f"{at}.elements", "an entry twice", "each counts once")
        size = len(elements) + left_out
        if (source.size or 0) != size or left_out < 0:
            self._wrong(f"{at}.source.size", str(source.size), f"{size} entries are told or counted")
        for index, fact in enumerate(source.facts):
            self._held(fact, f"{at}.source.facts[{index}]")
        stated = [fact.value is not None and fact.reached for fact in source.facts]
        if source.size is not None and not all(stated):
            self._wrong(f"{at}.source", "that it is known", "a list that it comes from is not stated")
        return [self._element(each, every, f"{at}.elements[{i}]") for i, each in enumerate(elements)]

    def _element(self, element: x.Element, every: bool, at: str) -> Truth:
        belongs = Truth.TRUE if element.belongs is None else self.condition(element.belongs, f"{at}.belongs")
        meets = Truth.UNKNOWN if element.condition is None else self.condition(element.condition, f"{at}.condition")
        if element.condition is None and belongs is not Truth.FALSE:
            self._wrong(at, "nothing of the condition", "the entry may belong here")
        follows = kleene(False, (opposite(belongs), meets)) if every else kleene(True, (belongs, meets))
        self._expect(f"{at}.truth", element.truth, follows)
        return element.truth

    def _asked(self, node: x.Asked, at: str) -> Truth:
        way = node.way
        leads = way.value.value if way is not None and way.reached and way.value is not None else None
        if way is not None and leads is not ABSENT and leads != (node.subject.value if node.subject else None):
            self._wrong(f"{at}.way", f"that it leads to {leads}", "somebody else is asked")
        if node.subject is None:
            if node.condition is not None or node.cases:
                self._wrong(at, "what came of it", "it is not known who is asked")
            return Truth.UNKNOWN
        if node.statement.kind != "decision":
            if node.condition is None:
                self._wrong(at, "nothing of what came of it", "it is known who is asked")
                return Truth.UNKNOWN
            return self.condition(node.condition, f"{at}.condition")
        given = self._cases(node.cases, f"{at}.cases")
        others = (opposite(truth) for value, truth in given.items() if value != node.verb)
        return kleene(True, (given.get(node.verb, Truth.FALSE), *others))

    def _compared(self, node: x.Compared, at: str) -> Truth:
        left, right = self.term(node.left, f"{at}.left"), self.term(node.right, f"{at}.right")
        if left is None or right is None:
            return Truth.UNKNOWN
        if node.order:
            if not {*left, *right} <= set(node.order):
                self._wrong(at, "an order", "it lacks one of the values")
                return Truth.UNKNOWN
            left, right = ((node.order.index(low), node.order.index(high)) for low, high in (left, right))
        try:
            return holds_for_all(node.operator, left, right)
        except (TypeError, KeyError):
            self._wrong(at, f"a comparison {node.operator}", "these values cannot be compared so")
            return Truth.UNKNOWN

    # ---- terms -------------------------------------------------------------------------------------------

    def term(self, node: x.Term, at: str) -> tuple[Any, Any] | None:
        """The least and the most that a term may be; None where nothing is known."""
        match node:
            case x.Constant(value) | x.Today(value):
                return value.value, value.value
            case x.FactValue(fact):
                held = self._held(fact, f"{at}.fact")
                return None if held is None else (held, held)
            case x.ParameterValue(value=value) | x.Entry(value):
                return None if value is None else (value.value, value.value)
            case x.Sum() | x.Shifted() | x.Tally():
                return self._computed(node, at)
            case _:
                assert_never(node)

    def _computed(self, node: x.Sum | x.Shifted | x.Tally, at: str) -> tuple[Any, Any] | None:
        try:
            follows = self._ends(node, at)
        except (TypeError, AttributeError):
            self._wrong(at, "a computation", "it cannot be made with these values")
            return None
        said = (node.low.value, node.high.value) if node.low is not None and node.high is not None else None
        self._expect(at, said, follows)
        return said

    def _ends(self, node: x.Sum | x.Shifted | x.Tally, at: str) -> tuple[Any, Any] | None:
        match node:
            case x.Sum(addends=addends):
                parts = [
                    (each.factor.value, self.term(each.term, f"{at}.addends[{i}].term"))
                    for i, each in enumerate(addends)
                ]
                return sum_of(parts)
            case x.Shifted(date, later, period):
                start, length = self.term(date, f"{at}.date"), self.term(period, f"{at}.period")
                if start is None or length is None:
                    return None
                in_days = is_days(period)
                first, last = (
                    moved(day, move if later else -move, in_days) for day, move in zip(start, length, strict=True)
                )
                return first, last
            case x.Tally(source=source, elements=elements):
                truths = self._elements(elements, source, False, 0, at)
                if source.size is None:
                    return None
                return truths.count(Truth.TRUE), len(truths) - truths.count(Truth.FALSE)
            case _:
                assert_never(node)
