"""The subjects of norms in pieces, with what they come to, in whose row of a main table they are, and facts of that row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import attrs
import polars as pl

from sopb_rules.model.vocabulary import Judgement, KindType, Reference, YesNo
from sopb_rules.population.columns import HOLDER_ROW, Computed, Plan
from sopb_rules.population.evaluate import TableEvaluation
from sopb_rules.population.layout import HOLDER, ID, Column, Layout, Says, Table
from sopb_rules.population.outcomes import verdict
from sopb_rules.population.program import Outcomes
from sopb_rules.population.tables import Batch
from sopb_rules.population.wanted import place_of

#: The id of the row of the main table in which a subject hangs, and which of its rows in a table this is: none has both twice.
TOP, NTH = "#top", "#nth"
#: What stands before the name of a fact, which may be called like anything.
FACT = "#fact "
ABSENT = "absent"


@attrs.frozen
class Subjects:
    """The subjects in a piece of a population.

    Args:
        tables: by table, a row for each: `TOP`, `NTH`, `id`, in a list `holder`, a column for each outcome, and the facts.
        verdicts: by table, the columns of the outcomes.
        skipped: what was wrong with rows that were left out.
    """

    tables: Mapping[str, pl.DataFrame]
    verdicts: Mapping[str, tuple[str, ...]]
    skipped: pl.DataFrame


class Look:
    """What is looked at of a population: outcomes that are all in tables below one main table, and facts of this.

    Attributes:
        columns: by table, the columns that are needed.

    Args:
        facts: columns of the main table, of those that `telling` gives.
    """

    def __init__(self, evaluation: TableEvaluation, outcomes: Sequence[Outcomes], facts: Collection[str] = ()) -> None:
        part = attrs.evolve(evaluation.program, outcomes=tuple(outcomes))
        self._evaluation, self._facts, self._plan = evaluation, facts, Plan(part)
        self._tables = {table: part.of(table) for table in part.tables}
        self._top = outcomes[0].place.table.top
        known, there = part.layout.columns[self._top.name], evaluation.population.columns
        self.columns = {name: set(needed) for name, needed in part.columns().items() if name in there}
        said = {each for fact in facts for each in _said_by(self._top, fact) if each in known}
        self.columns.setdefault(self._top.name, set()).update(said)

    def batches(self, besides: Look | None = None) -> Iterator[Batch]:
        """The population in pieces.

        Args:
            besides: what else is to be seen in them.

        Raises:
            RulesError: rows are wrong and not to be skipped, or a file cannot be read.
        """
        asked = {name: set(columns) for name, columns in self.columns.items()}
        for name, columns in besides.columns.items() if besides is not None else ():
            asked.setdefault(name, set()).update(columns)
        yield from self._evaluation.population.batches(self._top.name, self._evaluation.at_a_time, asked)

    def subjects(self, batch: Batch) -> Subjects:
        """The subjects in a piece."""
        computed = self._plan.run(batch.tables)
        tables = {table.name: _rows(computed, table, found, self._facts) for table, found in self._tables.items()}
        verdicts = {table.name: tuple(each.name for each in found) for table, found in self._tables.items()}
        return Subjects(tables, verdicts, batch.skipped)


def _rows(computed: Computed, table: Table, outcomes: Sequence[Outcomes], facts: Collection[str]) -> pl.DataFrame:
    keys = (ID,) if table.above is None else (HOLDER, ID, HOLDER_ROW)
    columns = [verdict(outcome, computed.planes(outcome)) for outcome in outcomes]
    found = computed.select(table, [*map(pl.col, keys), *columns])
    if table.above is None:
        number, nth = pl.int_range(pl.len(), dtype=pl.UInt32), pl.lit(0, dtype=pl.UInt32)
        found = found.with_columns(number.alias("#number"), nth.alias(NTH))
    else:
        found = found.with_columns(_number(computed, table, found[HOLDER_ROW]).alias("#number")).drop(HOLDER_ROW)
        found = found.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).over("#number").alias(NTH))
    columns_of = computed.plan.program.layout.columns[table.top.name]
    main = computed.frame(computed.plan.rows[table.top])
    words = [_word(table.top, columns_of[fact], main.columns) for fact in facts]
    of_top = main.select(pl.col(ID).alias(TOP), *words).select(pl.all().gather(found["#number"]))
    return pl.concat([of_top, found.drop("#number")], how="horizontal")


def _number(computed: Computed, table: Table, holders: pl.Series) -> pl.Series:
    """The numbers of the rows of the main table in which rows of a list are in the end."""
    above = table.parent
    while above is not None and above.parent is not None:
        holders = computed.frame(computed.plan.rows[above])[HOLDER_ROW].gather(holders)
        above = above.parent
    return holders


# ---- facts --------------------------------------------------------------------------------------------------


def telling(layout: Layout) -> dict[str, dict[str, Column]]:
    """By main table, the columns by whose values subjects can be told apart in groups: each has few of them."""
    return {
        table.name: {
            name: column
            for name, column in layout.columns[table.name].items()
            if column.says is Says.VALUE and isinstance(column.type, KindType | YesNo | Judgement | Reference)
        }
        for table in layout.tables.values()
        if table.above is None
    }


def fact_type(column: Column) -> pl.DataType:
    """The type of the words for the values of a column, which are in the order of the vocabulary."""
    match column.type:
        case KindType(kind):
            return pl.Enum(list(dict.fromkeys((*kind.values, ABSENT))))
        case Reference():
            return pl.String()
        case _:
            return pl.Enum(["yes", "no", ABSENT])


def _said_by(top: Table, fact: str) -> tuple[str, ...]:
    """The columns that say whether a fact is there at all, and what it is."""
    return (fact, f"{fact}.exists", *(place.column("exists") for place in place_of(top, fact).outward()))


def _word(top: Table, column: Column, there: Collection[str]) -> pl.Expr:
    """The value of a fact as a word; null where it is unknown."""
    kind = fact_type(column)
    value = pl.col(column.name)
    if isinstance(column.type, KindType):
        words = list(column.type.kind.values)
        value = value.replace_strict(list(range(len(words))), words, default=None, return_dtype=pl.String)
    elif not isinstance(column.type, Reference):
        value = pl.when(value).then(pl.lit("yes")).when(~value).then(pl.lit("no"))
    denied = [~pl.col(each) for each in _said_by(top, column.name)[1:] if each in there]
    absent = pl.any_horizontal(pl.lit(False), *denied)
    return pl.when(absent).then(pl.lit(ABSENT)).otherwise(value).cast(kind).alias(f"{FACT}{column.name}")
