"""From what the solver found to a state: a draft of a state file, of which parts can be left out again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import attrs
import z3

from sopb_rules.analysis import calendar
from sopb_rules.analysis.logic import Formula, holds_in
from sopb_rules.analysis.solve import decimal
from sopb_rules.analysis.world import Elements, Inner, Place, Single, World
from sopb_rules.model import vocabulary as v
from sopb_rules.states.nodes import Mapping, Node, Scalar, Sequence
from sopb_rules.states.records import Record, State
from sopb_rules.states.writing import absent, judgement, written


@attrs.define(eq=False)
class Draft:
    """A record of a state that is being made up.

    Args:
        place: the place of the world that it is at.
        facts: what is stated, by name; single values, records and lists of records.
    """

    place: Place
    id: str = ""
    facts: dict[str, Node | Draft | list[Draft]] = attrs.field(factory=dict)
    judgements: dict[str, Node] = attrs.field(factory=dict)

    def node(self) -> Mapping:
        """The record as a tree."""
        entries: list[tuple[Scalar, Node]] = [(_word("id"), Scalar(self.id, False))] if self.id else []
        for name, value in self.facts.items():
            match value:
                case Draft():
                    entries.append((_word(name), value.node()))
                case list():
                    entries.append((_word(name), Sequence(tuple(each.node() for each in value))))
                case _:
                    entries.append((_word(name), value))
        if self.judgements:
            keys = tuple((_word(key), node) for key, node in self.judgements.items())
            entries.append((_word("judgements"), Mapping(keys)))
        return Mapping(tuple(entries))


@attrs.define(eq=False)
class StateDraft:
    """A state that is being made up."""

    as_of: datetime.date
    lists: dict[str, list[Draft]]

    def node(self) -> Mapping:
        """The tree of the state file."""
        entries: list[tuple[Scalar, Node]] = [(_word("as_of"), Scalar(self.as_of.isoformat(), True))]
        for name, drafts in self.lists.items():
            entries.append((_word(name), Sequence(tuple(draft.node() for draft in drafts))))
        return Mapping(tuple(entries))

    def records(self) -> Iterator[Draft]:
        """All records, those that contain others first."""
        stack = [draft for drafts in reversed(self.lists.values()) for draft in reversed(drafts)]
        while stack:
            draft = stack.pop()
            yield draft
            for value in draft.facts.values():
                stack += [value] if isinstance(value, Draft) else value if isinstance(value, list) else []


def decode(world: World, model: z3.ModelRef) -> StateDraft:
    """The state that a model of the solver stands for."""
    return _Decoder(world, model).state()


class _Decoder:
    def __init__(self, world: World, model: z3.ModelRef) -> None:
        self.world = world
        self.model = model
        self.today = self._date(world.today)
        self.texts = {number: text for text, number in world.texts.items()}
        facts = (fact for entity in world.vocabulary.entities.values() for fact in entity.facts.values())
        self.referred = {fact.type.entity.name for fact in facts if isinstance(fact.type, v.Reference)}
        self.slots: dict[Place, list[tuple[v.Fact, Any]]] = {}
        for (place, _), pair in world.slots.items():
            self.slots.setdefault(place, []).append(pair)

    def state(self) -> StateDraft:
        lists: dict[str, list[Draft]] = {}
        for name, elements in self.world.lists.items():
            if self._holds(elements.known):  # also one without elements: what it may hold would else be unknown
                lists[name] = self._elements(elements)
        return StateDraft(self.today, lists)

    def _elements(self, elements: Elements) -> list[Draft]:
        return [self._record(place) for there, place in elements.places if self._holds(there)]

    def _record(self, place: Place) -> Draft:
        named = place.element or place.entity.name in self.referred
        draft = Draft(place, _id(place) if named else "")
        order = list(place.entity.facts)
        for fact, slot in sorted(self.slots.get(place, ()), key=lambda pair: order.index(pair[0].name)):
            if not isinstance(fact.type, v.Inverse) and self._holds(slot.known):
                draft.facts[fact.name] = self._fact(fact, slot)
        for (owner, key), single in self.world.judgements.items():
            if owner is place and self._holds(single.known):
                value = self._holds(single.value)
                draft.judgements[key] = judgement(value, "the assessor", self.today)
        return draft

    def _fact(self, fact: v.Fact, slot: Single | Inner | Elements) -> Node | Draft | list[Draft]:
        if isinstance(slot, Elements):
            return self._elements(slot)
        if self._holds(slot.absent):
            return absent()
        if isinstance(slot, Inner):
            return self._record(slot.place)
        value = slot.value
        match fact.type:
            case v.Judgement(assessor):
                by = assessor.label.strip() or assessor.name  # a label may be empty
                return judgement(self._holds(value), by, self.today)
            case v.YesNo():
                return written(fact.type, self._holds(value))
            case v.Date():
                return written(fact.type, self._date(value))
            case v.Reference():
                return Scalar(_id(self.world.places[self._number(value)]), False)
            case v.KindType(kind):
                return written(fact.type, self.world.values(kind)[self._number(value)])
            case v.Text():
                number = self._number(value)
                return written(fact.type, self.texts.get(number, f"text {number}"))
            case v.Number() | v.Percent() | v.Money():
                exact = decimal(self.model.eval(value, model_completion=True))
                return written(fact.type, exact, self.world.vocabulary.currency)
            case _:
                return written(fact.type, self._number(value))

    def _holds(self, formula: Formula) -> bool:
        return holds_in(self.model, formula)

    def _number(self, number: Any) -> int:
        return number if isinstance(number, int) else int(self.model.eval(number, model_completion=True).as_long())

    def _date(self, day: calendar.Day) -> datetime.date:
        return datetime.date(self._number(day.year), self._number(day.month) + 1, self._number(day.day))


def _id(place: Place) -> str:
    """The id of a record that needs one: an element of a list, or what a reference may lead to."""
    return f"{place.entity.name.replace('_', '-')}-{place.number + 1}"


def _word(text: str) -> Scalar:
    return Scalar(text, True)


def record_at(state: State, place: Place) -> Record | None:
    """The record of a state that stands where a place of the world is."""
    if place.holder is None:
        candidates = state.lists.get(place.entity.name)
    else:
        holder = record_at(state, place.holder)
        value = None if holder is None else holder.get(place.fact)
        candidates = value if isinstance(value, tuple) else (value,) if isinstance(value, Record) else None
    if candidates is None:
        return None
    if not place.element:
        return candidates[0] if candidates else None
    return next((each for each in candidates if each.id == _id(place)), None)
