"""Columns and databases held against the reference evaluator, on policies and states that are made up by rolling dice.

    python -m tests.population.agreement --comparisons 5000000

makes up policy sets and large states until so many verdicts were compared, and tells how many there were of each. What a seed makes up
is always the same, so that the seed in a failure is enough to see it again: `--seed`.
"""

from __future__ import annotations

import argparse
import atexit
import datetime
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs
import click
import polars as pl

from sopb_rules import load_policies
from sopb_rules.diagnostics import RulesError
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.load import compile_policies
from sopb_rules.policy_set import PolicySet
from sopb_rules.population import sql
from sopb_rules.population.columns import Plan, with_hypothetical
from sopb_rules.population.given import Given
from sopb_rules.population.layout import HOLDER, ID, Layout, Says, Table, layout
from sopb_rules.population.outcomes import verdict
from sopb_rules.population.program import DECIMALS, DIGITS, Program
from sopb_rules.population.stated import tables_of
from sopb_rules.population.translate import program
from sopb_rules.source import Source
from sopb_rules.states.records import State
from sopb_rules.testing.drawing import Choices
from sopb_rules.testing.some_policies import statements_by_file, texts
from sopb_rules.testing.some_states import States
from sopb_rules.testing.some_vocabulary import vocabulary_statements
from tests.population.as_stored import as_stored
from tests.population.engines import ENGINES, Engine, Row
from tests.population.rows import expected, records_of_rows

#: With so few records, pairs of pairs are still not many; and with so many norms, a policy set is written by people.
FEW, MANY = 12, 50
#: What runs in this process, and takes no SQL.
POLARS = "polars"


class Rolled(Choices):
    """Choices made by dice."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice

    def below(self, limit: int) -> int:
        return self._dice.randrange(limit) if limit > 1 else 0


def rolled_policies(dice: random.Random) -> PolicySet:
    """Some policy set."""
    choices = Rolled(dice)
    files = texts(statements_by_file(choices, vocabulary_statements(choices)))
    return PolicySet(compile_policies(Source(name, text) for name, text in files.items()))


def rolled_state(dice: random.Random, policies: PolicySet, records: int) -> State:
    """A state with so many records of each listed entity, some of which may be left out."""
    states = States(Rolled(dice), policies.model)
    states.values = {key: tuple(filter(_fits, values)) for key, values in states.values.items()}
    data: dict[str, Any] = {"as_of": states.date()}
    for entity in policies.model.vocabulary.listed():
        if dice.randrange(12):
            data[entity.name] = [states.record(entity) for _ in range(records)]
    states.refer()
    return policies.state(data)


def _fits(value: Any) -> bool:
    """Whether a table can hold a value."""
    match value:
        case str() if value.endswith("%"):
            return _fits(Decimal(value[:-1]) / 100)
        case str() if value.endswith((" days", " months")):
            return _fits(int(value.split()[0]))
        case Decimal():
            units = value.scaleb(DECIMALS)
            return units == units.to_integral_value() and abs(value) < 10**DIGITS
        case int():
            return abs(value) < 10**DIGITS
        case _:
            return True


@attrs.frozen(slots=False)
class World:
    """Policies, a state, its tables, and what all its subjects come to by the reference evaluator."""

    seed: int
    policies: PolicySet
    state: State
    day: datetime.date
    layout: Layout
    frames: dict[str, pl.DataFrame]
    program: Program
    rows: dict[str, Counter[Row]]

    @classmethod
    def rolled(cls, seed: int, records: int, policies: PolicySet | None = None) -> World:
        """The world of a seed."""
        dice = random.Random(seed)
        policies = policies or rolled_policies(dice)
        state = rolled_state(dice, policies, min(records, FEW) if _pairs(policies) else records)
        assert state.as_of is not None
        tables = layout(policies.model.vocabulary, policies.model.judgement_keys)
        frames = tables_of(tables, state)
        columns = {name: [each for each in frame.columns if each[0] != "#"] for name, frame in frames.items()}
        made = program(policies.model, state.as_of, columns)
        rows = {table.name: Counter(_expected(made, table, frames, state)) for table in made.tables}
        return cls(seed, policies, state, state.as_of, tables, frames, made, rows)

    def said(self) -> dict[str, pl.DataFrame]:
        """Its tables; in half of the worlds without what says nothing."""
        return thinned(random.Random(self.seed), self.layout, self.frames) if self.seed % 4 > 1 else self.frames

    @property
    def verdicts(self) -> int:
        """How many there are to be compared."""
        return sum(
            count * (len(row) - _keys(self.layout.tables[name]))
            for name, rows in self.rows.items()
            for row, count in rows.items()
        )

    def words(self) -> Counter[str | None]:
        """What the subjects come to."""
        found: Counter[str | None] = Counter()
        for name, rows in self.rows.items():
            for row, count in rows.items():
                for word in row[_keys(self.layout.tables[name]) :]:
                    found[word] += count
        return found


def _pairs(policies: PolicySet) -> bool:
    """Whether norms ask who refers to somebody: the reference evaluator then looks at all pairs, again and again inside others."""
    return len(policies.model.norms) < MANY and any(
        isinstance(node, e.Quantifier | e.Tally)
        and node.source.fact is not None
        and isinstance(node.source.fact.type, v.Inverse)
        for condition in policies.model.conditions()
        for node in e.walk(condition, into_applied=False)
    )


def thinned(dice: random.Random, tables: Layout, frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Tables without some columns and without some lists of which nothing is said: what is left says the same."""
    found: dict[str, pl.DataFrame] = {}
    for name, frame in frames.items():
        table = tables.tables[name]
        if table.above is not None and (
            table.above.table.name not in found or table.known not in found[table.above.table.name].columns
        ):
            continue  # a list of which it is known nowhere what is in it, left out with what says so
        silent = [column for column in frame.columns if _says_nothing(tables, name, frame[column])]
        dropped = [column for column in silent if dice.randrange(3)]
        found[name] = frame.drop(dropped)
    return found


def _says_nothing(tables: Layout, table: str, column: pl.Series) -> bool:
    said = tables.columns[table].get(column.name)
    if said is None or column.name in (ID, HOLDER):
        return False
    return column.null_count() == column.len() or (said.says is Says.KNOWN and not column.any())


def _keys(table: Table) -> int:
    return 1 if table.above is None else 2


def _expected(made: Program, table: Table, frames: dict[str, pl.DataFrame], state: State) -> Iterator[Row]:
    """The rows that a database should give, by the reference evaluator."""
    assert state.as_of is not None
    records = records_of_rows(made.layout, state)[table.name]
    frame = with_hypothetical(made.layout, frames, {each.name for each in made.tables})[table.name]
    keys = [frame[name].to_list() for name in ((ID,) if table.above is None else (HOLDER, ID))]
    words = [list(expected(outcome, records, state.as_of)) for outcome in made.of(table)]
    return zip(*keys, *words, strict=True)


def compare(engine: Engine, world: World) -> int:
    """Hold an engine against the reference evaluator, and tell how many verdicts were compared.

    Raises:
        AssertionError: a row differs; the text says in which world and where.
    """
    frames = as_stored(world.layout, world.said())
    engine.load(frames)
    columns = {name: frame.columns for name, frame in frames.items()}
    given = Given.of(world.layout, sql.dialect_of(engine.dialect), columns)
    made = program(world.policies.model, world.day, given.readable())
    compared = 0
    for table in made.tables:
        select = sql.query(made, table, given)
        got = Counter(engine.query(sql.text(select, given.dialect)))
        names = [outcome.name for outcome in made.of(table)]
        _same(got, world.rows[table.name], f"{engine.dialect}, seed {world.seed}, {table.name}: {names}")
        compared += sum(got.values()) * len(names)
    return compared


def compare_columns(world: World) -> int:
    """Hold columns in memory against the reference evaluator, as `compare` does an engine.

    Raises:
        AssertionError: a row differs.
    """
    frames = world.said()
    plan = Plan(program(world.policies.model, world.day, {name: frame.columns for name, frame in frames.items()}))
    computed, compared = plan.run(frames), 0
    for table in plan.program.tables:
        outcomes = plan.program.of(table)
        keys = [pl.col(name).alias(f"#{name}") for name in ((ID,) if table.above is None else (HOLDER, ID))]
        words = [verdict(outcome, computed.planes(outcome)) for outcome in outcomes]
        got = Counter(computed.select(table, [*keys, *words]).rows())
        names = [outcome.name for outcome in outcomes]
        _same(got, world.rows[table.name], f"{POLARS}, seed {world.seed}, {table.name}: {names}")
        compared += sum(got.values()) * len(names)
    return compared


def _same(got: Counter[Row], wanted: Counter[Row], where: str) -> None:
    if got != wanted:
        more, less = list((got - wanted).items())[:3], list((wanted - got).items())[:3]
        raise AssertionError(f"{where}\n  the engine gives {more}\n  and should give   {less}")


def main(arguments: Sequence[str]) -> None:
    """Compare until so many verdicts were compared."""
    parser = argparse.ArgumentParser(prog="python -m tests.population.agreement")
    parser.add_argument("--comparisons", type=int, default=1_000_000, help="how many verdicts to compare")
    parser.add_argument("--engines", default=",".join((POLARS, *ENGINES)), help="which engines, with commas between")
    parser.add_argument("--records", type=int, default=120, help="how many records each listed entity has")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="the seed of the first world")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended as well
    asked = given.engines.split(",")
    engines = [ENGINES[name]() for name in asked if name != POLARS]
    for engine in engines:
        atexit.register(engine.close)
    compared: Counter[str] = Counter()
    words: Counter[str | None] = Counter()
    opinions, begin, seed = load_policies(), time.monotonic(), given.seed
    while compared.total() < given.comparisons:
        # Every tenth world has the norms of the Opinions, every other one few records, of which each matters more.
        records = given.records if seed % 2 else 3
        seed += 1
        try:
            world = World.rolled(seed - 1, records, opinions if seed % 10 == 1 else None)
        except RulesError:  # sums of so many digits that no table can hold them
            continue
        words += world.words()
        if POLARS in asked:
            compared[POLARS] += compare_columns(world)
        for engine in engines:
            if engine.dialect != "spark" or seed % 5 == 1:  # which takes seconds for each query
                compared[engine.dialect] += compare(engine, world)
    click.echo(f"seeds {given.seed} to {seed - 1}, {time.monotonic() - begin:.0f} seconds; none differs")
    for name, count in compared.items():
        click.echo(f"  {count:>12,} by {name}")
    for word, count in words.most_common():
        click.echo(f"  {count:>12,} {word or 'no subject'}")


if __name__ == "__main__":
    main(sys.argv[1:])
