"""What `sopb analyze` finds, as checks are: with a code, a severity, an explanation, and comments that allow it.

No check asks these questions; `sopb_rules.analysis` answers them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

import attrs

from sopb_rules.analysis.questions import Kind
from sopb_rules.checks.allow import sift
from sopb_rules.checks.check import Check
from sopb_rules.checks.registry import ALLOWANCES, CHECKS
from sopb_rules.codes import MISTAKES
from sopb_rules.diagnostics import Code, Diagnostic, Severity
from sopb_rules.source import Source

_CODES = {
    Kind.NEVER_APPLIES: (Code.NEVER_APPLIES, Severity.WARNING),
    Kind.CANNOT_BE_MET: (Code.CANNOT_BE_MET, Severity.WARNING),
    Kind.CANNOT_BE_UNMET: (Code.CANNOT_BE_UNMET, Severity.WARNING),
    Kind.GAP: (Code.GAP, Severity.NOTE),
    Kind.OVERLAP: (Code.OVERLAP, Severity.WARNING),
    Kind.IDLE_CASE: (Code.IDLE_CASE, Severity.WARNING),
    Kind.ALWAYS_TRUE: (Code.ALWAYS_HOLDS, Severity.WARNING),
    Kind.ALWAYS_FALSE: (Code.NEVER_HOLDS, Severity.WARNING),
    Kind.CONFLICT: (Code.CONFLICT, Severity.WARNING),
    Kind.FORBIDS_PERMITTED: (Code.FORBIDS_PERMITTED, Severity.WARNING),
    Kind.IMPLIED: (Code.IMPLIED, Severity.NOTE),
}

#: Each kind of question as a check, whose name is the kind's.
QUESTIONS: Mapping[Kind, Check] = MappingProxyType(
    {kind: Check(code, kind.value, severity, MISTAKES[code]) for kind, (code, severity) in _CODES.items()}
)
UNDECIDED = Check(Code.UNDECIDED, "undecided", Severity.NOTE, MISTAKES[Code.UNDECIDED])
MISMATCH = Check(Code.MISMATCH, "mismatch", Severity.ERROR, MISTAKES[Code.MISMATCH])
#: All of them, in the order of their codes.
ABOUT_ALL_STATES: tuple[Check, ...] = (*QUESTIONS.values(), UNDECIDED, MISMATCH)


def by_name(checks: Iterable[Check]) -> dict[str, Check]:
    """Checks by name and by code, in small letters."""
    return {key: check for check in checks for key in (check.name, check.code.value.casefold())}


#: What comments can allow of the questions.
ALLOWABLE: Mapping[str, Check] = MappingProxyType(by_name(QUESTIONS.values()))
_CHECKS: Mapping[str, Check] = MappingProxyType(by_name(check for check in CHECKS if check not in ALLOWANCES))


@attrs.frozen
class Left:
    """What is left of findings.

    Args:
        kept: those that no comment allows.
        comments: what is wrong with the comments that speak of questions.
    """

    kept: tuple[Diagnostic, ...]
    comments: tuple[Diagnostic, ...]


def without_allowed(found: Sequence[Diagnostic], sources: Sequence[Source], decided: Collection[Kind]) -> Left:
    """What is found without what comments allow, and what is wrong with these comments.

    Args:
        decided: the kinds of question of which all were asked and decided: a comment for another cannot be known to be
            needless.
    """
    names = {kind.value for kind in decided}
    sifted = sift(found, sources, {**_CHECKS, **ALLOWABLE}, lambda check, _: check.name in names)
    bad, unused = ALLOWANCES
    ours = [each for each in sifted.bad if each.span is not None and _names_a_question(each.span.text)]
    return Left(sifted.kept, (*map(bad.diagnostic, ours), *map(unused.diagnostic, sifted.unused)))


def _names_a_question(comment: str) -> bool:
    words = comment.casefold().replace(":", " ").replace(",", " ").split()
    return any(word in ALLOWABLE for word in words[:4])
