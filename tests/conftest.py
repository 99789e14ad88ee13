"""The profiles of hypothesis, the usual one and a deep one for the long run, and what is shown at the end of a run."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings

# Random on purpose: each run looks somewhere else, and what it finds is shrunk and printed with the way to repeat it.
settings.register_profile("default", deadline=None, max_examples=100, print_blob=True)
settings.register_profile(
    "deep",
    deadline=None,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "2000")),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the score of the corpus of mistakes, also where it is reached."""
    reports = [each for outcome in ("passed", "failed") for each in terminalreporter.stats.get(outcome, [])]
    for name, value in (pair for report in reports for pair in getattr(report, "user_properties", [])):
        if name == "corpus":
            terminalreporter.section("corpus of mistakes")
            terminalreporter.write_line(value)
