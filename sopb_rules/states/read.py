"""Checking what a state says against the vocabulary: trees become records, with every mistake told at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from collections.abc import Mapping as AbstractMapping

import attrs

from sopb_rules.diagnostics import Code, RulesError, nearest, suggestion
from sopb_rules.model.vocabulary import (
    Contained,
    Entity,
    Fact,
    Inverse,
    Judgement,
    ListOf,
    Reference,
    Text,
    Vocabulary,
)
from sopb_rules.source import Span
from sopb_rules.states.judgements import JudgementKeys, Judgements
from sopb_rules.states.mistakes import Mistakes, Where
from sopb_rules.states.nodes import Mapping, Node, Refused, Scalar, Sequence, a, from_python, quoted, shown
from sopb_rules.states.records import ABSENT, Record, State, Stated, record_classes
from sopb_rules.states.scalars import Mistake, expected, folded, read_date, read_id, read_scalar
from sopb_rules.states.words import WRITE_ABSENT, Word, helped, left_blank, means_none, word_of

#: With more ids than this a did-you-mean would cost more than it helps.
_SUGGESTED_IDS = 1000

#: What every record may say besides its facts.
_RESERVED = ("id", "judgements")


def build_state(
    vocabulary: Vocabulary,
    states: Iterable[object],
    as_of: datetime.date | None = None,
    judgement_keys: JudgementKeys | None = None,
) -> State:
    """The state that several trees or Python objects say together.

    Args:
        states: trees (`sopb_rules.states.nodes.Node`), mappings of the shape of a state file, or single objects of the
            vocabulary's classes, which join the list of their entity. One mapping or object may stand for itself.
        as_of: the date of the state; where it is given, the dates that the trees state are checked and not used.
        judgement_keys: by entity, the keys of judgements that stand in for open parameters, with their questions;
            where it is not given, any key is accepted.

    Raises:
        RulesError: something does not fit the vocabulary; with all mistakes, the first fifty of them in words.
    """
    if isinstance(states, AbstractMapping | str) or not isinstance(states, Iterable):
        states = (states,)
    nodes = [from_python(each) for each in states]
    return check_state(vocabulary, nodes, as_of, judgement_keys, Mistakes())


def check_state(
    vocabulary: Vocabulary,
    nodes: Iterable[Node],
    as_of: datetime.date | None = None,
    judgement_keys: JudgementKeys | None = None,
    mistakes: Mistakes | None = None,
) -> State:
    """Like `build_state`, for trees; `mistakes` holds what was found wrong before.

    Raises:
        RulesError: there is any mistake, found now or before.
    """
    checker = _Checker(vocabulary, judgement_keys, mistakes or Mistakes())
    for node in nodes:
        checker.top(node)
    checker.resolve()
    if checker.mistakes:
        raise RulesError(checker.mistakes.diagnostics())
    if as_of is not None:
        checker.state.as_of = as_of
    return checker.state


@attrs.frozen
class _Pending:
    """A reference that is resolved when all records are known."""

    record: Record
    fact: Fact
    entity: Entity
    id: str
    span: Span | None


class _Checker:
    """Builds one state. A fact that is wrong is told and left unknown, so that checking goes on."""

    def __init__(self, vocabulary: Vocabulary, judgement_keys: JudgementKeys | None, mistakes: Mistakes) -> None:
        self.vocabulary = vocabulary
        self.mistakes = mistakes
        self.classes = record_classes(vocabulary)
        self.state = State(vocabulary, None, {entity.name: None for entity in vocabulary.listed()})
        self.lists: dict[str, list[Record]] = {}
        self.ids: dict[str, dict[str, Record]] = {name: {} for name in vocabulary.entities}
        self.pending: list[_Pending] = []
        self.judgements = Judgements(judgement_keys, mistakes)
        self.dated: Span | None = None
        # Entities of which something is missing through another mistake: a reference to it would be told as a second.
        self.incomplete: set[str] = set(vocabulary.entities) if self.mistakes else set()

    # ---- the top of a state ------------------------------------------------------------------------------

    def top(self, node: Node) -> None:
        """Check one tree and add what it says to the state."""
        match node:
            case Mapping(entries, _, None):
                for key, value in entries:
                    self._entry(key, value)
            case Mapping(_, _, Entity(name=name)) if self._listed(name) is not None:
                self._entry(Scalar(name, True, node.span), Sequence((node,)))
            case Refused():
                self.mistakes.refused(node, "")
            case _:
                right = "a list per entity: " + ", ".join(f"{each.name}:" for each in self.vocabulary.listed())
                found = a(node.entity.name) if isinstance(node, Mapping) and node.entity else shown(node)
                self.mistakes.add(Code.STATE_SHAPE, f"a state cannot be {found}", node.span, expected=right)

    def _listed(self, name: str) -> Entity | None:
        """The entity that a state lists at its top by this name."""
        entity = self.vocabulary.entities.get(name)
        return entity if entity is not None and entity.listed else None

    def _entry(self, key: Scalar, value: Node) -> None:
        name = key.text
        if name == "as_of":
            self._as_of(value)
            return
        entity = self.vocabulary.entities.get(name)
        if entity is None:
            names = ["as_of", *(each.name for each in self.vocabulary.listed())]
            message = f"{quoted(name)} is no entity of the vocabulary"
            self.mistakes.add(Code.STATE_UNKNOWN_ENTITY, message, key.span, help=lambda: suggestion(name, names))
            if (meant := nearest(name, names)) is not None:
                self.incomplete.add(meant)
        elif not entity.listed:
            holder, fact = entity.holders[0]
            message = f"`{name}` cannot be listed at the top of a state"
            help = f"state it inside {holder.name}, as `{fact.name}`"
            self.mistakes.add(Code.STATE_UNKNOWN_ENTITY, message, key.span, help=help)
        else:
            self._list(entity, value)

    def _as_of(self, node: Node) -> None:
        if not isinstance(node, Scalar):
            self.mistakes.shape(node, "as_of", "a date like 2026-11-01")
            return
        date = read_date(node)
        if isinstance(date, Mistake):
            self.mistakes.value(date, node.span, "as_of")
        elif self.state.as_of is None:
            self.state.as_of, self.dated = date, node.span
        elif self.state.as_of != date:
            message = f"the states are of different dates: {self.state.as_of} and {date}"
            help = f"the other date stands at {self.dated}" if self.dated else ""
            self.mistakes.add(Code.STATE_DATES_DIFFER, message, node.span, "as_of", "one date", help)

    def _list(self, entity: Entity, node: Node) -> None:
        if not isinstance(node, Sequence):
            self.incomplete.add(entity.name)
            single = isinstance(node, Mapping)
            help = "put a dash before the first fact of each record" if single else "an empty list is written []"
            self.mistakes.shape(node, entity.name, f"a list of {entity.name} records", help)
            return
        # Lists of several trees are joined, and their records counted on.
        records = self.lists.setdefault(entity.name, [])
        for index, item in enumerate(node.items, len(records) + 1):
            record = self._record(entity, item, None, None, index)
            if record is not None:
                records.append(record)

    def resolve(self) -> None:
        """Lead the references to their records, and close the lists."""
        for name, records in self.lists.items():
            self.state.lists[name] = tuple(records)
        for each in self.pending:
            found = self.ids[each.entity.name].get(each.id)
            if found is not None:
                setattr(each.record, "f_" + each.fact.name, found)
            elif each.entity.name not in self.incomplete:
                self._dangling(each)

    def _dangling(self, each: _Pending) -> None:
        name, ids = each.entity.name, self.ids[each.entity.name]

        def help() -> str:
            if each.fact.optional and means_none(each.id):
                return WRITE_ABSENT
            if len(ids) > _SUGGESTED_IDS:
                return ""
            named = [id for id, record in ids.items() if record.display.casefold() == each.id.casefold()]
            return f"did you mean `{named[0]}`?" if named else suggestion(each.id, ids, f"ids of {name}")

        message = f"there is no {name} with the id {quoted(each.id)}"
        where, right = self._at(each.record, each.fact.name), f"the id of {a(name)} record of this state"
        self.mistakes.add(Code.STATE_DANGLING_REFERENCE, message, each.span, where, right, help)

    # ---- records -----------------------------------------------------------------------------------------

    def _record(
        self, entity: Entity, node: Node, holder: Record | None, holder_fact: Fact | None, index: int
    ) -> Record | None:
        """The record that a mapping states; None, with the mistake told, where it is no mapping."""
        record = self.classes[entity.name](self.state, "", holder, holder_fact, index, node.span)
        if not isinstance(node, Mapping) or (node.entity is not None and node.entity.name != entity.name):
            self.incomplete.add(entity.name)
            found = a(node.entity.name) if isinstance(node, Mapping) and node.entity else ""
            optional = holder_fact is not None and holder_fact.optional
            help = "write `absent` where there is none" if optional else ""
            self.mistakes.shape(node, lambda: record.path, f"the facts of {a(entity.name)}", help, found)
            return None
        self._id(record, node)
        facts = entity.facts
        above: Entity | None = None  # the entity of a fact whose own facts stand beside it instead of inside it
        for index, (key, value) in enumerate(node.entries):
            fact = facts.get(key.text)
            if fact is not None and fact.name not in _RESERVED:
                above = left_blank(fact, value, node.entries[index + 1 :][:1], facts)
                if above is not None:
                    self._outdented(record, fact, value)
                else:
                    self._fact(record, fact, key, value)
            elif above is not None and key.text in above.facts:
                continue
            elif key.text == "judgements":
                self.judgements.substitutes(record, value)
            elif key.text != "id":
                self._unknown_fact(record, key)
        return record

    def _id(self, record: Record, node: Mapping) -> None:
        value = next((value for key, value in node.entries if key.text == "id"), None)
        entity = record.entity
        if value is None:
            if entity.listed:
                self.incomplete.add(entity.name)
                if any(folded(key.text) == "id" for key, _ in node.entries):
                    return  # it is told as the unknown fact `ID`
                message = f"this {entity.name} has no id"
                help = "begin it with `id: ` and a name that no other has"
                self.mistakes.add(Code.STATE_MISSING_ID, message, node.span, lambda: record.path, "an id", help)
            return
        if not isinstance(value, Scalar):
            self.incomplete.add(entity.name)
            self.mistakes.shape(value, lambda: f"{record.path}.id", "a short name like riverside-foundation")
            return
        id = read_id(value)
        if isinstance(id, Mistake):
            self.incomplete.add(entity.name)
            self.mistakes.value(id, value.span, lambda: f"{record.path}.id")
            return
        first = self.ids[entity.name].setdefault(id, record)
        if first is not record:
            message = f"there are two {entity.name} records with the id {quoted(id)}"
            help = f"the first one stands at {first.span}" if first.span else ""
            self.mistakes.add(Code.STATE_DOUBLED_ID, message, value.span, lambda: record.path, "an id of its own", help)
            return
        record.id = id

    def _unknown_fact(self, record: Record, key: Scalar) -> None:
        entity, name = record.entity, key.text

        def help() -> str:
            if name == "as_of":
                return "state it once, at the top: in the first column of a YAML file"
            known = [*_RESERVED, *(each.name for each in entity.facts.values() if not isinstance(each.type, Inverse))]
            for each in known:
                if folded(each) == folded(name):
                    return f"did you mean `{each}`?"
            if nearest(name, known) is None:
                owners = [each.name for each in self.vocabulary.entities.values() if name in each.facts]
                if owners:
                    return f"`{name}` is a fact of {' and of '.join(owners)}"
            return suggestion(name, known)

        message = f"{entity.name} has no fact {quoted(name)}"
        self.mistakes.add(Code.STATE_UNKNOWN_FACT, message, key.span, lambda: record.path, help=help)

    # ---- facts -------------------------------------------------------------------------------------------

    def _fact(self, record: Record, fact: Fact, key: Scalar, node: Node) -> None:
        """Check what is said about one fact and keep it."""
        if isinstance(fact.type, Inverse):
            self._inverse(record, fact, fact.type, key)
            return
        if isinstance(node, Refused):
            self.mistakes.refused(node, self._at(record, fact.name))
            return
        if isinstance(node, Scalar) and (word := word_of(fact, node)) is not None:
            self._said(record, fact, node, word)
            return
        match fact.type:
            case Contained(entity):
                value: object = self._record(entity, node, record, fact, 0)
            case ListOf(entity):
                value = self._elements(record, fact, entity, node)
            case Reference(entity):
                self._reference(record, fact, entity, node)
                return
            case Judgement():
                self.judgements.fact(record, fact, node)
                return
            case type_:
                if not isinstance(node, Scalar):
                    self.mistakes.shape(node, self._at(record, fact.name), expected(type_, self.vocabulary.currency))
                    return
                value = read_scalar(type_, node, self.vocabulary.currency)
                if isinstance(value, Mistake):
                    self.mistakes.value(helped(value, fact, node), node.span, self._at(record, fact.name))
                    return
        if value is not None:
            setattr(record, "f_" + fact.name, value)
            record.stated[fact.name] = Stated(node.span)

    def _said(self, record: Record, fact: Fact, node: Scalar, word: Word) -> None:
        """A word that stands for any value: nobody could say, there is none, or nothing at all."""
        where = self._at(record, fact.name)
        right = self._expected(fact)
        if word == "unknown":
            record.stated[fact.name] = Stated(node.span, unknown=True)
        elif word == "blank":
            help = "leave the fact out where nothing is known, or write `unknown` where somebody was asked"
            self.mistakes.add(Code.STATE_WRONG_VALUE, f"`{fact.name}` has no value", node.span, where, right, help)
        elif fact.optional:
            setattr(record, "f_" + fact.name, ABSENT)
            record.stated[fact.name] = Stated(node.span)
        else:
            message = f"`{fact.name}` cannot be absent: the vocabulary does not call it optional"
            help = "leave the fact out where it is not known"
            if isinstance(fact.type, ListOf):
                message, help = f"the list `{fact.name}` cannot be absent", "an empty list is written []"
            elif isinstance(fact.type, Text) and node.text == "absent":
                help += ", or put the text in quotes"
            self.mistakes.add(Code.STATE_NOT_OPTIONAL, message, node.span, where, right, help)

    def _elements(self, record: Record, fact: Fact, entity: Entity, node: Node) -> tuple[Record, ...] | None:
        if not isinstance(node, Sequence):
            single = isinstance(node, Mapping)
            help = "put a dash before the first fact of each record" if single else "an empty list is written []"
            self.mistakes.shape(node, self._at(record, fact.name), f"a list of {entity.name} records", help)
            return None
        records = (self._record(entity, item, record, fact, index) for index, item in enumerate(node.items, 1))
        return tuple([each for each in records if each is not None])

    def _reference(self, record: Record, fact: Fact, entity: Entity, node: Node) -> None:
        if not isinstance(node, Scalar):
            self.mistakes.shape(node, self._at(record, fact.name), f"the id of {a(entity.name)} record of this state")
            return
        id = read_id(node)
        if isinstance(id, Mistake):
            self.mistakes.value(id, node.span, self._at(record, fact.name))
            return
        record.stated[fact.name] = Stated(node.span)
        self.pending.append(_Pending(record, fact, entity, id, node.span))

    def _outdented(self, record: Record, fact: Fact, node: Node) -> None:
        message = f"`{fact.name}` has no value"
        help = f"indent the lines below it by more spaces than `{fact.name}` itself, if they belong to it"
        right = self._expected(fact)
        self.mistakes.add(Code.STATE_WRONG_VALUE, message, node.span, self._at(record, fact.name), right, help)

    def _inverse(self, record: Record, fact: Fact, type_: Inverse, key: Scalar) -> None:
        other = type_.entity.name
        message = f"`{fact.name}` is not stated: it is worked out from the fact `{type_.by}` of each {other}"
        help = f"state `{type_.by}: {record.id or 'ID'}` in the {other} records that belong here"
        self.mistakes.add(Code.STATE_UNKNOWN_FACT, message, key.span, self._at(record, fact.name), help=help)

    # ---- telling of mistakes -----------------------------------------------------------------------------

    def _expected(self, fact: Fact) -> str:
        match fact.type:
            case Contained(entity):
                right = f"the facts of {a(entity.name)}"
            case ListOf(entity):
                right = f"a list of {entity.name} records"
            case Reference(entity):
                right = f"the id of {a(entity.name)} record"
            case Judgement():
                right = "a judgement with value, by and on"
            case type_:
                right = expected(type_, self.vocabulary.currency)
        return right + ", or absent" if fact.optional else right

    def _at(self, record: Record, name: str) -> Where:
        return lambda: f"{record.path}.{name}"
