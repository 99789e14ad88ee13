"""All states at once: a variable of the solver for each fact of a bounded number of records.

The records of a world are made before anything is asked; the variables of their facts when a condition first reads them. A
fact is a value and whether it is known; in a complete world all facts are known. Names of variables say where a fact
stands, so that two policy sets that have the same words can be asked about one world.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import z3

from sopb_rules.analysis import calendar
from sopb_rules.analysis.logic import Formula, both, either, implies, no
from sopb_rules.model import vocabulary as v
from sopb_rules.states.nodes import Scalar
from sopb_rules.states.scalars import PERIOD_DIGITS, Mistake, read_scalar

#: Beyond this no number can be stated: 30 digits before the point.
_NUMBERS = 10**30
#: Below which numbers of each type can be stated; a share is written with a percent sign, so as a hundred times as much.
_ENDS: Mapping[type, int] = {
    v.Count: _NUMBERS, v.Number: _NUMBERS, v.Money: _NUMBERS, v.Percent: _NUMBERS // 100,
    v.Days: 10**PERIOD_DIGITS, v.Months: 12 * 10**PERIOD_DIGITS,
}  # fmt: skip


@attrs.frozen(eq=False)
class Place:
    """A record that a state may have.

    Args:
        key: its path, which is the same in every world.
        there: where the record exists.
        holder: what contains it, by the fact; None for one that is listed at the top.
        element: whether it is one of a list.
    """

    entity: v.Entity
    key: str
    number: int
    there: Formula
    holder: Place | None = None
    fact: str = ""
    element: bool = False


@attrs.frozen(eq=False)
class Single:
    """A fact with one value: a number, a truth value, a date; the number of a place for a reference."""

    known: Formula
    absent: Formula
    value: Any


@attrs.frozen(eq=False)
class Inner:
    """A contained entity."""

    known: Formula
    absent: Formula
    place: Place


@attrs.frozen(eq=False)
class Elements:
    """A list of records, each with where it is one of them."""

    known: Formula
    places: tuple[tuple[Formula, Place], ...]


Slot = Single | Inner | Elements


class World:
    """The variables of all states that have no more records than `sizes` says.

    Args:
        vocabulary: the words of the records.
        sizes: the most elements of each list: by entity for the lists at the top, by `entity.fact` for those in records.
        complete: whether every fact is known.
        today: the date of the evaluation; any where it is left out.
        beside: another world, so that formulas may speak of states of both.

    Attributes:
        rules: what holds of the variables in every state.
        days: the dates among its variables.
        prefix: of the names of its variables.
        slots: the facts that were read, by place and name of the fact, with the fact; in the order in which they were read.
        judgements: those that stand in for open parameters, by place and key.
    """

    def __init__(
        self,
        vocabulary: v.Vocabulary,
        sizes: Mapping[str, int],
        complete: bool = True,
        today: datetime.date | None = None,
        beside: World | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.complete = complete
        self.ctx: z3.Context = z3.Context() if beside is None else beside.ctx
        self.prefix: str = "" if beside is None else f"{beside.prefix}'"
        self.rules: list[Formula] = []
        self.slots: dict[tuple[Place, str], tuple[v.Fact, Slot]] = {}
        self.judgements: dict[tuple[Place, str], Single] = {}
        self.texts: dict[str, int] = {}
        self.days: list[calendar.Day] = []
        self.places: list[Place] = []
        self._sizes = sizes
        self.today: calendar.Day = self._day("today") if today is None else calendar.fixed(today)
        self.lists: dict[str, Elements] = {}
        for entity in vocabulary.listed():
            known = self._flag(f"{entity.name}?")
            self.lists[entity.name] = self._elements(entity, entity.name, known, True, None, "")

    def size(self, key: str) -> int:
        """The most elements of a list."""
        return self._sizes.get(key, 0)

    def flag(self, name: str) -> Formula:
        """A yes or no of its own."""
        return z3.Bool(self.prefix + name, self.ctx)

    # ---- records -----------------------------------------------------------------------------------------

    def of(self, entity: str) -> Iterator[Place]:
        """All places that a record of an entity may have; those inside others are made where they are not yet."""
        known = self.vocabulary.entities.get(entity)
        if known is None:
            return
        if known.listed:
            yield from (place for _, place in self.lists[entity].places)
            return
        for holder, fact in known.holders:
            for place in self.of(holder.name):
                slot = self.slot(place, fact)
                if isinstance(slot, Inner):
                    yield slot.place
                elif isinstance(slot, Elements):
                    yield from (element for _, element in slot.places)

    def all_known(self, entity: str) -> Formula:
        """That every place which may hold a record of an entity is stated."""
        if self.complete:
            return True
        known = self.vocabulary.entities[entity]
        if known.listed:
            return self.lists[entity].known
        parts: list[Formula] = []
        for holder, fact in known.holders:
            parts.append(self.all_known(holder.name))
            parts += (implies(place.there, self.slot(place, fact).known) for place in self.of(holder.name))
        return both(*parts)

    def _elements(
        self, entity: v.Entity, key: str, known: Formula, inside: Formula, holder: Place | None, fact: str
    ) -> Elements:
        found: list[tuple[Formula, Place]] = []
        before: Formula = True
        for number in range(1, self.size(key if holder is None else f"{holder.entity.name}.{fact}") + 1):
            path = f"{key}[{number}]"
            listed = self.flag(f"{path}?")
            self.rules.append(implies(listed, before))  # the elements that are there come first
            before = listed
            place = Place(entity, path, len(self.places), both(inside, known, listed), holder, fact, True)
            self.places.append(place)
            found.append((listed, place))
        return Elements(known, tuple(found))

    # ---- facts -------------------------------------------------------------------------------------------

    def slot(self, place: Place, fact: v.Fact) -> Slot:
        """What a fact of a record may be."""
        found = self.slots.get((place, fact.name))
        if found is None:
            own = place.entity.facts[fact.name]  # of this vocabulary; the fact may be that of another version
            found = self.slots[place, fact.name] = (own, self._slot(place, own, f"{place.key}.{fact.name}"))
        return found[1]

    def _slot(self, place: Place, fact: v.Fact, key: str) -> Slot:
        known = self._flag(f"{key}?")
        absent: Formula = self.flag(f"{key}!") if fact.optional else False
        match fact.type:
            case v.Contained(entity):
                inner = Place(
                    entity, key, len(self.places), both(place.there, known, no(absent)), place, fact.name, False
                )
                self.places.append(inner)
                return Inner(known, absent, inner)
            case v.ListOf(entity):
                return self._elements(entity, key, known, place.there, place, fact.name)
            case v.Inverse(entity):
                # those that belong elsewhere are told apart by the condition itself
                return Elements(self.all_known(entity.name), tuple((each.there, each) for each in self.of(entity.name)))
            case v.Reference(entity):
                number = z3.Int(self.prefix + key, self.ctx)
                targets = (both(number == each.number, each.there) for each in self.of(entity.name))
                self.rules.append(implies(both(place.there, known, no(absent)), either(*targets)))
                return Single(known, absent, number)
            case _:
                return Single(known, absent, self._value(key, fact.type))

    def judged(self, place: Place, key: str) -> Single:
        """A judgement that stands in for open parameters."""
        if (place, key) not in self.judgements:
            name = f"{place.key}.judgements[{key}]"
            self.judgements[place, key] = Single(self._flag(f"{name}?"), False, self.flag(name))
        return self.judgements[place, key]

    def _flag(self, name: str) -> Formula:
        return True if self.complete else self.flag(name)

    def _value(self, key: str, type_: v.FactType) -> Any:
        match type_:
            case v.YesNo() | v.Judgement():
                return self.flag(key)
            case v.Date():
                return self._day(key)
            case v.Number() | v.Percent() | v.Money():
                real = z3.Real(self.prefix + key, self.ctx)
                end = _ENDS[type(type_)]
                self.rules += (real < end, real > -end)
                return real
            case _:
                number = z3.Int(self.prefix + key, self.ctx)
                most = len(self.values(type_.kind)) if isinstance(type_, v.KindType) else _ENDS.get(type(type_))
                self.rules.append(number >= 0)
                if most is not None:
                    self.rules.append(number < most)
                return number

    def _day(self, key: str) -> calendar.Day:
        day, is_day = calendar.some_day(self.prefix + key, self.ctx)
        self.rules.append(is_day)
        self.days.append(day)
        return day

    # ---- values ------------------------------------------------------------------------------------------

    def values(self, kind: v.Kind) -> tuple[str, ...]:
        """The values of a kind, numbered from 0."""
        return tuple(self.vocabulary.kinds[kind.name].values)

    def text(self, text: str) -> int:
        """The number of a text that policies name; all others have numbers of their own."""
        if text not in self.texts:
            stated = read_scalar(v.Text(), Scalar(text, plain=False), None)
            # what no state can state, like the empty text, is equal to no fact
            self.texts[text] = -1 - len(self.texts) if isinstance(stated, Mistake) else len(self.texts)
        return self.texts[text]
