"""The examples that are missing: for each condition that no two examples show, and each side of a border that none lies on,
a situation that would show it. What the search among situations does not find, the solver finds or proves not to be, where it is
installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import groupby, islice

import attrs

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.policy_set import PolicySet
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.testing.coverage import SIDES, Atom, Point, Shown, turning
from sopb_rules.testing.situations import Situation, Situations
from sopb_rules.testing.trials import Trial, settled, trials

#: How many situations are tried as the first of two, where one example more is not enough.
PAIRED = 400
#: The seconds after which the solver gives up on one search.
SECONDS = 5.0
_NONE_FOUND = "no situation was found that shows it; if it changes nothing, leave it out"
_PROVED = "proved: no situation shows it; if it changes nothing, leave it out"


def with_examples(policies: PolicySet, covered: Iterable[Shown]) -> Iterator[Diagnostic]:
    """What the examples leave untried, each with the examples that would try it, where some were found."""
    tried = list(trials(policies.model))
    for statement, group in groupby(covered, lambda shown: shown.statement):
        search = _Search(
            policies, Situations(policies, statement), [trial for trial in tried if trial.target is statement]
        )
        told: set[str] = set()
        for shown in group:
            for diagnostic in shown.diagnostics():
                if diagnostic.code is Code.UNTRIED_CONDITION:
                    found, help = search.turning(shown.atom)
                else:
                    found, help = search.at_the_border(shown.atom, shown.untried)
                new = [example for example in found if _without_title(example) not in told]
                told.update(map(_without_title, new))
                if found and not new:
                    help = "what was shown above for this statement tries it too"
                elif len(new) < len(found):
                    help += ", together with what was shown above"
                yield attrs.evolve(diagnostic, help=help, example="\n".join(new))


def _without_title(example: str) -> str:
    return example.partition("\n")[2]


@attrs.frozen
class _Search:
    """Looks for examples that show what those of a statement do not.

    Args:
        tried: what its examples try.
    """

    policies: PolicySet
    situations: Situations
    tried: Sequence[Trial]

    def turning(self, atom: Atom) -> tuple[list[str], str]:
        """The examples that show an atom, and what to say of them."""
        found, help = self._turning(atom)
        return ([each.example() for each in found], help) if found else self._solved(atom, [None])

    def at_the_border(self, atom: Atom, untried: Sequence[str]) -> tuple[list[str], str]:
        """An example on each side of a border on which none lies, and what to say of them."""
        sides = [side for side, words in SIDES.items() if words in untried]
        found = {side: situation.example() for side in sides if (situation := self._on(atom, side)) is not None}
        left = [side for side in sides if side not in found]
        solved, help = self._solved(atom, left) if left else ([], "")
        if examples := [*found.values(), *solved]:
            return examples, "this example does" if len(examples) == 1 else "these examples do"
        return [], help

    def _solved(self, atom: Atom, sides: Sequence[int | None]) -> tuple[list[str], str]:
        """The examples of the solver, and what to say of them, or of there being none."""
        if find_spec("z3") is None:
            return [], _NONE_FOUND
        from sopb_rules.testing.turning_examples import Ending, found

        came = [found(self.policies, self.situations.target, atom, side, SECONDS) for side in sides]
        if examples := [each.example for one in came for each in one.displays if each.example]:
            return examples, "these two examples show it"
        return [], _PROVED if all(each.ending is Ending.NONE for each in came) else _NONE_FOUND

    def _turning(self, atom: Atom) -> tuple[list[Situation], str]:
        """One situation that shows an atom beside an example, else two that show it together; and what to say of them."""
        for trial in self.tried:
            if (found := self.situations.find(_turning_from(trial, atom))) is not None:
                return [found], f"beside “{trial.title}” this example shows it"
        for situation in islice((each for each in self.situations if settled(each.trial)), PAIRED):
            turns = _turning_from(situation.trial, atom)
            other = next((each for each in self.situations.beside(situation, atom) if turns(each.trial)), None)
            if other is not None:
                other = self.situations.least(other, turns)
                situation = self.situations.least(situation, _turning_from(other.trial, atom))
                return [other, situation], "these two examples show it"
        return [], ""

    def _on(self, atom: Atom, side: int) -> Situation | None:
        """A situation on a side of a border, if possible one in which the norm applies and the verdict is settled."""

        def there(trial: Trial) -> bool:
            return side in Point.of(trial).sides.get(atom, ())

        def telling(trial: Trial) -> bool:
            return there(trial) and settled(trial) not in ("", Verdict.NOT_APPLICABLE.value)

        find = self.situations.find
        return find(telling) or find(lambda trial: bool(settled(trial)) and there(trial)) or find(there)


def _turning_from(trial: Trial, atom: Atom) -> Callable[[Trial], bool]:
    """Whether another trial shows, beside this one, that an atom turns the verdict alone."""
    point = Point.of(trial)
    return lambda other: bool(point.verdict and settled(other)) and atom in turning(point, Point.of(other))
