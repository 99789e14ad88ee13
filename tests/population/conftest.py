"""Databases are started when a test first asks for one, and ended with the run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.population.engines import ENGINES, Engine, Engines


@pytest.fixture(scope="session")
def engines() -> Iterator[Engines]:
    """The engines, none of which runs yet."""
    found = Engines()
    yield found
    found.close()


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ENGINES])
def engine(request: pytest.FixtureRequest, engines: Engines) -> Engine:
    """Each of the engines in turn."""
    return engines.get(request.param)
