"""A private copy of a state, in which facts may be set for a trial and taken back.

A state is shared by all who evaluate it, so nothing is ever tried on the state itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from sopb_rules.model.vocabulary import Contained, ListOf, Reference
from sopb_rules.states.records import Record, State, blank, record_classes


class Scratch:
    """The copy of a state, and what was set in it.

    One thread at a time may use it: hold `lock` from the first `set` to the last evaluation.

    Attributes:
        state: the copy.
    """

    def __init__(self, original: State) -> None:
        self.lock = threading.RLock()
        self.state = State(original.vocabulary, original.as_of)
        self._copies: dict[int, Record] = {}
        self._originals: dict[int, Record] = {}
        self._classes = record_classes(original.vocabulary)
        self._trail: list[tuple[Any, str, Any]] = []
        for name, records in original.lists.items():
            copies = records if records is None else tuple(self._copy(each, None) for each in records)
            self.state.lists[name] = copies
        for records in original.lists.values():
            for each in records or ():
                self._link(each)

    def _copy(self, record: Record, holder: Record | None) -> Record:
        copy = self._classes[record.entity.name](
            self.state, record.id, holder, record.holder_fact, record.index, record.span
        )
        self._copies[id(record)], self._originals[id(copy)] = copy, record
        copy.stated, copy.judged_stated = record.stated, record.judged_stated
        copy.judged = dict(record.judged)
        for name, fact in record.entity.facts.items():
            value = record.get(name)
            if isinstance(fact.type, ListOf) and isinstance(value, tuple):
                value = tuple(self._copy(each, copy) for each in value)
            elif isinstance(fact.type, Contained) and isinstance(value, Record):
                value = self._copy(value, copy)
            setattr(copy, f"f_{name}", value)
        return copy

    def _link(self, record: Record) -> None:
        """Let the references of a copy lead to copies."""
        copy = self._copies[id(record)]
        for name, fact in record.entity.facts.items():
            value = record.get(name)
            if isinstance(fact.type, Reference) and isinstance(value, Record):
                setattr(copy, f"f_{name}", self._copies[id(value)])
            elif isinstance(fact.type, ListOf) and isinstance(value, tuple):
                for each in value:
                    self._link(each)
            elif isinstance(fact.type, Contained) and isinstance(value, Record):
                self._link(value)

    def record(self, original: Record) -> Record:
        """The copy of a record; a new one of a record that may not be there."""
        if id(original) in self._copies:
            return self._copies[id(original)]
        assert original.hypothetical
        assert original.holder is not None
        assert original.holder_fact is not None
        copy = blank(original.entity, self.record(original.holder), original.holder_fact)
        copy.index = int(isinstance(original.holder_fact.type, ListOf))  # the first that the list may hold
        return copy

    def original(self, copy: Record) -> Record:
        """What a record is the copy of."""
        return self._originals[id(copy)]

    def set(self, record: Record, fact: str, value: Any) -> None:
        """Let a fact of a copy have a value: as in a slot of a record, None for unknown."""
        self._trail.append((record, f"f_{fact}", record.get(fact)))
        setattr(record, f"f_{fact}", value)

    def judge(self, record: Record, key: str, value: bool | None) -> None:
        """Let a judgement that stands in for an open parameter come to this."""
        self._trail.append((record.judged, key, record.judged.get(key)))
        record.judged[key] = value

    def set_list(self, entity: str, records: tuple[Record, ...] | None) -> None:
        """Let these be all that the state lists of an entity."""
        self._trail.append((self.state.lists, entity, self.state.lists.get(entity)))
        self.state.lists[entity] = records

    @contextmanager
    def trial(self) -> Iterator[None]:
        """What is set inside is taken back at the end."""
        start = len(self._trail)
        try:
            yield
        finally:
            self.undo(start)

    def mark(self) -> int:
        """Where the trail of what was set has come to."""
        return len(self._trail)

    def undo(self, mark: int) -> None:
        """Take back all that was set since `mark`."""
        while len(self._trail) > mark:
            owner, name, value = self._trail.pop()
            if isinstance(owner, dict):
                owner[name] = value
            else:
                setattr(owner, name, value)


_SCRATCHES: WeakKeyDictionary[State, Scratch] = WeakKeyDictionary()


def scratch_of(state: State) -> Scratch:
    """The scratch of a state, made when it is first asked for."""
    found = _SCRATCHES.get(state)
    if found is None:
        found = _SCRATCHES.setdefault(state, Scratch(state))
    return found
