"""The examples that are missing: for each condition that no two examples show, and each side of a border that none lies on,
a situation that would show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
_NONE_FOUND = "no situation was found that shows it; if it changes nothing, leave it out"


def with_examples(policies: PolicySet, covered: Iterable[Shown]) -> Iterator[Diagnostic]:
    """What the examples leave untried, each with the examples that would try it, where some were found."""
    tried = list(trials(policies.model))
    for statement, group in groupby(covered, lambda shown: shown.statement):
        search = _Search(Situations(policies, statement), [trial for trial in tried if trial.target is statement])
        told: set[str] = set()
        for shown in group:
            for diagnostic in shown.diagnostics():
                if diagnostic.code is Code.UNTRIED_CONDITION:
                    found, help = search.turning(shown.atom)
                else:
                    found, help = search.at_the_border(shown.atom, shown.untried)
                new = [example for situation in found if (example := situation.example()) not in told]
                told.update(new)
                if found and not new:
                    help = "what was shown above for this statement tries it too"
                yield attrs.evolve(diagnostic, help=help, example="\n".join(new))


@attrs.frozen
class _Search:
    """Looks for examples that show what those of a statement do not.

    Args:
        tried: what its examples try.
    """

    situations: Situations
    tried: Sequence[Trial]

    def turning(self, atom: Atom) -> tuple[list[Situation], str]:
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
        return [], _NONE_FOUND

    def at_the_border(self, atom: Atom, untried: Sequence[str]) -> tuple[list[Situation], str]:
        """A situation on each side of a border on which no example lies."""
        sides = {words: side for side, words in SIDES.items()}
        found = [situation for words in untried if (situation := self._on(atom, sides[words])) is not None]
        if not found:
            return [], _NONE_FOUND
        return found, "this example does" if len(found) == 1 else "these examples do"

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
