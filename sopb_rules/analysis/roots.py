"""What changes of statements come from: a definition, a parameter or a word of the vocabulary that they rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import attrs

from sopb_rules.analysis.changes import Change, ParameterChange, WordChange
from sopb_rules.analysis.matching import Match, called, kind_of
from sopb_rules.analysis.merged import touched
from sopb_rules.analysis.rewording import same_text
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Note


def with_roots(
    changes: Iterable[tuple[Match, Change]], parameters: Iterable[ParameterChange], words: Iterable[WordChange]
) -> Iterator[Change]:
    """The changes, each with what it comes from where the statement itself is written as before."""
    changes = list(changes)
    named = {f"parameter `{each.name}`" for each in parameters if not each.sort.equivalent}
    named |= {f"vocabulary `{each.name}`" for each in words if each.meaning}
    turned = {
        id(match.new): _name(match) for match, change in changes if not change.equivalent and not _by_others(match)
    }
    for match, change in changes:
        if change.equivalent or change.words or not _by_others(match):
            yield change
        else:
            yield attrs.evolve(change, through=tuple(dict.fromkeys(_roots(match, turned, named))))


def _by_others(match: Match) -> bool:
    """Whether a statement is written as before."""
    one, other = match.old, match.new
    if one is None or other is None or isinstance(one, Note) or isinstance(other, Note):
        return False
    return same_text(one, other)


def _name(match: Match) -> str:
    kind, name = kind_of(match.latest), called(match.latest)
    return f"norm {name}" if kind == "norm" else f"{kind} `{name}`"


def _roots(match: Match, turned: Mapping[int, str], named: Collection[str]) -> Iterator[str]:
    assert match.new is not None
    assert not isinstance(match.new, Note)
    for part in match.new.parts:
        for node in e.walk(part):
            if isinstance(node, e.Applied) and id(node.target) in turned:
                yield turned[id(node.target)]
            yield from (name for name in _read(node) if name in named)


def _read(node: e.Node) -> Iterator[str]:
    """The parameters and the words of the vocabulary that a part of a condition rests on, as they are told."""
    if isinstance(node, e.ParameterValue):
        yield f"parameter `{node.parameter.name}`"
    if isinstance(node, e.Comparison) and node.order is not None:
        yield f"vocabulary `{node.order.name}`"
    for entity, fact in touched(node):
        yield f"vocabulary `{entity}.{fact}`"
        yield f"vocabulary `{entity}`"
