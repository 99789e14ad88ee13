"""From texts to a checked policy set: the order of the stages in one place."""

from __future__ import annotations

from collections.abc import Iterable

from sopb_rules.diagnostics import Diagnostic, RulesError, Severity
from sopb_rules.model.check_set import resolve
from sopb_rules.model.norms import Policies
from sopb_rules.source import Source
from sopb_rules.syntax.parse import parse_all


def check(sources: Iterable[Source], kept: bool = False) -> tuple[Policies | None, list[Diagnostic]]:
    """Parse and check; no policy set where a file cannot be read, since what follows would only be noise.

    Args:
        kept: use the user's cache folder.
    """
    files, diagnostics = parse_all(sources, kept)
    if diagnostics:
        return None, diagnostics
    return resolve(files)


def compile_policies(sources: Iterable[Source], kept: bool = False) -> Policies:
    """A policy set from texts.

    Args:
        kept: use the user's cache folder.

    Raises:
        RulesError: the texts have errors; all of them are in it.
    """
    policies, diagnostics = check(sources, kept)
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if errors or policies is None:
        raise RulesError(errors)
    return policies
