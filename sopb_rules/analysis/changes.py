"""What became of policies from one version to the next, as data. Nothing here knows the solver."""

from __future__ import annotations

import difflib
import enum
from collections import Counter
from typing import Any

import attrs

from sopb_rules.analysis.questions import Bound
from sopb_rules.source import Span


class Sort(enum.Enum):
    """What became of a statement or a parameter, by weight. The value is the name in JSON."""

    LAXER = "laxer"
    STRICTER_AND_LAXER = "stricter-and-laxer"
    STRICTER = "stricter"
    OTHER = "otherwise"
    UNKNOWN = "differs-where-unknown"
    UNDECIDED = "undecided"
    MISMATCH = "mismatch"
    ADDED = "added"
    REMOVED = "removed"
    RENUMBERED = "renumbered"
    EQUIVALENT = "equivalent"
    TEXT = "text-only"
    SAME = "same"

    @property
    def equivalent(self) -> bool:
        """Whether the meaning is the same in every state."""
        return self in (Sort.SAME, Sort.TEXT, Sort.EQUIVALENT, Sort.RENUMBERED)


@attrs.frozen
class Shown:
    """A state in which the versions come to different ends.

    Args:
        state: the text of a state file that both versions understand but for facts that one of them does not have.
        subject: the path of the record.
        given: what is stated there, in a few words each: `members is 3`; of the subject first.
        old: what the old version comes to there: a verdict, a value, or for a definition `yes`, `no` or `unknown`.
        new: what the new version comes to there.
        old_possible: where the old end is unknown, the verdicts that are possible; `new_possible` likewise.
    """

    state: str
    subject: str
    given: tuple[str, ...]
    old: str
    new: str
    old_possible: tuple[str, ...] = ()
    new_possible: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        data = attrs.asdict(self)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in data.items()}


@attrs.frozen
class Change:
    """What became of a statement from one version to the next.

    Args:
        name: as questions name it: an id, the name of a decision, `entity.name` of a definition.
        kind: `norm`, `decision`, `definition` or `note`.
        sort: what became of it.
        stricter: where the new version is breached and the old one is not; `laxer` the other way round.
        laxer: where the old version is breached and the new one is not.
        otherwise: where they differ in something else; for what is unknown, where only what is known differs.
        words: differences in meaning that no state shows: the force, the bearer.
        rewording: what changed in the text only: the quote, labels, examples, comments.
        through: where its own text is the same: what it rests on and what changed, as `definition x`.
        renamed: its old name, where that was another.
        reason: what is not decided, and why.
        bounds: the lists that were looked at only up to a length.
        old: where it stands in the old version; None where it is new.
        new: where it stands in the new version; None where it is gone.
    """

    name: str
    kind: str
    sort: Sort
    stricter: Shown | None = None
    laxer: Shown | None = None
    otherwise: Shown | None = None
    words: tuple[str, ...] = ()
    rewording: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    renamed: str = ""
    reason: str = ""
    bounds: tuple[Bound, ...] = ()
    old: Span | None = attrs.field(default=None, repr=False)
    new: Span | None = attrs.field(default=None, repr=False)

    @property
    def equivalent(self) -> bool:
        """Whether both versions come to the same in every state, and bind the same."""
        return self.sort.equivalent

    @property
    def shown(self) -> tuple[Shown, ...]:
        """The states that show it: where it is laxer, where stricter, where otherwise."""
        return tuple(each for each in (self.laxer, self.stricter, self.otherwise) if each is not None)

    @property
    def diff(self) -> tuple[str, ...]:
        """The lines of the statement that differ, as in a unified diff; examples are left out."""
        return () if self.old is None or self.new is None else _diff(self.old, self.new)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        shown = {name: getattr(self, name) for name in ("stricter", "laxer", "otherwise")}
        return {
            "name": self.name,
            "kind": self.kind,
            "sort": self.sort.value,
            "renamed": self.renamed or None,
            "old": _place(self.old),
            "new": _place(self.new),
            "words": list(self.words),
            "rewording": list(self.rewording),
            "through": list(self.through),
            **{name: None if each is None else each.as_dict() for name, each in shown.items()},
            "diff": list(self.diff),
            "reason": self.reason,
            "bounds": [attrs.asdict(each) for each in self.bounds],
        }


@attrs.frozen
class ParameterChange:
    """What became of a parameter.

    Args:
        sort: `ADDED`, `REMOVED`, `OTHER` for another value, type or assessor, or `TEXT`.
        words: what changed, each in a few words: `was 30 days, is 60 days`.
    """

    name: str
    sort: Sort
    words: tuple[str, ...]
    old: Span | None = attrs.field(default=None, repr=False)
    new: Span | None = attrs.field(default=None, repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {
            "name": self.name,
            "sort": self.sort.value,
            "old": _place(self.old),
            "new": _place(self.new),
            "words": list(self.words),
        }


@attrs.frozen
class WordChange:
    """What became of a word of the vocabulary.

    Args:
        name: of the entity, kind, role, fact (`entity.fact`) or value (`kind.value`).
        words: what became of it.
        meaning: whether states or norms may rest on it; labels they do not.
    """

    name: str
    words: str
    meaning: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return attrs.asdict(self)


@attrs.frozen
class Comparison:
    """Two versions, compared.

    Args:
        changes: of every statement that is in either version, in the order of the new one, removed ones last.
        vocabulary: the words that changed.
        parameters: those that changed.
    """

    changes: tuple[Change, ...]
    vocabulary: tuple[WordChange, ...] = ()
    parameters: tuple[ParameterChange, ...] = ()

    @property
    def same(self) -> bool:
        """Whether it is proved that nothing changed in meaning."""
        return (
            all(change.equivalent for change in self.changes)
            and not any(word.meaning for word in self.vocabulary)
            and all(parameter.sort.equivalent for parameter in self.parameters)
        )

    def counts(self) -> dict[Sort, int]:
        """How many statements there are of each sort, by weight; sorts that nothing is of are left out."""
        found = Counter(change.sort for change in self.changes)
        return {sort: found[sort] for sort in Sort if sort in found}

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON; statements that are the same to the letter are only counted."""
        return {
            "same": self.same,
            "counts": {sort.value: count for sort, count in self.counts().items()},
            "changes": [change.as_dict() for change in self.changes if change.sort is not Sort.SAME],
            "parameters": [each.as_dict() for each in self.parameters],
            "vocabulary": [each.as_dict() for each in self.vocabulary],
        }


def _place(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"file": span.source.name, "line": span.line, "column": span.column}


def _diff(old: Span, new: Span) -> tuple[str, ...]:
    from sopb_rules.analysis.rewording import without_examples

    before, after = (without_examples(span).split("\n") for span in (old, new))
    found = difflib.unified_diff(before, after, lineterm="", n=0)
    return tuple(line for line in list(found)[2:] if not line.startswith("@@"))
