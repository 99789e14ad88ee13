"""The checked vocabulary: roles, kinds, entities and their facts, as objects that refer to each other.

Entities refer to each other in circles, so they and their facts compare by identity; within one policy set
there is exactly one object for a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from sopb_rules.source import Span


@attrs.frozen(eq=False)
class Role:
    """Somebody who acts or assesses and of whom no facts are stated."""

    name: str
    label: str
    span: Span | None = attrs.field(default=None, repr=False)


@attrs.frozen(eq=False)
class Kind:
    """A closed list of values; an ordered kind lists them from low to high.

    Args:
        values: name to label, in the order of the vocabulary.
    """

    name: str
    label: str
    values: Mapping[str, str]
    ordered: bool
    span: Span | None = attrs.field(default=None, repr=False)

    def rank(self, value: str) -> int:
        """The place of a value in the order, from 0 (low)."""
        return list(self.values).index(value)


# ---- the types of facts -------------------------------------------------------------------------------------


@attrs.frozen
class YesNo:
    """True or false."""


@attrs.frozen
class Count:
    """A whole number from 0 up."""


@attrs.frozen
class Number:
    """An exact decimal."""


@attrs.frozen
class Percent:
    """An exact share: 40% is the decimal 0.4."""


@attrs.frozen
class Money:
    """An exact amount in the vocabulary's currency."""


@attrs.frozen
class Date:
    """A calendar date from 0001-01-01 to 9999-12-31."""


@attrs.frozen
class Days:
    """A period in days (a whole number)."""


@attrs.frozen
class Months:
    """A period in months (a whole number; a year counts as 12)."""


@attrs.frozen
class Text:
    """A text, of which only the identity counts."""


@attrs.frozen
class KindType:
    """One of the values of a kind."""

    kind: Kind


@attrs.frozen
class Contained:
    """An entity that is part of another and is stated inside it."""

    entity: Entity


@attrs.frozen
class Reference:
    """An entity that is listed elsewhere in the state and named by its id."""

    entity: Entity


@attrs.frozen
class ListOf:
    """A list of contained entities; a list that is stated is complete."""

    entity: Entity


@attrs.frozen
class Inverse:
    """All listed entities whose reference `by` names this one; computed from the state, never stated."""

    entity: Entity
    by: str

    @property
    def reference(self) -> Fact:
        """The reference fact of the listed entities that leads back here."""
        return self.entity.facts[self.by]


@attrs.frozen
class Judgement:
    """A yes/no fact that only the assessor may state, with who and when."""

    assessor: Actor


FactType = (
    YesNo | Count | Number | Percent | Money | Date | Days | Months | Text
    | KindType | Contained | Reference | ListOf | Inverse | Judgement
)  # fmt: skip


@attrs.frozen(eq=False)
class Fact:
    """Something that can be stated of an entity.

    Args:
        name: the name in policies and state files.
        type: what can be stated.
        label: the label or question that reports print; the name with spaces where the vocabulary has none.
        optional: whether the fact may be stated to be absent.
        act: whether a bearer can bring it about by acting.
    """

    name: str
    type: FactType
    label: str
    optional: bool = False
    act: bool = False
    span: Span | None = attrs.field(default=None, repr=False)

    @property
    def assessor(self) -> Actor | None:
        """Who alone may state it, for a judgement."""
        return self.type.assessor if isinstance(self.type, Judgement) else None


@attrs.frozen(eq=False)
class Entity:
    """A sort of thing that norms are about.

    Args:
        facts: its facts by name. Filled once while the vocabulary is resolved, since entities refer to each other.
        holders: the (entity, fact) pairs that contain it; empty for an entity that is listed at the top of a state.
        position: its index in the vocabulary's tuple of entities.
    """

    name: str
    label: str
    facts: dict[str, Fact] = attrs.field(factory=dict, repr=False)
    holders: list[tuple[Entity, Fact]] = attrs.field(factory=list, repr=False)
    position: int = 0
    span: Span | None = attrs.field(default=None, repr=False)

    @property
    def listed(self) -> bool:
        """Whether it is listed at the top of a state: no other entity contains it."""
        return not self.holders


#: Who acts or assesses: somebody of whom nothing is stated, or an entity.
Actor = Role | Entity


def called(actor: Actor) -> str:
    """Who acts or assesses, as a sentence says it: the label of a role is its whole name, an entity is `the` such one."""
    return actor.label if isinstance(actor, Role) else f"the {actor.label}"


@attrs.frozen(eq=False)
class Vocabulary:
    """Everything that can be named.

    Args:
        classified: the force of `will` and `is to` (the bare imperative), as the preamble classifies them.
    """

    name: str
    title: str
    version: str
    currency: str | None
    classified: Mapping[str, str]
    roles: Mapping[str, Role]
    kinds: Mapping[str, Kind]
    entities: Mapping[str, Entity]

    def listed(self) -> Iterator[Entity]:
        """The entities that a state lists at its top, in the order of the vocabulary."""
        return (entity for entity in self.entities.values() if entity.listed)
