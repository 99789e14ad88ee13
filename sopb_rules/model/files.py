"""The files of a policy set."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.source import Source, Span, read_source

#: The largest policy file, in bytes: eighty times the longest article of the Opinions.
SIZE_LIMIT = 1024 * 1024
#: The most policy files that a folder may have.
FILES_LIMIT = 2_000
#: The name of the policy set that comes with the package.
SHIPPED = "opinions"

_MEASURES = re.compile(r'^measures\s+(?:(?P<name>[a-z]\w*)\s+)?"[^"\n]*"\s+under\s+(?P<base>[a-z]\w*)', re.MULTILINE)
_STATEMENT = re.compile(r"^[a-z]", re.MULTILINE)
_VOCABULARY = re.compile(r"^vocabulary\b", re.MULTILINE)


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


def policy_set_sources(folder: Path) -> list[Source]:
    """The files of a policy set: those of a folder, and of the policies that its measures are under.

    Measures in a folder without a vocabulary are under the policies that come with the package, if they name them. Of one
    file of measures, what it is under is looked for by name in its folder, down to the policies.

    Raises:
        RulesError: as `policy_sources`.
    """
    sources = policy_sources(folder)
    if folder.is_file() and _MEASURES.search(sources[0].text):
        sources = _with_all_below(sources[0], policy_sources(folder.parent))
    return with_base(sources)


def with_base(sources: list[Source]) -> list[Source]:
    """Policy files, with those of the policies that come with the package where they are measures under these.

    Raises:
        RulesError: measures under them do not stand alone, or a file cannot be read.
    """
    under = {match["base"] for source in sources if (match := _MEASURES.search(source.text)) is not None}
    if SHIPPED not in under or any(_VOCABULARY.search(source.text) for source in sources):
        return sources
    for source in sources:
        if not _MEASURES.search(source.text) and (match := _STATEMENT.search(source.text)):
            message = f"a folder of measures under `{SHIPPED}` holds nothing else"
            help = "policies of your own lie in a folder with a vocabulary; measures under them may lie beside it"
            place = Span(source, match.start(), match.end())
            raise RulesError([Diagnostic(Code.MEASURES, message, place, help=help)])
    return sources + policy_sources(shipped())


def tops(folder: Path) -> list[Path]:
    """What to load to have each of the measures in a folder in force: the folder, or the files that nothing is under.

    Raises:
        RulesError: as `policy_sources`.
    """
    headers = {
        source.name: match for source in policy_sources(folder) if (match := _MEASURES.search(source.text)) is not None
    }
    bases = {match["base"] for match in headers.values()}
    found = [Path(name) for name, match in headers.items() if match["name"] not in bases]
    return found if len(found) > 1 else [folder]


def _with_all_below(measures: Source, beside: list[Source]) -> list[Source]:
    """A file of measures, with the measures of its folder that it is under, and the policies of the folder."""
    by_name: dict[str, list[Source]] = {}
    for source in beside:
        if (match := _MEASURES.search(source.text)) is not None and match["name"]:
            by_name.setdefault(match["name"], []).append(source)
    chain, reached = [measures], measures
    while (match := _MEASURES.search(reached.text)) is not None:
        # Where two have the name, both are taken, and it is told that there are two.
        below = [source for source in by_name.get(match["base"], []) if source not in chain]
        if not below:
            break
        chain += below
        reached = below[0]
    has_vocabulary = any(_VOCABULARY.search(source.text) for source in beside)
    return [*chain, *(each for each in beside if has_vocabulary and not _MEASURES.search(each.text))]
