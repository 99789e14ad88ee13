"""What each code means, with a bad and a good example; `sopb explain CODE` and the documentation are made from it."""

from sopb_rules.explanations.catalogue import EXPLANATIONS, GROUPS, explain
from sopb_rules.explanations.explanation import ARTICLE, VOCABULARY, Explanation, Form

__all__ = ["ARTICLE", "EXPLANATIONS", "GROUPS", "VOCABULARY", "Explanation", "Form", "explain"]
