"""What each code means, with a bad and a good example; `sopb_rules.catalogue` puts them together with those of checks."""

from sopb_rules.explanations.catalogue import GROUPS, MISTAKES
from sopb_rules.explanations.explanation import ARTICLE, VOCABULARY, Explanation, Form

__all__ = ["ARTICLE", "GROUPS", "MISTAKES", "VOCABULARY", "Explanation", "Form"]
