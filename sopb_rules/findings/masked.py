"""Subjects, facts and missing facts as plain data in which masked values stand nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from sopb_rules.findings.finding import FactFinding, MissingFact, plain
from sopb_rules.findings.masks import JUDGEMENTS, Masks
from sopb_rules.model.vocabulary import ListOf
from sopb_rules.states.records import Record, State

#: What stands in place of a masked value.
MARK = "***"

_JUDGED = '.judgements["'


@attrs.frozen
class _Place:
    """A place in a state, as it is shown.

    Args:
        path: the path to show.
        label: the label to show instead of the fact's own, or "".
        masked: whether the value there is masked.
    """

    path: str
    label: str = ""
    masked: bool = False


class Masked:
    """Writes what findings on one state say, with `MARK` where something is masked.

    Attributes:
        used: what was masked since this was emptied: names of the vocabulary (``organization.name``), and ``people``.
    """

    def __init__(self, masks: Masks, state: State) -> None:
        self.masks = masks
        self.used: set[str] = set()
        self._records = _by_path(state) if masks else {}

    def subject(self, record: Record) -> dict[str, Any]:
        """Whom a finding is about."""
        entity = record.entity.name
        return {"entity": entity, "id": self._id(record), "path": self._path(record), "display": self._display(record)}

    def facts(self, facts: Iterable[FactFinding]) -> list[dict[str, Any]]:
        """The facts that made a finding so."""
        return _once(map(self._fact, facts))

    def missing(self, facts: Iterable[MissingFact]) -> list[dict[str, Any]]:
        """The facts that could still change it."""
        return _once(map(self._missing, facts))

    def _fact(self, fact: FactFinding) -> dict[str, Any]:
        place = self._place(fact.path)
        if place.masked:
            value, by, on = MARK, fact.by and MARK, fact.on and MARK
        else:
            value, by, on = self._value(fact.value), fact.by and self._person(fact.by), plain(fact.on)
        return {"path": place.path, "label": place.label or fact.label, "value": value, "by": by, "on": on}

    def _missing(self, fact: MissingFact) -> dict[str, Any]:
        place = self._place(fact.path)
        question = place.label or fact.question
        return {"path": place.path, "question": question, "assessor": fact.assessor, "asked": fact.asked}

    def _person(self, name: str) -> str:
        return self._mark("people") if self.masks.people else name

    def _mark(self, used: str) -> str:
        self.used.add(used)
        return MARK

    # ---- records -----------------------------------------------------------------------------------------

    def _path(self, record: Record) -> str:
        """Like `Record.path`."""
        step = f"[{self._id(record)}]" if record.id else f"[#{record.index}]" if record.index else ""
        if record.holder is None or record.holder_fact is None:
            return record.entity.name + step
        inside = step if isinstance(record.holder_fact.type, ListOf) else ""
        return f"{self._path(record.holder)}.{record.holder_fact.name}{inside}"

    def _id(self, record: Record) -> str:
        if record.id and record.entity.name in self.masks.ids:
            return self._mark(f"{record.entity.name}.id")
        return self._covered(record) if record.id else ""

    def _covered(self, record: Record, shown: str | None = None) -> str:
        """A text, unless it stands inside something that is masked; the id where none is given."""
        cover = self.masks.cover(record)
        if cover is not None:
            return self._mark(f"{cover[0].entity.name}.{cover[1]}")
        return record.id if shown is None else shown

    def _display(self, record: Record) -> str:
        """Like `Record.display`."""
        name = getattr(record, "f_name", None)
        if not isinstance(name, str):
            return self._id(record) or self._path(record)
        if self.masks.hides(record, "name"):
            return self._mark(f"{record.entity.name}.name")
        return self._covered(record, name)

    def _value(self, value: Any) -> Any:
        """Like `plain`."""
        match value:
            case Record():
                return self._id(value) or self._path(value)
            case tuple():
                return [self._value(each) for each in value]
            case _:
                return plain(value)

    # ---- paths of findings -------------------------------------------------------------------------------

    def _place(self, path: str) -> _Place:
        """The place of a fact, of a judgement, of a list at the top of a state, or of a parameter, by its path."""
        if not self.masks or ("." not in path and "[" not in path):
            return _Place(path)
        head, rest = self._split(path)
        record = self._records.get(head)
        if record is None:  # two places have the same path, and one of them may be masked
            return _Place(self._mark("path"), MARK, True)
        name = JUDGEMENTS if rest.startswith(_JUDGED) else rest.split(".")[1]
        cover = self.masks.cover(record)
        if cover is not None:
            record, name = cover
        if cover is None and not self.masks.hides(record, name):
            return _Place(self._path(record) + rest)
        self._mark(f"{record.entity.name}.{name}")
        if name == JUDGEMENTS:
            return _Place(self._path(record) + rest, "", True)
        return _Place(f"{self._path(record)}.{name}", record.entity.facts[name].label, True)

    def _split(self, path: str) -> tuple[str, str]:
        """The path of the record that a fact belongs to, and the rest; of the nearest one, where that may not be there."""
        head = path[: path.rindex(_JUDGED)] if path.endswith('"]') and _JUDGED in path else path.rpartition(".")[0]
        while head not in self._records and "." in head:
            head = head.rpartition(".")[0]
        return head, path[len(head) :]


def _by_path(state: State) -> Mapping[str, Record | None]:
    """The records of a state by their paths; None for a path that two of them have."""
    found: dict[str, Record | None] = {}
    for record in _all(state):
        found[record.path] = None if record.path in found else record
    return found


def _all(state: State) -> Iterator[Record]:
    return (record for entity in state.vocabulary.entities.values() for record in state.records(entity))


def _once(parts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each part once: what is masked as a whole is told for each thing inside it."""
    found: list[dict[str, Any]] = []
    for part in parts:
        if part not in found:
            found.append(part)
    return found
