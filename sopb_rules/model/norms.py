"""Checked norms, decisions, definitions, parameters and notes, and the policy set that holds them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property

import attrs

from sopb_rules.model.expressions import (
    All,
    Applied,
    Condition,
    Judged,
    Negation,
    ParameterValue,
    Some,
    Today,
    Variable,
    paths,
    walk,
)
from sopb_rules.model.vocabulary import Actor, Entity, Fact, FactType, Kind, Vocabulary
from sopb_rules.source import Source, Span
from sopb_rules.syntax.tree import Example

#: The forces of duties and of permissions. `must` alone makes a breach.
FORCES = ("must", "must not", "should", "should not", "encouraged", "may")


@attrs.frozen(eq=False)
class Article:
    """A numbered article of the document."""

    number: int
    title: str
    span: Span = attrs.field(repr=False)


@attrs.frozen(eq=False)
class Parameter:
    """A value that the document leaves open, or that changes over time.

    Args:
        values: (first day, value) in the order of days; the first day is `date.min` for a value that always held.
        assessor: whose judgement stands in while no value holds.
        places: where each value is written.
        set_by: who gives each value: the title of measures, or "" for the document.
        from_measures: how many of the values, the first ones, local measures set; the others stand where it is declared.
    """

    name: str
    type: FactType
    label: str
    values: tuple[tuple[datetime.date, int | Decimal | datetime.date | str], ...]
    assessor: Actor | None
    span: Span | None = attrs.field(default=None, repr=False)
    places: tuple[Span, ...] = attrs.field(default=(), repr=False)
    set_by: tuple[str, ...] = attrs.field(default=(), repr=False)
    from_measures: int = attrs.field(default=0, repr=False)

    def on(self, today: datetime.date) -> int | Decimal | datetime.date | str | None:
        """The value that holds on a day; None while the parameter is open."""
        holding = [value for start, value in self.values if start <= today]
        return holding[-1] if holding else None

    def place_on(self, today: datetime.date) -> Span | None:
        """Where the value that holds on a day is written; None while the parameter is open."""
        holding = [place for (start, _), place in zip(self.values, self.places, strict=True) if start <= today]
        return holding[-1] if holding else None

    @property
    def may_be_open(self) -> bool:
        """Whether the document leaves it open on some day; what measures set is no part of the document."""
        return self.given_from != datetime.date.min

    @property
    def given_from(self) -> datetime.date | None:
        """The day from which on the document gives it a value, or None."""
        own = self.values[self.from_measures :]
        return own[0][0] if own else None

    @property
    def always_set(self) -> bool:
        """Whether a value holds on every day, the document's or one of measures."""
        return bool(self.values) and self.values[0][0] == datetime.date.min


@attrs.frozen(eq=False)
class Clause:
    """One separately testable act or condition of a norm.

    Args:
        letter: "" for a clause that stands alone.
        label: the document's words, or the condition's own words where there is no label.
    """

    letter: str
    label: str
    condition: Condition
    span: Span = attrs.field(repr=False)


@attrs.frozen(eq=False, slots=False)
class Norm:
    """A duty (with its clauses), a prohibition (with the forbidden acts) or a permission (with its act and conditions).

    Args:
        text: the sentence that it rests on.
        force: one of `FORCES`.
        word: the document's own force word: `must`, `will`, `is to` for a bare imperative, …
        entity: what it is about; evaluated once for each.
        variable: stands for the subject in all its conditions.
        bearers: who has to act, or may.
        clauses: the acts; exactly one for a permission.
        provided: the conditions under which a permitted act is lawful.
        layer: the name of the measures that say it so, or their title where they have no name; "" for the document.
        tightens: the norm below, which measures make stricter here; None for what stands as it was written first.
    """

    id: str
    article: int
    text: str
    force: str
    word: str
    entity: Entity
    variable: Variable = attrs.field(repr=False)
    bearers: tuple[Actor, ...]
    applies: Condition = attrs.field(repr=False)
    clauses: tuple[Clause, ...] = attrs.field(repr=False)
    provided: tuple[Clause, ...] = attrs.field(repr=False)
    examples: tuple[Example, ...] = attrs.field(repr=False)
    span: Span = attrs.field(repr=False)
    quote_span: Span | None = attrs.field(repr=False)
    layer: str = ""
    tightens: Norm | None = attrs.field(default=None, repr=False)

    @property
    def first(self) -> Norm:
        """The norm as it was written first, before any measures made it stricter."""
        return self if self.tightens is None else self.tightens.first

    @property
    def is_permission(self) -> bool:
        """Whether it permits; all other norms are duties."""
        return self.force == "may"

    @property
    def is_prohibition(self) -> bool:
        """Whether its clauses are forbidden acts."""
        return self.force.endswith(" not")

    @cached_property
    def satisfied(self) -> Condition:
        """A duty's clauses (a prohibition's, each negated); for a permission: not done, or within its conditions."""
        if self.is_permission:
            return Some((Negation(self.act), self.conditions))
        return All(tuple(self.kept(clause) for clause in self.clauses))

    def kept(self, clause: Clause) -> Condition:
        """What it means that a clause is kept: that it holds, or for a forbidden act that it does not."""
        return Negation(clause.condition) if self.is_prohibition else clause.condition

    @property
    def act(self) -> Condition:
        """The act of a permission."""
        return self.clauses[0].condition

    @cached_property
    def conditions(self) -> Condition:
        """The conditions of a permission."""
        return All(tuple(clause.condition for clause in self.provided))

    @property
    def parts(self) -> tuple[Condition, ...]:
        """All conditions of the norm: when it applies, its clauses, its provisos."""
        return (self.applies, *(clause.condition for clause in (*self.clauses, *self.provided)))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that it reads, also through definitions and other norms, in reading order."""
        return facts_of(*self.parts)


@attrs.frozen(eq=False)
class Case:
    """A case of a decision.

    Args:
        overrides: the ids of the cases that it outranks.
    """

    id: str
    value: str
    condition: Condition
    overrides: tuple[str, ...]
    text: str
    span: Span = attrs.field(repr=False)
    quote_span: Span | None = attrs.field(repr=False, default=None)


@attrs.frozen(eq=False, slots=False)
class Decision:
    """Allocates a value of a kind; its cases are unordered and one outranks another only by `overriding`."""

    id: str
    name: str
    label: str
    article: int
    entity: Entity
    variable: Variable = attrs.field(repr=False)
    kind: Kind
    cases: tuple[Case, ...] = attrs.field(repr=False)
    examples: tuple[Example, ...] = attrs.field(repr=False)
    span: Span = attrs.field(repr=False)

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions of its cases."""
        return tuple(case.condition for case in self.cases)

    @property
    def values(self) -> tuple[str, ...]:
        """The values that its cases give, in their order."""
        return tuple(dict.fromkeys(case.value for case in self.cases))

    def active(self, case: Case) -> Condition:
        """A case's condition holds, and no case that outranks it has its condition hold."""
        above = (other.condition for other in self.cases if case.id in other.overrides)
        return All((case.condition, *map(Negation, above)))

    def gives(self, value: str) -> Condition:
        """Some active case gives the value."""
        return Some(tuple(self.active(case) for case in self.cases if case.value == value))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that its cases read."""
        return facts_of(*self.parts)


@attrs.frozen(eq=False)
class Definition:
    """A named condition that several norms use like a yes/no fact of its entity.

    Args:
        id: of the sentence that defines it; "" where the document has none.
    """

    id: str
    name: str
    label: str
    entity: Entity
    variable: Variable = attrs.field(repr=False)
    text: str
    condition: Condition = attrs.field(repr=False)
    examples: tuple[Example, ...] = attrs.field(repr=False)
    span: Span = attrs.field(repr=False)
    quote_span: Span | None = attrs.field(repr=False, default=None)

    @property
    def parts(self) -> tuple[Condition, ...]:
        """Its condition."""
        return (self.condition,)


#: What has conditions, and examples that try them.
Statement = Norm | Decision | Definition


@attrs.frozen(eq=False)
class Note:
    """A sentence with no testable act."""

    id: str
    article: int
    kind: str
    text: str
    span: Span = attrs.field(repr=False)
    quote_span: Span | None = attrs.field(repr=False, default=None)


@attrs.frozen(eq=False)
class Setting:
    """What measures make of a parameter that the document leaves open.

    Args:
        text: the sentence of the measures that settles it, or "".
        layer: the name of the measures, or their title where they have no name.
        again: whether measures below had set it.
    """

    parameter: Parameter
    text: str
    examples: tuple[Example, ...] = attrs.field(repr=False)
    span: Span = attrs.field(repr=False)
    layer: str = ""
    again: bool = False
    quote_span: Span | None = attrs.field(default=None, repr=False)


@attrs.frozen(eq=False)
class Measures:
    """One layer of local measures: they set parameters that are open, add norms, and make norms stricter.

    Args:
        name: what stands in front of the numbers of their norms; "" where they have none.
        base: the name of the policies or of the measures that they are under.
        settings: by the name of the parameter.
        tightened: the ids of the norms that they make stricter, in the order of the measures.
    """

    name: str
    title: str
    base: str
    settings: Mapping[str, Setting]
    tightened: tuple[str, ...]
    span: Span = attrs.field(repr=False)

    @property
    def layer(self) -> str:
        """The name, or the title where they have no name: how norms and settings say whose they are."""
        return self.name or self.title


#: What has the number of a sentence.
Numbered = Norm | Case | Definition | Note


@attrs.frozen(eq=False)
class Interplay:
    """A remark on how sentences go together: a tension, an overlap, a gap or a fallback.

    Args:
        ids: of the norms, cases, definitions and notes that touch each other.
        text: what each of them says and why they touch.
        treatment: how the policies treat it.
    """

    kind: str
    name: str
    ids: tuple[str, ...]
    title: str
    text: str
    treatment: str
    span: Span = attrs.field(repr=False)

    def touches(self, article: int) -> bool:
        """Whether a sentence of the article is among them."""
        return any(article_of(id) == article for id in self.ids)


@attrs.frozen(eq=False, slots=False)
class Policies:
    """A checked policy set: everything in it can be evaluated on any state without an exception.

    Args:
        interplay: by name, in the order of the first sentence of each.
        digest: the SHA-256 of its files, whatever their order.
        norms: by id, in the order of the document; likewise the rest.
        parameters: with the values that measures set.
        measures: the local measures that are in force, the lowest first: each is under the one before.
    """

    vocabulary: Vocabulary
    articles: Mapping[int, Article]
    norms: Mapping[str, Norm]
    decisions: Mapping[str, Decision]
    definitions: Mapping[tuple[str, str], Definition]
    parameters: Mapping[str, Parameter]
    notes: Mapping[str, Note]
    interplay: Mapping[str, Interplay]
    sources: tuple[Source, ...] = attrs.field(repr=False)
    digest: str
    measures: tuple[Measures, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All that has conditions: definitions, norms and decisions."""
        return (*self.definitions.values(), *self.norms.values(), *self.decisions.values())

    @property
    def numbered(self) -> tuple[Numbered, ...]:
        """All that has the number of a sentence: norms, the cases of decisions, numbered definitions, and notes."""
        cases = (case for decision in self.decisions.values() for case in decision.cases)
        definitions = (definition for definition in self.definitions.values() if definition.id)
        return (*self.norms.values(), *cases, *definitions, *self.notes.values())

    @property
    def of_document(self) -> tuple[Numbered, ...]:
        """What has the number of a sentence of the document, as the document says it."""
        firsts = (each.first if isinstance(each, Norm) else each for each in self.numbered)
        return tuple(each for each in firsts if not layer_of(each.id))

    @cached_property
    def referred(self) -> Mapping[Statement, frozenset[Statement]]:
        """By statement: those that it refers to, also through others."""
        return {
            each: frozenset(node.target for part in each.parts for node in walk(part) if isinstance(node, Applied))
            for each in self.statements
        }

    @cached_property
    def judgement_keys(self) -> Mapping[str, Mapping[str, str]]:
        """By entity: the keys under which judgements that stand in for open parameters are stated, with their questions."""
        keys: dict[str, dict[str, str]] = {}
        for root in (*self.conditions(), *self._conditions_below()):
            for node in walk(root, into_applied=False):
                if isinstance(node, Judged):
                    keys.setdefault(node.subject.entity.name, {})[node.key] = node.question
        return keys

    @property
    def asked_judgements(self) -> Mapping[str, Mapping[str, str]]:
        """The judgement keys that are still asked for: on some day one of the parameters of their place is open."""
        asked = {
            (node.subject.entity.name, node.key)
            for root in self.conditions()
            for node in walk(root, into_applied=False)
            if isinstance(node, Judged) and not all(parameter.always_set for parameter in node.parameters)
        }
        return {
            entity: {key: question for key, question in keys.items() if (entity, key) in asked}
            for entity, keys in self.judgement_keys.items()
        }

    def _conditions_below(self) -> Iterator[Condition]:
        """Those of norms that measures made stricter: what was judged in them may still be stated."""
        for norm in self.norms.values():
            below = norm.tightens
            while below is not None:
                yield from below.parts
                below = below.tightens

    def measures_of(self, layer: str) -> Measures | None:
        """The measures that norms and settings name; None for the document."""
        return next((each for each in self.measures if each.layer == layer), None)

    def conditions(self) -> Iterator[Condition]:
        """Every condition of the set, each written once."""
        for statement in self.statements:
            yield from statement.parts


def facts_of(*conditions: Condition) -> tuple[Fact, ...]:
    """The facts that conditions read, each once, in reading order."""
    facts = (
        step
        for condition in conditions
        for node in walk(condition)
        for path in paths(node)
        for step in path.steps
        if isinstance(step, Fact)
    )
    return tuple(dict.fromkeys(facts))


def parameters_of(*conditions: Condition) -> tuple[Parameter, ...]:
    """The parameters that conditions read, each once, also through definitions and other norms."""
    nodes = (node for condition in conditions for node in walk(condition))
    return tuple(dict.fromkeys(node.parameter for node in nodes if isinstance(node, ParameterValue)))


def depend_on_date(*conditions: Condition) -> bool:
    """Whether a truth depends on the date of the evaluation: through `today`, or through a parameter with dates."""
    nodes = (node for condition in conditions for node in walk(condition))
    return any(
        isinstance(node, Today)
        or (isinstance(node, ParameterValue) and any(start > datetime.date.min for start, _ in node.parameter.values))
        for node in nodes
    )


def sentence_of(id: str) -> str:
    """The number of the sentence that an id rests on: ``8.10`` for ``8.10`` and for ``8.10/2``."""
    return id.partition("/")[0]


def layer_of(id: str) -> str:
    """The name of the measures that an id has in front: ``riverside`` for ``riverside:2.1``, "" for ``8.1``."""
    return id.rpartition(":")[0]


def is_number(name: str) -> bool:
    """Whether a name in an outcome is the number of a norm: ``8.1`` and ``riverside:2.1``, and not ``leading_body``."""
    return name[:1].isdigit() or ":" in name


def article_of(id: str) -> int:
    """The article of the document that an id belongs to; 0 for what measures add."""
    return 0 if ":" in id else int(sentence_of(id).split(".")[0][:9])


def sort_key(id: str) -> tuple[str, tuple[int, ...], int]:
    """The order of ids: ``8.2`` before ``8.10`` before ``8.10/2`` before all that measures add."""
    sentence, _, part = id.partition("/")
    layer, _, number = sentence.rpartition(":")
    return layer, tuple(map(int, number.split("."))), int(part or 1)
