"""Where something can be stated: a fact of a record, a judgement that stands in for a parameter, a list of the state."""

from __future__ import annotations

import re

import attrs

from sopb_rules.model.vocabulary import Entity, Fact
from sopb_rules.states.records import Record, State

_JUDGED = re.compile(r'(?P<path>.*)\.judgements\["(?P<key>[^"\]]*)"\]', re.DOTALL)


@attrs.frozen
class Place:
    """A place in a state.

    Args:
        record: whose fact or judgement it is; None for a list at the top of the state.
        of: the fact; the key of a judgement; the entity that the state lists.
    """

    record: Record | None
    of: Fact | str | Entity

    @property
    def path(self) -> str:
        """The place, as findings name it."""
        match self.of:
            case Fact(name=name):
                return f"{self._holder}.{name}"
            case Entity(name=name):
                return name
            case key:
                return f'{self._holder}.judgements["{key}"]'

    @property
    def _holder(self) -> str:
        assert self.record is not None
        return self.record.path

    @property
    def steps(self) -> tuple[str | int, ...]:
        """The way to it in the tree of a state: names, and indices from 0."""
        match self.of:
            case Fact(name=name):
                return (*way_to(self.record), name)
            case Entity(name=name):
                return (name,)
            case key:
                return (*way_to(self.record), "judgements", key)


def way_to(record: Record | None) -> tuple[str | int, ...]:
    """The way from the top of a state to a record that it states."""
    assert record is not None
    if record.holder is None or record.holder_fact is None:
        return (record.entity.name, record.index - 1)
    step = (record.index - 1,) if record.index else ()
    return (*way_to(record.holder), record.holder_fact.name, *step)


def root_of(record: Record) -> Record:
    """The listed record that a record is or is part of."""
    while record.holder is not None:
        record = record.holder
    return record


class Places:
    """Finds the places of one state by the paths that findings give them."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._records = {
            record.path: record for entity in state.vocabulary.entities.values() for record in state.records(entity)
        }

    def find(self, path: str) -> Place:
        """The place of a path that a finding names as missing; such a place is always of a record that is stated."""
        entity = self.state.vocabulary.entities.get(path)
        if entity is not None and entity.listed:
            return Place(None, entity)
        if (match := _JUDGED.fullmatch(path)) is not None and match["path"] in self._records:
            return Place(self._records[match["path"]], match["key"])
        holder, _, name = path.rpartition(".")
        record = self._records[holder]
        return Place(record, record.entity.facts[name])
