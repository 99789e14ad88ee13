"""Checked conditions and terms: every name is an object, every comparison is typed, every read is guarded.

A closed union of frozen nodes; `children` gives the parts of any of them. Words and spans are for readers and
stay out of equality.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from sopb_rules.model.vocabulary import Actor, Contained, Entity, Fact, FactType, Inverse, Kind, ListOf, Reference
from sopb_rules.source import Span

if TYPE_CHECKING:
    from sopb_rules.model.norms import Decision, Definition, Norm, Parameter


@attrs.frozen(eq=False)
class Variable:
    """What a name stands for while a condition is evaluated: the subject, or the element of a list."""

    name: str
    entity: Entity


@attrs.frozen
class Holder:
    """A step up: from an entity to the one that contains it."""

    entity: Entity


@attrs.frozen
class Path:
    """The way from a variable to a fact, through contained entities, references and holders."""

    root: Variable
    steps: tuple[Fact | Holder, ...]
    words: str = attrs.field(eq=False, default="")
    span: Span | None = attrs.field(eq=False, repr=False, default=None)

    @property
    def type(self) -> FactType:
        """The type of what the path leads to."""
        if not self.steps:
            return Contained(self.root.entity)
        last = self.steps[-1]
        return Contained(last.entity) if isinstance(last, Holder) else last.type

    @property
    def fact(self) -> Fact | None:
        """The fact that the path ends with; None where it ends with a variable or a holder."""
        last = self.steps[-1] if self.steps else None
        return last if isinstance(last, Fact) else None

    def owned(self) -> Iterator[tuple[Entity, Fact | Holder]]:
        """The steps, each with the entity that it is taken from."""
        entity = self.root.entity
        for step in self.steps:
            yield entity, step
            if isinstance(step, Holder):
                entity = step.entity
            elif isinstance(step.type, Contained | Reference | ListOf | Inverse):
                entity = step.type.entity


def _words() -> Any:
    return attrs.field(eq=False, default="", kw_only=True)


def _span() -> Any:
    return attrs.field(eq=False, repr=False, default=None, kw_only=True)


# ---- terms --------------------------------------------------------------------------------------------------


@attrs.frozen
class Value:
    """A literal: int, Decimal (numbers, shares, amounts), date, or str (text, kind value)."""

    value: int | Decimal | datetime.date | str
    type: FactType


@attrs.frozen
class Read:
    """The value of a fact."""

    path: Path

    @property
    def type(self) -> FactType:
        """The type of the fact."""
        return self.path.type


@attrs.frozen
class ParameterValue:
    """The value that a parameter has on the date of the evaluation."""

    parameter: Parameter

    @property
    def type(self) -> FactType:
        """The type of the parameter."""
        return self.parameter.type


@attrs.frozen
class Today:
    """The date that the evaluation is asked for."""

    type: FactType


@attrs.frozen
class Linear:
    """A sum of terms, each multiplied by a constant; exact."""

    terms: tuple[tuple[int | Decimal, Term], ...]
    type: FactType


@attrs.frozen
class Shift:
    """A date moved by a period; a day that the month lacks becomes its last day, a year past 9999 ends there.

    Args:
        sign: 1 for later, -1 for earlier.
        period: days or months, by its type.
    """

    date: Term
    sign: int
    period: Term
    type: FactType


@attrs.frozen
class Tally:
    """How many elements of a list meet a condition; between two bounds while some are unknown."""

    source: Path
    variable: Variable
    condition: Condition
    type: FactType


Term = Value | Read | ParameterValue | Today | Linear | Shift | Tally

# ---- conditions ---------------------------------------------------------------------------------------------


@attrs.frozen
class Always:
    """True: the condition of a norm that has no `when`."""


@attrs.frozen
class All:
    """Kleene conjunction; true where it has no parts."""

    parts: tuple[Condition, ...]


@attrs.frozen
class Some:
    """Kleene disjunction; false where it has no parts."""

    parts: tuple[Condition, ...]


@attrs.frozen
class Negation:
    """Kleene negation."""

    part: Condition


@attrs.frozen
class Holds:
    """A yes/no fact or a judgement."""

    path: Path
    words: str = _words()
    span: Span | None = _span()


@attrs.frozen
class Comparison:
    """Two terms of one type compared.

    Args:
        operator: ``==``, ``!=``, ``<``, ``<=``, ``>``, ``>=``.
        order: the ordered kind whose order is meant, for kind values.
    """

    operator: str
    left: Term
    right: Term
    order: Kind | None = None
    words: str = _words()
    span: Span | None = _span()


@attrs.frozen
class Membership:
    """A term is one of some literal values."""

    term: Term
    values: tuple[Any, ...]
    words: str = _words()
    span: Span | None = _span()


@attrs.frozen
class Existence:
    """An optional fact is stated to be there."""

    path: Path
    words: str = _words()
    span: Span | None = _span()


@attrs.frozen
class Quantifier:
    """Some element (`every` is False) or every element of a list meets a condition."""

    every: bool
    source: Path
    variable: Variable
    condition: Condition
    words: str = _words()
    span: Span | None = _span()


@attrs.frozen
class Judged:
    """A comparison with parameters that may be open: while one is, an assessor's judgement stands in for it.

    Args:
        key: the place it stands in, under which the judgement is stated (``8.3 (a)``).
        subject: whose record holds the judgement.
    """

    key: str
    subject: Variable
    question: str
    assessor: Actor
    parameters: tuple[Parameter, ...]
    comparison: Condition
    words: str = _words()
    span: Span | None = _span()


@attrs.frozen
class Defined:
    """A definition, asked of the entity that `subject` leads to."""

    definition: Definition
    subject: Path
    words: str = _words()
    span: Span | None = _span()

    @property
    def target(self) -> Definition:
        """What is asked."""
        return self.definition

    @property
    def variable(self) -> Variable:
        """The variable over which `body` is written."""
        return self.definition.variable

    @property
    def body(self) -> Condition:
        """What it means."""
        return self.definition.condition


@attrs.frozen
class NormIs:
    """``17.4 applies``, ``8.1 is met``, ``8.1 is unmet``."""

    norm: Norm
    verb: str
    subject: Path
    words: str = _words()
    span: Span | None = _span()

    @property
    def target(self) -> Norm:
        """What is asked."""
        return self.norm

    @property
    def variable(self) -> Variable:
        """The variable over which `body` is written."""
        return self.norm.variable

    @property
    def body(self) -> Condition:
        """What it means."""
        satisfied = self.norm.satisfied
        match self.verb:
            case "applies":
                return self.norm.applies
            case "is met":
                return All((self.norm.applies, satisfied))
            case _:
                return All((self.norm.applies, Negation(satisfied)))


@attrs.frozen
class Decided:
    """A decision gives this value and no other."""

    decision: Decision
    value: str
    subject: Path
    words: str = _words()
    span: Span | None = _span()

    @property
    def target(self) -> Decision:
        """What is asked."""
        return self.decision

    @property
    def variable(self) -> Variable:
        """The variable over which `body` is written."""
        return self.decision.variable

    @property
    def body(self) -> Condition:
        """What it means: some case gives the value, and no active case gives another."""
        others = tuple(Negation(self.decision.gives(value)) for value in self.decision.values if value != self.value)
        return All((self.decision.gives(self.value), *others))


Applied = Defined | NormIs | Decided
Condition = (
    Always | All | Some | Negation | Holds | Comparison | Membership | Existence | Quantifier | Judged | Defined | NormIs | Decided
)  # fmt: skip
Node = Condition | Term


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node, in reading order; the body of an applied definition or norm is not one of them."""
    match node:
        case All(parts) | Some(parts):
            return parts
        case Negation(part):
            return (part,)
        case Comparison(_, left, right):
            return (left, right)
        case Membership(term):
            return (term,)
        case Quantifier(condition=condition) | Tally(condition=condition):
            return (condition,)
        case Judged(comparison=comparison):
            return (comparison,)
        case Linear(terms):
            return tuple(term for _, term in terms)
        case Shift(date, _, period):
            return (date, period)
        case _:
            return ()


def of_anybody(node: Applied) -> Applied:
    """What is asked, whoever it is asked of: equal for all uses that have the same body."""
    return attrs.evolve(node, subject=Path(node.variable, ()))


def walk(node: Node, into_applied: bool = True) -> Iterator[Node]:
    """A node and all below it; with `into_applied`, also the bodies of what it refers to, each once."""
    seen: set[Applied] = set()
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(children(current)))
        if into_applied and isinstance(current, Defined | NormIs | Decided):
            what = of_anybody(current)
            if what not in seen:
                seen.add(what)
                stack.append(current.body)


def paths(node: Node) -> Iterator[Path]:
    """The paths that a node reads itself, not through its parts."""
    match node:
        case Holds(path) | Existence(path) | Read(path):
            yield path
        case Quantifier(source=source) | Tally(source=source):
            yield source
        case Defined(subject=subject) | NormIs(subject=subject) | Decided(subject=subject):
            yield subject
        case _:
            pass
