"""The overview of a population: what its subjects come to, which unknown facts that hinges on, and what it rests on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from sopb_rules.model.norms import Decision, Norm
from sopb_rules.population.layout import Says

if TYPE_CHECKING:
    import polars as pl

    from sopb_rules.policy_set import PolicySet
    from sopb_rules.population.evaluate import TableEvaluation
    from sopb_rules.population.layout import Layout

#: The duties whose neglect is a breach, and no shortfall.
_BINDING = ("must", "must not")


@attrs.frozen
class Line:
    """How many subjects of one place come to what, by one norm or decision.

    Args:
        place: "" for the rows of the table, else the way from them to the subject.
        numbers: by verdict, or by value of the decision; also those that nobody comes to.
    """

    table: str
    statement: Norm | Decision
    place: str
    numbers: Mapping[str, int]

    @property
    def name(self) -> str:
        """The norm's id, or the decision's name."""
        return self.statement.id if isinstance(self.statement, Norm) else self.statement.name

    @property
    def is_breach(self) -> bool:
        """Whether somebody breaches the norm: an unmet `must` or `must not`, or an exceeded permission."""
        if not isinstance(self.statement, Norm):
            return False
        word = "exceeded" if self.statement.is_permission else "unmet"
        return bool(self.numbers[word]) and (self.statement.is_permission or self.statement.force in _BINDING)

    @property
    def subjects(self) -> int:
        """How many there are."""
        return sum(self.numbers.values())


@attrs.frozen
class Missing:
    """A column that is unknown for some, and how many verdicts hinge on it there.

    Args:
        label: what the column says, in the words of the vocabulary.
        numbers: by norm or decision and place, how many subjects' verdicts; the most first.
    """

    table: str
    column: str
    label: str
    numbers: tuple[tuple[str, str, int], ...]

    @property
    def path(self) -> str:
        """The column with its table."""
        return f"{self.table}.{self.column}"

    @property
    def names(self) -> tuple[str, ...]:
        """The norms and decisions, each once."""
        return tuple(dict.fromkeys(name for name, _, _ in self.numbers))

    @property
    def verdicts(self) -> int:
        """How many verdicts hinge on it in all."""
        return sum(number for _, _, number in self.numbers)


@attrs.frozen(slots=False)
class Overview:
    """What is told of a population.

    Args:
        files: the tables, as they were named.
        only: the norms and decisions that were asked for; none for all.
        rows: how many rows each table has, with those that were left out.
        counts: as `TableEvaluation.counts` gives them.
        blocking: as `TableEvaluation.blocking` gives it; None where nobody asked for it.
        skipped: what was wrong with rows that were left out.
    """

    policies: PolicySet
    as_of: datetime.date
    layout: Layout = attrs.field(repr=False)
    files: tuple[str, ...]
    only: tuple[str, ...]
    rows: Mapping[str, int]
    counts: pl.DataFrame = attrs.field(repr=False)
    blocking: pl.DataFrame | None = attrs.field(repr=False)
    skipped: pl.DataFrame = attrs.field(repr=False)

    @property
    def left_out(self) -> int:
        """How many rows were left out because something in them is wrong."""
        return self.skipped.n_unique(["table", "row"]) if self.skipped.height else 0

    @property
    def in_breach(self) -> bool:
        """Whether somebody breaches a norm."""
        return any(line.is_breach for line in self.lines)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """What subjects come to, in the order of the document."""
        return lines_of(self.policies, self.counts)

    @property
    def norms(self) -> list[Line]:
        """Those of norms."""
        return [line for line in self.lines if isinstance(line.statement, Norm)]

    @property
    def decisions(self) -> list[Line]:
        """Those of decisions."""
        return [line for line in self.lines if isinstance(line.statement, Decision)]

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """The unknown facts on which verdicts hinge, those on which most do first; none where nobody asked."""
        found: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
        for table, column, name, place, count in self.blocking.iter_rows() if self.blocking is not None else ():
            found.setdefault((table, column), []).append((name, place, count))
        return tuple(
            Missing(table, column, self._label(table, column), tuple(numbers))
            for (table, column), numbers in found.items()
        )

    def _label(self, table: str, name: str) -> str:
        column = self.layout.columns[table][name]
        if column.fact is None:
            way, _, key = name.partition("judgements.")
            place = next(each for each in self.layout.tables[table].places() if each.prefix == way)
            return self.layout.judgement_keys[place.entity.name][key]
        match column.says:
            case Says.EXISTS:
                return f"{column.fact.label}: is there one?"
            case Says.KNOWN:
                return f"{column.fact.label}: which are they, all of them?"
            case _:
                return column.fact.label

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON, without the rows that were left out."""
        missing = {} if self.blocking is None else {"missing": self.blocking.to_dicts()}
        return {
            **asked_of(self.policies, self.as_of),
            "rows": dict(self.rows),
            "left_out": self.left_out,
            "counts": self.counts.to_dicts(),
            **missing,
        }


def lines_of(policies: PolicySet, counts: pl.DataFrame) -> tuple[Line, ...]:
    """What subjects come to, in the order of the document.

    Args:
        counts: as `TableEvaluation.counts` gives them.
    """
    numbers: dict[tuple[str, str, str], dict[str, int]] = {}
    for table, name, place, word, count in counts.iter_rows():
        numbers.setdefault((table, name, place), {})[word] = count
    model = policies.model
    return tuple(
        Line(table, model.norms.get(name) or model.decisions[name], place, told)
        for (table, name, place), told in numbers.items()
    )


def asked_of(policies: PolicySet, as_of: datetime.date) -> dict[str, Any]:
    """Which policies were evaluated on which date, as plain data."""
    named = {"name": policies.name, "version": policies.version, "digest": policies.digest}
    return {"policies": named, "as_of": as_of.isoformat()}


def overview(
    evaluation: TableEvaluation, files: Iterable[Path], counts: pl.DataFrame, blocking: pl.DataFrame | None
) -> Overview:
    """The overview of what an evaluation gave."""
    named, only = tuple(map(str, files)), evaluation.only or ()
    population, policies, day = evaluation.population, evaluation.policies, evaluation.as_of
    heights, skipped = population.heights(), evaluation.skipped
    return Overview(policies, day, population.layout, named, only, heights, counts, blocking, skipped)
