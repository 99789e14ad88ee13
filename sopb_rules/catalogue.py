"""All explanations by code, those of mistakes and those of checks, and the way to ask for one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sopb_rules.checks.questions import ABOUT_ALL_STATES
from sopb_rules.checks.registry import CHECKS
from sopb_rules.codes import MISTAKES, CodeExplanation
from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion

_ALL = {**MISTAKES, **{check.code: check.explanation for check in CHECKS}}
#: The codes by the names of checks and questions.
NAMES: Mapping[str, Code] = MappingProxyType({check.name: check.code for check in (*ABOUT_ALL_STATES, *CHECKS)})
_CALLED = {check.code: check.name for check in (*ABOUT_ALL_STATES, *CHECKS)}

#: Every code with its explanation, in the order of the codes.
EXPLANATIONS: Mapping[Code, CodeExplanation] = MappingProxyType({code: _ALL[code] for code in Code if code in _ALL})


def check_named(explanation: CodeExplanation) -> str:
    """The name of the check or the question that an explanation is of; "" for that of a mistake."""
    return _CALLED.get(explanation.code, "")


def explain(asked: str) -> CodeExplanation:
    """The explanation of a code, whose letter may be small, or of a check or a question by its name.

    Raises:
        RulesError: there is no such code and no such check.
    """
    codes = {each.value: each for each in Code}
    found = codes.get(asked.strip().upper()) or NAMES.get(asked.strip().casefold())
    if found is None:
        shown = asked if len(asked) <= 40 and asked.isprintable() else "this"
        by_name = suggestion(asked.strip().casefold()[:40], NAMES) if "-" in asked else ""
        help = by_name or suggestion(asked.strip().upper()[:40], codes, "codes")
        raise RulesError([Diagnostic(Code.UNKNOWN_CODE, f"`{shown}` is no code", help=help)])
    return EXPLANATIONS[found]
