"""What a Python program uses to state facts: judgements, and the two values that say that nothing is known."""

from __future__ import annotations

import datetime
import enum
from typing import Final

import attrs


class NotStated(enum.Enum):
    """The one value `NOT_STATED`: the default of every fact. It is neither true nor false, so it cannot be tested."""

    NOT_STATED = "not stated"

    def __repr__(self) -> str:
        return "NOT_STATED"

    def __bool__(self) -> bool:
        raise TypeError("NOT_STATED is neither true nor false; compare with `is NOT_STATED`")


class Unknown(enum.Enum):
    """The one value `UNKNOWN`: somebody was asked and could not say. It cannot be tested for truth either."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        raise TypeError("UNKNOWN is neither true nor false; compare with `is UNKNOWN`")


NOT_STATED: Final = NotStated.NOT_STATED
UNKNOWN: Final = Unknown.UNKNOWN


@attrs.frozen
class Judgement:
    """An assessor's judgement.

    Args:
        value: yes or no, or `UNKNOWN` where the assessor could not say.
        by: who judged.
        on: the day on which it was judged.
    """

    value: bool | Unknown
    by: str
    on: datetime.date
