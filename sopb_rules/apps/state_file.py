"""A state file that an interview adds answers to: saved at each answer, whole or not at all."""

from __future__ import annotations

import contextlib
import datetime
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopb_rules.apps.state_text import edited_json, edited_yaml
from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.model.vocabulary import Entity, Text
from sopb_rules.source import Source
from sopb_rules.states.edits import Edit, edited
from sopb_rules.states.files import SUFFIXES, parse_state
from sopb_rules.states.nodes import Mapping, Node, Scalar, Sequence
from sopb_rules.states.read import check_state
from sopb_rules.states.records import State
from sopb_rules.states.writing import written

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet


class StateFile:
    """The state of a file. What `state` says is always what the file says, read by the reader of state files.

    Attributes:
        path: the file.
        json: whether it is one of JSON.
    """

    def __init__(self, policies: PolicySet, path: Path) -> None:
        """Read the file.

        Raises:
            RulesError: it cannot be read, or says something wrong.
        """
        self.path = path
        self.json = path.suffix.lower() == ".json"
        self._policies = policies
        self._earlier: list[bytes] = []
        self._state, self._tree, self._bytes = self._read()

    @classmethod
    def create(
        cls, policies: PolicySet, path: Path, entity: Entity, id: str, name: str, today: datetime.date
    ) -> StateFile:
        """A new file that states the id of one listed entity, and its name where it has one.

        Raises:
            RulesError: the name of the file says that it is no state file.
            OSError: it cannot be written.
        """
        check_suffix(path)
        facts = [("id", written(Text(), id))]
        if name:
            facts.append(("name", written(Text(), name)))
        record = Mapping(tuple((Scalar(key, plain=True), value) for key, value in facts))
        tree = Mapping(
            (
                (Scalar("as_of", plain=True), Scalar(today.isoformat(), plain=True)),
                (Scalar(entity.name, plain=True), Sequence((record,))),
            )
        )
        _replace(path, _new_text(tree, path).encode())
        return cls(policies, path)

    @property
    def state(self) -> State:
        """The state as it is now."""
        return self._state

    def apply(self, edit: Edit) -> None:
        """Add what an edit says to the file.

        Raises:
            RulesError: it cannot be said, or not without changing something else; the file is as it was.
            OSError: it cannot be written.
        """
        self._unchanged()
        before = self._bytes
        text = before.decode("utf-8-sig")
        plain = text.replace("\r\n", "\n")
        changed = edited_json(plain, self._tree, edit) if self.json else edited_yaml(plain, edit)
        self._verify(changed, edit)
        if "\r\n" in text:
            changed = changed.replace("\n", "\r\n")
        mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
        self._save(mark + changed.encode())
        self._earlier.append(before)

    def undo(self) -> None:
        """Write the file as it was before the last edit.

        Raises:
            RulesError: it was changed by something else meanwhile.
            OSError: it cannot be written.
        """
        self._unchanged()
        self._save(self._earlier[-1])
        self._earlier.pop()

    def _save(self, content: bytes) -> None:
        _replace(self.path, content)
        self._state, self._tree, self._bytes = self._read()

    def _read(self) -> tuple[State, Node, bytes]:
        state = self._policies.read_state(self.path)
        content = self.path.read_bytes()
        tree, _ = parse_state(Source(str(self.path), content.decode("utf-8-sig")))
        assert tree is not None, "the reader of states has read it"
        return state, tree, content

    def _unchanged(self) -> None:
        if not self.path.exists() or self.path.read_bytes() != self._bytes:
            message = f"`{self.path}` was changed by something else while the interview was going on"
            help = "begin the interview anew; all that was answered is in the file, unless it was taken out"
            raise RulesError([Diagnostic(Code.FILE_UNREADABLE, message, file=str(self.path), help=help)])

    def _verify(self, text: str, edit: Edit) -> None:
        """See to it that a text says what the file says, and the edit, and nothing else.

        Raises:
            RulesError: it does not.
        """
        tree, mistakes = parse_state(Source(str(self.path), text))
        if mistakes or tree is None or _says(tree) != _says(edited(self._tree, edit)):
            where = ".".join(map(str, edit.steps))
            message = f"{where} cannot be added to `{self.path}` without changing something else in it"
            help = "write the answer into the file with an editor, or lay the file out as `sopb` does"
            raise RulesError([Diagnostic(Code.STATE_SYNTAX, message, file=str(self.path), help=help)])
        model = self._policies.model
        check_state(model.vocabulary, [tree], judgement_keys=model.judgement_keys)


def check_suffix(path: Path) -> None:
    """Refuse a file whose name says that it is no state file.

    Raises:
        RulesError: it is none.
    """
    if path.suffix.lower() not in SUFFIXES:
        help = f"state files end in {', '.join(SUFFIXES)}"
        raise RulesError([Diagnostic(Code.FILE_UNREADABLE, f"`{path}` is not a state file", file=str(path), help=help)])


def _new_text(tree: Mapping, path: Path) -> str:
    if path.suffix.lower() == ".json":
        return edited_json("", tree, Edit((), tree))
    return edited_yaml("", Edit((), tree))


def _says(node: Node) -> Any:
    """What a tree says, whatever its names are written in."""
    match node:
        case Mapping(entries):
            return [(key.text, _says(value)) for key, value in entries]
        case Sequence(items):
            return [_says(item) for item in items]
        case _:
            return node


def _replace(path: Path, content: bytes) -> None:
    """Write a file in one go: whoever reads it finds what it held, or all of the new content.

    Raises:
        OSError: it cannot be written; the file is as it was.
    """
    target = Path(os.path.realpath(path))
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    _sync_folder(target.parent)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Let the new name of a file survive a loss of power, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
