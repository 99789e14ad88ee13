"""A search through the completions of a state, as far as one outcome rests on them.

It walks down a decision tree: each node states one unknown fact on which the outcome still rests, each branch a value that
the norm tells apart, and each leaf is a settled outcome, whatever else is stated. So the leaves stand for all completions.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from sopb_rules.completions.options import Trial
from sopb_rules.model.norms import Decision
from sopb_rules.predicates.relevance import Reading, unknown_readings
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import ABSENT, Record

#: How many nodes a search visits before it gives up.
NODES = 200

#: All that an outcome may still come to: verdicts of a norm, values of a decision.
Possible = frozenset[Any]
Evaluate = Callable[[Record], Possible]

_NOTHING: Possible = frozenset({Verdict.NOT_APPLICABLE})


class Search:
    """One search; use it while the lock of the scratch is held.

    Attributes:
        stated: what was stated on the way to the leaf that is looked at, in order.
        exact: whether the leaves so far stand for all completions; False once a bound was met.
    """

    def __init__(self, trial: Trial, evaluate: Evaluate) -> None:
        self.trial = trial
        self.evaluate = evaluate
        self.stated: list[tuple[Reading, Any]] = []
        self.exact = True
        self._nodes = NODES
        self._first_way = True
        self._pending: tuple[Reading, ...] = ()

    def outcome(self) -> Possible:
        """What the outcome may still come to, given what is stated now."""
        if isinstance(self.trial.model, Decision):
            return self.evaluate(self.trial.record)
        held = [slot.value for slot, _ in self.trial.holding]
        if any(each is ABSENT or each == () for each in held):
            return _NOTHING
        outcome = self.evaluate(self.trial.record)
        return outcome | _NOTHING if None in held else outcome

    def leaves(self) -> Generator[Possible, None, None]:
        """The leaves, the longest way down first; while one is looked at, what leads to it is stated."""
        return self._below(self.outcome())

    def _below(self, outcome: Possible) -> Generator[Possible, None, None]:
        if len(outcome) == 1:
            self._first_way, self._pending = False, ()
            yield outcome
            return
        slot = self._next()
        if slot is None or self._nodes <= 0:
            self.exact = False
            return
        self._nodes -= 1
        branches = [(self._after(slot, value), value) for value in self._options(slot)]
        if not branches:  # a reference, and there is nothing that it could lead to
            self.exact = False
        for settled in (False, True):
            for following, value in branches:
                if (len(following) == 1) is settled:
                    mark = self.trial.scratch.mark()
                    self.trial.set(slot, value)
                    self.stated.append((slot, value))
                    yield from self._below(following)
                    self.stated.pop()
                    self.trial.undo(mark)

    def _after(self, slot: Reading, value: Any) -> Possible:
        mark = self.trial.scratch.mark()
        self.trial.set(slot, value)
        outcome = self.outcome()
        self.trial.undo(mark)
        return outcome

    def _options(self, slot: Reading) -> tuple[Any, ...]:
        options = self.trial.of(slot)
        for holding, record in self.trial.holding:
            if holding == slot:  # the subject is there, or it is not
                listed = any(isinstance(each, tuple) for each in options.values)
                nothing = (
                    ()
                    if isinstance(self.trial.model, Decision)
                    else (each for each in options.values if not each or each is ABSENT)
                )
                return ((record,) if listed else record, *nothing)
        self.exact = self.exact and options.exact
        return tuple(options.values)

    def _next(self) -> Reading | None:
        """An unknown fact on which the outcome rests; on the first way down perhaps one on which it rested before.

        To ask again at each step is slow, and one fact too many does no harm on one way; on all ways it would.
        """
        for slot, _ in self.trial.holding:
            if slot.unknown:
                return slot
        pending = iter(self._pending or unknown_readings(self.trial.model, self.trial.env))
        found = next((slot for slot in pending if slot.unknown), None)
        if found is None and self._pending:
            self._pending = ()
            return self._next()
        self._pending = tuple(pending) if self._first_way else ()
        return found

    def turn(self, fact: Reading, outcome: Possible) -> Turned | None:
        """Another answer to a fact than at this leaf, with what else is stated, that leads to another outcome."""
        scratch = self.trial.scratch
        start, before = scratch.mark(), self.stated
        own = [value for slot, value in before if slot == fact]
        for slot, _ in reversed(before):
            if self.trial.owner(slot) == fact:
                self.trial.set(slot, None)
        try:
            for value in self._options(fact):
                if own and not isinstance(value, Record | tuple) and value == own[0] and type(value) is type(own[0]):
                    continue
                mark = scratch.mark()
                self.trial.set(fact, value)
                self.stated = [(fact, value)]
                for other in self.leaves():
                    if other != outcome:
                        return list(self.stated), other
                self.trial.undo(mark)
            return None
        finally:
            self.trial.undo(start)
            self.stated = before


#: What is stated instead, and the outcome that it leads to.
Turned = tuple[list[tuple[Reading, Any]], Possible]
