"""Where in a state a reader stands: the path of a fact, before anything is known of the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence as AbstractSequence
from typing import Protocol

from sopb_rules.states.nodes import Node, Scalar


class Open(Protocol):
    """A mapping or sequence that is still being read."""

    start: int
    seen: dict[str, Scalar] | None
    key: Scalar | None
    entries: list[tuple[Scalar, Node]]
    items: list[Node]


def trail(stack: AbstractSequence[Open], end: bool = True) -> str:
    """The path to what is being read: ``organization[riverside].changes[#2].kind``.

    Args:
        end: whether the name at which the innermost mapping stands belongs to the path.
    """
    path = ""
    for depth, each in enumerate(stack):
        inner = stack[depth + 1] if depth + 1 < len(stack) else None
        if each.seen is None:
            path += f"[{_id(inner) or f'#{len(each.items) + 1}'}]" if inner is not None else ""
        elif each.key is not None and (inner is not None or end):
            name = each.key.text
            path += f"[{name}]" if path.endswith(".judgements") else f".{name}" if path else name
    return path


def outermost(stack: AbstractSequence[Open]) -> int:
    """Where the brackets begin that stand directly inside each other, up to the innermost one."""
    depth = len(stack) - 1
    while depth > 0 and stack[depth - 1].seen is None:
        depth -= 1
    return stack[depth].start


def _id(record: Open | None) -> str:
    """The id of a record, where it has been read."""
    for key, value in record.entries if record is not None else ():
        if key.text == "id" and isinstance(value, Scalar):
            return value.text
    return ""
