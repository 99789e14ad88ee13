"""The profiles of hypothesis: the usual one, and a deep one for the long run (`HYPOTHESIS_PROFILE=deep`)."""

from __future__ import annotations

import os

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
