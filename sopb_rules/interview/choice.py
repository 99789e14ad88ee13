"""Choosing the question that settles most with least asking.

The expected number of questions is estimated by adding up, over all places, the chance that some norm will need it. Asking
a place costs one question and takes away its own chance; each answer changes the chances of other places. By how much the
expected number rises, averaged over the usual answers, is the regret of asking a place now: none for a question that has to
be asked in any case, and less than none for one whose answers make others unnecessary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from sopb_rules.findings.finding import MissingFact
from sopb_rules.interview.answers import usual
from sopb_rules.interview.open import Open, Survey
from sopb_rules.interview.places import Place, Places
from sopb_rules.interview.prospects import Chances, Outlook
from sopb_rules.interview.question import Question, question_of
from sopb_rules.model.vocabulary import Contained, Entity, Fact, ListOf
from sopb_rules.states.records import Record, State
from sopb_rules.states.scratch import Scratch, scratch_of

#: Questions whose regrets differ by less than this are about equally good, and the topic decides.
EVEN = 0.3
#: A place that is needed with a smaller chance is not worth a look ahead.
_SELDOM = 0.25


@attrs.frozen
class Estimate:
    """The chances of all that is open, together.

    Args:
        chances: of each open norm or decision.
        users: by path, those that may need the place, by their index, each with the chance.
    """

    chances: Sequence[Chances]
    users: Mapping[str, Sequence[tuple[int, float]]]

    @classmethod
    def of(cls, chances: Sequence[Chances]) -> Estimate:
        """The estimate for what is open."""
        users: dict[str, list[tuple[int, float]]] = {}
        for index, each in enumerate(chances):
            for path, chance in each.items():
                users.setdefault(path, []).append((index, chance))
        return cls(chances, users)

    def chance(self, path: str) -> float:
        """The chance that a place has to be asked."""
        return 1 - _none_of(chance for _, chance in self.users.get(path, ()))

    @property
    def total(self) -> float:
        """The expected number of questions."""
        return sum(map(self.chance, self.users))

    def rise(self, new: Mapping[int, Chances]) -> float:
        """By how much the expected number of questions rises where some of what is open has new chances."""
        rise = 0.0
        for path in dict.fromkeys(path for index, each in new.items() for path in (*self.chances[index], *each)):
            users = self.users.get(path, ())
            others = _none_of(chance for index, chance in users if index not in new)
            before = _none_of(chance for index, chance in users if index in new)
            rise += others * (before - _none_of(each.get(path, 0.0) for each in new.values()))
        return rise


def _none_of(chances: Iterable[float]) -> float:
    left = 1.0
    for chance in chances:
        left *= 1 - chance
    return left


@attrs.frozen
class Ahead:
    """A look ahead from one place, kept while what may need it stays the same.

    Args:
        opens: what may need the place.
        after: for each usual answer, the chances of each of these.
    """

    opens: tuple[Open, ...]
    after: Sequence[Sequence[Chances]]


@attrs.frozen
class Step:
    """What one step of an interview has to choose from.

    Args:
        opens: the norms and decisions with something missing, each with its subject.
        settled: how many norms and decisions that are asked about are settled.
        every: how many there are.
        missing: by path, what is missing and was not asked.
    """

    state: State
    opens: Sequence[tuple[Open, Record]]
    settled: int
    every: int
    estimate: Estimate
    missing: Mapping[str, MissingFact]
    places: Places


class Chooser:
    """Chooses questions for the states of one interview, one after the other; keeps what does not change between them."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self._ahead: dict[str, Ahead] = {}

    def step(self, state: State) -> Step:
        """What there is to choose from in a state."""
        found = self.survey.of(state)
        opens = [(each, record) for each, record in found if each.missing]
        missing = {fact.path: fact for each, _ in opens for fact in each.missing}
        estimate = Estimate.of([each.chances for each, _ in opens])
        settled = sum(len(each.finding.possible) == 1 for each, _ in found)
        return Step(state, opens, settled, len(found), estimate, missing, Places(state))

    def choose(self, step: Step, last: Question | None = None, skipped: Iterable[str] = ()) -> Question | None:
        """The question to ask next; None where nothing is missing that was not asked or skipped."""
        left = [path for path in step.missing if path not in set(skipped)]
        if not left:
            return None
        regrets = self._regrets(left, step)
        best = min(regrets.values())
        even = [path for path in left if regrets[path] <= best + EVEN]
        questions = [self._question(path, step) for path in even]
        return min(questions, key=lambda question: _rank(question, last))

    def candidates(self, step: Step) -> tuple[Question, ...]:
        """All the questions that there are to choose from."""
        return tuple(self._question(path, step) for path in step.missing)

    def again(self, step: Step, question: Question) -> Question:
        """A question that was asked before, as it is asked now."""
        return self._question(question.path, step)

    def _question(self, path: str, step: Step) -> Question:
        fact = step.missing[path]
        waiting = [each for each, _ in step.opens if any(one.path == path for one in each.missing)]
        return question_of(fact, step.places.find(path), waiting, step.state)

    def _regrets(self, paths: Iterable[str], step: Step) -> Mapping[str, float]:
        """By path, the regret of asking now."""
        scratch = scratch_of(step.state)
        with scratch.lock:
            outlook = self.survey.outlook(scratch)
            return {path: self._regret(path, step, scratch, outlook) for path in paths}

    def _regret(self, path: str, step: Step, scratch: Scratch, outlook: Outlook) -> float:
        chance = step.estimate.chance(path)
        if chance < _SELDOM:
            return 1 - chance
        indices = [index for index, _ in step.estimate.users[path]]
        opens = tuple(step.opens[index][0] for index in indices)
        ahead = self._ahead.get(path)
        if ahead is None or len(ahead.opens) != len(opens) or any(map(_differ, ahead.opens, opens)):
            records = [step.opens[index][1] for index in indices]
            place = step.places.find(path)
            ahead = self._ahead[path] = Ahead(opens, _look(place, opens, records, scratch, outlook))
        if not ahead.after:
            return 1 - chance
        rises = [step.estimate.rise(dict(zip(indices, each, strict=True))) for each in ahead.after]
        return 1 + sum(rises) / len(rises)


def _differ(left: object, right: object) -> bool:
    return left is not right


def _look(
    place: Place, opens: Sequence[Open], records: Sequence[Record], scratch: Scratch, outlook: Outlook
) -> Sequence[Sequence[Chances]]:
    """The chances of what may need a place after each usual answer; none for what holds records.

    Whether there are records is part of the chances of what is asked of them already.
    """
    answers: Sequence[Any] = (True, False)
    if isinstance(place.of, Entity) or (isinstance(place.of, Fact) and isinstance(place.of.type, Contained | ListOf)):
        return ()
    if isinstance(place.of, Fact):
        answers = usual(place.of, scratch.state, outlook.borders.get(place.path, ()))
    assert place.record is not None
    record = scratch.record(place.record)
    after = []
    for answer in answers:
        with scratch.trial():
            if isinstance(place.of, Fact):
                scratch.set(record, place.of.name, answer)
            else:
                scratch.judge(record, place.of, answer)
            after.append(
                [
                    outlook.chances(each.finding.model, scratch.record(about))
                    for each, about in zip(opens, records, strict=True)
                ]
            )
    return after


def _rank(question: Question, last: Question | None) -> tuple[Any, ...]:
    """Among equally good questions: the topic of the last one, then what most waits for, then the order of the document."""
    record, of = question.place.record, question.place.of
    position = list(record.entity.facts).index(of.name) if record is not None and isinstance(of, Fact) else -1
    first = question.waiting[0]
    return (
        *_distance(question, last),
        -len(question.waiting) if last is None else 0,
        not question.may_be_breach,
        first.article,
        question.subject,
        position,
        question.path,
    )


def _distance(question: Question, last: Question | None) -> tuple[bool, bool, bool]:
    """How far a question is from the topic of the last one."""
    if last is None:
        return (False, False, False)
    names = {each.name for each in last.waiting}
    shared = any(each.name in names for each in question.waiting) and len(last.waiting) < 4
    same_article = question.article == last.article
    return (not shared, not same_article, question.subject != last.subject)
