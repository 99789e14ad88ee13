"""Which checks are asked and how much each weighs: `[tool.sopb.check]` in `pyproject.toml`, `[check]` in `sopb.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import attrs

from sopb_rules.checks.check import Check
from sopb_rules.diagnostics import Code, Diagnostic, RulesError, Severity, suggestion
from sopb_rules.source import Source, Span, read_source

OWN_FILE, PROJECT_FILE = "sopb.toml", "pyproject.toml"
#: What a check can be set to, by the key of its list.
LEVELS: Mapping[str, Severity | None] = {
    "off": None, "error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE,
}  # fmt: skip
_PER_FILE = "per-file"


@attrs.frozen
class Settings:
    """What is set; a check that is not named keeps its own severity.

    Args:
        levels: by the names of checks; None for one that is off.
        per_file: likewise for the files that match a pattern, in the order of the configuration.
        folder: the folder of the configuration, from which patterns with a slash are read.
        select: the only checks that are asked; all that are on where it is empty.
    """

    levels: Mapping[str, Severity | None] = attrs.field(factory=dict)
    per_file: tuple[tuple[str, Mapping[str, Severity | None]], ...] = ()
    folder: Path | None = None
    select: frozenset[str] = frozenset()

    def level(self, check: Check, file: str = "") -> Severity | None:
        """How much a check weighs in a file; None if it is not asked there."""
        default = check.severity if check.on or check.name in self.select else None
        found = self.levels.get(check.name, default)
        for pattern, levels in self.per_file:
            if check.name in levels and self._matches(pattern, file):
                found = levels[check.name]
        return None if self.select and check.name not in self.select else found

    def _matches(self, pattern: str, file: str) -> bool:
        path = Path(file)
        if "/" not in pattern:
            return fnmatchcase(path.name, pattern)
        if self.folder is not None and path.resolve().is_relative_to(self.folder):
            path = path.resolve().relative_to(self.folder)
        return fnmatchcase(path.as_posix(), pattern)


def find_settings(folder: Path, checks: Collection[Check]) -> Settings:
    """The settings for a folder of policies: of the nearest folder, from it upwards, that has some.

    Raises:
        RulesError: they cannot be read or have mistakes; all are named.
    """
    start = folder.resolve()
    for place in (start, *start.parents) if start.is_dir() else start.parents:
        found = [each for name in (OWN_FILE, PROJECT_FILE) if (each := _table(place / name)) is not None]
        if len(found) > 1:
            message = f"both {OWN_FILE} and {PROJECT_FILE} configure the checks"
            help = f"keep what stands in one of them: `{place / OWN_FILE}` or `{place / PROJECT_FILE}`"
            raise RulesError([Diagnostic(Code.BAD_SETTING, message, file=str(place / OWN_FILE), help=help)])
        if found:
            return _Reader(*found[0], checks).settings(place)
    return Settings()


def _table(file: Path) -> tuple[Source, Any] | None:
    """The table with the settings in a file, as it is; None where there is none.

    Raises:
        RulesError: the file cannot be read, is no TOML, or has something else where settings could stand.
    """
    if not file.is_file():
        return None
    source = read_source(file)
    try:
        data = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError([_not_toml(source, str(error))]) from None
    own = file.name == OWN_FILE
    inner: Any = data if own else data.get("tool", {})
    if not own:
        if not isinstance(inner, dict) or "sopb" not in inner:
            return None
        inner = inner["sopb"]
    if not isinstance(inner, dict):
        raise RulesError([_setting(source, "sopb", "`tool.sopb` is not a table", "write `[tool.sopb.check]`")])
    wrong = [
        _setting(source, key, f"there are no settings called `{key}`", suggestion(key, ["check"], "settings"))
        for key in inner
        if key != "check"
    ]
    if wrong:
        raise RulesError(wrong)
    return (source, inner["check"]) if "check" in inner else None


def _not_toml(source: Source, error: str) -> Diagnostic:
    told, _, place = error.partition(" (at ")
    at = re.match(r"line (\d+), column (\d+)", place)
    span = None
    if at is not None:
        start = min(source.line_starts[min(int(at[1]), len(source.line_starts)) - 1] + int(at[2]) - 1, len(source.text))
        span = Span(source, start, min(start + 1, len(source.text)))
    elif "end of document" in place:
        span = Span(source, len(source.text), len(source.text))
    message = f"this is not TOML: {told[:1].lower()}{told[1:]}"
    return Diagnostic(Code.BAD_SETTING, message, span, file=source.name)


def _setting(source: Source, word: str, message: str, help: str) -> Diagnostic:
    """A diagnostic at a word of the settings: the parser does not tell where its values stood."""
    header = re.search(r"^\s*\[+\s*(tool\s*\.\s*sopb|check)\b", source.text, re.MULTILINE)
    found = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])").search(source.text, header.start() if header else 0)
    span = Span(source, *found.span()) if word and found else None
    return Diagnostic(Code.BAD_SETTING, message, span, file=source.name, help=help)


class _Reader:
    """Reads one table of settings."""

    def __init__(self, source: Source, table: Any, checks: Collection[Check]) -> None:
        self.source = source
        self.table = table
        self.names = {check.name: check.name for check in checks} | {check.code.value: check.name for check in checks}
        self.wrong: list[Diagnostic] = []

    def settings(self, folder: Path) -> Settings:
        """The settings.

        Raises:
            RulesError: they have mistakes.
        """
        levels = self._levels(self.table, "check", (*LEVELS, _PER_FILE))
        per_file = self.table.get(_PER_FILE, {}) if isinstance(self.table, dict) else {}
        if not isinstance(per_file, dict):
            self._error(_PER_FILE, f"`{_PER_FILE}` is not a table", f'write `[check.{_PER_FILE}."article_*.policy"]`')
            per_file = {}
        patterns = tuple((pattern, self._levels(table, pattern, LEVELS)) for pattern, table in per_file.items())
        if self.wrong:
            raise RulesError(self.wrong)
        return Settings(levels, patterns, folder)

    def _levels(self, table: Any, called: str, keys: Iterable[str]) -> dict[str, Severity | None]:
        if not isinstance(table, dict):
            self._error(called, f"`{called}` is not a table", "its lists are " + ", ".join(LEVELS))
            return {}
        for key in table.keys() - set(keys):
            self._error(key, f"there is no setting `{key}`", suggestion(key, keys, "settings"))
        levels: dict[str, Severity | None] = {}
        for key, level in LEVELS.items():
            for name in self._list(table.get(key, []), key):
                if name in levels:
                    self._error(key, f"`{name}` is set twice", "let it stand in one of the lists")
                levels[name] = level
        return levels

    def _list(self, value: Any, key: str) -> Iterator[str]:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._error(key, f"`{key}` is not a list of names", f'write `{key} = ["unused-fact"]`')
            return
        for each in value:
            name = self.names.get(each) or self.names.get(each.upper())
            if name is None:
                self._error(each, f"there is no check `{each}`", suggestion(each, self.names, "checks"))
            else:
                yield name

    def _error(self, word: str, message: str, help: str) -> None:
        self.wrong.append(_setting(self.source, word, message, help))
