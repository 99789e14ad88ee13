"""What can be asked about a policy set: one question is one thing that may be wrong with norms, decisions or definitions."""

from __future__ import annotations

import enum

import attrs


class Kind(enum.Enum):
    """What is asked. The value is the name in JSON and SARIF and in comments that allow; no check is called so."""

    NEVER_APPLIES = "never-applies"
    CANNOT_BE_MET = "cannot-be-met"
    CANNOT_BE_UNMET = "cannot-be-unmet"
    GAP = "gap"
    OVERLAP = "overlap"
    IDLE_CASE = "idle-case"
    ALWAYS_TRUE = "always-holds"
    ALWAYS_FALSE = "never-holds"
    CONFLICT = "conflict"
    FORBIDS_PERMITTED = "forbids-permitted"
    IMPLIED = "implied"


@attrs.frozen
class Question:
    """One question.

    Args:
        ids: what it is about: ids of norms, the name of a decision, `entity.name` of a definition; for an idle case the
            name of the decision and the id of the case; for a conflict all duties that are looked at together; for a
            forbidden permission the permission and the duty; for an implied duty the duty and all that may imply it.
    """

    kind: Kind
    ids: tuple[str, ...]


class Status(enum.Enum):
    """What came of a question."""

    FOUND = "found"
    CLEAR = "clear"
    UNDECIDED = "undecided"
    MISMATCH = "mismatch"


@attrs.frozen
class Bound:
    """How many elements of a list were looked at.

    Args:
        list: the list, as a path from what the question is about or from the top of a state.
        most: the most elements that it was given.
        enough: whether it is proved that no longer list would give another answer.
    """

    list: str
    most: int
    enough: bool


@attrs.frozen
class Witness:
    """A state that shows an answer; replayed on the reference evaluator.

    Args:
        state: the text of a state file in YAML, ready to be saved.
        subject: the path of the record that the question is about, as reports print it.
        outcomes: what norms, decisions and definitions come to there: (path of the subject, name, verdict or value).
    """

    state: str
    subject: str
    outcomes: tuple[tuple[str, str, str], ...]


@attrs.frozen
class Answer:
    """What came of a question.

    Args:
        status: `FOUND` if what was asked for exists, `CLEAR` if it is proved that it does not, `UNDECIDED` if the solver
            came to no end, `MISMATCH` if the solver and the reference evaluator disagree, which is a mistake of ours.
        ids: the norms that it rests on: for a conflict the smallest set that clashes, for an implied duty what implies it.
        witness: a state that shows it; for `CLEAR` one that shows the opposite, where a single state can.
        because: for what is so in every state: the parts of the statement that make it so, in its own words.
        reason: why it is undecided, or in what the two disagree.
        bounds: the lists that were looked at only up to a length.
        uncovered: what of the language the question does not cover, each in a sentence.
    """

    question: Question
    status: Status
    ids: tuple[str, ...] = ()
    witness: Witness | None = None
    because: tuple[str, ...] = ()
    reason: str = ""
    bounds: tuple[Bound, ...] = ()
    uncovered: tuple[str, ...] = ()
