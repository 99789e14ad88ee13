"""Policies evaluated over tables, in pieces that fit into memory: words for each row, counts, and the rows that need action."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import attrs
import polars as pl

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.model.norms import Norm, Policies
from sopb_rules.population.columns import Computed, Plan
from sopb_rules.population.layout import HOLDER, ID, Layout, Table, layout
from sopb_rules.population.outcomes import counts, enumeration, number_of, verdict, words
from sopb_rules.population.program import Outcomes, Program
from sopb_rules.population.tables import BadRows, Batch, Loaded, Population
from sopb_rules.population.translate import Translator

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet

#: How many rows of the main table are evaluated at a time: as they are read, and where they are held in memory anyway.
BATCH, LOADED_BATCH = 500_000, 2_000_000

#: What tells that somebody has to act: a breach, a shortfall, a permission exceeded, and cases of a decision that clash.
ACTION = ("unmet", "exceeded", "conflict")

Done = Callable[[int], None]


@attrs.frozen(slots=False)
class TableEvaluation:
    """What policies come to over tables on a day. Nothing is computed before it is asked for.

    Args:
        rows: how many rows of the main table are evaluated at a time, where they can be taken apart; None for what fits.
    """

    policies: PolicySet = attrs.field(repr=False)
    as_of: datetime.date
    population: Population | Loaded = attrs.field(repr=False)
    only: tuple[str, ...] | None = None
    rows: int | None = None

    @cached_property
    def program(self) -> Program:
        """What is computed."""
        return self._program(hinges=False)

    def _program(self, hinges: bool) -> Program:
        population = self.population
        columns = tuple(population.columns.items())
        return _program(self.policies.model, self.as_of, population.layout, columns, self.only, hinges)

    @property
    def at_a_time(self) -> int:
        """How many rows of the main table are evaluated at a time."""
        return self.rows or (LOADED_BATCH if isinstance(self.population, Loaded) else BATCH)

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that have subjects: of listed entities and of lists."""
        return tuple(table.name for table in self.program.tables)

    def outcomes(self, table: str) -> tuple[Outcomes, ...]:
        """The norms and decisions whose subjects are in the rows of a table, in the order of the document.

        Raises:
            RulesError: no subjects are in such a table.
        """
        return self.program.of(self._table(table))

    def schema(self, table: str | None = None) -> pl.Schema:
        """The columns of `verdicts`.

        Raises:
            RulesError: there is no such table.
        """
        return self._no_verdicts(self._table(table)).schema

    # ---- what it comes to --------------------------------------------------------------------------------

    def verdicts(self, table: str | None = None, action: bool = False) -> pl.DataFrame:
        """A row for each subject: its `id`, in a list also its `holder`, and a column of words for each norm and decision.

        A word is null where there is no subject. A row without an id stands for what an unknown list may hold.

        Args:
            table: the name of the table; it may be left out where only one has subjects.
            action: only the rows in which somebody has to act.

        Raises:
            RulesError: there is no such table, or rows are wrong and not to be skipped.
        """
        name = self._table(table)
        return pl.concat([self._no_verdicts(name), *self.pieces(name.name, action)], rechunk=False)

    def pieces(
        self, table: str | None = None, action: bool = False, done: Done | None = None
    ) -> Iterator[pl.DataFrame]:
        """The same piece by piece, so that memory holds one at a time.

        Args:
            done: told of how many rows were read for each piece.

        Raises:
            RulesError: as for `verdicts`.
        """
        asked = self._table(table)
        outcomes = self.program.of(asked)
        for _batch, computed in self._computed(self.program, outcomes, asked.top, done):
            yield _verdicts(computed, asked, outcomes, action)

    def scan(self, table: str | None = None, action: bool = False) -> pl.LazyFrame:
        """The same as a lazy frame, which computes only the columns that are asked of it, in a stream.

        A mistake in the rows is then an error of Polars, with the text of the mistake in it.

        Raises:
            RulesError: there is no such table.
        """
        from polars.io.plugins import register_io_source

        asked = self._table(table)
        schema = self._no_verdicts(asked).schema

        def pieces(
            names: list[str] | None, predicate: pl.Expr | None, rows: int | None, _: int | None
        ) -> Iterator[pl.DataFrame]:
            asked_of = self.program.of(asked)
            outcomes = tuple(each for each in asked_of if action or names is None or each.name in names)
            for _batch, computed in self._computed(self.program, outcomes, asked.top):
                piece = _verdicts(computed, asked, outcomes, action)
                piece = piece if predicate is None else piece.filter(predicate)
                piece = piece if names is None else piece.select(names)
                yield piece if rows is None else piece.head(rows)
                rows = None if rows is None else max(0, rows - piece.height)

        return register_io_source(pieces, schema=schema)

    def counts(self, done: Done | None = None) -> pl.DataFrame:
        """How many subjects come to what: `table`, `statement`, `place`, `outcome` and `count`, in the order of the document.

        `place` is "" for the rows of the table, else the way from them to the subject (``party_organization``).

        Args:
            done: told of how many rows were read for each piece.

        Raises:
            RulesError: rows are wrong and not to be skipped.
        """
        totals: dict[tuple[Outcomes, str], int] = {
            (outcome, word): 0 for outcome in self.program.outcomes for word in words(outcome)
        }
        for top in self._tops():
            part = self.program.below(top)
            for _batch, computed in self._computed(self.program, part.outcomes, top, done):
                for table in part.tables:
                    _add(totals, computed, table, part.of(table))
        rows = [
            (outcome.place.table.name, _statement(outcome), outcome.place.prefix[:-1], word, count)
            for (outcome, word), count in totals.items()
        ]
        schema = {
            "table": pl.String,
            "statement": pl.String,
            "place": pl.String,
            "outcome": pl.String,
            "count": pl.Int64,
        }
        return pl.DataFrame(rows, schema=schema, orient="row")

    def blocking(self, done: Done | None = None) -> pl.DataFrame:
        """Which unknown facts verdicts hinge on, those first on which most do, also through other norms and definitions.

        The columns are `table` and `column`, of the fact; `statement` and `place`, of what hinges on it; and `count`, of the
        subjects for which the verdict is unknown and hinges on it (`sopb_rules.population.hinges`).

        Args:
            done: told of how many rows were read for each piece.

        Raises:
            RulesError: rows are wrong and not to be skipped.
        """
        asked = self._program(hinges=True)
        totals: dict[tuple[Outcomes, tuple[str, str]], int] = {}
        for top in dict.fromkeys(table.top for table in asked.tables):
            part = asked.below(top)
            for _batch, computed in self._computed(asked, part.outcomes, top, done):
                for table in part.tables:
                    for key, count in _hinging(computed, table, part.of(table)):
                        totals[key] = totals.get(key, 0) + count
        rows = [
            (*named, _statement(outcome), outcome.place.prefix[:-1], count)
            for (outcome, named), count in totals.items()
            if count
        ]
        schema = {
            "table": pl.String,
            "column": pl.String,
            "statement": pl.String,
            "place": pl.String,
            "count": pl.Int64,
        }
        found = pl.DataFrame(rows, schema=schema, orient="row")
        most = pl.col("count").sum().over("table", "column")
        return found.sort(most, "table", "column", "count", descending=[True, False, False, True], maintain_order=True)

    @property
    def skipped(self) -> pl.DataFrame:
        """What was wrong with rows that were left out, as far as they have been read."""
        frames = [each for found in self._left_out.values() for each in found if each.height]
        # Where rows cannot be taken apart, each main table comes with all others, and with what was wrong in them.
        return pl.concat(frames).unique(maintain_order=True) if frames else pl.DataFrame()

    # ---- how ---------------------------------------------------------------------------------------------

    @cached_property
    def _left_out(self) -> dict[str, list[pl.DataFrame]]:
        """By main table, what was wrong with rows when it was read last."""
        return {}

    def _computed(
        self, program: Program, outcomes: tuple[Outcomes, ...], top: Table, done: Done | None = None
    ) -> Iterator[tuple[Batch, Computed]]:
        plan = _plan(program, outcomes)
        left_out = self._left_out[top.name] = []
        columns = {name: columns for name, columns in plan.columns.items() if name in self.population.columns}
        columns.setdefault(top.name, set())
        for batch in self.population.batches(top.name, self.at_a_time, columns):
            left_out.append(batch.skipped)
            yield batch, plan.run(batch.tables)
            if done is not None:
                done(batch.rows_read)

    def _tops(self) -> tuple[Table, ...]:
        return tuple(dict.fromkeys(table.top for table in self.program.tables))

    def _table(self, name: str | None) -> Table:
        tables = {table.name: table for table in self.program.tables}
        if name in tables:
            return tables[name]
        if name is None and len(tables) == 1:
            return next(iter(tables.values()))
        message = "no norm has subjects in these tables" if not tables else f"no subjects are in a table {name}"
        help = suggestion(name or "", tables, "tables with subjects")
        if name is None and tables:
            message, help = "several tables have subjects", f"name one of them: {', '.join(tables)}"
        raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=help)])

    def _no_verdicts(self, table: Table) -> pl.DataFrame:
        """The columns of `verdicts`, without rows."""
        schema: dict[str, Any] = dict.fromkeys(_keys(table), pl.String())
        schema.update((each.name, enumeration(words(each))) for each in self.program.of(table))
        return pl.DataFrame(schema=schema)


def evaluate_table(
    policies: PolicySet,
    tables: Any,
    as_of: datetime.date,
    only: Collection[str] | None = None,
    bad_rows: BadRows = "error",
    rows: int | None = None,
) -> TableEvaluation:
    """Evaluate norms and decisions over tables.

    Args:
        tables: a table, or a mapping from names of the layout to tables (`sopb_rules.population.layout`), or what
            `load_table` gave.
        only: the ids of the norms and the names of the decisions that are asked for; None for all.
        bad_rows: "error" refuses tables in which rows are wrong; "skip" leaves these rows out.
        rows: how many rows of the main table are evaluated at a time; None for what fits.

    Raises:
        RulesError: a file is not there, a column says nothing that can be read, or there is no such norm.
    """
    only = [only] if isinstance(only, str) else only
    for name in only or ():
        if name not in policies.model.decisions:
            policies.norm(name)
    population = tables if isinstance(tables, Loaded) else _population(policies, tables, bad_rows)
    return TableEvaluation(policies, as_of, population, None if only is None else tuple(only), rows)


def load_table(policies: PolicySet, tables: Any, bad_rows: BadRows = "error") -> Loaded:
    """Tables read and checked once, to be evaluated more than once: they are then held in memory.

    Raises:
        RulesError: as for `evaluate_table`, and for rows that are wrong.
    """
    return _population(policies, tables, bad_rows).loaded()


@lru_cache(maxsize=8)
def _program(
    policies: Policies,
    as_of: datetime.date,
    tables: Layout,
    columns: tuple[tuple[str, frozenset[str]], ...],
    only: tuple[str, ...] | None,
    hinges: bool,
) -> Program:
    """The program of policies for tables that were held against a layout, kept for those who ask again."""
    return Translator(policies, tables, as_of, dict(columns), hinges).program(only)


@lru_cache(maxsize=8)
def _plan(program: Program, outcomes: tuple[Outcomes, ...]) -> Plan:
    """The plan of the part of a program that comes to some of its outcomes, kept likewise."""
    return Plan(attrs.evolve(program, outcomes=outcomes))


def _population(policies: PolicySet, tables: Any, bad_rows: BadRows) -> Population:
    return Population.of(_layout(policies.model), tables, bad_rows)


@lru_cache(maxsize=8)
def _layout(policies: Policies) -> Layout:
    """The layout of policies, the same each time, so that programs for it are found again."""
    return layout(policies.vocabulary, policies.judgement_keys)


def _statement(outcome: Outcomes) -> str:
    return outcome.statement.id if isinstance(outcome.statement, Norm) else outcome.statement.name


def _hinging(
    computed: Computed, table: Table, outcomes: Sequence[Outcomes]
) -> Iterator[tuple[tuple[Outcomes, tuple[str, str]], int]]:
    """How many subjects of a piece hinge on each column."""
    keys = [(outcome, named) for outcome in outcomes for named in outcome.hinges]
    sums = [
        number_of(computed.expression(outcome.hinges[named])).alias(str(index))
        for index, (outcome, named) in enumerate(keys)
    ]
    if sums:
        yield from zip(keys, computed.sums(table, sums), strict=True)


def _keys(table: Table) -> tuple[str, ...]:
    return (ID,) if table.above is None else (HOLDER, ID)


def _verdicts(computed: Computed, table: Table, outcomes: Sequence[Outcomes], action: bool) -> pl.DataFrame:
    columns = [verdict(outcome, computed.planes(outcome)) for outcome in outcomes]
    found = computed.select(table, [*map(pl.col, _keys(table)), *columns])
    if not action:
        return found
    needed = {outcome.name: [word for word in words(outcome) if word in ACTION] for outcome in outcomes}
    return found.filter(pl.any_horizontal(pl.lit(False), *(pl.col(name).is_in(bad) for name, bad in needed.items())))


def _add(
    totals: dict[tuple[Outcomes, str], int], computed: Computed, table: Table, outcomes: Sequence[Outcomes]
) -> None:
    """Add the counts of a piece."""
    found: dict[str, pl.Expr] = {}
    named: dict[str, tuple[Outcomes, str]] = {}
    for outcome in outcomes:
        for word, count in counts(outcome, computed.planes(outcome)).items():
            name = str(len(found))
            found[name], named[name] = count.alias(name), (outcome, word)
    for key, number in zip(named.values(), computed.sums(table, found.values()), strict=True):
        totals[key] += number
