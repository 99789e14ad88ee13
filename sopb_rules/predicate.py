"""Predicate objects: norms, their conditions, and what is combined from them in Kleene logic."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.findings.finding import Finding
from sopb_rules.model.norms import Norm
from sopb_rules.model.vocabulary import Actor, Entity, Fact
from sopb_rules.predicates.evaluate import Environment, truth
from sopb_rules.predicates.truth import Truth
from sopb_rules.states.records import Record, State

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet


class Predicate:
    """Something that is true, false or unknown of a subject on a date. Combine with ``&``, ``|`` and ``~``."""

    __slots__ = ()

    def truth(self, subject: Any, as_of: datetime.date | None = None) -> Truth:
        """The truth for a subject: a record, a state with one subject, or data that states one (see `NormPredicate`)."""
        raise NotImplementedError

    def __bool__(self) -> bool:
        raise TypeError(
            "a predicate is neither true nor false; ask it of a subject: predicate(subject), and combine with &, | and ~"
        )

    def __and__(self, other: Predicate) -> Predicate:
        return Both(self, other)

    def __or__(self, other: Predicate) -> Predicate:
        return Either(self, other)

    def __invert__(self) -> Predicate:
        return Opposite(self)


@attrs.frozen
class Both(Predicate):
    """Kleene conjunction."""

    left: Predicate
    right: Predicate

    def truth(self, subject: Any, as_of: datetime.date | None = None) -> Truth:
        """False if one is false, else unknown if one is unknown, else true."""
        return self.left.truth(subject, as_of) & self.right.truth(subject, as_of)

    __call__ = truth


@attrs.frozen
class Either(Predicate):
    """Kleene disjunction."""

    left: Predicate
    right: Predicate

    def truth(self, subject: Any, as_of: datetime.date | None = None) -> Truth:
        """True if one is true, else unknown if one is unknown, else false."""
        return self.left.truth(subject, as_of) | self.right.truth(subject, as_of)

    __call__ = truth


@attrs.frozen
class Opposite(Predicate):
    """Kleene negation."""

    part: Predicate

    def truth(self, subject: Any, as_of: datetime.date | None = None) -> Truth:
        """True and false change places; unknown stays."""
        return ~self.part.truth(subject, as_of)

    __call__ = truth


@attrs.frozen
class ConditionPredicate(Predicate):
    """One of the two truth values of a norm: that it applies, or that it is satisfied."""

    norm: NormPredicate
    part: str

    def truth(self, subject: Any, as_of: datetime.date | None = None) -> Truth:
        """The truth of the condition for a subject."""
        record, today = self.norm.subject(subject, as_of)
        model = self.norm.model
        condition = model.applies if self.part == "applies" else model.satisfied
        return Truth.of(truth(condition, Environment({model.variable: record}, today)))

    __call__ = truth


@attrs.frozen(repr=False)
class NormPredicate(Predicate):
    """A norm as a predicate object: calling it on a subject gives a finding, its truth is that it is complied with.

    A norm is complied with where it does not apply or is satisfied; a permission, where it is not exceeded.
    Equal if the policy sets and the ids are; immutable, hashable, picklable.
    """

    policies: PolicySet
    model: Norm = attrs.field(eq=lambda norm: norm.id, hash=True)

    @property
    def id(self) -> str:
        """The id, made of article, sentence, and the number of the norm in the sentence."""
        return self.model.id

    @property
    def text(self) -> str:
        """The sentence that it rests on."""
        return self.model.text

    @property
    def article(self) -> int:
        """The article's number."""
        return self.model.article

    @property
    def force(self) -> str:
        """The deontic force."""
        return self.model.force

    @property
    def bearers(self) -> tuple[Actor, ...]:
        """Who has to act, or may."""
        return self.model.bearers

    @property
    def entity(self) -> Entity:
        """What it is about."""
        return self.model.entity

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that it reads, also through definitions and other norms."""
        return self.model.facts

    @property
    def applies(self) -> Predicate:
        """That the norm applies."""
        return ConditionPredicate(self, "applies")

    @property
    def satisfied(self) -> Predicate:
        """That its clauses are kept; of a permission, that it is not used or used within its conditions."""
        return ConditionPredicate(self, "satisfied")

    def __call__(self, subject: Any, as_of: datetime.date | None = None) -> Finding:
        """The finding for a subject.

        Args:
            subject: a `Record`; a `State` with exactly one subject of this norm; an object or a mapping that states one
                subject; or a mapping shaped like a state file with exactly one.
            as_of: the date of the evaluation; the state's own where it is left out.

        Raises:
            RulesError: the data is wrong, there is not exactly one subject, or no date is given.
        """
        record, today = self.subject(subject, as_of)
        return self.policies.find(self.model, record, today)

    def truth(self, subject: Any, as_of: datetime.date | None = None) -> Truth:
        """Whether the norm is complied with."""
        return (~self.applies | self.satisfied).truth(subject, as_of)

    def subject(self, given: Any, as_of: datetime.date | None) -> tuple[Record, datetime.date]:
        """The record and the date that a call is about."""
        if isinstance(given, Record):
            return given, self.policies.date(given.state, as_of)
        state = given if isinstance(given, State) else self.policies.state(self._shaped(given))
        records = list(state.records(self.model.entity))
        if len(records) != 1:
            message = f"norm {self.id} is about one {self.model.entity.name}, and the state has {len(records)}"
            help = "evaluate the whole state with `policies.evaluate`, or pass one of `state.records(norm.entity)`"
            raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])
        return records[0], self.policies.date(state, as_of)

    def _shaped(self, given: Any) -> Any:
        """Data that states one subject, put into the shape of a state file."""
        listed = [entity.name for entity in self.policies.model.vocabulary.listed()]
        if (
            isinstance(given, Mapping)
            and any(key in given for key in (*listed, "as_of"))
            and not self._is_subject(given)
        ):
            return given
        return {self.model.entity.name: [given]} if self.model.entity.listed else given

    def _is_subject(self, given: Mapping[Any, Any]) -> bool:
        return "id" in given

    def __reduce__(self) -> tuple[Any, ...]:
        return _norm_of, (self.policies, self.id)

    def __repr__(self) -> str:
        return f"<Norm {self.id} ({self.force})>"


def _norm_of(policies: PolicySet, id: str) -> NormPredicate:
    return policies.norm(id)
