"""What `sopb diff` compares: folders of policies, and policies at a revision of a git repository."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError

if TYPE_CHECKING:
    from sopb_rules.apps.git import Repository
    from sopb_rules.policy_set import PolicySet

#: What stands in for a version that is not named.
LAST = "HEAD"


@attrs.frozen
class Version:
    """A version of policies.

    Args:
        called: how messages call it: a folder, or `HEAD~1:policies/opinions`.
    """

    called: str
    policies: PolicySet

    def as_dict(self) -> dict[str, str]:
        """Plain data, for JSON."""
        policies = self.policies
        about = {"name": policies.name, "version": policies.version, "digest": policies.digest}
        return {"called": self.called, **about}


def versions(old: str | None, new: str | None, folder: Path | None) -> tuple[Version, Version]:
    """Two versions that a person names, each as a folder or file that is there, a revision, or `REVISION:path`.

    Without `new` the policies as they lie in the folder; without `old`, too, these and the last commit. At a revision that
    is named without a path stands the folder that is named for the other version, else `folder`, else the current one if it
    has policy files, else the shipped Opinions if they lie in the repository, else the only folder that the revision has.

    Raises:
        RulesError: one of them is not there or has mistakes; those of both are told.
    """
    given = [LAST if old is None else old, new]
    if new is None and old is not None and Path(old).exists():
        message = f"`{old}` is to be compared with nothing"
        help = f"name two versions: `sopb diff {LAST} {old}` compares it with the last commit"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])
    there = next((Path(each) for each in given if each is not None and Path(each).exists()), None)
    where = _Where(folder if folder is not None else there)
    found: list[Version] = []
    failures: list[Diagnostic] = []
    for each in given:
        try:
            found.append(where.version(each))
        except RulesError as error:
            failures += error.diagnostics
            if new is None and not where.known:
                break
    if failures:
        raise RulesError(failures)
    return found[0], found[1]


class _Where:
    """Where versions are found.

    Args:
        folder: where policies lie if only a revision is named; it need not be there any more.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._path: str | None = None
        self._kept: Repository | None = None

    @property
    def known(self) -> bool:
        """Whether it is known where the policies of a revision lie that is named without a path."""
        return self._path is not None

    def version(self, given: str | None) -> Version:
        """A version by what a person names it; without a name, the one in the folder."""
        if given is not None and Path(given).exists():
            return _in_folder(Path(given))
        if given is None:
            assert self._path is not None  # since the old version, a revision, was looked up before
            return _in_folder(self._folder or Path(os.path.relpath(self._repository().top / self._path)))
        self._repository(given)
        revision, colon, path = given.partition(":")
        if self._path is None or colon:
            self._path = self._named(path) if colon else self._found(revision)
        return self._at(revision, self._path)

    def _at(self, revision: str, path: str) -> Version:
        from sopb_rules.loading import load_sources
        from sopb_rules.model.files import with_base

        sources = with_base(self._repository().sources(revision, path))
        return Version(f"{revision}:{path}", load_sources(sources, cache=True))

    def _repository(self, asked: str = LAST) -> Repository:
        """The repository around the current folder.

        Args:
            asked: what a person named that is to be found there, and is no folder.
        """
        if self._kept is None:
            from sopb_rules.apps.git import Repository

            self._kept = Repository.around(Path(), "" if asked == LAST else f"there is no folder `{asked}`, and ")
        return self._kept

    def _named(self, path: str) -> str:
        """A path at a revision from the top, also where it is given from the current folder, as by git with `./`."""
        relative = path.startswith(("./", "../")) or path == "."
        return self._repository().inside(Path(path)) if relative else path.strip("/")

    def _found(self, revision: str) -> str:
        """Where policies lie at a revision that is named without a path."""
        from sopb_rules.model.files import shipped

        repository = self._repository()
        if self._folder is not None:
            return repository.inside(self._folder)
        if any(Path().glob("*.policy")):
            return repository.inside(Path())
        if shipped().resolve().is_relative_to(repository.top.resolve()):
            return repository.inside(shipped())
        folders = repository.folders(revision)
        if len(folders) == 1:
            return "" if folders[0] == "." else folders[0]
        has = f"policies in {len(folders)} folders" if folders else "no policies"
        help = f"name their folder with --policies DIR, or write `{revision}:FOLDER`"
        raise RulesError([Diagnostic(Code.FOLDER_EMPTY, f"the revision `{revision}` has {has}", help=help)])


def _in_folder(folder: Path) -> Version:
    from sopb_rules.loading import load_policies

    return Version(str(folder), load_policies(folder, cache=True))
