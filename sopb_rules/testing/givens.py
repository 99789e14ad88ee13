"""From the givens of an example to a state: the same tree that a state file would give, with places in the policy file.

The subject gets an id, what holds it is stated around it, and what it refers to is listed. Nothing else is stated, so
everything that an example does not say is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.model import vocabulary as v
from sopb_rules.model.expressions import Holder, Variable
from sopb_rules.model.norms import Policies
from sopb_rules.model.scope import Scope
from sopb_rules.source import Span
from sopb_rules.states.nodes import Mapping, Node, Scalar, Sequence
from sopb_rules.states.read import build_state
from sopb_rules.states.records import Record, State
from sopb_rules.syntax import tree as t

#: The id of the entity that an example is about.
SUBJECT_ID = "example"


@attrs.define(eq=False)
class _Draft:
    """A record that is being stated."""

    entity: v.Entity
    id: str = ""
    facts: dict[str, Node | _Draft | list[_Draft]] = attrs.field(factory=dict)
    judgements: dict[str, Node] = attrs.field(factory=dict)
    span: Span | None = None

    def node(self) -> Mapping:
        """The record as a tree."""
        entries: list[tuple[Scalar, Node]] = [(_word("id"), Scalar(self.id, False))] if self.id else []
        for name, value in self.facts.items():
            entries.append((_word(name, getattr(value, "span", None) or self.span), _node(value)))
        if self.judgements:
            keys = tuple((_word(key, node.span), node) for key, node in self.judgements.items())
            entries.append((_word("judgements"), Mapping(keys)))
        return Mapping(tuple(entries), self.span)


class Givens:
    """Builds the state of one example about an entity."""

    def __init__(self, policies: Policies, entity: v.Entity, example: t.Example, where: str) -> None:
        self.policies = policies
        self.where = where
        self.example = example
        self.today: t.Constant | None = None
        self._lists: dict[str, list[_Draft]] = {}
        self._chain: list[_Draft] = []
        self._stated: dict[tuple[int, str], Span] = {}
        self._diagnostics: list[Diagnostic] = []
        self._subject = self._place(entity)
        self._scope = Scope(Variable(entity.name, entity), where)

    def state(self) -> tuple[State, Record]:
        """The state, and the record of the subject.

        Raises:
            RulesError: a given is wrong, with its place in the policy file.
        """
        self._state_all(self._subject, self.example.givens)
        if self._diagnostics:
            raise RulesError(self._diagnostics)
        top: list[tuple[Scalar, Node]] = []
        if self.today is not None:
            top.append((_word("as_of"), Scalar(self.today.text, True, self.today.span)))
        for name, drafts in self._lists.items():
            top.append((_word(name), Sequence(tuple(draft.node() for draft in drafts))))
        keys = self.policies.judgement_keys
        try:
            state = build_state(self.policies.vocabulary, [Mapping(tuple(top))], judgement_keys=keys)
        except RulesError as error:
            raise RulesError([attrs.evolve(each, where=self.where) for each in error.diagnostics]) from None
        for record in state.records(self._subject.entity):
            if record.id == SUBJECT_ID:
                return state, record
        message = f"the {self._subject.entity.label} that the example is about is not in what is given"
        help = "leave out what says that it is absent, or that something else stands in its place"
        raise RulesError([Diagnostic(Code.EXAMPLE, message, self.example.title.span, where=self.where, help=help)])

    # ---- where things are stated -------------------------------------------------------------------------

    def _place(self, entity: v.Entity) -> _Draft:
        """A draft of the subject, inside drafts of what holds it, listed at the top."""
        draft = _Draft(entity, SUBJECT_ID, span=self.example.span)
        inner = draft
        self._chain.append(draft)
        while inner.entity.holders:
            holder_entity, fact = inner.entity.holders[0]
            holder = _Draft(holder_entity, f"{SUBJECT_ID}-{holder_entity.name}", span=self.example.span)
            holder.facts[fact.name] = [inner] if isinstance(fact.type, v.ListOf) else inner
            self._chain.append(holder)
            inner = holder
        self._lists[inner.entity.name] = [inner]
        return draft

    def _state_all(self, draft: _Draft, items: Iterable[t.GivenItem]) -> None:
        for item in items:
            match item:
                case t.GivenToday(date):
                    self.today = date
                case t.GivenJudgement():
                    self._judge(item)
                case t.Given(path, value):
                    self._state(draft, path, value, item.span)
                case t.GivenRecords(path, records):
                    self._state_records(draft, path, records, item.span)

    def _judge(self, item: t.GivenJudgement) -> None:
        keys = self.policies.judgement_keys
        owner = next((draft for draft in self._chain if item.key in keys.get(draft.entity.name, {})), self._chain[0])
        owner.judgements[item.key] = _judgement("yes" if item.value else "no", item.span)

    def _open(self, draft: _Draft, path: t.Path) -> tuple[_Draft, v.Fact] | None:
        """The draft and the fact that a path ends with; what lies between is stated to be there."""
        names = list(path.names)
        roots = self._scope.roots()
        if draft is self._subject and names[0].text in roots and names[0].text not in draft.entity.facts:
            _, steps = roots[names[0].text]
            draft = self._chain[sum(isinstance(step, Holder) for step in steps)]
            names = names[1:]
            if not names:
                self._error(Code.EXAMPLE, f"`{path.text}` is an entity and no fact", path.span)
                return None
        for name in names:
            fact = draft.entity.facts.get(name.text)
            if fact is None:
                help = suggestion(name.text, draft.entity.facts, f"facts of {draft.entity.name}")
                self._error(Code.UNKNOWN_NAME, f"{draft.entity.name} has no fact `{name.text}`", name.span, help)
                return None
            if name is names[-1]:
                return draft, fact
            inner = self._enter(draft, fact, name.span)
            if inner is None:
                return None
            draft = inner
        return None

    def _enter(self, draft: _Draft, fact: v.Fact, span: Span, id: str = "") -> _Draft | None:
        """The draft that a contained entity or a reference leads to, made where it is not there yet."""
        current = draft.facts.get(fact.name)
        match fact.type:
            case v.Contained(entity):
                if not isinstance(current, _Draft):
                    if current is not None:
                        self._error(Code.EXAMPLE, f"`{fact.name}` is stated in two ways", span)
                        return None
                    current = draft.facts[fact.name] = _Draft(entity, span=span)
                return current
            case v.Reference(entity):
                listed = self._lists.setdefault(entity.name, []) if entity.listed else []
                id = id or (current.text if isinstance(current, Scalar) else f"{SUBJECT_ID}-{fact.name}")
                draft.facts[fact.name] = Scalar(id, False, span)
                for each in listed:
                    if each.id == id:
                        return each
                listed.append(_Draft(entity, id, span=span))
                return listed[-1]
            case _:
                self._error(Code.WRONG_TYPE, f"`{fact.name}` has no facts of its own", span)
                return None

    # ---- values ------------------------------------------------------------------------------------------

    def _state(self, draft: _Draft, path: t.Path, value: t.Literal | str, span: Span) -> None:
        if (opened := self._open(draft, path)) is None:
            return
        owner, fact = opened
        if (earlier := self._stated.get((id(owner), fact.name))) is not None:
            self._error(Code.EXAMPLE, f"`{path.text}` is stated twice", span, f"the other one stands at {earlier}")
            return
        self._stated[id(owner), fact.name] = span
        is_entity = isinstance(fact.type, v.Contained | v.Reference)
        match value:
            case "exists" if is_entity:
                self._enter(owner, fact, span)
            case "exists":
                self._error(Code.EXAMPLE, f"`{path.text}` exists with a value", span, f"write `{path.text} is …`")
            case "none":
                self._state_records(owner, t.Path(path.names[-1:], span=path.span), (), span)
            case "absent" | "unknown" if isinstance(owner.facts.get(fact.name), _Draft):
                self._error(Code.EXAMPLE, f"`{path.text}` is stated in two ways", span)
            case "absent" | "unknown":
                owner.facts[fact.name] = Scalar(value, True, span)
            case t.Constant("text", text) if isinstance(fact.type, v.Reference):
                self._enter(owner, fact, span, text)
            case t.Constant() | t.Word():
                owner.facts[fact.name] = _literal(value, fact)

    def _state_records(
        self, draft: _Draft, path: t.Path, records: tuple[tuple[t.GivenItem, ...], ...], span: Span
    ) -> None:
        if (opened := self._open(draft, path)) is None:
            return
        owner, fact = opened
        if not isinstance(fact.type, v.ListOf | v.Inverse):
            self._error(Code.WRONG_TYPE, f"`{path.text}` is not a list", span, "state it as `… is …`")
            return
        if isinstance(fact.type, v.Inverse) and not fact.type.entity.listed:
            message = f"`{path.text}` cannot be stated here, because {fact.type.entity.name} is part of another entity"
            self._error(Code.EXAMPLE, message, span)
            return
        drafts = [_Draft(fact.type.entity, span=span) for _ in records]
        if isinstance(fact.type, v.Inverse):
            listed = self._lists.setdefault(fact.type.entity.name, [])
            for each in drafts:
                each.id = f"{fact.type.entity.name}-{len(listed) + 1}"
                each.facts[fact.type.by] = Scalar(owner.id, False, span)
                listed.append(each)
        else:
            owner.facts[fact.name] = drafts
        for each, items in zip(drafts, records, strict=True):
            self._state_all(each, items)

    def _error(self, code: Code, message: str, span: Span, help: str = "") -> None:
        self._diagnostics.append(Diagnostic(code, message, span, where=self.where, help=help))


def _literal(value: t.Literal, fact: v.Fact) -> Node:
    match value:
        case t.Word(text) if isinstance(fact.type, v.Judgement):
            return _judgement(text, value.span)
        case t.Word(text):
            return Scalar(text, True, value.span)
        case t.Constant(form, text, unit=unit):
            return Scalar(f"{text} {unit}".strip(), form != "text", value.span)


def _judgement(value: str, span: Span) -> Mapping:
    """A judgement as an example states it: by the assessor, on some day before any other."""
    parts = {"value": Scalar(value, True, span), "by": Scalar("the assessor", False), "on": Scalar("0001-01-01", True)}
    return Mapping(tuple((_word(name, span), node) for name, node in parts.items()), span)


def _node(value: Node | _Draft | list[_Draft]) -> Node:
    if isinstance(value, _Draft):
        return value.node()
    if isinstance(value, list):
        return Sequence(tuple(each.node() for each in value))
    return value


def _word(text: str, span: Span | None = None) -> Scalar:
    return Scalar(text, True, span)
