"""Situations that no example shows yet: an example with a few givens changed, until it shows what is sought.

The search tries one change of each example, then two and three, and ends after a number of tries. It may miss a situation
that exists; what it finds has been evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import combinations, islice
from textwrap import shorten

import attrs

from sopb_rules.diagnostics import RulesError
from sopb_rules.model.norms import Statement
from sopb_rules.policy_set import PolicySet
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.parts import format_example, format_given
from sopb_rules.testing.candidates import changes
from sopb_rules.testing.examples import SOME_DAY, Trial, outcome_as_written, owner_name, reads_today
from sopb_rules.testing.givens import Givens

#: How many situations are tried before a search gives up.
TRIES = 3_000
#: The most things that are changed at once.
MOST_CHANGES = 3
#: The day of a situation where no example says one.
A_DAY = "2026-11-01"
#: The longest title of an example.
TITLE_WIDTH = 80


@attrs.frozen
class Situation:
    """What is given, and the trial that it makes."""

    givens: tuple[t.GivenItem, ...]
    trial: Trial
    changed: tuple[t.GivenItem, ...] = ()

    @property
    def title(self) -> str:
        """What is given otherwise than in the example that it was made from."""
        words = ", ".join(map(format_given, self.changed)).replace('"', "").replace("_", " ")
        return shorten(words, TITLE_WIDTH, placeholder=" …") or "nothing given"

    def example(self) -> str:
        """The situation as an example to paste, which says what the policies come to now."""
        span = self.trial.target.span
        outcome = outcome_as_written(self.trial)
        return format_example(t.Example(t.Label(self.title, span=span), self.givens, (outcome,), span=span))


class Situations:
    """Searches situations of one statement, starting from its examples.

    Args:
        other: what the statement could be instead; its conditions too say what is worth changing.
    """

    def __init__(self, policies: PolicySet, target: Statement, other: Statement | None = None) -> None:
        self.policies = policies
        self.target = target
        self._readings = (target,) if other is None else (target, other)

    @cached_property
    def bases(self) -> list[Situation]:
        """The situations of the examples, and where there is none, one in which nothing is given."""
        found = [self._situation(_with_day(example.givens, self.target)) for example in self.target.examples]
        known = [each for each in found if each is not None]
        return known or [each for each in [self._situation(_with_day((), self.target))] if each is not None]

    @cached_property
    def _changes(self) -> list[list[t.GivenItem]]:
        """For each base, what could be given otherwise."""
        currency = self.policies.model.vocabulary.currency
        return [changes(base.trial, self._readings, currency) for base in self.bases]

    def find(self, sought: Callable[[Trial], bool]) -> Situation | None:
        """A situation that shows what is sought, with as few changes of an example as can be; None where none was found."""
        return next((each for each in self.all() if sought(each.trial)), None)

    def all(self) -> Iterator[Situation]:
        """The situations in the order in which they are tried."""
        yield from self.bases
        share = TRIES // (MOST_CHANGES * max(1, len(self.bases)))
        for count in range(1, MOST_CHANGES + 1):
            for base, items in zip(self.bases, self._changes, strict=True):
                for chosen in islice(combinations(items, count), share):
                    if (givens := _changed(base.givens, chosen)) is not None:
                        situation = self._situation(givens, chosen)
                        if situation is not None:
                            yield situation

    def _situation(self, givens: tuple[t.GivenItem, ...], changed: tuple[t.GivenItem, ...] = ()) -> Situation | None:
        """The situation of some givens; None where they contradict each other or the vocabulary."""
        span = self.target.span
        example = t.Example(t.Label("", span=span), givens, (), span=span)
        try:
            givens_of = Givens(self.policies.model, self.target.entity, example, owner_name(self.target))
            state, record = givens_of.state()
        except RulesError:
            return None
        return Situation(givens, Trial(self.target, record, state.as_of or SOME_DAY), changed)


def _with_day(givens: tuple[t.GivenItem, ...], target: Statement) -> tuple[t.GivenItem, ...]:
    if not reads_today(target) or any(isinstance(item, t.GivenToday) for item in givens):
        return givens
    span = target.span
    return (t.GivenToday(t.Constant("date", A_DAY, span=span), span=span), *givens)


def _changed(base: Iterable[t.GivenItem], chosen: tuple[t.GivenItem, ...]) -> tuple[t.GivenItem, ...] | None:
    """Givens with some of them put in the place of what they exclude; None where they exclude each other."""
    if any(_exclude(one, other) for one, other in combinations(chosen, 2)):
        return None
    kept = tuple(item for item in base if not any(_exclude(item, new) for new in chosen))
    result = (*kept, *chosen)
    return None if set(result) == set(base) else result


def _exclude(one: t.GivenItem, other: t.GivenItem) -> bool:
    """Whether two givens speak of the same thing, or one of a thing that the other says is not there."""
    first, second = _subject(one), _subject(other)
    if first == second:
        return True
    return (_speaks_of_all(one) and second.startswith(f"{first}.")) or (
        _speaks_of_all(other) and first.startswith(f"{second}.")
    )


def _speaks_of_all(item: t.GivenItem) -> bool:
    return isinstance(item, t.Given) and isinstance(item.value, str)


def _subject(item: t.GivenItem) -> str:
    match item:
        case t.GivenToday():
            return "today"
        case t.GivenJudgement(key):
            return f"judgement {key}"
        case t.Given(path) | t.GivenRecords(path):
            return path.text
