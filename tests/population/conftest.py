"""Databases are started when a test first asks for one, and ended with the run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.population.engines import ENGINES, Engine, Missing


class Engines:
    """The engines that run, by their dialects."""

    def __init__(self) -> None:
        self._running: dict[str, Engine] = {}

    def get(self, dialect: str) -> Engine:
        """The engine, started if it does not run; the test is skipped where it is missing and need not be there."""
        if dialect not in self._running:
            try:
                self._running[dialect] = ENGINES[dialect]()
            except Missing as missing:
                if os.environ.get("SOPB_ENGINE_TESTS") == "1":
                    raise
                pytest.skip(str(missing))
        return self._running[dialect]

    def close(self) -> None:
        """End all."""
        for engine in self._running.values():
            engine.close()


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
