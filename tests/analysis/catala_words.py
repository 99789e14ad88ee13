"""The words in which situations of Catala are told: one vocabulary, and the answers on the decision `y`."""

from __future__ import annotations

from collections.abc import Mapping

from sopb_rules.analysis.questions import Kind, Question, Status
from tests.analysis.situations import Facts, clear, found

VOCABULARY = """\
vocabulary catala
  currency yuan
kind value
  minus_one, zero, one, two, three, four, five, other
kind rate
  thirty, forty, fifty
kind form
  a, b
entity thing
"""


def facts(*lines: str) -> str:
    """The vocabulary with the facts of a thing; lines in the first column are statements of their own."""
    return VOCABULARY + "".join(f"  {line}\n" for line in lines)


def gap(name: str = "y") -> dict[Question, Status]:
    return found(Kind.GAP, name)


def overlap(name: str = "y") -> dict[Question, Status]:
    return found(Kind.OVERLAP, name)


def no_gap(name: str = "y") -> dict[Question, Status]:
    return clear(Kind.GAP, name)


def no_overlap(name: str = "y") -> dict[Question, Status]:
    return clear(Kind.OVERLAP, name)


def idle(*cases: str, name: str = "y") -> dict[Question, Status]:
    return {Question(Kind.IDLE_CASE, (name, case)): Status.FOUND for case in cases}


def busy(*cases: str, name: str = "y") -> dict[Question, Status]:
    return {Question(Kind.IDLE_CASE, (name, case)): Status.CLEAR for case in cases}


def y(outcome: str, **stated: object) -> tuple[Facts, Mapping[str, str]]:
    """A state, and what the decision `y` comes to."""
    return stated, {"y": outcome}
