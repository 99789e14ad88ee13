"""What another version of policies changes for a population: whose verdicts are others, on which norms, and of which sort.

Statements are matched as for a comparison of meaning (`sopb_rules.analysis.matching`), so that a norm that was renumbered is
still the same one. A norm that only one version has is not compared: it is named.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs
import polars as pl

from sopb_rules.analysis.matching import called, matched
from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.model.vocabulary import KindType, YesNo
from sopb_rules.population.evaluate import TableEvaluation
from sopb_rules.population.layout import HOLDER, ID, Layout, Says, layout
from sopb_rules.population.program import Outcomes
from sopb_rules.population.sources import Source, named_sources
from sopb_rules.population.tables import BadRows, Population

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet

OLD, NEW = "old", "new"


@attrs.frozen
class Compared:
    """A norm or a decision of two versions, about the subjects of one place.

    Args:
        statement: its id or name in the new version.
        before: its id or name in the old version.
        place: "" for the rows of the table, else the way from them to the subject.
    """

    table: str
    statement: str
    before: str
    place: str
    columns: tuple[str, str] = attrs.field(repr=False)


@attrs.frozen(slots=False)
class Impact:
    """What changes for a population. Rows are the subjects whose verdict is another.

    Args:
        compared: what both versions have, in the order of the new one.
        added: the norms and decisions that only the new version has.
        removed: those that only the old version has.
        subjects: how many subjects each of `compared` has.
        rows: a row for each subject and statement that changes: `table`, `holder`, `id`, `statement`, `place`, `old`, `new`,
            and the facts by which it is told.
        by: the facts by which it is told.
    """

    compared: tuple[Compared, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    subjects: Mapping[Compared, int] = attrs.field(repr=False)
    rows: pl.DataFrame = attrs.field(repr=False)
    by: tuple[str, ...]

    @cached_property
    def changes(self) -> pl.DataFrame:
        """How many subjects go from what to what: `table`, `statement`, `place`, `old`, `new`, `count`."""
        keys = ["table", "statement", "place", OLD, NEW]
        return self.rows.group_by(keys, maintain_order=True).agg(pl.len().cast(pl.Int64).alias("count"))

    def by_fact(self, fact: str) -> pl.DataFrame:
        """The same for each value of a fact: one more column, with its name; null where it is unknown."""
        keys = [fact, "table", "statement", "place", OLD, NEW]
        found = self.rows.group_by(keys, maintain_order=True).agg(pl.len().cast(pl.Int64).alias("count"))
        return found.sort(fact, nulls_last=True, maintain_order=True)


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
        tables: as for `evaluate_table`. A column need be known to one of the versions only.
        by: columns of the main tables, by whose values changes are counted as well (``kind``, ``level``).
        only: the ids and names, in the new version, that are asked for; None for all.

    Raises:
        RulesError: as for `evaluate_table`; or there is no such column.
    """
    sources = named_sources(_layout(new), tables)
    before, after = (_evaluation(*versions, sources, as_of, bad_rows) for versions in ((old, new), (new, old)))
    pairs, added, removed = _matched(before, after, only)
    _check_facts(by, after)
    rows = [_no_rows(by)]
    subjects: dict[Compared, int] = {}
    for table in dict.fromkeys(each.table for each in pairs):
        here = [each for each in pairs if each.table == table]
        joined = _joined(before, after, table, here, by)
        for each in here:
            one, other = (pl.col(name).cast(pl.String) for name in each.columns)
            subjects[each] = int(joined.select((one.is_not_null() | other.is_not_null()).sum()).item())
            rows.append(_told(joined.filter(one.ne_missing(other)), each, rows[0].schema))
    return Impact(tuple(pairs), added, removed, subjects, pl.concat(rows), tuple(by))


# ---- the versions -------------------------------------------------------------------------------------------


def _layout(policies: PolicySet) -> Layout:
    return layout(policies.model.vocabulary, policies.model.judgement_keys)


def _evaluation(
    policies: PolicySet, other: PolicySet, sources: Mapping[str, Source], as_of: datetime.date, bad_rows: BadRows
) -> TableEvaluation:
    """One version over the tables and columns that it knows; what neither version knows stays, and is told."""
    own, foreign = _layout(policies), _layout(other)
    known: dict[str, Source] = {}
    for name, source in sources.items():
        if name in own.tables or name not in foreign.tables:
            ours, theirs = (_roots(each, name) for each in (own, foreign))
            dropped = [column for column in source.schema if column.partition(".")[0] in theirs - ours]
            known[name] = attrs.evolve(source, scan=source.scan.drop(dropped)) if dropped else source
    return TableEvaluation(policies, as_of, Population.of_sources(own, known, bad_rows))


def _roots(tables: Layout, name: str) -> set[str]:
    """The names with which columns of a table may begin."""
    return {column.partition(".")[0] for column in tables.columns.get(name, ())}


def _matched(
    before: TableEvaluation, after: TableEvaluation, only: Collection[str] | None
) -> tuple[list[Compared], tuple[str, ...], tuple[str, ...]]:
    """What is compared, and the names of what only one version has."""
    statements = [
        match
        for match in matched(before.policies.model, after.policies.model)
        if isinstance(match.latest, Norm | Decision) and (only is None or called(match.latest) in only)
    ]
    pairs = []
    for match in statements:
        old = {(each.place.table.name, each.place.prefix): each for each in _about(before, match.old)}
        for outcome in _about(after, match.new):
            table, prefix = outcome.place.table.name, outcome.place.prefix
            earlier = old.get((table, prefix))
            if earlier is not None:
                names = called(outcome.statement), called(earlier.statement)
                columns = f"{OLD}:{earlier.name}", f"{NEW}:{outcome.name}"
                pairs.append(Compared(table, *names, prefix[:-1], columns))
    order = list(after.program.outcomes)
    pairs.sort(key=lambda each: next(i for i, one in enumerate(order) if f"{NEW}:{one.name}" == each.columns[1]))
    added = tuple(called(match.new) for match in statements if match.old is None and match.new is not None)
    removed = tuple(called(match.old) for match in statements if match.new is None and match.old is not None)
    return pairs, added, removed


def _about(evaluation: TableEvaluation, statement: object) -> list[Outcomes]:
    return [each for each in evaluation.program.outcomes if each.statement is statement]


def _check_facts(by: Collection[str], after: TableEvaluation) -> None:
    """Refuse facts that the rows cannot be told by.

    Raises:
        RulesError: no main table has such a column, or it is no value of a kind or yes/no.
    """
    columns = {
        name: column
        for table in after.program.tables
        for name, column in after.program.layout.columns[table.top.name].items()
        if column.says is Says.VALUE and isinstance(column.type, KindType | YesNo)
    }
    mistakes = [
        Diagnostic(
            Code.BAD_USAGE, f"there is no column `{name}` with few values", help=suggestion(name, columns, "columns")
        )
        for name in by
        if name not in columns
    ]
    if mistakes:
        raise RulesError(mistakes)


# ---- rows ---------------------------------------------------------------------------------------------------


def _joined(
    before: TableEvaluation, after: TableEvaluation, table: str, pairs: Sequence[Compared], by: Collection[str]
) -> pl.DataFrame:
    """The words of both versions side by side, with the facts of the main table."""
    keys = (ID,) if after.program.layout.tables[table].above is None else (HOLDER, ID)
    sides = []
    for side, evaluation in ((OLD, before), (NEW, after)):
        columns = {each.columns[side == NEW] for each in pairs}
        words = evaluation.verdicts(table)
        named = words.rename({name: f"{side}:{name}" for name in words.columns if name not in keys})
        sides.append(named.select(*keys, *sorted(columns)))
    found = sides[0].join(sides[1], on=keys, how="full", coalesce=True, nulls_equal=True, maintain_order="right")
    if not by:
        return found
    return found.join(_facts(after, table, by), left_on=keys[0], right_on=ID, how="left", maintain_order="left")


def _facts(evaluation: TableEvaluation, table: str, by: Collection[str]) -> pl.DataFrame:
    """The facts of the rows of the main table by their ids, as words; of an element of a list those of its holder.

    The holder of an element in a list of a list is itself an element, of which these facts are not known.
    """
    top = evaluation.program.layout.tables[table].top
    columns = evaluation.program.layout.columns[top.name]
    frames = [
        batch.tables[top.name].select(ID, *by)
        for batch in evaluation.population.batches(top.name, columns={top.name: set(by)})
    ]
    return pl.concat(frames).select(ID, *(_word(name, columns[name].type) for name in by))


def _word(name: str, type_: object) -> pl.Expr:
    if isinstance(type_, KindType):
        return pl.col(name).replace_strict(dict(enumerate(type_.kind.values)), return_dtype=pl.String, default=None)
    return pl.when(pl.col(name)).then(pl.lit("yes")).when(~pl.col(name)).then(pl.lit("no")).alias(name)


def _told(changed: pl.DataFrame, compared: Compared, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Rows that change, in the form of all."""
    table, statement, place = (pl.lit(each) for each in (compared.table, compared.statement, compared.place))
    old, new = compared.columns
    holder = pl.col(HOLDER) if HOLDER in changed.columns else pl.lit(None, dtype=pl.String)
    told = changed.with_columns(
        table.alias("table"), holder.alias(HOLDER), statement.alias("statement"), place.alias("place"),
        pl.col(old).cast(pl.String).alias(OLD), pl.col(new).cast(pl.String).alias(NEW),
    )  # fmt: skip
    return told.select(pl.col(name).cast(kind) for name, kind in schema.items())


def _no_rows(by: Collection[str]) -> pl.DataFrame:
    names = ("table", HOLDER, ID, "statement", "place", OLD, NEW, *by)
    return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
