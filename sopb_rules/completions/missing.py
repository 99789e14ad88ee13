"""Exactly which unknown facts can turn an outcome.

A fact is missing if two completions of the state that differ in it alone have different outcomes. It is looked for at the
leaves of the search: where the outcome is settled one way, and another answer to the fact, with all else as it is, lets it
come out otherwise. Every such pair shows itself at some leaf, so a fact that turns at none is not missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import attrs

from sopb_rules.completions.options import Assumption, Trial, assumed
from sopb_rules.completions.search import Evaluate, Possible, Search
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.predicates.relevance import Reading, unknown_readings
from sopb_rules.states.records import Record
from sopb_rules.states.scratch import scratch_of


@attrs.frozen(slots=False)
class Turn:
    """Two completions of a state that differ in one fact, and what they come to.

    Args:
        first: what one of them states; likewise `second`.
        outcomes: what each comes to: a verdict, or what a decision comes to.
    """

    first: Sequence[_Set] = attrs.field(repr=False)
    second: Sequence[_Set] = attrs.field(repr=False)
    outcomes: tuple[Any, Any]

    @cached_property
    def shared(self) -> tuple[Assumption, ...]:
        """What both completions state besides the fact; what neither states makes no difference."""
        return tuple(assumed(slot, value) for slot, value, own in (*self.first, *self.second) if not own)

    @cached_property
    def sides(self) -> tuple[tuple[Assumption, ...], tuple[Assumption, ...]]:
        """What each states of the fact: a value, or an entity or a list with what is in it."""
        one, other = (
            tuple(assumed(slot, value) for slot, value, own in side if own) for side in (self.first, self.second)
        )
        return one, other


#: What was stated of which fact, and whether it is the one in which the completions differ or is part of it.
_Set = tuple[Reading, Any, bool]


@attrs.frozen
class Missing:
    """An unknown fact that can turn an outcome.

    Args:
        reading: the fact, as it was read.
        turn: two completions that show it; None where the search met a bound before it found any, and the fact is kept
            since it may be one.
    """

    reading: Reading
    turn: Turn | None


def missing_facts(
    model: Norm | Decision, record: Record, today: datetime.date, evaluate: Evaluate
) -> tuple[Missing, ...]:
    """The unknown facts that can turn the outcome of a norm or a decision for a subject, in reading order.

    Args:
        evaluate: what the outcome may come to for a record, by whichever evaluator.
    """
    with _search(model, record, today, evaluate) as search:
        asked = _asked(search.trial)
        found, outcomes = _found(search, asked)
        if not found and search.exact:
            if len(outcomes) == 1:
                return ()
            # what is asked can be answered in one way only, and lets something else be asked
            found, _ = _found(search, None)
        original = search.trial.scratch.original
        facts = asked if not search.exact else (fact for fact in (*asked, *found) if fact in found)
        return tuple(
            Missing(attrs.evolve(fact, record=original(fact.record)), found.get(fact)) for fact in dict.fromkeys(facts)
        )


def _found(search: Search, asked: Collection[Reading] | None) -> tuple[dict[Reading, Turn], frozenset[Any]]:
    """The facts that turn the outcome at some leaf, among those that are asked, or all; and what the leaves come to."""
    turns: dict[Reading, Turn] = {}
    outcomes: frozenset[Any] = frozenset()
    for outcome in search.leaves():
        outcomes |= outcome
        for fact, turn in _turns(search, outcome, asked):
            turns.setdefault(fact, turn)
        asked = asked and [fact for fact in asked if fact not in turns]
        if asked == []:
            break
    return turns, outcomes


def outcomes(model: Norm | Decision, record: Record, today: datetime.date, evaluate: Evaluate) -> tuple[Possible, bool]:
    """All that the completions of a state come to, and whether that is exact: else the search met a bound."""
    with _search(model, record, today, evaluate) as search:
        possible, found = search.outcome(), frozenset[Any]()
        for outcome in search.leaves():
            found |= outcome
            if found == possible:
                break
        exact = search.exact or found == possible
        return found if exact else possible, exact


@contextmanager
def _search(model: Norm | Decision, record: Record, today: datetime.date, evaluate: Evaluate) -> Iterator[Search]:
    scratch = scratch_of(record.state)
    with scratch.lock, scratch.trial():
        yield Search(Trial(model, record, today, scratch), evaluate)


def _asked(trial: Trial) -> tuple[Reading, ...]:
    """What could be asked: the unknown facts on which the outcome rests, or what they are part of."""
    above = () if isinstance(trial.model, Decision) else (slot for slot, _ in trial.holding)
    unknown = (trial.owner(each) for each in (*above, *unknown_readings(trial.model, trial.env)))
    return tuple(dict.fromkeys(each for each in unknown if each.unknown))


def _turns(search: Search, outcome: Possible, asked: Collection[Reading] | None) -> Iterator[tuple[Reading, Turn]]:
    """The facts that turn the outcome at a leaf."""
    stated, owner = list(search.stated), search.trial.owner
    for fact in dict.fromkeys(owner(slot) for slot, _ in stated):
        if (asked is None or fact in asked) and (turned := search.turn(fact, outcome)) is not None:
            first, second = (
                tuple((slot, value, owner(slot) == fact) for slot, value in side) for side in (stated, turned[0])
            )
            yield fact, Turn(first, second, (_only(outcome), _only(turned[1])))


def _only(outcome: Possible) -> Any:
    (value,) = outcome
    return value
