"""Each database in turn, for tests that hold of all."""

from __future__ import annotations

import pytest

from tests.population.engines import ENGINES, Engine, Engines


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ENGINES])
def engine(request: pytest.FixtureRequest, engines: Engines) -> Engine:
    """Each of the engines in turn."""
    return engines.get(request.param)
