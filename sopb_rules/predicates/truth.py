"""Strong Kleene truth. Inside the evaluators it is True, False or None; what people get is `Truth`."""

from __future__ import annotations

import enum
from collections.abc import Iterable


class Truth(enum.Enum):
    """True, false or unknown. It refuses to be used as a Python condition, where unknown would pass as one of the two."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, value: bool | None) -> Truth:
        """The truth that True, False or None stands for."""
        return cls.UNKNOWN if value is None else cls.TRUE if value else cls.FALSE

    @property
    def value_or_none(self) -> bool | None:
        """True, False, or None for unknown."""
        return None if self is Truth.UNKNOWN else self is Truth.TRUE

    def __bool__(self) -> bool:
        raise TypeError("a Truth is one of three values: compare it with Truth.TRUE, Truth.FALSE or Truth.UNKNOWN")

    def __and__(self, other: object) -> Truth:
        if not isinstance(other, Truth):
            return NotImplemented
        return Truth.of(conjunction((self.value_or_none, other.value_or_none)))

    def __or__(self, other: object) -> Truth:
        if not isinstance(other, Truth):
            return NotImplemented
        return Truth.of(disjunction((self.value_or_none, other.value_or_none)))

    def __invert__(self) -> Truth:
        return Truth.of(negation(self.value_or_none))


def conjunction(values: Iterable[bool | None]) -> bool | None:
    """False if one is false, else unknown if one is unknown, else true."""
    result: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def disjunction(values: Iterable[bool | None]) -> bool | None:
    """True if one is true, else unknown if one is unknown, else false."""
    result: bool | None = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result


def negation(value: bool | None) -> bool | None:
    """True and false change places; unknown stays."""
    return None if value is None else not value
