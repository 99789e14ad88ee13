"""Findings: a verdict on one norm, or one decision, for one subject, with all that an auditor asks for.

The outcome is there from the start; what only an explanation needs is computed when somebody asks, and then kept.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from sopb_rules.completions import Turn, missing_facts, outcomes
from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.predicates.evaluate import Environment, evaluate_decision, norm_outcome, truth
from sopb_rules.predicates.relevance import Held, Reading, facts_read, readings
from sopb_rules.predicates.truth import Truth
from sopb_rules.predicates.verdicts import DecisionOutcome, Outcome, Verdict
from sopb_rules.states.records import Absence, Record

if TYPE_CHECKING:
    from sopb_rules.completions.changes import Changes
    from sopb_rules.findings.explanation import Explanation
    from sopb_rules.findings.why_not import WhyNot


@attrs.frozen
class Subject:
    """Whom a finding is about.

    Args:
        entity: the entity's name.
        id: its id, or "" where it has none.
        path: where it stands in the state: ``organization[riverside].changes[#1]``.
        display: the name that reports print.
    """

    entity: str
    id: str
    path: str
    display: str

    @classmethod
    def of(cls, record: Record) -> Subject:
        """The subject that a record is."""
        return cls(record.entity.name, record.id, record.path, record.display)


@attrs.frozen
class ClauseFinding:
    """One clause of a norm.

    Args:
        letter: "" for a clause that stands alone.
        label: the document's words for it.
        part: `act` for what has to be done or may be done, `provided` for the conditions of a permission.
        truth: whether it is kept; for a forbidden act, that it is not done.
    """

    letter: str
    label: str
    part: str
    truth: Truth


@attrs.frozen
class FactFinding:
    """A fact that made a verdict so, or a parameter whose value did.

    Args:
        path: the fact's path in the state; the name of a parameter.
        label: what it says, in the vocabulary's words.
        value: the stated value; `ABSENT` where it was stated to be absent.
        where: file, line and column where it was stated or set, or "".
        by: who judged, for a judgement.
        on: when it was judged.
    """

    path: str
    label: str
    value: Any
    where: str
    by: str = ""
    on: datetime.date | None = None


@attrs.frozen
class MissingFact:
    """A fact or judgement that is unknown and could still change the verdict.

    Args:
        path: the fact's path in the state.
        question: what to ask.
        assessor: who alone may answer, for a judgement; "" for a fact.
        asked: stated as unknown: it was asked and nobody could say.
        turn: two completions of the state that differ in it alone and come to different outcomes; None where the search
            for them met its bound.
    """

    path: str
    question: str
    assessor: str
    asked: bool
    turn: Turn | None = attrs.field(default=None, eq=False, repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {"path": self.path, "question": self.question, "assessor": self.assessor, "asked": self.asked}


@attrs.frozen
class CaseFinding:
    """A case of a decision, for one subject.

    Args:
        holds: whether its condition holds.
        active: whether it holds and no case that outranks it does.
        outranked_by: the cases that hold and outrank it.
        text: the sentence that it rests on.
    """

    case: str
    value: str
    holds: Truth
    active: Truth
    outranked_by: tuple[str, ...]
    text: str

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        told = {"holds": self.holds.value, "active": self.active.value, "outranked_by": list(self.outranked_by)}
        return {"case": self.case, "value": self.value, **told, "text": self.text}


M = TypeVar("M", Norm, Decision)
R = TypeVar("R", Outcome, DecisionOutcome)


#: What a norm or a decision may come to for a record, by whichever evaluator.
PossibleFunction = Callable[[Any, Record], frozenset[Any]]


def _by_reference(today: datetime.date) -> PossibleFunction:
    """The reference evaluator."""

    def possible(model: Norm | Decision, record: Record) -> frozenset[Any]:
        if isinstance(model, Norm):
            return frozenset(norm_outcome(model, record, today).possible)
        return evaluate_decision(model, record, today).possible

    return possible


class _ForSubject(Generic[M, R]):
    """What all findings have: what was evaluated, for whom, on which date, and the outcome."""

    model: M
    outcome: R

    def __init__(
        self, model: M, record: Record, as_of: datetime.date, outcome: R, possible: PossibleFunction | None = None
    ) -> None:
        self.model = model
        self.record = record
        self.as_of = as_of
        self.outcome = outcome
        self._possible = possible

    def __bool__(self) -> bool:
        raise TypeError("a finding is neither true nor false; compare its verdict: finding.verdict is Verdict.MET")

    @cached_property
    def subject(self) -> Subject:
        """Whom it is about."""
        return Subject.of(self.record)

    @cached_property
    def _environment(self) -> Environment:
        return Environment({self.model.variable: self.record}, self.as_of)

    def _may_come_to(self, record: Record) -> frozenset[Any]:
        return (self._possible or _by_reference(self.as_of))(self.model, record)

    @property
    def comes_to(self) -> frozenset[Any]:
        """What the completions of the state come to: like `possible`, without what only looks possible.

        A condition like ``members is at least 3 or members is fewer than 5`` is unknown while `members` is, since each of its
        parts is; and yet it holds whatever is stated.
        """
        return self._completed[0]

    @property
    def comes_to_exactly(self) -> bool:
        """Whether `comes_to` is exact; False where the search for completions met a bound, and it is as wide as `possible`."""
        return self._completed[1]

    @cached_property
    def _completed(self) -> tuple[frozenset[Any], bool]:
        if len(self.outcome.possible) == 1:
            return frozenset(self.outcome.possible), True
        return outcomes(self.model, self.record, self.as_of, self._may_come_to)

    def changes(self, *wanted: Verdict | str, most: int = 12) -> Changes:
        """What would change it: the smallest sets of changes of facts by which it comes to another outcome.

        Args:
            wanted: the verdicts (of a decision, the values, ``no_case`` or ``conflict``) to come to, or their words; where none
                is given, all that it does not come to now.
            most: how many sets are looked for, for each of them.

        Raises:
            RulesError: it cannot come to what is wanted, whatever is stated.
        """
        from sopb_rules.completions.changes import changes
        from sopb_rules.completions.goals import outcomes_of

        known = outcomes_of(self.model)
        by_word = {each.value if isinstance(each, Verdict) else each: each for each in known}
        asked = [each.value if isinstance(each, Verdict) else each for each in wanted]
        if unheard := [each for each in asked if each not in by_word]:
            message = f"{self.model.id} cannot come to {unheard[0]}"
            raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=f"it can come to {', '.join(by_word)}")])
        others = [each for each in known if frozenset({each}) != self.outcome.possible]
        return changes(self.model, self.record, self.as_of, [by_word[each] for each in asked] or others, most)

    @cached_property
    def missing(self) -> tuple[MissingFact, ...]:
        """The facts and judgements that can still change what it comes to, and no others.

        For each there are two completions of the state that differ in it alone and come to different outcomes.
        """
        if len(self.comes_to) == 1:
            return ()
        found = missing_facts(self.model, self.record, self.as_of, self._may_come_to)
        return tuple(_missing_fact(each.reading, each.turn) for each in found)


class Finding(_ForSubject[Norm, Outcome]):
    """A verdict on a norm for one subject on a date."""

    @property
    def norm(self) -> str:
        """The norm's id."""
        return self.model.id

    @property
    def article(self) -> int:
        """The article's number; 0 for a norm that measures add."""
        return self.model.article

    @property
    def layer(self) -> str:
        """The name of the measures that add or tighten the norm; "" where the document speaks."""
        return self.model.layer

    @property
    def text(self) -> str:
        """The sentence that the norm rests on."""
        return self.model.text

    @property
    def place(self) -> str:
        """File, line and column of the norm."""
        return str(self.model.span)

    @property
    def force(self) -> str:
        """The deontic force: must, must not, should, should not, encouraged, may."""
        return self.model.force

    @property
    def word(self) -> str:
        """The document's own force word."""
        return self.model.word

    @property
    def bearers(self) -> tuple[str, ...]:
        """Who has to act, or may, as the vocabulary names them."""
        return tuple(bearer.name for bearer in self.model.bearers)

    @property
    def bearer(self) -> str:
        """The bearers' labels, as a report prints them."""
        return " and ".join(bearer.label for bearer in self.model.bearers)

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.outcome.verdict

    @property
    def possible(self) -> frozenset[Verdict]:
        """The verdicts that stating more facts could still lead to; the verdict alone where it is settled."""
        return self.outcome.possible

    @cached_property
    def applies(self) -> Truth:
        """Whether the norm applies."""
        return Truth.of(truth(self.model.applies, self._environment))

    @cached_property
    def clauses(self) -> tuple[ClauseFinding, ...]:
        """Each labelled clause with its truth."""
        norm, env = self.model, self._environment
        acts = (ClauseFinding(c.letter, c.label, "act", Truth.of(truth(norm.kept(c), env))) for c in norm.clauses)
        provisos = (
            ClauseFinding(c.letter, c.label, "provided", Truth.of(truth(c.condition, env))) for c in norm.provided
        )
        return (*acts, *provisos)

    @cached_property
    def facts(self) -> tuple[FactFinding, ...]:
        """The facts that made the verdict so."""
        return tuple(map(_fact_finding, facts_read(self.model, self._environment)))

    def explain(self) -> Explanation:
        """Why it came to its verdict, as a tree that follows the norm's words."""
        from sopb_rules.findings.explain import explain_norm

        return explain_norm(self)

    def why_not(self, expected: Verdict | str) -> WhyNot:
        """What stands against a verdict that was expected, which may be given by its word.

        Raises:
            RulesError: a norm of this kind cannot have that verdict.
        """
        from sopb_rules.findings.why_not import asked_verdict, why_not_norm

        return why_not_norm(self, asked_verdict(self.model, expected) if isinstance(expected, str) else expected)

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain data, by the published schema."""
        return {
            "norm": self.norm,
            "article": self.article,
            **({"layer": self.model.layer} if self.model.layer else {}),
            "subject": attrs.asdict(self.subject),
            "bearer": list(self.bearers),
            "force": self.force,
            "word": self.word,
            "verdict": self.verdict.value,
            "possible": sorted(verdict.value for verdict in self.possible),
            "applies": self.applies.value,
            "clauses": [{**attrs.asdict(clause), "truth": clause.truth.value} for clause in self.clauses],
            "facts": [_fact_as_dict(fact) for fact in self.facts],
            "missing": [each.as_dict() for each in self.missing],
            "text": self.text,
            "place": self.place,
        }

    def __repr__(self) -> str:
        return f"<Finding {self.norm} {self.verdict.value} for {self.record.path}>"


class DecisionFinding(_ForSubject[Decision, DecisionOutcome]):
    """What a decision comes to for one subject on a date."""

    @property
    def decision(self) -> str:
        """The decision's name."""
        return self.model.name

    @property
    def verdict(self) -> Verdict:
        """decided, unknown, no_case or conflict."""
        return self.outcome.verdict

    @property
    def value(self) -> str | None:
        """The value that it gives, if it gives one."""
        return self.outcome.value

    @property
    def article(self) -> int:
        """The article's number."""
        return self.model.article

    @property
    def possible(self) -> frozenset[str]:
        """The values that stating more facts could still lead to, and `no_case` and `conflict` where they could come out."""
        return self.outcome.possible

    @cached_property
    def cases(self) -> tuple[CaseFinding, ...]:
        """Each case: whether it holds, and by which it is outranked."""
        decision, env = self.model, self._environment
        holds = {case.id: truth(case.condition, env) for case in decision.cases}
        above = {case.id: tuple(o.id for o in decision.cases if case.id in o.overrides) for case in decision.cases}
        return tuple(
            CaseFinding(
                case.id,
                case.value,
                Truth.of(holds[case.id]),
                Truth.of(truth(decision.active(case), env)),
                tuple(id for id in above[case.id] if holds[id]),
                case.text,
            )
            for case in decision.cases
        )

    @property
    def basis(self) -> tuple[CaseFinding, ...]:
        """The cases that it rests on: those that are active, one where it is decided, several where they collide."""
        return tuple(case for case in self.cases if case.active is Truth.TRUE)

    @cached_property
    def facts(self) -> tuple[FactFinding, ...]:
        """The facts that made it so."""
        env = self._environment
        found = dict.fromkeys(
            each for gives in map(self.model.gives, self.model.values) for each in readings(gives, env)
        )
        return tuple(_fact_finding(each) for each in found if not each.unknown)

    def explain(self) -> Explanation:
        """Why it came to its value, as a tree that follows the words of its cases."""
        from sopb_rules.findings.explain import explain_decision

        return explain_decision(self)

    def why_not(self, expected: Verdict | str) -> WhyNot:
        """What stands against a value that was expected, or against `NO_CASE` or `CONFLICT`.

        Raises:
            RulesError: the decision cannot come to that.
        """
        from sopb_rules.findings.why_not import why_not_decision

        return why_not_decision(self, expected)

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain data, by the published schema."""
        return {
            "decision": self.decision,
            "id": self.model.id,
            "article": self.article,
            "subject": attrs.asdict(self.subject),
            "value": self.value,
            "verdict": self.verdict.value,
            "possible": sorted(self.outcome.possible),
            "cases": [case.as_dict() for case in self.cases],
            "facts": [_fact_as_dict(fact) for fact in self.facts],
            "missing": [each.as_dict() for each in self.missing],
        }

    def __repr__(self) -> str:
        return f"<DecisionFinding {self.decision} {self.value or self.verdict.value} for {self.record.path}>"


# ---- readings as people see them ----------------------------------------------------------------------------


def _fact_finding(reading: Reading | Held) -> FactFinding:
    if isinstance(reading, Held):
        return FactFinding(reading.parameter.name, reading.parameter.label, reading.value, str(reading.place or ""))
    stated = reading.stated
    return FactFinding(reading.path, reading.label, reading.value, str(stated.span or ""), stated.by, stated.on)


def _missing_fact(reading: Reading, turn: Turn | None) -> MissingFact:
    asked = reading.stated.unknown
    if reading.judged is not None:
        return MissingFact(reading.path, reading.judged.question, v.called(reading.judged.assessor), asked, turn)
    fact = reading.fact
    if fact is None:
        return MissingFact(reading.path, f"Which are all the entries of {reading.name}?", "", False, turn)
    return MissingFact(reading.path, _question(fact), v.called(fact.assessor) if fact.assessor else "", asked, turn)


def _question(fact: v.Fact) -> str:
    """The fact's own question, or one made from its label."""
    if fact.label.endswith("?"):
        return fact.label
    match fact.type:
        case v.YesNo() | v.Judgement():
            return f"{fact.label}: is it so?"
        case v.ListOf():
            return f"{fact.label}: which are they, all of them?"
        case v.Date():
            return f"{fact.label}: on which date?"
        case _ if fact.optional:
            return f"{fact.label}: is there one?"
        case _:
            return f"{fact.label}: what is it?"


def plain(value: Any) -> Any:
    """A value of a state as plain data for JSON: exact decimals and dates as texts."""
    match value:
        case None | bool() | int() | str():
            return value
        case Absence():
            return value.value
        case Decimal():
            return format(value, "f")
        case datetime.date():
            return value.isoformat()
        case Record():
            return value.id or value.path
        case tuple():
            return [plain(each) for each in value]
        case _:
            return str(value)


def _fact_as_dict(fact: FactFinding) -> Mapping[str, Any]:
    return {**attrs.asdict(fact, recurse=False), "value": plain(fact.value), "on": plain(fact.on)}
