"""Two versions of policies evaluated over the same tables side by side, in pieces that fit into memory."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import zip_longest
from typing import Any

import attrs
import polars as pl

from sopb_rules.analysis.matching import Told, called
from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.impact.counts import NEW, OLD, Impact, Tally, schema
from sopb_rules.impact.pairs import Pairs, matches_asked_for, pairs
from sopb_rules.policy_set import PolicySet, check_date
from sopb_rules.population.evaluate import BATCH, TableEvaluation
from sopb_rules.population.foreign import without_foreign
from sopb_rules.population.forms import alike
from sopb_rules.population.layout import Layout, layout
from sopb_rules.population.program import Outcomes
from sopb_rules.population.sources import Source, named_sources
from sopb_rules.population.subjects import NTH, TOP, Look, Subjects, fact_type, telling
from sopb_rules.population.tables import BadRows, Population
from sopb_rules.population.zipped import Zipped

Done = Callable[[int], None]


def impact(
    old: PolicySet,
    new: PolicySet,
    tables: Any,
    as_of: datetime.date,
    by: Collection[str] = (),
    only: Collection[str] | None = None,
    bad_rows: BadRows = "error",
) -> Impact:
    """Evaluate two versions over the same tables, and tell whose verdicts differ.

    Args:
        tables: a table, or a mapping from names of tables to tables, as for `PolicySet.evaluate_table`. One of the versions has
            to know each column; the other one leaves it out.
        as_of: the date that `today` means.
        by: columns of main tables that hold a kind, yes or no, or a reference; changes are counted by each of them as well,
            also those of subjects in lists, whose rows hang in one of a main table.
        only: ids of norms, names of decisions and numbers of articles, of either version, that are asked for; None for all.
        bad_rows: "error" refuses tables in which rows are wrong, "skip" leaves out the rows that are wrong for either version.

    Raises:
        RulesError: as for `PolicySet.evaluate_table`; or there is no such column, norm or decision.
    """
    check_date(as_of)
    given: tuple[object, ...] = (old, new)
    for each in given:
        if not isinstance(each, PolicySet):
            help = "pass what load_policies(FOLDER) gives"
            raise RulesError([Diagnostic(Code.BAD_USAGE, f"{each!r} is no policy set", help=help)])
    comparison = compare(old, new, tables, as_of, by, only, bad_rows)
    tally = comparison.tally()
    rows = [pl.DataFrame(schema=comparison.schema), *comparison.rows(tally)]
    return comparison.impact(tally, pl.concat(rows))


@attrs.frozen(slots=False)
class PopulationComparison:
    """Two versions over the same tables. Nothing is read before `rows` is asked for.

    Args:
        by: the facts by which changes are counted.
    """

    before: TableEvaluation
    after: TableEvaluation
    pairs: Pairs
    by: tuple[str, ...]

    @property
    def schema(self) -> pl.Schema:
        """The columns of the rows that change."""
        return schema(self.pairs.compared, {fact: self._fact_type(fact) for fact in self.by})

    def tally(self) -> Tally:
        """Where to count what changes, before any row was read."""
        facts = {fact: frozenset(top for top, known in self._telling.items() if fact in known) for fact in self.by}
        return Tally(self.pairs.compared, self.pairs.gained, self.pairs.lost, facts, self.schema)

    def impact(self, tally: Tally, rows: pl.DataFrame | None = None) -> Impact:
        """What was counted, once all rows were read."""
        pairs = self.pairs
        return tally.impact(pairs.same, pairs.added, pairs.removed, rows)

    def rows(self, tally: Tally, done: Done | None = None) -> Iterator[pl.DataFrame]:
        """A row for each subject and statement whose verdict is another, piece by piece.

        Args:
            tally: where they are counted, with all else that is to be told.
            done: told of how many rows were read for each piece; by each version, unless it `reads_once`.

        Raises:
            RulesError: rows are wrong and not to be skipped, or a file cannot be read.
        """
        tops = dict.fromkeys(each.place.table.top.name for new in (True, False) for each in self._outcomes(new))
        for top in tops:
            tables = dict.fromkeys(each.table for each in self.pairs.compared if each.table.partition(".")[0] == top)
            waiting = {table: Zipped((TOP, NTH)) for table in tables}
            for before, after in self._pieces(top, done or _nothing):
                tally.see(before, after)
                for table, zipped in waiting.items():
                    both = zipped.add(_side(before, table, OLD), _side(after, table, NEW))
                    if both is not None:
                        yield tally.count(table, both)

    def _pieces(self, top: str, done: Done) -> Iterator[tuple[Subjects | None, Subjects | None]]:
        """The subjects of the old and of the new version below a main table, as they come."""
        old, new = (self._look(new, top) for new in (False, True))
        if old is not None and new is not None and self.reads_once:
            for batch in new.batches(besides=old):
                yield old.subjects(batch), new.subjects(batch)
                done(batch.rows_read)
            return
        # The new version reads first, so that a mistake that both find is told without naming one.
        for after, before in zip_longest(_subjects(new, done), _as_old(_subjects(old, done))):
            yield before, after

    @cached_property
    def reads_once(self) -> bool:
        """Whether the rows are read in the same way for both versions, and therefore once."""
        return alike(self.before.population.layout, self.after.population.layout)

    def _outcomes(self, new: bool) -> list[Outcomes]:
        """What is computed of a version."""
        columns = self.pairs.columns(new)
        outcomes = (self.after if new else self.before).program.outcomes
        return [each for each in outcomes if (each.place.table.name, each.name) in columns]

    def _look(self, new: bool, top: str) -> Look | None:
        """What is looked at of a version; None where it has nothing to be evaluated there."""
        outcomes = [each for each in self._outcomes(new) if each.place.table.top.name == top]
        facts = [fact for fact in self.by if fact in self._telling.get(top, ())] if new else []
        return Look(self.after if new else self.before, outcomes, facts) if outcomes else None

    @property
    def _telling(self) -> Mapping[str, Mapping[str, Any]]:
        return telling(self.after.program.layout)

    def _fact_type(self, fact: str) -> pl.DataType:
        """The type of its words; texts where main tables have facts of that name of several types."""
        types = [fact_type(known[fact]) for known in self._telling.values() if fact in known]
        return types[0] if all(each == types[0] for each in types) else pl.String()


def compare(
    old: PolicySet,
    new: PolicySet,
    tables: Any,
    as_of: datetime.date,
    by: Collection[str] = (),
    only: Collection[str] | None = None,
    bad_rows: BadRows = "error",
    rows: int = BATCH,
) -> PopulationComparison:
    """The same, for those who want the rows piece by piece.

    Args:
        rows: how many rows of a main table are evaluated at a time.

    Raises:
        RulesError: as for `impact`; wrong rows are told when they are read.
    """
    by, only = [by] if isinstance(by, str) else by, [only] if isinstance(only, str) else only
    layouts = [layout(each.model.vocabulary, each.model.judgement_keys) for each in (old, new)]
    _check_facts(by, layouts[1])
    matches = matches_asked_for(old.model, new.model, only)
    sources = _sources(layouts[0], layouts[1], tables)
    read = _population(layouts[1], layouts[0], sources, bad_rows)
    try:
        read_by_old = _population(layouts[0], layouts[1], sources, bad_rows)
    except RulesError as error:
        raise _in_old(error) from None
    asked = (
        [None, None]
        if only is None
        else [_names(match.old for match in matches), _names(match.new for match in matches)]
    )
    before = TableEvaluation(old, as_of, read_by_old, asked[0], rows)
    after = TableEvaluation(new, as_of, read, asked[1], rows)
    return PopulationComparison(before, after, pairs(matches, before, after), tuple(dict.fromkeys(by)))


# ---- one population for both versions -----------------------------------------------------------------------


def _sources(old: Layout, new: Layout, tables: Any) -> Mapping[str, Source]:
    """The tables by their names, which are those of the new version, or else of the old one."""
    if not isinstance(tables, Mapping):
        return named_sources(new, tables)
    gone = {name: table for name, table in tables.items() if name in old.tables and name not in new.tables}
    there = {name: table for name, table in tables.items() if name not in gone}
    return {**(named_sources(new, there) if there or not gone else {}), **(named_sources(old, gone) if gone else {})}


def _population(own: Layout, other: Layout, sources: Mapping[str, Source], bad_rows: BadRows) -> Population:
    """What one version can read of the tables."""
    return Population.of_sources(own, without_foreign(sources, own, other), bad_rows)


def _names(side: Iterable[Told | None]) -> tuple[str, ...]:
    return tuple(called(each) for each in side if each is not None)


def _in_old(error: RulesError) -> RulesError:
    """What only the old version says is wrong."""
    return RulesError(
        [
            attrs.evolve(each, message=f"{each.message}, by the old version of the policies")
            for each in error.diagnostics
        ]
    )


def _as_old(pieces: Iterator[Subjects]) -> Iterator[Subjects]:
    try:
        yield from pieces
    except RulesError as error:
        raise _in_old(error) from None


def _subjects(look: Look | None, done: Done) -> Iterator[Subjects]:
    if look is None:
        return
    for batch in look.batches():
        yield look.subjects(batch)
        done(batch.rows_read)


def _nothing(_: int) -> None:
    """Tell nobody."""


def _side(piece: Subjects | None, table: str, side: str) -> pl.DataFrame | None:
    """The subjects in a table, with the version in the names of the columns of verdicts; all else the new one tells."""
    if piece is None or table not in piece.tables:
        return None
    frame = piece.tables[table]
    named = {name: f"{side}:{name}" for name in piece.verdicts[table]}
    kept = [TOP, NTH, *named] if side == OLD else frame.columns
    return frame.select(kept).rename(named)


# ---- facts to count by -------------------------------------------------------------------------------------


def _check_facts(by: Collection[str], tables: Layout) -> None:
    """Refuse facts by which changes cannot be counted.

    Raises:
        RulesError: no main table has such a column, or it may hold anything.
    """
    columns = {name: top for top, known in telling(tables).items() for name in known}
    mistakes: list[Diagnostic] = []
    for name in dict.fromkeys(by):
        if name not in columns:
            help = suggestion(name, columns, "columns with few values")
            mistakes.append(Diagnostic(Code.BAD_USAGE, _refused(name, tables), help=help))
        elif name in schema((), {}):
            message = f"changes cannot be counted by `{name}`, which is called like a column of what is told"
            mistakes.append(Diagnostic(Code.BAD_USAGE, message))
    if mistakes:
        raise RulesError(mistakes)


def _refused(name: str, tables: Layout) -> str:
    holders = [table for table in tables.tables.values() if name in tables.columns[table.name]]
    if not holders:
        return f"there is no column `{name}` to count by"
    listed = holders[0]
    if listed.above is not None:
        return f"changes are counted by facts of {listed.top.name}, and `{name}` is a column of {listed.name}"
    return f"changes are counted by kinds, by yes and no, and by references, and `{name}` is none"
