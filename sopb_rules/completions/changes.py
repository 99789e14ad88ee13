"""The smallest changes of what is stated that turn an outcome.

A set of changes is minimal if no part of it turns the outcome. The sets are found by their size: first all single changes,
then all pairs that hold none of them, and so on.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from sopb_rules.completions.borders import decimal
from sopb_rules.completions.goals import goal
from sopb_rules.completions.options import Trial
from sopb_rules.completions.steps import Step, steps
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Decision, Norm
from sopb_rules.predicates.evaluate import truth
from sopb_rules.predicates.relevance import Reading
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import ABSENT, Record, contained
from sopb_rules.states.scratch import scratch_of

#: The most facts that are changed at once, the most sets that are looked for, and the most steps of the search.
LARGEST, MOST_SETS, STEPS = 16, 12, 1_000


@attrs.frozen
class Stretch:
    """The numbers or dates around a value that all turn the outcome, with the other changes of the set as they are.

    Args:
        low: the lowest, or the border that it lies above; None where there is no end. Likewise `high`.
        low_included: whether `low` itself is one of them. Likewise `high_included`.
    """

    low: Any
    high: Any
    low_included: bool = True
    high_included: bool = True


@attrs.frozen
class Change:
    """One fact stated otherwise.

    Args:
        path: the fact's path in the state.
        label: what it says, in the vocabulary's words.
        before: what is stated, as in a slot of a record: None for unknown.
        after: the nearest value that turns the outcome; a new entity is a `Record` of which nothing is stated.
        type: of the fact; None for the list of all entities of a sort.
        act: whether a bearer can bring it about by acting.
        assessor: who alone may state it, for a judgement; else None.
        stretch: for a number or a date: all values around `after` that would do.
    """

    path: str
    label: str
    before: Any
    after: Any
    type: v.FactType | None
    act: bool
    assessor: v.Actor | None
    stretch: Stretch | None = None


@attrs.frozen
class ChangeSet:
    """Changes that turn an outcome together, and of which none can be left out.

    Args:
        outcome: what it comes to then.
    """

    outcome: Verdict | str
    changes: tuple[Change, ...]

    @property
    def by_acting(self) -> bool:
        """Whether a bearer can bring about all of them by acting."""
        return all(change.act for change in self.changes)


@attrs.frozen
class Changes:
    """The minimal sets of changes.

    Args:
        sets: those by acting first, then the smaller ones.
        complete: whether these are all with at most `LARGEST` changes; False where the search met a bound.
    """

    sets: tuple[ChangeSet, ...]
    complete: bool


def changes(
    model: Norm | Decision, record: Record, today: datetime.date, wanted: Sequence[Verdict | str], most: int = MOST_SETS
) -> Changes:
    """The minimal sets of changes by which a norm or a decision comes to one of the wanted outcomes.

    Args:
        most: how many sets are looked for, for each outcome.
    """
    scratch = scratch_of(record.state)
    sets: list[ChangeSet] = []
    complete = True
    for outcome in wanted:
        with scratch.lock, scratch.trial():
            search = _Search(Trial(model, record, today, scratch), outcome, most)
            sets += search.run()
            complete = complete and search.complete
    return Changes(tuple(sorted(sets, key=lambda each: (not each.by_acting, len(each.changes)))), complete)


class _Search:
    """Looks for the minimal sets that lead to one outcome."""

    def __init__(self, trial: Trial, outcome: Verdict | str, most: int) -> None:
        self.trial = trial
        self.outcome = outcome
        self.most = most
        self.goal = goal(trial.model, outcome)
        self.complete = True
        self._found: dict[frozenset[str], ChangeSet] = {}  # by the paths of what is changed
        self._changed: list[tuple[Reading, Any, Any]] = []
        self._left = STEPS
        self._seen: set[frozenset[Any]] = set()
        self._deeper = False

    def run(self) -> list[ChangeSet]:
        """The minimal sets, the smaller ones first."""
        there = [(slot, self._there(slot, record)) for slot, record in self.trial.holding if slot.unknown]
        if there and self.outcome is Verdict.NOT_APPLICABLE:
            self._not_there(there[0][0])
        for slot, value in there:
            self._set(slot, value)
        for size in range(len(there), LARGEST + 1):
            self._deeper, self._seen = False, set()
            self._look(size - len(there))
            if not self._deeper or self._left <= 0 or len(self._found) >= self.most:
                break
        self.complete = not self._deeper
        return list(self._found.values())

    def _there(self, slot: Reading, record: Record) -> Any:
        return (record,) if slot.fact is not None and isinstance(slot.fact.type, v.ListOf) else record

    def _not_there(self, slot: Reading) -> None:
        """Of a subject that may not be there: that it is not."""
        fact = slot.fact
        assert fact is not None
        for value in ((),) if isinstance(fact.type, v.ListOf) else (ABSENT,) if fact.optional else ():
            self._found[frozenset({slot.path})] = ChangeSet(self.outcome, (_change(slot, None, value),))

    def _set(self, slot: Reading, value: Any) -> None:
        self._changed.append((slot, slot.value, value))
        self.trial.set(slot, value)

    def _look(self, more: int) -> None:
        """Look for sets that hold what is changed now, with as many more changes at most."""
        paths = frozenset(slot.path for slot, _, _ in self._changed)
        if any(found <= paths for found in self._found):
            return
        if truth(self.goal, self.trial.env) is True:
            if not self._idle():
                self._keep()
            return
        if more == 0 or self._left <= 0 or len(self._found) >= self.most:
            self._deeper = True
            return
        for slot, value in self._steps():
            longer = isinstance(value, tuple) and len(value) > len(slot.value or ())
            if (slot.path in paths and not longer) or not self._can_be(slot, value) or not self._is_new(slot, value):
                continue
            self._left -= 1
            mark, changed = self.trial.scratch.mark(), self._changed
            self._changed = [*changed, (slot, slot.value, value)]
            if slot.path in paths:  # one entry was added, and here is another
                self._changed = [(each, was, value if each.path == slot.path else now) for each, was, now in changed]
            self.trial.set(slot, value)
            self._look(more - 1)
            self._changed = changed
            self.trial.undo(mark)

    def _can_be(self, slot: Reading, value: Any) -> bool:
        """Whether what goes is neither the subject, nor holds it, nor is something that a reference leads to."""
        before, after = (each if isinstance(each, tuple) else (each,) for each in (slot.value, value))
        gone = [each for each in before if isinstance(each, Record) and not any(each is other for other in after)]
        if not gone or slot.fact is None or isinstance(slot.fact.type, v.Reference):
            return True
        within = [inner for each in gone for inner in contained(each)]
        kept = [self.trial.record, *self._targets(without=within)]
        return not any(each is other for each in within for other in kept)

    def _targets(self, without: list[Record]) -> Iterator[Record]:
        """What references lead to now, but for those of some records."""
        state = self.trial.scratch.state
        for entity in state.vocabulary.entities.values():
            names = [fact.name for fact in entity.facts.values() if isinstance(fact.type, v.Reference)]
            for record in state.records(entity) if names else ():
                if any(record is each for each in without):
                    continue
                yield from (target for name in names if isinstance(target := record.get(name), Record))

    def _keep(self) -> None:
        """Keep the changes, without those that are not needed after all."""
        mark, all_changed = self.trial.scratch.mark(), self._changed
        for each in reversed(all_changed):
            slot, before, _ = each
            if self._does(slot, before):
                self.trial.set(slot, before)
                self._changed = [other for other in self._changed if other is not each]
        paths = frozenset(slot.path for slot, _, _ in self._changed)
        if not any(found <= paths for found in self._found):
            self._found = {found: sets for found, sets in self._found.items() if not paths <= found}
            self._found[paths] = ChangeSet(self.outcome, tuple(self._told()))
        self.trial.undo(mark)
        self._changed = all_changed

    def _idle(self) -> bool:
        """Whether some new entry of a list is of no use: the others do without it."""
        lists = [(slot, after) for slot, _, after in self._changed if isinstance(after, tuple)]
        new = ((slot, after, each) for slot, after in lists for each in after if each.hypothetical)
        return any(self._does(slot, tuple(one for one in after if one is not each)) for slot, after, each in new)

    def _steps(self) -> list[Step]:
        return list(steps(self.trial, self.goal, True, self.trial.env))

    def _is_new(self, slot: Reading, value: Any) -> bool:
        """Whether these changes were not looked at, in another order."""
        now = frozenset((each.path, _key(after)) for each, _, after in (*self._changed, (slot, None, value)))
        if now in self._seen:
            return False
        self._seen.add(now)
        return True

    def _told(self) -> Iterator[Change]:
        for slot, before, after in self._changed:
            change = _change(slot, before, after)
            if isinstance(after, int | Decimal | datetime.date) and not isinstance(after, bool):
                change = attrs.evolve(change, stretch=self._stretch(slot, after))
            yield change

    def _stretch(self, slot: Reading, after: Any) -> Stretch:
        """How far a number or a date may be from the nearest one that does."""
        borders = self.trial.borders(slot)
        values = borders.representatives([after])
        index = values.index(after)
        low, high = index, index
        while low > 0 and self._does(slot, values[low - 1]):
            low -= 1
        while high < len(values) - 1 and self._does(slot, values[high + 1]):
            high += 1
        dense = isinstance(after, Decimal)
        below = values[low - 1] if low > 0 else None
        above = values[high + 1] if high < len(values) - 1 else None
        low_end, low_included = _end(values[low], below, borders.found, dense)
        high_end, high_included = _end(values[high], above, borders.found, dense)
        return Stretch(low_end, high_end, low_included, high_included)

    def _does(self, slot: Reading, value: Any) -> bool:
        mark = self.trial.scratch.mark()
        self.trial.set(slot, value)
        does = truth(self.goal, self.trial.env) is True
        self.trial.undo(mark)
        return does


def _end(last: Any, beyond: Any, borders: set[Any], dense: bool) -> tuple[Any, bool]:
    """The end of a stretch, and whether it belongs to it.

    Args:
        last: the last value that does.
        beyond: the next one, which does not; None where there is none.
        dense: whether there is always a number between two.
    """
    if beyond is None:
        return None, True
    if not dense or last in borders:
        return last, True
    # `last` lies just inside a border, which is the end and no part of the stretch; a third has no decimal to be told by.
    border = decimal(min(borders, key=lambda each: abs(each - Fraction(last)), default=Fraction(last)))
    return (last, True) if border is None else (border, False)


def _key(value: Any) -> Any:
    """What tells values apart in a set of changes: lists by their length, since new elements are alike."""
    if isinstance(value, tuple):
        return ("list", tuple(each.index for each in value))
    if isinstance(value, Record):
        return ("record", value.id)
    return (type(value).__name__, value)


def _change(slot: Reading, before: Any, after: Any) -> Change:
    fact = slot.fact
    if slot.judged is not None:
        return Change(slot.path, slot.label, before, after, v.YesNo(), False, slot.judged.assessor)
    if fact is None:
        return Change(slot.path, slot.label, before, after, None, False, None)
    return Change(slot.path, slot.label, before, after, fact.type, fact.act, fact.assessor)
