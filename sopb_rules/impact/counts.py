"""How many verdicts change from what to what, counted piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs
import polars as pl

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.population.evaluate import ACTION
from sopb_rules.population.layout import HOLDER, ID
from sopb_rules.population.problems import SKIPPED
from sopb_rules.population.subjects import FACT, Subjects

OLD, NEW, COUNT = "old", "new", "count"
_KEYS = ("table", "statement", "place", OLD, NEW)


@attrs.frozen
class Compared:
    """A norm or a decision of two versions, about the subjects of one place.

    Args:
        statement: its id or name in the new version.
        before: its id or name in the old version.
        place: "" for the rows of the table, else the way from them to the subject.
        columns: the columns of its verdicts in the old and in the new version.
        words: all that it may come to in one of them.
    """

    table: str
    statement: str
    before: str
    place: str
    columns: tuple[str, str] = attrs.field(repr=False)
    words: tuple[str, ...] = attrs.field(repr=False)


@attrs.frozen
class Alone:
    """A norm or a decision about the subjects of one place, which only one version has.

    Args:
        column: the column of its verdicts.
    """

    table: str
    statement: str
    place: str
    column: str


@attrs.frozen
class Impact:
    """What changes for a population.

    Args:
        compared: what both versions have and compute in different ways, in the order of the new one.
        same: what both compute in the same way, so that it was not evaluated.
        added: the norms and decisions that only the new version has, also those that it has about further places.
        removed: those that only the old version has.
        subjects: how many subjects each of `compared` has.
        changed: how many subjects there are of which some verdict changes.
        changes: how many subjects go from what to what: `table`, `statement`, `place`, `old`, `new`, `count`, most first for each
            statement. A verdict is null where there is no subject.
        by: for each fact that was asked for, the same with one more column before, the fact: for each of its values, null where
            it is unknown, `absent` where it is stated that there is none. It is a fact of the row of the main table in which a
            subject hangs.
        gained: how many subjects come to what by that which only the new version has: `table`, `statement`, `place`, `outcome`,
            `count`.
        lost: the same of the old version.
        skipped: what was wrong with rows that were left out, for one of the versions or for both.
        rows: a row for each subject and statement that changes: `table`, `holder`, `id`, `statement`, `place`, `old`, `new`, and
            the facts that were asked for; None where they were not kept.
    """

    compared: tuple[Compared, ...]
    same: tuple[Compared, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    subjects: Mapping[Compared, int] = attrs.field(repr=False)
    changed: int
    changes: pl.DataFrame = attrs.field(repr=False)
    by: Mapping[str, pl.DataFrame] = attrs.field(repr=False)
    gained: pl.DataFrame = attrs.field(repr=False)
    lost: pl.DataFrame = attrs.field(repr=False)
    skipped: pl.DataFrame = attrs.field(repr=False)
    rows: pl.DataFrame | None = attrs.field(default=None, repr=False)

    @property
    def verdicts(self) -> int:
        """How many verdicts change."""
        return int(self.changes[COUNT].sum())

    def acting(self, now: bool) -> int:
        """How many verdicts ask somebody to act now and did not; or did, and do so no longer."""
        was, is_ = (pl.col(side).cast(pl.String).is_in(ACTION).fill_null(False) for side in (OLD, NEW))
        return int(self.changes.filter(is_ & ~was if now else was & ~is_)[COUNT].sum())

    @property
    def none(self) -> bool:
        """Whether nobody has another verdict, nor one more or one less."""
        return not (self.verdicts or self.gained.height or self.lost.height)

    def by_fact(self, fact: str) -> pl.DataFrame:
        """The changes for each value of a fact that was asked for.

        Raises:
            RulesError: it was not asked for.
        """
        if fact not in self.by:
            help = f"asked for: {', '.join(self.by) or 'none'}; name it with by=[…]"
            raise RulesError([Diagnostic(Code.BAD_USAGE, f"changes were not counted by `{fact}`", help=help)])
        return self.by[fact]


def schema(compared: Iterable[Compared], facts: Mapping[str, pl.DataType]) -> pl.Schema:
    """The columns of the rows that change; few words stand in most of them, so that they take a byte or two each."""
    compared = tuple(compared)
    texts = {name: list(dict.fromkeys(getattr(each, name) for each in compared)) for name in _KEYS[:3]}
    ends = pl.Enum(list(dict.fromkeys(word for each in compared for word in each.words)))
    table, statement, place = (pl.Enum(texts[name]) for name in _KEYS[:3])
    own = {"table": table, HOLDER: pl.String(), ID: pl.String(), "statement": statement, "place": place}
    return pl.Schema({**own, OLD: ends, NEW: ends, **facts})


@attrs.define
class Tally:
    """Counts of what changes, which grow piece by piece.

    Args:
        facts: by fact that is asked for, the main tables that have it.
        schema: the columns of the rows that change.
    """

    compared: tuple[Compared, ...]
    gained: tuple[Alone, ...]
    lost: tuple[Alone, ...]
    facts: Mapping[str, frozenset[str]]
    schema: pl.Schema
    _subjects: dict[Compared, int] = attrs.field(factory=dict, init=False)
    _changed: int = attrs.field(default=0, init=False)
    _changes: dict[str, pl.DataFrame] = attrs.field(factory=dict, init=False)
    _alone: dict[tuple[Alone, str], int] = attrs.field(factory=dict, init=False)
    _skipped: list[pl.DataFrame] = attrs.field(factory=list, init=False)

    def see(self, before: Subjects | None, after: Subjects | None) -> None:
        """Count what only one version has in a piece, and what was left out of it."""
        for piece, alone in ((before, self.lost), (after, self.gained)):
            if piece is None:
                continue
            if piece.skipped.height:
                self._skipped.append(piece.skipped)
            for each in alone:
                if each.table in piece.tables:
                    counts = piece.tables[each.table].select(pl.col(each.column).drop_nulls().value_counts())
                    for word, count in counts.unnest(each.column).iter_rows():
                        self._alone[each, word] = self._alone.get((each, word), 0) + count

    def count(self, table: str, both: pl.DataFrame) -> pl.DataFrame:
        """The rows of a piece that change, which are counted.

        Args:
            both: the subjects in a table, with the verdicts of both versions.
        """
        ends = self.schema[NEW]
        frames = [pl.DataFrame(schema=self.schema)]
        somewhere = pl.Series([False]).new_from_index(0, both.height)
        for each in (one for one in self.compared if one.table == table):
            old, new = (both[f"{side}:{name}"] for side, name in zip((OLD, NEW), each.columns, strict=True))
            told = both.select(old.cast(ends).alias(OLD), new.cast(ends).alias(NEW))
            differs = told.select(pl.col(OLD).ne_missing(pl.col(NEW))).to_series()
            somewhere = somewhere | differs
            there = told.select((pl.col(OLD).is_not_null() | pl.col(NEW).is_not_null()).sum()).item()
            self._subjects[each] = self._subjects.get(each, 0) + int(there)
            if differs.any():
                frames.append(self._told(each, both.filter(differs), told.filter(differs)))
        self._changed += int(somewhere.sum())
        rows = pl.concat(frames)
        self._add("", rows)
        for fact, tops in self.facts.items():
            if table.partition(".")[0] in tops:
                self._add(fact, rows)
        return rows

    def _told(self, compared: Compared, rows: pl.DataFrame, verdicts: pl.DataFrame) -> pl.DataFrame:
        """Rows that change, in the form of all."""
        told = {"table": compared.table, "statement": compared.statement, "place": compared.place}
        columns = [
            pl.lit(told[name], dtype=kind).alias(name) if name in told
            else verdicts[name] if name in (OLD, NEW)
            else rows[name] if name in (HOLDER, ID) and name in rows.columns
            else rows[f"{FACT}{name}"].cast(kind).alias(name) if f"{FACT}{name}" in rows.columns
            else pl.lit(None, dtype=kind).alias(name)
            for name, kind in self.schema.items()
        ]  # fmt: skip
        return rows.select(columns)

    def _add(self, fact: str, rows: pl.DataFrame) -> None:
        """Add the counts of a piece to those of the pieces before."""
        keys = [fact, *_KEYS] if fact else list(_KEYS)
        counts = rows.group_by(keys).agg(pl.len().cast(pl.Int64).alias(COUNT))
        if fact in self._changes:
            counts = pl.concat([self._changes[fact], counts]).group_by(keys).agg(pl.col(COUNT).sum())
        self._changes[fact] = counts

    # ---- what was counted --------------------------------------------------------------------------------

    def impact(
        self, same: tuple[Compared, ...], added: tuple[str, ...], removed: tuple[str, ...], rows: pl.DataFrame | None
    ) -> Impact:
        """What was counted, with what needed no count."""
        skipped = pl.concat([pl.DataFrame(schema=SKIPPED), *self._skipped]).unique(maintain_order=True)
        return Impact(
            self.compared,
            same,
            added,
            removed,
            {each: self._subjects.get(each, 0) for each in self.compared},
            self._changed,
            self._sorted(""),
            {fact: self._sorted(fact) for fact in self.facts},
            self._alone_counts(self.gained),
            self._alone_counts(self.lost),
            skipped,
            rows,
        )

    def _sorted(self, fact: str) -> pl.DataFrame:
        """Counts in the order of the values of a fact and of the document, most first."""
        first = [fact] if fact else []
        keys = [*first, *_KEYS]
        counts = self._changes.get(fact)
        if counts is None:
            counts = pl.DataFrame(schema={**{key: self.schema[key] for key in keys}, COUNT: pl.Int64()})
        order = {(each.table, each.statement, each.place): number for number, each in enumerate(self.compared)}
        named = pl.DataFrame(list(order), schema=["table", "statement", "place"], orient="row").cast(
            {name: self.schema[name] for name in ("table", "statement", "place")}
        )
        placed = counts.join(named.with_row_index("#order"), on=["table", "statement", "place"], how="left")
        by = [*first, "#order", COUNT, OLD, NEW]
        descending = [*(False for _ in first), False, True, False, False]
        return placed.sort(by, descending=descending, nulls_last=True).drop("#order")

    def _alone_counts(self, alone: tuple[Alone, ...]) -> pl.DataFrame:
        rows = [
            (each.table, each.statement, each.place, word, count)
            for each in alone
            for (one, word), count in sorted(self._alone.items(), key=lambda found: (-found[1], found[0][1]))
            if one == each
        ]
        names = ("table", "statement", "place", "outcome")
        return pl.DataFrame(rows, schema={**dict.fromkeys(names, pl.String), COUNT: pl.Int64}, orient="row")
