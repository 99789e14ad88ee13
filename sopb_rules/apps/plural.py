"""Numbers with their nouns."""

from sopb_rules.findings.counting import counted

__all__ = ["counted"]
