"""From texts to a checked policy set: the order of the stages in one place."""

from __future__ import annotations

from collections.abc import Iterable

from sopb_rules.diagnostics import Diagnostic, RulesError, Severity
from sopb_rules.model.norms import Policies
from sopb_rules.model.resolve import resolve
from sopb_rules.source import Source
from sopb_rules.syntax.parse import parse


def check(sources: Iterable[Source]) -> tuple[Policies | None, list[Diagnostic]]:
    """Parse and check; no policy set where a file cannot be read, since what follows would only be noise."""
    files, diagnostics = [], []
    for source in sources:
        file, mistakes = parse(source)
        files.append(file)
        diagnostics += mistakes
    if diagnostics:
        return None, diagnostics
    return resolve(files)


def compile_policies(sources: Iterable[Source]) -> Policies:
    """A policy set from texts.

    Raises:
        RulesError: the texts have errors; all of them are in it.
    """
    policies, diagnostics = check(sources)
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if errors or policies is None:
        raise RulesError(errors)
    return policies
