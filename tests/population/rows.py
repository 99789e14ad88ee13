"""The records that the rows of tables stand for, to hold what tables come to against the reference evaluator."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from sopb_rules.model.norms import Norm
from sopb_rules.model.vocabulary import Contained
from sopb_rules.population.layout import Layout, Place
from sopb_rules.population.program import Outcomes
from sopb_rules.predicates.evaluate import evaluate_decision, evaluate_norm
from sopb_rules.states.records import Record, State, blank


def records_of_rows(layout: Layout, state: State) -> Mapping[str, list[Record]]:
    """By table: the record of each row, with the blank ones of unknown lists at the end."""
    stated: dict[str, list[Record]] = {}
    found: dict[str, list[Record]] = {}
    for table in layout.tables.values():
        if table.above is None:
            listed = state.lists.get(table.name)
            if listed is not None:
                stated[table.name] = found[table.name] = list(listed)
            continue
        above, fact = table.above, table.list_fact
        if above.table.name not in found or fact is None:
            continue
        real = [element for row in stated[above.table.name] for element in _held(row, above, fact.name)]
        blanks = []
        for row in found[above.table.name]:
            holder = subject(row, above)
            if holder is not None and holder.get(fact.name) is None:
                blanks.append(blank(table.entity, holder, fact))
        stated[table.name], found[table.name] = real, real + blanks
    return found


def _held(row: Record, above: Place, fact: str) -> tuple[Record, ...]:
    holder = subject(row, above)
    return (holder.get(fact) or ()) if holder is not None and not holder.hypothetical else ()


def subject(row: Record, place: Place) -> Record | None:
    """The record of a place in a row: a blank one where it is unknown whether it is there, None where it is not."""
    if place.holder is None:
        return row
    holder = subject(row, place.holder)
    if holder is None:
        return None
    assert place.fact is not None
    assert isinstance(place.fact.type, Contained)
    value = holder.get(place.fact.name)
    return blank(place.entity, holder, place.fact) if value is None else value if isinstance(value, Record) else None


def expected(outcome: Outcomes, rows: list[Record], today: datetime.date) -> Iterator[str | None]:
    """The word for each row, by the reference evaluator."""
    for row in rows:
        record = subject(row, outcome.place)
        if record is None:
            yield None
        elif isinstance(outcome.statement, Norm):
            yield evaluate_norm(outcome.statement, record, today).verdict.value
        else:
            decided = evaluate_decision(outcome.statement, record, today)
            yield decided.value if decided.value is not None else decided.verdict.value
