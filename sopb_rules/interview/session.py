"""An interview: question after question about a state, until all is settled that can be."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, suggestion
from sopb_rules.interview.choice import Chooser, Step
from sopb_rules.interview.open import Found, Survey
from sopb_rules.interview.places import Place
from sopb_rules.interview.prospects import always_there
from sopb_rules.interview.question import Question
from sopb_rules.interview.reading import Assessed, read_answer, read_new, read_unknown
from sopb_rules.model.norms import is_number
from sopb_rules.model.vocabulary import Fact, Reference, Text
from sopb_rules.states.edits import Edit, edited
from sopb_rules.states.nodes import Mapping as MappingNode
from sopb_rules.states.nodes import Node, Scalar, Sequence
from sopb_rules.states.read import check_state
from sopb_rules.states.records import State
from sopb_rules.states.writing import tree_of, written

if TYPE_CHECKING:
    from sopb_rules.policy_set import PolicySet


class Store(Protocol):
    """Holds the state of an interview, in memory or in a file.

    Attributes:
        state: the state as it is now.
        json: whether it is kept as JSON.
    """

    json: bool

    @property
    def state(self) -> State: ...  # noqa: D102

    def apply(self, edit: Edit) -> None:
        """Say one more thing."""

    def undo(self) -> None:
        """Take back the last thing that was said."""


class Memory:
    """A state in memory. The state that it begins with is left as it is."""

    json = False

    def __init__(self, policies: PolicySet, state: State) -> None:
        self._policies = policies
        self._state = state
        self._tree: Node = tree_of(state)
        self._earlier: list[tuple[State, Node]] = []

    @property
    def state(self) -> State:
        """The state as it is now."""
        return self._state

    def apply(self, edit: Edit) -> None:
        """Say one more thing.

        Raises:
            RulesError: it cannot be said; the state is as it was.
        """
        tree = edited(self._tree, edit)
        model = self._policies.model
        state = check_state(model.vocabulary, [tree], self._state.as_of, model.judgement_keys)
        self._earlier.append((self._state, self._tree))
        self._state, self._tree = state, tree

    def undo(self) -> None:
        """Take back the last thing that was said."""
        self._state, self._tree = self._earlier.pop()


@attrs.frozen
class Progress:
    """How far an interview has come.

    Args:
        settled: how many norms and decisions came to something that no answer can change.
        stuck: how many others wait for no more answers: nobody could say what they need.
        every: how many there are, each counted once for each subject.
        expected: about how many questions are still to be asked.
    """

    settled: int
    stuck: int
    every: int
    expected: int


@attrs.frozen
class _Done:
    """A question that was answered or skipped.

    Args:
        stated: the places at which something was stated since, the answer first; none where it was skipped.
        before: the question before it.
    """

    question: Question
    stated: list[Place]
    before: Question | None


class Interview:
    """Asks about a state, one question at a time.

    Every answer makes a new state; the one before is kept for `back`. One thread at a time may use it.

    Args:
        policies: the policy set.
        state: a `State`, what `PolicySet.state` accepts, or a store that holds the state.
        as_of: the date of the evaluation; the state's own where it is left out.
        subject: the id of the listed entity that is asked about; None for all.
        about: ids of norms, names of decisions and numbers of articles that are asked about; none for all.

    Raises:
        RulesError: the state is wrong, no date is given, or there is no such subject, norm, decision or article.
    """

    def __init__(
        self,
        policies: PolicySet,
        state: Any,
        as_of: datetime.date | None = None,
        subject: str | None = None,
        about: Collection[str | int] = (),
    ) -> None:
        self.policies = policies
        self._store: Store = state if _is_store(state) else Memory(policies, _state(policies, state))
        self.as_of = policies.date(self._store.state, as_of)
        survey = Survey(policies, self.as_of, names_about(policies, about), _subject(self._store.state, subject))
        self._survey, self._chooser = survey, Chooser(survey)
        self._history: list[_Done] = []
        self._skipped: dict[str, None] = {}
        self._last: Question | None = None
        self._step: Step | None = None
        self._question: Question | None = None
        self._before: Mapping[tuple[str, str], Found] = {}

    # ---- what to ask -------------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The state as it is now."""
        return self._store.state

    @property
    def done(self) -> bool:
        """Whether all is settled that can be: what is still missing was asked, and nobody could say."""
        return self.question() is None

    def question(self) -> Question | None:
        """The question to ask now; None when the interview is done.

        What was skipped comes last.
        """
        if self._step is None:
            self._step = self._next_step()
            self._question = self._chooser.choose(self._step, self._last, self._skipped)
            if self._question is None and self._step.missing:
                self._skipped.clear()
                self._question = self._chooser.choose(self._step, self._last)
        return self._question

    def _next_step(self) -> Step:
        """What there is to choose from, once all is stated that is there in any case."""
        while True:
            step = self._chooser.step(self._store.state)
            places = (step.places.find(path) for path in step.missing)
            there = next((each for each in places if isinstance(each.of, Fact) and always_there(each.of)), None)
            if there is None:
                return step
            self._store.apply(Edit(there.steps, MappingNode(())))
            self._survey.forget(there)
            if self._history:
                self._history[-1].stated.append(there)

    def candidates(self) -> tuple[Question, ...]:
        """All that could be asked now, in no particular order."""
        self.question()
        return self._chooser.candidates(self._step) if self._step is not None else ()

    def ask(self, question: Question) -> None:
        """Ask another question than the one proposed: one of the candidates.

        Raises:
            RulesError: its answer would change nothing, or it was asked before.
        """
        self.question()
        if self._step is None or question.path not in self._step.missing:
            message = f"nothing waits for {question.path}"
            raise RulesError([Diagnostic(Code.BAD_USAGE, message, help="ask one of the candidates")])
        self._question = self._chooser.again(self._step, question)

    @property
    def progress(self) -> Progress:
        """How far the interview has come."""
        self.question()
        step = self._step
        assert step is not None
        expected = max(round(step.estimate.total), len(step.missing) and 1)
        stuck = step.every - len(step.opens) - step.settled
        return Progress(step.settled, stuck, step.every, expected)

    @property
    def settled(self) -> tuple[Found, ...]:
        """What the last answer settled: the findings that had something missing before, and have not now."""
        found = self._findings()
        return tuple(
            finding for key, finding in found.items() if key in self._before and len(finding.possible) == 1
            and len(self._before[key].possible) > 1
        )  # fmt: skip

    def findings(self) -> tuple[Found, ...]:
        """All that is asked about, as it stands now."""
        return tuple(self._findings().values())

    def _findings(self) -> Mapping[tuple[str, str], Found]:
        found = self._survey.of(self._store.state)
        return {(each.name, record.path): each.finding for each, record in found}

    # ---- answers -----------------------------------------------------------------------------------------

    def answer(self, given: Any, by: str | None = None, on: datetime.date | None = None) -> None:
        """Answer the question.

        Args:
            given: a text as a person types it, or a value (see `read_answer`). For a reference, ``new ID`` lists a
                record that is not listed yet, and refers to it.
            by: who judged, for a judgement; the assessor where it is left out.
            on: when it was judged; the date of the evaluation where it is left out.

        Raises:
            RulesError: it is no answer to the question, which stays as it is; or there is no question.
        """
        question = self._asked()
        new = read_new(question, given)
        if new is not None:
            self._state_new(question, new)
            return
        assessed = Assessed(question.assessor or "the assessor" if by is None else by, self.as_of if on is None else on)
        self._state_it(question, read_answer(question, given, assessed, self._store.json))

    def unknown(self) -> None:
        """State that nobody could say. It is not asked again.

        Raises:
            RulesError: there is no question, or the state cannot say so.
        """
        question = self._asked()
        self._state_it(question, read_unknown(question, self._store.json))

    def skip(self) -> None:
        """Ask the question later, after all others.

        Raises:
            RulesError: there is no question.
        """
        question = self._asked()
        self._history.append(_Done(question, [], self._last))
        self._skipped[question.path] = None
        self._before, self._step, self._last = {}, None, question

    def back(self) -> bool:
        """Take back what was answered or skipped last; False where nothing was since the beginning."""
        if not self._history:
            return False
        done = self._history.pop()
        if not done.stated:
            self._skipped.pop(done.question.path, None)
        for place in reversed(done.stated):
            self._store.undo()
            self._survey.forget(place)
        self._before, self._last = {}, done.before
        self._step = self._chooser.step(self._store.state)
        self._question = self._chooser.again(self._step, done.question)
        return True

    def _asked(self) -> Question:
        question = self.question()
        if question is None:
            raise RulesError([Diagnostic(Code.BAD_USAGE, "the interview is done: there is no question to answer")])
        return question

    def _state_new(self, question: Question, id: str) -> None:
        """List a record of which nothing else is known, and refer to it."""
        fact = question.place.of
        assert isinstance(fact, Fact)
        assert isinstance(fact.type, Reference)
        entity, said = fact.type.entity, written(Text(), id, None, self._store.json)
        record = MappingNode(((Scalar("id", plain=True), said),))
        index = len(self._store.state.lists.get(entity.name) or ())
        steps, listed = ((entity.name, index), record) if index else ((entity.name,), Sequence((record,)))
        self._state_it(question, said, (Place(None, entity), Edit(steps, listed)))

    def _state_it(self, question: Question, said: Node, first: tuple[Place, Edit] | None = None) -> None:
        """State the answer; and before it, where that is needed, something else."""
        before = self._findings()
        edits = [] if first is None else [first]
        edits.append((question.place, Edit(question.place.steps, said)))
        done = _Done(question, [], self._last)
        for place, edit in edits:
            self._store.apply(edit)
            done.stated.append(place)
            self._survey.forget(place)
        self._history.append(done)
        self._before, self._step, self._last = before, None, question


def _is_store(given: Any) -> bool:
    return all(hasattr(given, name) for name in ("state", "apply", "undo", "json"))


def _state(policies: PolicySet, given: Any) -> State:
    return given if isinstance(given, State) else policies.state(given)


def names_about(policies: PolicySet, about: Collection[str | int] | str) -> Collection[str] | None:
    """The names of the norms and decisions that are asked about; None for all.

    Raises:
        RulesError: something is the name of none.
    """
    if isinstance(about, str):
        about = (about,)
    if not about:
        return None
    model = policies.model
    names: set[str] = set()
    for each in map(str, about):
        cases = {case.id: decision.name for decision in model.decisions.values() for case in decision.cases}
        cases |= {decision.id: decision.name for decision in model.decisions.values()}
        found = {id for id, norm in model.norms.items() if each in (id, str(norm.article))}
        found |= {name for name, decision in model.decisions.items() if each in (name, str(decision.article))}
        found |= {cases[each]} if each in cases else set()
        if not found:
            known = [*model.norms, *model.decisions, *map(str, model.articles)]
            message = f"there is no norm, decision or article {each} to ask about"
            raise RulesError([Diagnostic(Code.UNKNOWN_NORM, message, help=_near(each, known))])
        names |= found
    return names


def _near(word: str, known: Collection[str]) -> str:
    return suggestion(word, known) if not is_number(word) else ""


def _subject(state: State, id: str | None) -> str | None:
    """The path of a listed record, by its id, name or path.

    Raises:
        RulesError: there is none.
    """
    if id is None:
        return None
    listed = [record for records in state.lists.values() for record in records or ()]
    for record in listed:
        if id in (record.id, record.path, record.display):
            return record.path
    message = f"the state lists nothing with the id {id}"
    raise RulesError([Diagnostic(Code.BAD_USAGE, message, help=suggestion(id, [each.id for each in listed], "ids"))])
