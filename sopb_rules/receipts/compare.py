"""A receipt held against a new evaluation: what differs, and what does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

import attrs

from sopb_rules.receipts.receipt import Entry, Receipt, Said
from sopb_rules.states.records import StateFile


@attrs.frozen
class Change:
    """Something that is said otherwise than before.

    Args:
        what: what it is: ``verdict``, ``clause a``, ``digest``, ….
        old: what the receipt says; None where it says nothing of it.
        new: what the new evaluation says.
    """

    what: str
    old: Said
    new: Said

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        old, new = (list(each) if isinstance(each, tuple) else each for each in (self.old, self.new))
        return {"what": self.what, "old": old, "new": new}


@attrs.frozen
class Difference:
    """A finding, a decision or a standing that differs.

    Args:
        how: ``changed``, ``appeared`` or ``vanished``.
        entry: the new one; the old one where it vanished.
        changes: what it says otherwise; everything that it says where it appeared or vanished.
    """

    how: str
    entry: Entry
    changes: tuple[Change, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        entry = self.entry
        named = {"norm": entry.name} if entry.kind == "finding" else {"decision": entry.name}
        return {
            "kind": entry.kind,
            **({} if entry.kind == "standing" else named),
            "subject": entry.subject,
            "how": self.how,
            "changes": [each.as_dict() for each in self.changes],
        }


@attrs.frozen
class FileChange:
    """A state file that differs in its bytes, is read no more, or was not read before.

    Args:
        how: ``changed``, ``gone`` or ``added``.
    """

    path: str
    how: str


@attrs.frozen
class Replay:
    """What came of an evaluation that was made again.

    Args:
        old: the receipt.
        new: what the new evaluation says.
        policies: how the policy sets differ: in ``name``, ``version``, ``digest``, ``measures``.
        software: the other version that evaluates now, if it is another.
        state: the other digest of the state, if something else is stated.
        files: the state files that differ in their bytes, which alone is no difference in what is stated.
        differences: the findings, decisions and standings that differ.
    """

    old: Receipt
    new: Receipt
    policies: tuple[Change, ...]
    software: Change | None
    state: Change | None
    files: tuple[FileChange, ...]
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs: neither policies nor software, nor what is stated, nor what is found."""
        return not (self.policies or self.software or self.state or self.differences)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        new = self.new
        return {
            "same": self.same,
            "as_of": new.as_of.isoformat(),
            "policies": {
                "name": new.policies,
                "version": new.version,
                "digest": new.digest,
                "changes": [each.as_dict() for each in self.policies],
            },
            "software": {"version": new.software, "changes": _listed(self.software)},
            "state": {
                "digest": new.state,
                "changes": _listed(self.state),
                "files": [attrs.asdict(each) for each in self.files],
            },
            "differences": [each.as_dict() for each in self.differences],
        }


def compare(old: Receipt, new: Receipt) -> Replay:
    """Hold a receipt against the one of a new evaluation on the same date."""
    policies = (
        _change("name", old.policies, new.policies),
        _change("version", old.version, new.version),
        _change("digest", old.digest, new.digest),
        _change("measures", old.measures, new.measures),
    )
    return Replay(
        old,
        new,
        tuple(each for each in policies if each is not None),
        _change("version", old.software, new.software),
        _change("digest", old.state, new.state),
        _files(old.files, new.files),
        _differences(old.entries, new.entries),
    )


def _listed(change: Change | None) -> list[dict[str, Any]]:
    return [] if change is None else [change.as_dict()]


def _change(what: str, old: Said, new: Said) -> Change | None:
    return None if old == new else Change(what, old, new)


def _differences(
    old: Mapping[tuple[str, str, str], Entry], new: Mapping[tuple[str, str, str], Entry]
) -> tuple[Difference, ...]:
    """What differs, in the order of the new evaluation, and then what vanished."""
    found: list[Difference] = []
    for key, entry in new.items():
        before = old.get(key)
        changes = _changes({} if before is None else before.said, entry.said)
        if before is None or changes:
            found.append(Difference("appeared" if before is None else "changed", entry, changes))
    found += [Difference("vanished", entry, _changes(entry.said, {})) for key, entry in old.items() if key not in new]
    return tuple(found)


def _changes(old: Mapping[str, Said], new: Mapping[str, Said]) -> tuple[Change, ...]:
    headings = dict.fromkeys((*new, *old))
    each = (_change(heading, old.get(heading), new.get(heading)) for heading in headings)
    return tuple(change for change in each if change is not None)


def _files(old: tuple[StateFile, ...], new: tuple[StateFile, ...]) -> tuple[FileChange, ...]:
    """The files whose bytes differ; one that lies elsewhere now is told by its bytes, else by its name."""
    before, now = list(dict.fromkeys(old)), list(dict.fromkeys(new))
    found: list[FileChange] = []
    for key, changed in _PAIRED:
        for file in tuple(before):
            other = next((each for each in now if key(each) == key(file)), None)
            if other is not None:
                before.remove(file)
                now.remove(other)
                found += [FileChange(other.path, "changed")] if changed else []
    found += [FileChange(file.path, "gone") for file in before]
    return (*found, *(FileChange(file.path, "added") for file in now))


#: By what the files before and the files now are paired, one after the other, and whether their bytes then differ.
_PAIRED: tuple[tuple[Callable[[StateFile], object], bool], ...] = (
    (lambda file: file, False),
    (lambda file: file.path, True),
    (lambda file: file.digest, False),
    (lambda file: PurePosixPath(file.path).name, True),
)
