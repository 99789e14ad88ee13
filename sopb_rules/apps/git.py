"""Policies as they were at a revision of a git repository: read from git itself, so that no copy of them is made."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.model.files import FILES_LIMIT, SIZE_LIMIT
from sopb_rules.source import Source, decoded

#: The sorts of entries of a tree that are files, and no links.
_FILES = ("100644", "100755")
_ENDING = ".policy"
#: How many folders a message names.
_NAMED = 5


def _error(message: str, help: str = "", code: Code = Code.BAD_USAGE) -> RulesError:
    return RulesError([Diagnostic(code, message, help=help)])


@attrs.frozen
class Entry:
    """A file of a revision: its path from the top of the repository, and the name of what it says."""

    path: str
    blob: str


@attrs.frozen
class Repository:
    """A git repository.

    Args:
        top: the folder of its working tree.
    """

    top: Path

    @classmethod
    def around(cls, folder: Path, besides: str = "") -> Repository:
        """The repository that a folder lies in.

        Args:
            besides: what is said before it is said that there is none.

        Raises:
            RulesError: there is none, or git is not there or refuses.
        """
        done = _git(folder, "rev-parse", "--show-toplevel")
        if done.returncode:
            told = done.stderr.decode(errors="replace").strip()
            if "not a git repository" in told:
                help = "name two folders of policies, or go to a folder of the repository"
                raise _error(f"{besides}there is no git repository here that could have other versions", help)
            raise _refused(told)
        return cls(Path(done.stdout.decode(errors="surrogateescape").removesuffix("\n")))

    def commit(self, revision: str) -> str:
        """The full name of the commit that a revision means.

        Raises:
            RulesError: the repository has no such revision.
        """
        done = _git(self.top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if done.returncode:
            names = self._run("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags").decode().split()
            help = suggestion(revision, names, "branches and tags") if names else "the repository has no commits yet"
            raise _error(f"`{revision}` is no folder, no file and no revision of the git repository", help)
        return done.stdout.decode().strip()

    def inside(self, path: Path) -> str:
        """A path from the top of the repository, as git writes it; "" for the top itself.

        Raises:
            RulesError: it lies elsewhere.
        """
        try:
            relative = path.resolve().relative_to(self.top.resolve()).as_posix()
        except ValueError:
            raise _error(f"`{path}` does not lie in the git repository `{self.top}`") from None
        return "" if relative == "." else relative

    def sources(self, revision: str, path: str) -> list[Source]:
        """The policy files below a path, or the one at it, named as git names them: `HEAD~1:policies/one.policy`.

        Raises:
            RulesError: the revision is none, has no policy files there, or one of them cannot be read.
        """
        commit = self.commit(revision)
        entries = [each for each in self._entries(commit, path) if each.path == path or each.path.endswith(_ENDING)]
        if not entries:
            folders = self.folders(revision)
            help = f"policies lie there in {_some(folders)}" if folders else "no file of it ends in .policy"
            where = f" in `{path}`" if path else ""
            raise _error(f"the revision `{revision}` has no policies{where}", help, Code.FOLDER_EMPTY)
        if len(entries) > FILES_LIMIT:
            raise _error(f"`{revision}:{path}` has more than {FILES_LIMIT} policy files", code=Code.FILE_TOO_LARGE)
        return list(_decoded(zip(entries, self._texts(entries), strict=True), revision))

    def folders(self, revision: str) -> list[str]:
        """The folders of a revision that have policy files and lie in no other such folder; `.` for the top."""
        entries = self._entries(self.commit(revision), "")
        found = {str(PurePosixPath(each.path).parent) for each in entries if each.path.endswith(_ENDING)}
        return sorted(each for each in found if not any(str(above) in found for above in PurePosixPath(each).parents))

    def _entries(self, commit: str, path: str) -> Iterator[Entry]:
        """The files of a commit below a path, by name."""
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", commit, *(["--", path] if path else []))
        for line in listed.split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            mode, _, blob = about.decode().split()
            if mode in _FILES:
                yield Entry(os.fsdecode(name), blob)

    def _texts(self, entries: Iterable[Entry]) -> Iterator[bytes]:
        """What files say."""
        asked = "".join(f"{each.blob}\n" for each in entries).encode()
        answer = self._run("cat-file", "--batch", asked=asked)
        at = 0
        while at < len(answer):
            end = answer.index(b"\n", at)
            *_, said = answer[at:end].split()
            if not said.isdigit():
                raise _refused("a file of the revision is missing in the repository")
            size = int(said)
            yield answer[end + 1 : end + 1 + size]
            at = end + size + 2

    def _run(self, *arguments: str, asked: bytes = b"") -> bytes:
        done = _git(self.top, *arguments, asked=asked)
        if done.returncode:
            raise _refused(done.stderr.decode(errors="replace").strip())
        return done.stdout


def _decoded(texts: Iterable[tuple[Entry, bytes]], revision: str) -> Iterator[Source]:
    failures: list[Diagnostic] = []
    for entry, data in texts:
        name = f"{revision}:{entry.path}"
        try:
            if len(data) > SIZE_LIMIT:
                failures += _error(f"`{name}` is larger than {SIZE_LIMIT} bytes", code=Code.FILE_TOO_LARGE).diagnostics
            else:
                yield decoded(Path(name), data)
        except RulesError as error:
            failures += error.diagnostics
    if failures:
        raise RulesError(failures)


def _refused(told: str) -> RulesError:
    line = told.split("\n")[0].removeprefix("fatal: ")
    return _error(f"git refused: {line or 'it did not say why'}")


def _some(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_NAMED])
    return f"{shown} and elsewhere" if len(names) > _NAMED else shown


def _git(folder: Path, *arguments: str, asked: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git, which only reads.

    Raises:
        RulesError: it is not installed.
    """
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-C", str(folder), "--literal-pathspecs", *arguments]
    try:
        return subprocess.run(command, input=asked, capture_output=True, env=environment, check=False)  # noqa: S603
    except FileNotFoundError:
        help = "install git, or name two folders of policies"
        raise _error("git is not installed, which versions are read with", help) from None
