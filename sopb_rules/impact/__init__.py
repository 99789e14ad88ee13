"""What another version of policies changes for a population: whose verdicts are others, on which norms, and of which sort."""

from sopb_rules.impact.compare import impact
from sopb_rules.impact.counts import Compared, Impact

__all__ = ["Compared", "Impact", "impact"]
