"""The explanations of mistakes, by code; `sopb_rules.catalogue` adds those of the checks, which lie higher."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sopb_rules.codes.audit import AUDIT
from sopb_rules.codes.document import DOCUMENT
from sopb_rules.codes.explanation import CodeExplanation
from sopb_rules.codes.files import FILES
from sopb_rules.codes.measures import MEASURES
from sopb_rules.codes.names import NAMES
from sopb_rules.codes.questions import QUESTIONS
from sopb_rules.codes.states import STATES
from sopb_rules.codes.tables import TABLES
from sopb_rules.codes.text import TEXT
from sopb_rules.codes.types import TYPES
from sopb_rules.codes.use import USE
from sopb_rules.diagnostics import Code

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
        "Q": "Questions about all states at once: what `sopb analyze` finds",
        "S": "States",
        "R": "Tables with many rows",
        "U": "Use of the library and the command",
    }
)

#: The codes of mistakes with their explanations, in the order of the codes.
MISTAKES: Mapping[Code, CodeExplanation] = MappingProxyType(
    {
        each.code: each
        for group in (FILES, TEXT, NAMES, TYPES, DOCUMENT, MEASURES, AUDIT, QUESTIONS, STATES, TABLES, USE)
        for each in group
    }
)
