"""All explanations by code, and the way to ask for one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.explanations.audit import AUDIT
from sopb_rules.explanations.document import DOCUMENT
from sopb_rules.explanations.explanation import Explanation
from sopb_rules.explanations.files import FILES
from sopb_rules.explanations.names import NAMES
from sopb_rules.explanations.states import STATES
from sopb_rules.explanations.text import TEXT
from sopb_rules.explanations.types import TYPES
from sopb_rules.explanations.use import USE

#: What the first letter of a code says.
GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "F": "Files that cannot be read",
        "P": "The text of a policy file",
        "N": "Names",
        "T": "Types and references",
        "D": "The document: numbers, quotes, examples",
        "A": "The audit of the source",
        "S": "States",
        "U": "Use of the library and the command",
    }
)

#: Every code with its explanation, in the order of the codes.
EXPLANATIONS: Mapping[Code, Explanation] = MappingProxyType(
    {each.code: each for group in (FILES, TEXT, NAMES, TYPES, DOCUMENT, AUDIT, STATES, USE) for each in group}
)


def explain(code: str) -> Explanation:
    """The explanation of a code, whose letter may be small.

    Raises:
        RulesError: there is no such code.
    """
    codes = {each.value: each for each in Code}
    found = codes.get(code.strip().upper())
    if found is None:
        shown = code if len(code) <= 40 and code.isprintable() else "this"
        help = suggestion(code.strip().upper()[:40], codes, "codes")
        raise RulesError([Diagnostic(Code.UNKNOWN_CODE, f"`{shown}` is no code", help=help)])
    return EXPLANATIONS[found]
