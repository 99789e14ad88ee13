"""Each database in turn, for tests that hold of all."""

from __future__ import annotations

import pytest

from tests.population.engines import ENGINES, Engine, Engines, each_of


@pytest.fixture(params=each_of(*ENGINES))
def engine(request: pytest.FixtureRequest, engines: Engines) -> Engine:
    """Each of the engines in turn."""
    return engines.get(request.param)
