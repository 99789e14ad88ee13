"""The files of a policy set."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.source import Source, read_source

#: The largest policy file, in bytes: eighty times the longest article of the Opinions.
SIZE_LIMIT = 1024 * 1024
#: The most policy files that a folder may have.
FILES_LIMIT = 2_000


def shipped() -> Path:
    """The folder of the policy set that comes with the package: the Opinions."""
    return Path(str(resources.files("sopb_rules.policies").joinpath("opinions")))


def policy_sources(folder: Path) -> list[Source]:
    """The `.policy` files of a folder and of the folders in it, by name; or the one file that is named.

    Raises:
        RulesError: the folder is missing or has no such file, or a file cannot be read.
    """
    if not folder.exists():
        raise RulesError([Diagnostic(Code.FILE_MISSING, f"there is no folder `{folder}`", file=str(folder))])
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.policy"))
    if not files:
        raise RulesError(
            [Diagnostic(Code.FOLDER_EMPTY, f"`{folder}` has no file that ends in .policy", file=str(folder))]
        )
    if len(files) > FILES_LIMIT:
        message = f"`{folder}` has more than {FILES_LIMIT} policy files"
        raise RulesError([Diagnostic(Code.FILE_TOO_LARGE, message, file=str(folder))])
    sources: list[Source] = []
    failures: list[Diagnostic] = []
    for file in files:
        try:
            sources.append(read_source(file, SIZE_LIMIT))
        except RulesError as error:
            failures += error.diagnostics
    if failures:
        raise RulesError(failures)
    return sources
