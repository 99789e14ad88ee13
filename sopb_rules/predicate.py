"""Predicate objects: norms, their conditions, and what is combined from them in Kleene logic."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.findings.finding import DecisionFinding, Finding
from sopb_rules.model.norms import Decision, Norm
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

    def __and__(self, other: object) -> Predicate:
        return Both(self, other) if isinstance(other, Predicate) else NotImplemented

    def __or__(self, other: object) -> Predicate:
        return Either(self, other) if isinstance(other, Predicate) else NotImplemented

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
        return _subject(self.policies, self.model, f"norm {self.id}", given, as_of)

    def __reduce__(self) -> tuple[Any, ...]:
        return _norm_of, (self.policies, self.id)

    def __repr__(self) -> str:
        return f"<Norm {self.id} ({self.force})>"


def _norm_of(policies: PolicySet, id: str) -> NormPredicate:
    return policies.norm(id)


@attrs.frozen(repr=False)
class DecisionRule:
    """A decision as an object: calling it on a subject gives what it comes to.

    Equal if the policy sets and the names are; immutable, hashable, picklable.
    """

    policies: PolicySet
    model: Decision = attrs.field(eq=lambda decision: decision.name, hash=True)

    @property
    def name(self) -> str:
        """The name that conditions and reports use."""
        return self.model.name

    @property
    def article(self) -> int:
        """The article's number."""
        return self.model.article

    @property
    def values(self) -> tuple[str, ...]:
        """The values that its cases give."""
        return self.model.values

    @property
    def entity(self) -> Entity:
        """What it is about."""
        return self.model.entity

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that its cases read."""
        return self.model.facts

    def __call__(self, subject: Any, as_of: datetime.date | None = None) -> DecisionFinding:
        """What it comes to for a subject, which is given as to a `NormPredicate`.

        Raises:
            RulesError: the data is wrong, there is not exactly one subject, or no date is given.
        """
        record, today = _subject(self.policies, self.model, f"decision {self.name}", subject, as_of)
        return self.policies.decide(self.model, record, today)

    def __reduce__(self) -> tuple[Any, ...]:
        return _decision_of, (self.policies, self.name)

    def __repr__(self) -> str:
        return f"<Decision {self.name}>"


def _decision_of(policies: PolicySet, name: str) -> DecisionRule:
    return policies.decision(name)


def _subject(
    policies: PolicySet, model: Norm | Decision, called: str, given: Any, as_of: datetime.date | None
) -> tuple[Record, datetime.date]:
    """The record and the date that a call is about."""
    entity = model.entity
    if isinstance(given, Record):
        return given, policies.date(given.state, as_of)
    state = given if isinstance(given, State) else policies.state(_shaped(policies, entity, given))
    records = list(state.records(entity))
    if len(records) != 1:
        message = f"{called} is about one {entity.name}, and the state has {len(records)}"
        help = "evaluate the whole state with `policies.evaluate`, or pass one of `state.records(entity)`"
        if not records and not entity.listed:
            help = f"a {entity.name} stands inside {_holders(entity)}: pass that with the {entity.name} in it"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])
    return records[0], policies.date(state, as_of)


def _holders(entity: Entity) -> str:
    """What an entity stands in, from the inside out: ``a party_organization of an organization``."""
    names = []
    while entity.holders:
        entity = entity.holders[0][0]
        names.append(entity.name)
    return " of ".join(f"{'an' if name[0] in 'aeiou' else 'a'} {name}" for name in names)


def _shaped(policies: PolicySet, entity: Entity, given: Any) -> Any:
    """Data that states one subject, put into the shape of a state file.

    Raises:
        RulesError: it states something that stands inside something else, alone.
    """
    listed = [each.name for each in policies.model.vocabulary.listed()]
    if isinstance(given, Mapping):
        if any(key in given for key in (*listed, "as_of")) and "id" not in given:
            return given
        alone = not entity.listed and "id" not in given
    else:
        stated = getattr(type(given), "__sopb_entity__", None)
        alone = isinstance(stated, Entity) and not stated.listed
    if alone:
        message = f"a {entity.name} cannot be evaluated alone, for it stands inside {_holders(entity)}"
        help = f"pass the {_outermost(entity).name} with the {entity.name} in it"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])
    return {_outermost(entity).name: [given]} if isinstance(given, Mapping) or entity.listed else given


def _outermost(entity: Entity) -> Entity:
    """The entity that states list at their top, in which an entity stands."""
    return entity if entity.listed else _outermost(entity.holders[0][0])
