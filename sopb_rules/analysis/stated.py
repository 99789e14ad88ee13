"""What a state says, told to a version of policies and to people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sopb_rules.analysis.decode import Draft, StateDraft
from sopb_rules.model import vocabulary as v
from sopb_rules.states.nodes import Mapping as Tree
from sopb_rules.states.nodes import Node, Scalar, Sequence
from sopb_rules.states.records import Record

_Keys = Mapping[str, Mapping[str, str]]


def without_unknown(node: Tree, vocabulary: v.Vocabulary, keys: _Keys) -> Tree:
    """The tree of a state without what a vocabulary has no words for.

    Args:
        keys: by entity, the keys of judgements that stand in for open parameters.
    """
    entries: list[tuple[Scalar, Node]] = []
    for name, value in node.entries:
        entity = vocabulary.entities.get(name.text)
        if name.text == "as_of":
            entries.append((name, value))
        elif entity is not None and entity.listed and isinstance(value, Sequence):
            entries.append((name, _each(value, entity, keys)))
    return Tree(tuple(entries))


def _each(items: Sequence, entity: v.Entity, keys: _Keys) -> Sequence:
    return Sequence(tuple(_record(item, entity, keys) if isinstance(item, Tree) else item for item in items.items))


def _record(node: Tree, entity: v.Entity, keys: _Keys) -> Tree:
    entries: list[tuple[Scalar, Node]] = []
    for name, value in node.entries:
        fact = entity.facts.get(name.text)
        inner = fact.type.entity if fact is not None and isinstance(fact.type, v.Contained | v.ListOf) else None
        if name.text == "judgements" and isinstance(value, Tree):
            known = keys.get(entity.name, {})
            entries.append((name, Tree(tuple(pair for pair in value.entries if pair[0].text in known))))
        elif inner is not None and isinstance(value, Tree):
            entries.append((name, _record(value, inner, keys)))
        elif inner is not None and isinstance(value, Sequence):
            entries.append((name, _each(value, inner, keys)))
        elif name.text == "id" or fact is not None:
            entries.append((name, value))
    return Tree(tuple(entries))


def given(draft: StateDraft, subject: Record, dated: bool) -> Iterator[str]:
    """All that a state says, each in a few words: of the subject by the names of its facts, of others by their path.

    Args:
        dated: whether the date matters.
    """
    if dated:
        yield f"today is {draft.as_of.isoformat()}"
    said = list(_said(draft, subject))
    yield from (words for own, words in said if own)
    yield from (words for own, words in said if not own)


def _said(draft: StateDraft, subject: Record) -> Iterator[tuple[bool, str]]:
    for name, records in draft.lists.items():
        for record in records:
            yield from _of_record(record, f"{name}[{record.id}]", subject.path)


def _of_record(record: Draft, path: str, subject: str) -> Iterator[tuple[bool, str]]:
    own = path == subject or path.startswith(f"{subject}.")
    above = subject.startswith(f"{path}.")
    prefix = path.removeprefix(subject).removeprefix(".") if own else record.place.entity.name if above else path
    prefix = f"{prefix}." if prefix else ""
    for name, value in record.facts.items():
        below = f"{path}.{name}"
        match value:
            case Draft():
                inner = list(_of_record(value, below, subject))
                yield from inner or [(own, f"{prefix}{name} exists")]
            case list():
                if not value:
                    yield own, f"{prefix}{name} is none"
                for number, each in enumerate(value, 1):
                    at = f"{below}[{each.id or f'#{number}'}]"
                    inner = list(_of_record(each, at, subject))
                    yield from inner or [(own, f"{prefix}{name} has one")]
            case _:
                yield own, f"{prefix}{name} is {_word(value)}"
    for key, value in record.judgements.items():
        yield own, f'{prefix}judgements["{key}"] is {_word(value)}'


def _word(node: Node) -> str:
    """A single value; of a judgement what was judged."""
    if isinstance(node, Tree):
        node = next(value for name, value in node.entries if name.text == "value")
    assert isinstance(node, Scalar)
    return node.text
