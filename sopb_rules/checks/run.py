"""Asking the checks: of one file, of a whole set, and what becomes of it by comments and settings.

What checks say of a file rests on the file and on what it refers to, so a caller may keep it; comments and settings are
applied at the end, to what was kept as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from sopb_rules.checks.allow import sift
from sopb_rules.checks.check import Check, File
from sopb_rules.checks.kept import Kept
from sopb_rules.checks.questions import ALLOWABLE, by_name
from sopb_rules.checks.registry import ALLOWANCES, CHECKS
from sopb_rules.checks.settings import Settings
from sopb_rules.diagnostics import Diagnostic
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source

_BY_NAME = by_name(CHECKS)

#: What comments can allow; what they say of questions is held against what `sopb analyze` finds.
_ALLOWABLE = {**ALLOWABLE, **by_name(check for check in CHECKS if check not in ALLOWANCES)}


def file_diagnostics(policies: PolicySet, source: Source) -> list[Diagnostic]:
    """What the checks of single files say of one, in the order of its lines, whatever is set or allowed.

    Args:
        policies: a set without errors, which this file is part of.
    """
    file = File(policies, source)
    return _in_order(diagnostic for check in CHECKS for diagnostic in check.of_file(file))


def whole_diagnostics(policies: PolicySet) -> list[Diagnostic]:
    """What the checks of whole sets say, in the order of files and lines, whatever is set or allowed.

    Of a vocabulary alone they say nothing: all of it would be unused.
    """
    if not policies.model.statements:
        return []
    return _in_order(diagnostic for check in CHECKS for diagnostic in check.of_set(policies.model))


def apply(diagnostics: Iterable[Diagnostic], settings: Settings, sources: Sequence[Source]) -> list[Diagnostic]:
    """What is left of diagnostics by the comments in the files and by the settings, in the order of files and lines.

    What no check has said stays as it is. Comments that allow nothing are told, unless the check that they name was not
    asked.
    """
    asked = [each for each in diagnostics if _is_on(each, settings)]
    sifted = sift(asked, sources, _ALLOWABLE, lambda check, file: _is_asked(check, file, settings))
    bad, unused = ALLOWANCES
    told = [*map(bad.diagnostic, sifted.bad), *map(unused.diagnostic, sifted.unused)]
    left = [*sifted.kept, *(each for each in told if _is_on(each, settings))]
    return _in_order(_weighed(each, settings) for each in left)


def run_checks(policies: PolicySet, settings: Settings | None = None, kept: bool = False) -> list[Diagnostic]:
    """What all checks say of a policy set without errors, by its comments and the settings.

    Args:
        kept: use the user's cache folder for files that have not changed.
    """

    def find(source: Source) -> list[Diagnostic]:
        return file_diagnostics(policies, source)

    sources = policies.model.sources
    known = Kept(policies.model) if kept else None
    found = [
        diagnostic
        for source in sources
        for diagnostic in (known.find("checks", source, find) if known else find(source))
    ]
    return apply([*found, *whole_diagnostics(policies)], settings or Settings(), sources)


def _is_asked(check: Check, file: str, settings: Settings) -> bool:
    """Whether a comment that allows a check would be needless if the check does not complain."""
    return check.name not in ALLOWABLE and settings.level(check, file) is not None


def _check(diagnostic: Diagnostic) -> Check | None:
    return _BY_NAME.get(diagnostic.code.value.casefold())


def _is_on(diagnostic: Diagnostic, settings: Settings) -> bool:
    check = _check(diagnostic)
    return check is None or settings.level(check, _file(diagnostic)) is not None


def _weighed(diagnostic: Diagnostic, settings: Settings) -> Diagnostic:
    check = _check(diagnostic)
    level = None if check is None else settings.level(check, _file(diagnostic))
    return diagnostic if level is None else attrs.evolve(diagnostic, severity=level)


def _file(diagnostic: Diagnostic) -> str:
    return diagnostic.span.source.name if diagnostic.span else diagnostic.file


def _in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(diagnostics, key=lambda each: (_file(each), each.span.start if each.span else 0, each.code.value))
