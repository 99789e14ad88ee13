"""Property 4 in databases: each norm comes to what the reference evaluator says, unknowns and absences included.

Over all engines this compares more than 100,000 verdicts; `python -m tests.population.agreement` compares millions.
"""

from __future__ import annotations

import os
from functools import cache

import pytest

from sopb_rules import load_policies
from sopb_rules.diagnostics import RulesError
from tests.population.agreement import World, compare
from tests.population.engines import Engine, Engines

#: The usual run looks at the same place each time, as everywhere.
SEED = int(os.environ.get("SOPB_SEED", "20261128"))


@cache
def opinions_world(seed: int) -> World:
    return World.rolled(seed, 260, load_policies())


@cache
def world(seed: int, records: int) -> World | None:
    try:
        return World.rolled(seed, records)
    except RulesError:  # sums of so many digits that no table can hold them
        return None


def test_the_opinions_come_to_the_same_in_every_database(engine: Engine) -> None:
    # A state in which no organizations are stated at all would show little.
    made = next(each for each in map(opinions_world, range(SEED, SEED + 9)) if "organization" in each.frames)
    assert compare(engine, made) == made.verdicts > 20_000
    assert {"met", "unmet", "open", "used", "exceeded", "unknown", "not_applicable", "no_case"} < set(made.words())


def test_made_up_norms_come_to_the_same_in_every_database(engine: Engine) -> None:
    worlds = 4 if engine.dialect == "spark" else 24
    found = [each for number in range(worlds) if (each := world(SEED + number, 200 if number % 2 else 4)) is not None]
    assert sum(compare(engine, each) for each in found) == sum(each.verdicts for each in found) > 0


def test_a_difference_is_noticed(engines: Engines) -> None:
    made = next(each for number in range(50) if (each := world(number, 4)) is not None and each.verdicts)
    name = next(name for name, rows in made.rows.items() if rows)
    row = next(iter(made.rows[name]))
    made.rows[name][(*row[:-1], "met" if row[-1] != "met" else "unmet")] += 1
    with pytest.raises(AssertionError, match="seed"):
        compare(engines.get("duckdb"), made)
    world.cache_clear()
