"""The profiles of hypothesis, the usual one and a deep one for the long run, and what is shown at the end of a run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import engine

from sopb_rules.completions import changes, search

if TYPE_CHECKING:
    from tests.population.engines import Engines

# The usual run tries the same examples each time, so that a change fails by what it changed. The deep one looks somewhere
# else each time (`--hypothesis-seed` repeats it); what it finds is shrunk and printed with the way to repeat it.
_EVERYWHERE = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", _EVERYWHERE, max_examples=50, derandomize=True)
settings.register_profile("deep", _EVERYWHERE, max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "2000")))
# A property that fails is told within two minutes: there is no setting for how long its example is made smaller.
engine.MAX_SHRINKING_SECONDS = 60
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


#: Where norms are generated, which are stranger than any that people write, and searches are asked for by the hundred.
_GENERATED = {"properties", "completions", "interview", "test_writing.py", "test_decision_log.py", "test_receipt.py"}


#: Groups of tests, those that take longest at the end.
_GROUPS = ("", "duckdb", "postgres", "spark")


@pytest.fixture(autouse=True, scope="module")
def short_searches(request: pytest.FixtureRequest) -> Iterator[None]:
    """Searches among completions give up sooner where norms are generated."""
    with pytest.MonkeyPatch.context() as patch:
        if not _GENERATED.isdisjoint((request.path.parent.name, request.path.name)):
            patch.setattr(search, "NODES", 40)
            patch.setattr(changes, "STEPS", 100)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs databases comes first, so that it is dealt to one worker, which starts each of them once.

    The others take tests from the end of a worker's row, so that these are left where they are while there are any else; and
    what takes longest is not left for the end.
    """
    items.sort(key=_databases_first)


def _databases_first(item: pytest.Item) -> int:
    group = item.get_closest_marker("xdist_group")
    return -_GROUPS.index(group.args[0]) if group is not None else 0


@pytest.fixture(scope="session")
def engines() -> Iterator[Engines]:
    """Databases, each of which is started when a test first asks for it, and ended with the run."""
    from tests.population.engines import Engines

    found = Engines()
    yield found
    found.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the score of the corpus of mistakes, also where it is reached."""
    reports = [each for outcome in ("passed", "failed") for each in terminalreporter.stats.get(outcome, [])]
    for name, value in (pair for report in reports for pair in getattr(report, "user_properties", [])):
        if name == "corpus":
            terminalreporter.section("corpus of mistakes")
            terminalreporter.write_line(value)
