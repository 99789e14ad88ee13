"""What another version of policies changes for a population: whose verdicts are others, on which norms, and of which sort."""

from sopb_rules.extras import check_tables

check_tables()

from sopb_rules.impact.compare import impact  # noqa: E402 - only now is it known that Polars is there
from sopb_rules.impact.counts import Compared, Impact  # noqa: E402

__all__ = ["Compared", "Impact", "impact"]
