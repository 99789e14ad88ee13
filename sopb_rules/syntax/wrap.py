"""Lines of bounded width out of nested pieces of text: a group stays on one line if it fits, else all its breaks turn.

This is the printer of Wadler and Leijen in the few forms that the formatter needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

import attrs

#: The last column that a line should reach.
WIDTH = 100
#: How much deeper a line stands that continues the one before it.
STEP = 4


@attrs.frozen
class Break:
    """A space, or the end of the line where its group does not fit on one."""


@attrs.frozen
class Group:
    """Pieces whose breaks are all spaces or all line ends."""

    pieces: tuple[Piece, ...]


@attrs.frozen
class Deeper:
    """Pieces whose lines stand one `STEP` deeper."""

    pieces: tuple[Piece, ...]


Piece = str | Break | Group | Deeper

BREAK = Break()


def group(*pieces: Piece) -> Group:
    """Shorthand for a `Group`."""
    return Group(pieces)


def stacked(first: Piece, rest: Iterable[tuple[Piece, ...]]) -> Group:
    """One line, or each of the rest on a line of its own below the first."""
    return group(first, Deeper(tuple(piece for each in rest for piece in (BREAK, *each))))


def filled(items: Iterable[Piece], joint: str = "") -> tuple[Piece, ...]:
    """As many items on a line as fit; a comma follows each but the last, or the `joint` precedes each but the first."""
    pieces: list[Piece] = []
    for item in items:
        if not pieces:
            pieces.append(item)
        elif joint:
            pieces.append(group(BREAK, joint + " ", item))
        else:
            pieces += [",", group(BREAK, item)]
    return tuple(pieces)


@attrs.frozen
class _Pending:
    indent: int
    broken: bool
    piece: Piece


def lines(pieces: Iterable[Piece], indent: int) -> list[str]:
    """The pieces as lines, the first of them indented by `indent`."""
    result, line = [], " " * indent
    pending = [_Pending(indent, True, piece) for piece in reversed(tuple(pieces))]
    while pending:
        current = pending.pop()
        match current.piece:
            case str(text):
                line += text
            case Break():
                if current.broken:
                    result.append(line)
                    line = " " * current.indent
                else:
                    line += " "
            case Group(inside):
                room = WIDTH - len(line)
                broken = current.broken and not _fits(room, inside, reversed(pending))
                pending += [_Pending(current.indent, broken, piece) for piece in reversed(inside)]
            case Deeper(inside):
                deeper = current.indent + STEP
                pending += [_Pending(deeper, current.broken, piece) for piece in reversed(inside)]
            case _:
                assert_never(current.piece)
    return [*result, line]


def _fits(room: int, pieces: tuple[Piece, ...], after: Iterator[_Pending]) -> bool:
    """Whether the pieces fit on the line when written flat, with what follows them up to the next possible line end."""
    waiting: list[tuple[bool, Piece]] = [(False, piece) for piece in reversed(pieces)]
    while room >= 0:
        if not waiting:
            following = next(after, None)
            if following is None:
                return True
            waiting.append((following.broken, following.piece))
        broken, piece = waiting.pop()
        match piece:
            case str(text):
                room -= len(text)
            case Break():
                if broken:
                    return True
                room -= 1
            case Group(inside) | Deeper(inside):
                waiting += [(broken, each) for each in reversed(inside)]
            case _:
                assert_never(piece)
    return False
