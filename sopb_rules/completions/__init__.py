"""What may still be stated of a state: which unknown facts turn a verdict, and which changes of facts would.

A completion of a state states what it leaves unknown. There are endlessly many, but a norm tells apart only finitely many
values of a fact, so one value for each that it tells apart is enough to try.
"""

from sopb_rules.completions.missing import Missing, Turn, missing_facts, outcomes
from sopb_rules.completions.options import Assumption

__all__ = ["Assumption", "Missing", "Turn", "missing_facts", "outcomes"]
