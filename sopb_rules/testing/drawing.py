"""Choices made by hypothesis, one small number each, so that they are fast and shrink to the first of the options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")


@cache
def _below(limit: int) -> SearchStrategy[int]:
    return st.integers(0, limit - 1)


class Choices:
    """Makes choices; options that come first are the simpler ones.

    Args:
        draw: the function that `hypothesis.strategies.composite` hands in.
    """

    def __init__(self, draw: Callable[[SearchStrategy[int]], int]) -> None:
        self._draw = draw

    def below(self, limit: int) -> int:
        """A whole number from 0 and below the limit."""
        return 0 if limit <= 1 else self._draw(_below(limit))

    def between(self, least: int, most: int) -> int:
        """A whole number of a range, both ends included; shrinks to the least."""
        return least + self.below(most - least + 1)

    def one(self, options: Sequence[T]) -> T:
        """One of the options; shrinks to the first."""
        return options[self.below(len(options))]

    def chance(self, of: int) -> bool:
        """True once in so many times; shrinks to False."""
        return self.below(of) == of - 1

    def some(self, options: Sequence[T], least: int, most: int) -> list[T]:
        """Some different options, in any order; shrinks to the first few."""
        left = list(options)
        count = min(self.between(least, most), len(left))
        return [left.pop(self.below(len(left))) for _ in range(count)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All the items in any order; shrinks to the order given."""
        return self.some(items, len(items), len(items))
