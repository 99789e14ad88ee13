"""Examples that show what each condition of a policy set does, made of what the solver finds, on every core.

Each condition of each statement is a job of a process that may hang or die (`sopb_rules.analysis.workers`); where it does, what
is still missing of this condition is not decided.
"""

from __future__ import annotations

import enum
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from textwrap import shorten
from typing import Any

import attrs

from sopb_rules.analysis.asked import name_of
from sopb_rules.analysis.replay import Mismatch
from sopb_rules.analysis.workers import End, Outcome, in_order
from sopb_rules.model.called import called
from sopb_rules.model.norms import Statement
from sopb_rules.policy_set import PolicySet
from sopb_rules.syntax.parts import format_example
from sopb_rules.testing.coverage import SIDES, Atom, Point, sides_of, turning, written_atoms
from sopb_rules.testing.situations import TITLE_WIDTH
from sopb_rules.testing.state_examples import example_of
from sopb_rules.testing.trials import Trial, aims, settled
from sopb_rules.testing.turning_points import TurningPoint, turning_point

#: How many searches that take their whole time a condition may need, and the seconds for everything else.
SEARCHES = 20
MARGIN = 60.0


class Ending(enum.Enum):
    """How a search ended: with states, with the proof that there are none, or otherwise."""

    SHOWN = "shown"
    NONE = "none"
    UNDECIDED = "undecided"
    MISMATCH = "mismatch"


@attrs.frozen
class Display:
    """A state that shows something.

    Args:
        title: of the example.
        outcome: what the statement comes to in it.
        state: the text of a state file.
        example: the text of an example to paste; "" where no example can say what the state says.
    """

    title: str
    outcome: str
    state: str
    example: str


@attrs.frozen
class Found:
    """What came of one search.

    Args:
        side: None for a pair in which the condition turns the verdict alone, else a side of its border.
        displays: two of a pair, one of a border.
        reason: why it is not decided, or in what the solver and the evaluator disagree.
    """

    side: int | None
    ending: Ending
    displays: tuple[Display, ...] = ()
    reason: str = ""


@attrs.frozen
class Condition:
    """A condition of a statement, and what was found of it."""

    statement: Statement
    atom: Atom
    found: tuple[Found, ...]

    @property
    def words(self) -> str:
        """The condition as it is written."""
        return self.atom.words or "this condition"

    @property
    def name(self) -> str:
        """The statement as questions name it."""
        return name_of(self.statement)


@attrs.frozen
class Task:
    """What is searched: the place of a statement among all, and that of a condition in it."""

    statement: int
    atom: int


def tasks(policies: PolicySet, only: Collection[str] = ()) -> list[Task]:
    """The conditions of all statements, or of those that are meant, in the order of the policy set.

    Raises:
        RulesError: nothing is called so.
    """
    meant = {id(each) for name in only for each in called(policies.model, name)}
    statements = [(n, each) for n, each in enumerate(policies.model.statements) if not only or id(each) in meant]
    return [Task(number, atom) for number, each in statements for atom in range(len(written_atoms(each)))]


def searched(
    policies: PolicySet, wanted: Sequence[Task], seconds: float = 10.0, processes: int | None = None
) -> Iterator[Condition]:
    """What shows each of some conditions, in their order, each as soon as it is there.

    Args:
        seconds: after which the solver gives up on one search.
        processes: how many; as many as there are cores where it is left out.

    Raises:
        RulesError: the processes cannot be started.
    """
    limit = SEARCHES * seconds + MARGIN
    outcomes = in_order(_search, (policies, seconds), wanted, limit, processes or os.cpu_count() or 1)
    for task, outcome in zip(wanted, outcomes, strict=True):
        statement = policies.model.statements[task.statement]
        atom = written_atoms(statement)[task.atom]
        yield Condition(statement, atom, tuple(_all_sides(atom, outcome, limit)))


def _all_sides(atom: Atom, outcome: Outcome[Found], limit: float) -> Iterator[Found]:
    yield from outcome.results
    reason = f"not decided within {limit:g} s" if outcome.end is End.LATE else "the solver ended unexpectedly"
    if outcome.told:
        reason = f"{reason} ({outcome.told})"
    for side in sides_of(atom)[len(outcome.results) :]:
        yield Found(side, Ending.UNDECIDED, reason=reason)


def _search(setting: tuple[PolicySet, float], task: Task) -> Iterator[Found]:
    """What shows a condition; in another process."""
    policies, seconds = setting
    statement = policies.model.statements[task.statement]
    atom = written_atoms(statement)[task.atom]
    for side in sides_of(atom):
        yield found(policies, statement, atom, side, seconds)


# ---- one search ---------------------------------------------------------------------------------------------


def found(policies: PolicySet, statement: Statement, atom: Atom, side: int | None, seconds: float = 10.0) -> Found:
    """What came of the search for a pair in which an atom turns the verdict, or for a state on a side of its border."""
    try:
        return found_of(policies, turning_point(policies.model, statement, atom, side, seconds))
    except Mismatch as error:
        return Found(side, Ending.MISMATCH, reason=str(error))


def found_of(policies: PolicySet, point: TurningPoint) -> Found:
    """What a turning point says, with its states as examples."""
    if not point.trials:
        return Found(point.side, Ending.UNDECIDED if point.reason else Ending.NONE, reason=point.reason)
    titles = [_title(point.atom, words) for words in _what(point)]
    return Found(point.side, Ending.SHOWN, tuple(_displays(policies, point, titles)))


def _displays(policies: PolicySet, point: TurningPoint, titles: Sequence[str]) -> Iterator[Display]:
    for title, trial, state, example in zip(
        titles, point.trials, point.states, _examples(policies, point, titles), strict=True
    ):
        yield Display(title, settled(trial), state, example)


def _examples(policies: PolicySet, point: TurningPoint, titles: Sequence[str]) -> list[str]:
    """The examples that say what the states say; those of a pair show together what the states do, or there are none."""
    written = []
    beside = list(point.trials)
    for number, (title, trial) in enumerate(zip(titles, point.trials, strict=True)):
        shows = _shows(point, beside[1 - number] if point.side is None else None)
        example = example_of(policies, [point.statement], trial.record, trial.today, title, shows)
        if example is None:
            return [""] * len(titles)
        ((_, beside[number]),) = aims(policies.model, point.statement, example)
        written.append(format_example(example))
    return written


def _shows(point: TurningPoint, beside: Trial | None) -> Callable[[Trial], bool]:
    """Whether a trial shows what it is for; one of a pair beside the other."""
    if beside is None:
        return lambda trial: point.side in Point.of(trial).sides.get(point.atom, ())
    other = Point.of(beside)
    return lambda trial: point.atom in turning(Point.of(trial), other)


# ---- titles -------------------------------------------------------------------------------------------------

_SIDES = {-1: "just below", 0: "at the border", 1: "just above"}
assert _SIDES.keys() == SIDES.keys()


def _what(point: TurningPoint) -> Iterator[str]:
    """What the states of a point are, each in a word or two."""
    if point.side is not None:
        yield _SIDES[point.side]
        return
    one, other = (Point.of(trial).truths for trial in point.trials)
    turned = (key for key in one if key[0] == point.atom and key in other and one[key] != other[key])
    holds = one[next(turned)]
    yield from ("yes", "no") if holds else ("no", "yes")


def _title(atom: Atom, what: str) -> str:
    words = (atom.words or "this condition").replace('"', "").replace("_", " ")
    return f"{shorten(words, TITLE_WIDTH - len(what) - 2, placeholder=' …')}: {what}"


def told_apart(conditions: Sequence[Condition]) -> list[Condition]:
    """The conditions, with one example for each text of givens of a statement, and one title for each example.

    An example that shows several things keeps its first title; another that has the same title gets a number.
    """
    kept: dict[tuple[str, str], Display] = {}
    titles: set[tuple[str, str]] = set()

    def once(name: str, display: Display) -> Display:
        body = display.example.partition("\n")[2] or display.state
        if (name, body) not in kept:
            title, number = display.title, 1
            while (name, title) in titles:
                number += 1
                title = f"{display.title} ({number})"
            titles.add((name, title))
            example = display.example.replace(f'"{display.title}"', f'"{title}"', 1)
            kept[name, body] = attrs.evolve(display, title=title, example=example)
        return kept[name, body]

    def of(name: str, found: Found) -> Found:
        return attrs.evolve(found, displays=tuple(once(name, each) for each in found.displays))

    return [attrs.evolve(each, found=tuple(of(each.name, one) for one in each.found)) for each in conditions]


def as_dict(condition: Condition) -> dict[str, Any]:
    """Plain data, for JSON: `sopb_rules/testing/examples.schema.json` says what each key means."""
    assert condition.atom.span is not None  # somebody wrote it
    return {
        "condition": condition.words,
        "line": condition.atom.span.line,
        "shows": [
            {
                "what": "turns" if each.side is None else SIDES[each.side],
                "status": each.ending.value,
                "reason": each.reason,
                "examples": [attrs.asdict(display) for display in each.displays],
            }
            for each in condition.found
        ],
    }
