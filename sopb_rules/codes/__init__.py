"""What each code means, with a bad and a good example; `sopb_rules.catalogue` puts them together with those of checks."""

from sopb_rules.codes.catalogue import GROUPS, MISTAKES
from sopb_rules.codes.explanation import ARTICLE, VOCABULARY, CodeExplanation, Form

__all__ = ["ARTICLE", "GROUPS", "MISTAKES", "VOCABULARY", "CodeExplanation", "Form"]
