"""What is there and which lists are known: said, or seen from what is stated; what contradicts itself is noted.

In engine form the column that says whether an optional fact or a contained entity exists is true where that is said or something is
stated of it, false where its absence is said, and null where nothing is. The column that says whether a list is known is true or
false.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs
import polars as pl

from sopb_rules.diagnostics import Code
from sopb_rules.population.drafts import Draft
from sopb_rules.population.layout import Column, Place, Says, Table
from sopb_rules.states.scalars import Mistake

_ONE_OF_TWO = "one of the two"


def settle(draft: Draft, read: frozenset[str], columns: Mapping[str, Column]) -> None:
    """Settle the columns of a draft that are read, from inside to outside."""
    for exists in read:
        fact = exists.removesuffix(".exists")
        if columns[exists].says is Says.EXISTS and fact in columns:
            _settle_fact(draft, fact, exists)
    for place in reversed(list(draft.table.places())):
        _Settling(draft, place, read, columns).settle()


def _settle_fact(draft: Draft, name: str, exists: str) -> None:
    """Whether an optional fact is there."""
    value, said, absent = draft.values.get(name), draft.values.get(exists), draft.absent.get(name)
    if said is not None and value is not None:
        message = f"`{name}` has a value, though `{exists}` says that there is none"
        _contradiction(draft, name, ~said & value.is_not_null(), f"has a value, though {exists} is false", message)
    if said is not None and absent is not None:
        message = f"`{name}` is absent, though `{exists}` says that there is one"
        _contradiction(draft, name, said & absent, f"is absent, though {exists} is true", message)
    parts = [said] if said is not None else []
    if absent is not None:
        parts.append(_only(absent, False))
    if value is not None:
        parts.append(_only(value.is_not_null(), True))
    if parts:
        draft.values[exists] = _first(parts).alias(exists)


def _contradiction(
    draft: Draft, column: str, where: pl.Series, summary: str, message: str, right: str = _ONE_OF_TWO
) -> None:
    draft.problem(column, where, Code.ROW_CONTRADICTION, summary, lambda _: Mistake(message, right))


@attrs.frozen
class _Settling:
    """A place whose columns are settled, when those of what it contains are."""

    draft: Draft
    place: Place
    read: frozenset[str]
    columns: Mapping[str, Column]

    def settle(self) -> None:
        """Settle its lists, and then whether it is there."""
        lists = {self.place.column(f"{name}.known"): table for name, table in self.place.lists.items()}
        lists = {known: table for known, table in lists.items() if known in self.read}
        for known, table in lists.items():
            self._list(table, known)
        if self.place.exists is None or self.place.exists not in self.read:
            return
        self._exists(self.place.exists)
        for known, table in lists.items():
            second = known not in self.draft.raw and table.name not in self.draft.raw
            if second and table.name in self.draft.held:  # with a table of elements, whoever is there knows its list
                self.draft.values[known] = self.draft.values[self.place.exists].fill_null(False).alias(known)

    def _list(self, table: Table, known: str) -> None:
        """Whether a list is known: its column is not null, or there is a table of its elements."""
        draft, said = self.draft, self._said(known)
        given = draft.raw.get(table.name)
        there = draft.held.get(table.name) if given is None else given.is_not_null()
        if said is not None:
            said = said.fill_null(False)
        if said is not None and there is not None:
            message = f"the list has elements, though `{known}` does not say that it is known"
            _contradiction(draft, known, ~said & there, "the list is stated, though it is not known", message, "yes")
        if said is not None and given is not None:
            message = f"`{known}` says that the list is known, and there is none"
            _contradiction(draft, known, said & given.is_null(), "the list is not there, though it is known", message)
        if said is None and given is None and there is not None and self.place.exists is None:
            there = _all(True, draft.height)
        found = said if said is not None else there if there is not None else _all(False, draft.height)
        draft.values[known] = found.alias(known)

    def _said(self, name: str) -> pl.Series | None:
        """What a column says that was given."""
        return self.draft.values[name] if name in self.draft.raw else None

    def _exists(self, exists: str) -> None:
        """Whether it is there: said, or anything stated of it."""
        draft, said = self.draft, self._said(exists)
        stated = dict(self._stated())
        positive = _any(stated.values(), draft.height)
        parts = [_only(_any([positive, *self._denied()], draft.height), True)]
        if said is not None:
            self._check(exists, said, positive, stated)
            parts.insert(0, said)
        draft.values[exists] = _first(parts).alias(exists)

    def _check(self, exists: str, said: pl.Series, positive: pl.Series, stated: Mapping[str, pl.Series]) -> None:
        label = self.place.prefix[:-1]

        def words(row: int) -> Mistake:
            first = next(name for name, where in stated.items() if where[row])
            message = f"`{first}` is stated, though `{exists}` says that there is no {label}"
            return Mistake(message, _ONE_OF_TWO)

        summary = "something is stated of what is not there"
        self.draft.problem(exists, ~said & positive, Code.ROW_CONTRADICTION, summary, words)
        if self.place.fact is not None and not self.place.fact.optional:
            message = f"`{label}` cannot be absent: the vocabulary does not call it optional"
            mistake = Mistake(message, "yes", "leave the cell empty where it is not known")
            self.draft.problem(exists, ~said, Code.ROW_WRONG_VALUE, "cannot be absent", lambda _: mistake)

    def _about(self) -> Iterator[tuple[Column, pl.Series]]:
        """The columns about it and about what it contains."""
        for name, values in self.draft.values.items():
            if name.startswith(self.place.prefix) and name != self.place.exists:
                yield self.columns[name], values

    def _stated(self) -> Iterator[tuple[str, pl.Series]]:
        """Where something says that it is there: a value, or a part or a list that is said to be there."""
        for column, values in self._about():
            whether = column.says in (Says.EXISTS, Says.KNOWN)
            yield column.name, values.fill_null(False) if whether else values.is_not_null()

    def _denied(self) -> Iterator[pl.Series]:
        """Where a part is said not to be there, which is stated of what is there, and may be said of what is not."""
        for column, values in self._about():
            if column.says is Says.EXISTS:
                yield values.is_not_null()


def _only(where: pl.Series, value: bool) -> pl.Series:
    """The value where it holds, and null elsewhere."""
    return where.to_frame("").select(pl.when("").then(pl.lit(value))).to_series()


def _first(parts: list[pl.Series]) -> pl.Series:
    """The first of several columns that says something."""
    found = parts[0]
    for part in parts[1:]:
        if found.null_count():
            found = found.zip_with(found.is_not_null(), part)
    return found


def _any(columns: Iterable[pl.Series], height: int) -> pl.Series:
    found: pl.Series | None = None
    for column in columns:
        found = column if found is None else found | column
    return _all(False, height) if found is None else found


def _all(value: bool, height: int) -> pl.Series:
    return pl.Series([value]).new_from_index(0, height)
