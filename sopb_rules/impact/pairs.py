"""What two versions of policies have in common over the same tables, and what only one of them has.

Statements are matched as for a comparison of meaning (`sopb_rules.analysis.matching`), so that a norm that was renumbered is
still the same one.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping

import attrs

from sopb_rules.analysis.matching import Match, called, matched, meant
from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.impact.counts import Alone, Compared
from sopb_rules.model.norms import Decision, Norm, Policies
from sopb_rules.population.evaluate import TableEvaluation
from sopb_rules.population.forms import Forms, alike
from sopb_rules.population.outcomes import words
from sopb_rules.population.program import Outcomes


@attrs.frozen
class Pairs:
    """What is compared, and what is not.

    Args:
        compared: what both versions have and compute in different ways, in the order of the new one.
        same: what both compute in the same way, so that it comes to the same.
        added: the names of norms and decisions that only the new version has, also at further places.
        removed: those of the old version.
        gained: what comes to verdicts in the tables only by the new version.
        lost: and only by the old one.
    """

    compared: tuple[Compared, ...]
    same: tuple[Compared, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    gained: tuple[Alone, ...]
    lost: tuple[Alone, ...]

    def columns(self, new: bool) -> set[tuple[str, str]]:
        """The tables and columns of the verdicts that have to be computed of a version."""
        alone = self.gained if new else self.lost
        return {(each.table, each.columns[new]) for each in self.compared} | {
            (each.table, each.column) for each in alone
        }


def matches_asked_for(old: Policies, new: Policies, only: Collection[str] | None) -> list[Match]:
    """The norms and decisions of two versions.

    Args:
        only: ids, names and numbers of articles, of either version; None for all.

    Raises:
        RulesError: neither version has something that is called so, or it has no verdicts.
    """
    found = [match for match in matched(old, new) if isinstance(match.latest, Norm | Decision)]
    if only is None:
        return found
    asked: set[int] = set()
    mistakes: list[Diagnostic] = []
    for name in only:
        try:
            named = [each for each in meant(old, new, name) if isinstance(each, Norm | Decision)]
        except RulesError as error:
            mistakes += error.diagnostics
            continue
        if not named:
            help = "name a norm, a decision, or an article that has some"
            mistakes.append(Diagnostic(Code.BAD_USAGE, f"`{name}` comes to no verdict", help=help))
        asked.update(map(id, named))
    if mistakes:
        raise RulesError(mistakes)
    return [match for match in found if id(match.old) in asked or id(match.new) in asked]


def pairs(matches: Collection[Match], before: TableEvaluation, after: TableEvaluation) -> Pairs:
    """Match the norms and decisions of two versions by their places in the tables.

    Raises:
        RulesError: a sum has factors of so many digits that no table could hold it.
    """
    old, new = _by_place(before), _by_place(after)
    found: dict[Outcomes, Outcomes] = {}
    gained: list[Outcomes] = []
    lost: list[Outcomes] = []
    for match in matches:
        one, other = old.get(id(match.old), {}), new.get(id(match.new), {})
        found.update((other[place], one[place]) for place in other if place in one)
        gained += [outcome for place, outcome in other.items() if place not in one]
        lost += [outcome for place, outcome in one.items() if place not in other]
    order = {outcome: number for number, outcome in enumerate(after.program.outcomes)}
    both = [(found[each], each) for each in sorted(found, key=lambda each: order[each])]
    alike = _alike(before, after, both)
    compared = [_compared(*pair) for pair in both]
    return Pairs(
        tuple(each for each, same in zip(compared, alike, strict=True) if not same),
        tuple(each for each, same in zip(compared, alike, strict=True) if same),
        tuple(dict.fromkeys([*_gone((match.new, match.old) for match in matches), *map(_named, gained)])),
        tuple(dict.fromkeys([*_gone((match.old, match.new) for match in matches), *map(_named, lost)])),
        tuple(map(_alone, gained)),
        tuple(map(_alone, lost)),
    )


def _alike(before: TableEvaluation, after: TableEvaluation, both: Collection[tuple[Outcomes, Outcomes]]) -> list[bool]:
    """Which are the same computation over columns that are read alike."""
    forms = Forms()
    once = alike(before.population.layout, after.population.layout)
    old, new = (
        forms.of(
            attrs.evolve(each.program, outcomes=tuple(pair[side] for pair in both)),
            None if once else each.population.columns,
        )
        for side, each in enumerate((before, after))
    )
    return [old[one] == new[other] for one, other in both]


def _by_place(evaluation: TableEvaluation) -> Mapping[int, Mapping[Hashable, Outcomes]]:
    """The outcomes of each statement, by its identity, and by their tables and places."""
    found: dict[int, dict[Hashable, Outcomes]] = {}
    for each in evaluation.program.outcomes:
        found.setdefault(id(each.statement), {})[each.place.table.name, each.place.prefix] = each
    return found


def _gone(sides: Iterator[tuple[object, object]]) -> Iterator[str]:
    """What one side has and the other lacks."""
    return (called(one) for one, other in sides if isinstance(one, Norm | Decision) and other is None)


def _named(outcome: Outcomes) -> str:
    return outcome.name


def _compared(old: Outcomes, new: Outcomes) -> Compared:
    ends = tuple(dict.fromkeys((*words(old), *words(new))))
    names = called(new.statement), called(old.statement)
    return Compared(new.place.table.name, *names, new.place.prefix[:-1], (old.name, new.name), ends)


def _alone(outcome: Outcomes) -> Alone:
    return Alone(outcome.place.table.name, called(outcome.statement), outcome.place.prefix[:-1], outcome.name)
