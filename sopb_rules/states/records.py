"""A checked state: records of entities whose facts are plain slots, so that evaluating reads attributes.

A fact `kind` is the slot ``f_kind``. `None` is unknown (not stated, or stated as unknown), `ABSENT` is stated to be
absent. Values: bool (yes/no, judgement), int (count, periods), Decimal (number, percent, money), date, str (text,
kind), Record (contained, reference), tuple of Records (list). A state is built by `sopb_rules.states.read` only,
which has checked every value against the vocabulary; evaluation relies on that. The slot of an inverse fact stays
`None`: its elements are all records whose reference leads back, and the evaluator compares the references itself.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final
from weakref import WeakKeyDictionary

import attrs

from sopb_rules.model.vocabulary import Contained, Entity, Fact, ListOf, Vocabulary
from sopb_rules.source import Span


class Absence(enum.Enum):
    """The one value `ABSENT`: stated not to be there, which is neither unknown nor false."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absence.ABSENT


@attrs.frozen
class Stated:
    """Where and how a fact was stated.

    Args:
        span: the place in the state file; None for facts that come from Python objects.
        unknown: stated as `unknown`: somebody was asked and could not say.
        by: who judged, for a judgement.
        on: when it was judged, for a judgement.
    """

    span: Span | None = None
    unknown: bool = False
    by: str = ""
    on: datetime.date | None = None


class Record:
    """One entity in a state. Subclasses made by `record_class` add the slots of the facts.

    Attributes:
        id: its id, or "" where it has none.
        holder: the record that contains it, with the fact that does; None at the top of a state.
        index: its place in the list that holds it, from 1; 0 where it is not in a list.
        stated: by fact name, where and how the fact was stated; a fact that is missing here was not stated.
        judged: judgements that stand in for open parameters, by key (``8.3 (a)``).
        judged_stated: by the same keys, where, by whom and when it was judged.
        state: the state it belongs to.
        hypothetical: True for a `blank` record that stands for one that nobody stated.
    """

    entity: ClassVar[Entity]
    fact_slots: ClassVar[tuple[str, ...]] = ()
    __slots__ = (
        "holder",
        "holder_fact",
        "hypothetical",
        "id",
        "index",
        "judged",
        "judged_stated",
        "span",
        "state",
        "stated",
    )

    def __init__(
        self,
        state: State,
        id: str = "",
        holder: Record | None = None,
        holder_fact: Fact | None = None,
        index: int = 0,
        span: Span | None = None,
    ) -> None:
        self.state = state
        self.id = id
        self.holder = holder
        self.holder_fact = holder_fact
        self.index = index
        self.span = span
        self.hypothetical = False
        self.stated: dict[str, Stated] = {}
        self.judged: dict[str, bool | None] = {}
        self.judged_stated: dict[str, Stated] = {}
        for slot in self.fact_slots:
            setattr(self, slot, None)

    def __repr__(self) -> str:
        return f"<{self.path}>"

    def get(self, fact: str) -> Any:
        """The value of a fact: None for unknown, `ABSENT`, or the value."""
        return getattr(self, "f_" + fact)

    @property
    def path(self) -> str:
        """How a person would say where it stands: ``organization[riverside].changes[#2]``."""
        step = f"[{self.id}]" if self.id else f"[#{self.index}]" if self.index else ""
        if self.holder is None or self.holder_fact is None:
            return self.entity.name + step
        inside = step if isinstance(self.holder_fact.type, ListOf) else ""
        return f"{self.holder.path}.{self.holder_fact.name}{inside}"

    @property
    def display(self) -> str:
        """The name that reports print: the fact `name` where there is one, else the id, else the path."""
        name = getattr(self, "f_name", None)
        return name if isinstance(name, str) else self.id or self.path


def record_class(entity: Entity) -> type[Record]:
    """The record class of an entity, with a slot for each fact."""
    slots = tuple("f_" + name for name in entity.facts)
    return type(f"Record_{entity.name}", (Record,), {"__slots__": slots, "entity": entity, "fact_slots": slots})


_CLASSES: WeakKeyDictionary[Vocabulary, Mapping[str, type[Record]]] = WeakKeyDictionary()


def record_classes(vocabulary: Vocabulary) -> Mapping[str, type[Record]]:
    """The record class of each entity, by its name; made once for a vocabulary."""
    classes = _CLASSES.get(vocabulary)
    if classes is None:
        classes = _CLASSES[vocabulary] = {name: record_class(entity) for name, entity in vocabulary.entities.items()}
    return classes


def blank(entity: Entity, holder: Record, fact: Fact) -> Record:
    """The record of which nothing is known that stands for one that may be there but that nobody stated."""
    classes = record_classes(holder.state.vocabulary)
    record = classes[entity.name](holder.state, holder=holder, holder_fact=fact)
    record.hypothetical = True
    return record


@attrs.frozen
class StateFile:
    """A file that a state was read from.

    Args:
        path: its path, as it was named, with slashes.
        digest: the SHA-256 of its bytes.
    """

    path: str
    digest: str


@attrs.define(eq=False, repr=False)
class State:
    """A checked state of the world.

    Args:
        vocabulary: what it was checked against.
        as_of: the date that it states for itself, if any.
        lists: the records of each entity that is listed at the top, in order; None where the state does not list it.
        files: the files that it was read from, in the order in which they were read; none for Python objects.
    """

    vocabulary: Vocabulary
    as_of: datetime.date | None = None
    lists: dict[str, tuple[Record, ...] | None] = attrs.field(factory=dict)
    files: tuple[StateFile, ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 of what it states of its entities, whatever the order and the layout; worked out when asked for."""
        from sopb_rules.states.digest import state_digest

        return state_digest(self)

    def __repr__(self) -> str:
        listed = ", ".join(f"{len(records)} {name}" for name, records in self.lists.items() if records is not None)
        return f"<State {self.as_of or 'without a date'}: {listed or 'nothing listed'}>"

    def records(self, entity: Entity) -> Iterator[Record]:
        """Every record of an entity, wherever it is held, in the order of the state."""
        if entity.listed:
            yield from self.lists.get(entity.name) or ()
            return
        for holder, fact in entity.holders:
            for record in self.records(holder):
                value = record.get(fact.name)
                if isinstance(fact.type, ListOf):
                    yield from value or ()
                elif isinstance(value, Record):
                    yield value

    def all_records(self, entity: Entity) -> tuple[Record, ...] | None:
        """All records of an entity, or None while some place that may hold one is not stated."""
        if entity.listed:
            return self.lists.get(entity.name)
        for holder, fact in entity.holders:
            holders = self.all_records(holder)
            if holders is None or any(record.get(fact.name) is None for record in holders):
                return None
        return tuple(self.records(entity))


def contained(record: Record) -> Iterator[Record]:
    """A record and all that it contains."""
    yield record
    for name, fact in record.entity.facts.items():
        value = record.get(name)
        if isinstance(fact.type, Contained | ListOf) and isinstance(value, Record | tuple):
            for each in value if isinstance(value, tuple) else (value,):
                yield from contained(each)


def own_facts(record: Record) -> Mapping[str, Any]:
    """The facts of a record that are not unknown, by name."""
    return {name: value for name in record.entity.facts if (value := record.get(name)) is not None}
