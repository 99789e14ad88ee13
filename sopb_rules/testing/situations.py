"""Situations that no example shows yet: an example with a few givens changed, until it shows what is sought.

The search starts from the examples, from what the conditions ask for first and last, and from each situation with a verdict
that it has not met before. Of each it tries every single change, then two and three together, and ends after a number of
tries. It may miss a situation that exists; what it finds has been evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, combinations, islice
from textwrap import shorten

import attrs

from sopb_rules.diagnostics import RulesError
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Statement, depend_on_date, facts_of
from sopb_rules.policy_set import PolicySet
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.parts import format_example, format_given
from sopb_rules.testing.candidates import changes
from sopb_rules.testing.givens import Givens
from sopb_rules.testing.trials import SOME_DAY, Trial, outcome_as_written, owner_name, settled

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
    """What is given, and the trial that it makes.

    Args:
        changed: what is given otherwise than in an example; all that is given where it was made from none.
    """

    givens: tuple[t.GivenItem, ...]
    trial: Trial
    changed: tuple[t.GivenItem, ...] = ()

    def example(self) -> str:
        """The situation as an example to paste, which says what the policies come to now."""
        span = self.trial.target.span
        words = ", ".join(format_given(item) for item in self.changed if item in self.givens)
        title = shorten(words.replace('"', "").replace("_", " "), TITLE_WIDTH, placeholder=" …") or "nothing given"
        outcome = outcome_as_written(self.trial)
        return format_example(t.Example(t.Label(title, span=span), self.givens, (outcome,), span=span))


class Situations:
    """Searches situations of one statement. What was tried once is kept for the next search.

    Args:
        other: what the statement could be instead; its conditions too say what is worth changing.
    """

    def __init__(self, policies: PolicySet, target: Statement, other: Statement | None = None) -> None:
        self.policies = policies
        self.target = target
        self._readings = (target,) if other is None else (target, other)
        self._dated = any(depend_on_date(*each.parts) for each in self._readings)
        self._kept: list[Situation] = []
        self._rest = self._try()

    def __iter__(self) -> Iterator[Situation]:
        """The situations in the order in which they are tried."""
        yield from self._kept
        for situation in self._rest:
            self._kept.append(situation)
            yield situation

    def find(self, sought: Callable[[Trial], bool]) -> Situation | None:
        """A situation that shows what is sought, with nothing given that it does not need; None where none was found."""
        found = next((each for each in self if sought(each.trial)), None)
        return None if found is None else self.least(found, sought)

    def least(self, situation: Situation, sought: Callable[[Trial], bool]) -> Situation:
        """A situation with nothing given that could be left out without losing what is sought."""
        for item in situation.givens:
            rest = tuple(each for each in situation.givens if each is not item)
            less = self._situation(rest, situation.changed)
            if less is not None and sought(less.trial):
                situation = less
        return situation

    def beside(self, situation: Situation, condition: e.Condition) -> Iterator[Situation]:
        """What differs from a situation in one thing that a condition asks for."""
        names = {fact.name for fact in facts_of(condition)}
        for item in self._changes(situation):
            last = item.path.names[-1].text if isinstance(item, t.Given | t.GivenRecords) else ""
            if not last or last in names or isinstance(item, t.GivenRecords):
                yield from self._with(situation, (item,))

    # ---- what is tried -----------------------------------------------------------------------------------

    def _try(self) -> Iterator[Situation]:
        examples = [self._situation(self._with_day(example.givens)) for example in self.target.examples]
        bases = [each for each in (*examples, *self._made_up()) if each is not None]
        outcomes = {settled(base.trial) for base in bases}
        tries = TRIES
        for count in range(1, MOST_CHANGES + 1):
            for base in bases:  # more are added on the way
                share = max(1, tries // len(bases))
                first = (base,) if count == 1 else ()
                for situation in chain(first, islice(self._near(base, count), share)):
                    yield situation
                    tries -= 1
                    if (outcome := settled(situation.trial)) not in outcomes:
                        outcomes.add(outcome)
                        bases.append(situation)

    def _near(self, base: Situation, count: int) -> Iterator[Situation]:
        """What differs from a situation in a number of things."""
        for chosen in combinations(self._changes(base), count):
            yield from self._with(base, chosen)

    def _with(self, base: Situation, chosen: tuple[t.GivenItem, ...]) -> Iterator[Situation]:
        """A situation with some things given otherwise, unless that contradicts itself."""
        givens = _changed(base.givens, chosen)
        situation = None if givens is None else self._situation(givens, (*base.changed, *chosen))
        if situation is not None:
            yield situation

    def _changes(self, base: Situation) -> list[t.GivenItem]:
        currency = self.policies.model.vocabulary.currency
        return changes(base.givens, base.trial, self._readings, currency)

    def _made_up(self) -> Iterator[Situation]:
        """Where nothing is given, and where everything is, as the conditions ask for it first, and last."""
        nothing = self._situation(self._with_day(()))
        if nothing is None:
            return
        asked = self._changes(nothing)
        for items in (asked, asked[::-1]):
            chosen: list[t.GivenItem] = []
            for item in items:
                if not any(_exclude(item, other) for other in chosen):
                    chosen.append(item)
            givens = self._with_day(tuple(chosen))
            if (everything := self._situation(givens, givens)) is not None:
                yield everything
        yield nothing

    def _with_day(self, givens: tuple[t.GivenItem, ...]) -> tuple[t.GivenItem, ...]:
        if not self._dated or any(isinstance(item, t.GivenToday) for item in givens):
            return givens
        span = self.target.span
        return (t.GivenToday(t.Constant("date", A_DAY, span=span), span=span), *givens)

    def _situation(self, givens: tuple[t.GivenItem, ...], changed: tuple[t.GivenItem, ...] = ()) -> Situation | None:
        """The situation of some givens; None where they contradict each other or the vocabulary, or lack the date."""
        if self._dated and not any(isinstance(item, t.GivenToday) for item in givens):
            return None
        span = self.target.span
        example = t.Example(t.Label("", span=span), givens, (), span=span)
        try:
            givens_of = Givens(self.policies.model, self.target.entity, example, owner_name(self.target))
            state, record = givens_of.state()
        except RulesError:
            return None
        return Situation(givens, Trial(self.target, record, state.as_of or SOME_DAY), changed)


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
