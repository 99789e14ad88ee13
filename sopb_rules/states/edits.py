"""Saying one more thing in a state, or something else than it said: an edit of its tree."""

from __future__ import annotations

import attrs

from sopb_rules.states.nodes import Mapping, Node, Scalar, Sequence

#: Names and, for the items of lists, indices from 0: the way from the top of a state to a place.
Steps = tuple[str | int, ...]


@attrs.frozen
class Edit:
    """What a place shall say.

    Args:
        steps: the way to the place; groups that are not there yet are made, and an item behind the last is added.
        said: what it says.
    """

    steps: Steps
    said: Node


def edited(root: Node, edit: Edit) -> Node:
    """The tree in which the place says what the edit says."""
    return _edited(root, edit.steps, edit.said)


def _edited(node: Node | None, steps: Steps, said: Node) -> Node:
    if not steps:
        return said
    step, *rest = steps
    if isinstance(step, int):
        assert isinstance(node, Sequence), "the way leads through a list"
        items = list(node.items)
        items[step:] = [_edited(items[step] if step < len(items) else None, tuple(rest), said), *items[step + 1 :]]
        return Sequence(tuple(items), node.span)
    entries = list(node.entries) if isinstance(node, Mapping) else []
    for index, (key, value) in enumerate(entries):
        if key.text == step:
            entries[index] = (key, _edited(value, tuple(rest), said))
            break
    else:
        entries.append((Scalar(step, plain=True), _edited(None, tuple(rest), said)))
    return Mapping(tuple(entries), node.span) if isinstance(node, Mapping) else Mapping(tuple(entries))
