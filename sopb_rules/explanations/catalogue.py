"""The explanations of mistakes, by code; `sopb_rules.catalogue` adds those of the checks, which lie higher."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sopb_rules.diagnostics import Code
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
        "C": "Checks: what is no mistake in the language, and often one in the norm",
        "A": "The audit of the source",
        "S": "States",
        "U": "Use of the library and the command",
    }
)

#: The codes of mistakes with their explanations, in the order of the codes.
MISTAKES: Mapping[Code, Explanation] = MappingProxyType(
    {each.code: each for group in (FILES, TEXT, NAMES, TYPES, DOCUMENT, AUDIT, STATES, USE) for each in group}
)
