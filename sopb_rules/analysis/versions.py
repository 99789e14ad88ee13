"""Two versions of policies: which statements mean the same, which are stricter or laxer, each with a state that shows it.

What is written alike, or differs in its text only, is told without the solver, which is loaded where the rest is asked about.
"""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from sopb_rules.analysis.asked import as_strong, name_of
from sopb_rules.analysis.changes import Change, Comparison, Sort
from sopb_rules.analysis.matching import Match, called, key, kind_of, matched, meant
from sopb_rules.analysis.meaning import meaning_without_number
from sopb_rules.analysis.merged import in_the_way
from sopb_rules.analysis.parameters import parameter_changes
from sopb_rules.analysis.rewording import REWRITTEN, rewording
from sopb_rules.analysis.roots import with_roots
from sopb_rules.analysis.run import check_installed
from sopb_rules.analysis.vocabularies import differences
from sopb_rules.analysis.workers import End, in_order
from sopb_rules.model.norms import Decision, Norm, Note, Policies, Statement
from sopb_rules.policy_set import PolicySet

if TYPE_CHECKING:
    from sopb_rules.analysis.pair import Found

#: How many searches that take their whole time two versions of a statement may need, and the seconds for all the rest.
SEARCHES = 4
MARGIN = 60.0


def compare_policies(
    old: PolicySet, new: PolicySet, only: Collection[str] = (), seconds: float = 10.0, processes: int = 0
) -> Comparison:
    """Everything that changed from one version of policies to another, in meaning and in the text only.

    Args:
        only: ids, names and numbers of articles, of either version; all where it is empty.
        seconds: after which the solver gives up on one search.
        processes: how many processes search, each of which is given up if it hangs; with 0 this process does.

    Raises:
        RulesError: nothing is called so, the solver is not installed, or the processes cannot be started: a script that asks
            for some must do so below ``if __name__ == "__main__":``.
    """
    versions = Versions(old, new, only, seconds)
    return versions.comparison(versions.changes(processes))


def compare(old: PolicySet, new: PolicySet, name: str, seconds: float = 10.0) -> Change:
    """What became of one statement that both versions have under the same name.

    Args:
        name: the id of a norm, the name of a decision, or `entity.name` of a definition.
        seconds: after which the solver gives up on one search.
    """
    one, other = (next(each for each in policies.model.statements if name_of(each) == name) for policies in (old, new))
    versions = Versions(old, new, (), seconds)
    return versions.change(Match(one, other))


class Versions:
    """Two versions that are being compared, statement by statement.

    Attributes:
        matches: what is compared, in the order in which it is told.

    Args:
        only: ids, names and numbers of articles, of either version; all where it is empty.
        seconds: after which the solver gives up on one search.

    Raises:
        RulesError: nothing is called so, or the solver is not installed.
    """

    def __init__(self, old: PolicySet, new: PolicySet, only: Collection[str] = (), seconds: float = 10.0) -> None:
        check_installed()
        self._old, self._new = old.model, new.model
        self._only = bool(only)
        self._seconds = seconds
        wanted = {id(each) for name in only for each in meant(self._old, self._new, name)}
        matches = matched(self._old, self._new)
        self.matches = [match for match in matches if not wanted or id(match.old) in wanted or id(match.new) in wanted]

    def changes(self, processes: int = 0) -> Iterator[Change]:
        """What became of each, as soon as it is known.

        Args:
            processes: how many processes search; with 0 this process does.

        Raises:
            RulesError: the processes cannot be started.
        """
        told = [self._without_solver(match) for match in self.matches]
        open_ = [index for index, change in enumerate(told) if change is None]
        found = self._searched([self.matches[index] for index in open_], processes)
        for match, change in zip(self.matches, told, strict=True):
            yield change if change is not None else _with(match, next(found))

    def change(self, match: Match) -> Change:
        """What became of one statement."""
        known = self._without_solver(match)
        return known if known is not None else _with(match, self._differ(match))

    def comparison(self, changes: Iterable[Change]) -> Comparison:
        """All that changed, with what each change comes from; where only some statements are asked about, those alone."""
        parameters = tuple(parameter_changes(self._old, self._new))
        words = tuple(differences(self._old.vocabulary, self._new.vocabulary))
        told = tuple(with_roots(zip(self.matches, changes, strict=True), parameters, words))
        return Comparison(told) if self._only else Comparison(told, words, parameters)

    # ---- one statement -----------------------------------------------------------------------------------

    def _without_solver(self, match: Match) -> Change | None:
        """What became of a statement where the texts say it; None where the solver has to be asked."""
        one, other = match.old, match.new
        if one is None or other is None:
            sort = Sort.ADDED if one is None else Sort.REMOVED
            return _change(match, Sort.TEXT if isinstance(match.latest, Note) else sort)
        if isinstance(one, Note) or isinstance(other, Note):
            return _change(match, Sort.TEXT if tuple(rewording(one, other)) else Sort.SAME)
        if one.entity.name != other.entity.name:
            return _change(match, Sort.OTHER, (f"was about {one.entity.name}, is about {other.entity.name}",))
        if meaning_without_number(one) == meaning_without_number(other):
            return _with(match, None)
        if reason := in_the_way(self._old.vocabulary, self._new.vocabulary, one, other):
            return attrs.evolve(_change(match, Sort.UNDECIDED), reason=f"no state tells both versions all: {reason}")
        return None

    def _searched(self, matches: list[Match], processes: int) -> Iterator[Found]:
        """What the solver says of each."""
        if not processes or not matches:
            yield from map(self._differ, matches)
            return
        from sopb_rules.analysis.pair import Found

        limit = SEARCHES * self._seconds + MARGIN
        jobs = [(key(_there(match.old)), key(_there(match.new))) for match in matches]
        setting = (*_portable(self._old, self._new), self._seconds)
        for outcome in in_order(_searched_elsewhere, setting, jobs, limit, processes):
            if outcome.end is End.DONE:
                yield outcome.results[0]
            else:
                told = f" ({outcome.told})" if outcome.told else ""
                late = f"not decided within {limit:g} s"
                yield Found(reason=late if outcome.end is End.LATE else f"the solver ended unexpectedly{told}")

    def _differ(self, match: Match) -> Found:
        from sopb_rules.analysis.pair import differ

        one, other = _there(match.old), _there(match.new)
        return differ(self._old, self._new, one, other, self._seconds)


def _there(told: object) -> Statement:
    assert isinstance(told, Statement)
    return told


# ---- in other processes -------------------------------------------------------------------------------------


def _portable(old: Policies, new: Policies) -> tuple[Any, Any]:
    """Two versions in a form that can be sent: checked, or where entities hold each other too deep for that, as texts."""
    try:
        pickle.dumps((old, new))
    except RecursionError:
        return PolicySet(old), PolicySet(new)
    return old, new


def _searched_elsewhere(setting: tuple[Any, Any, float], job: tuple[str, str]) -> Iterator[Found]:
    """What the solver says of the two versions of a statement; in another process."""
    from sopb_rules.analysis.pair import differ

    *versions, seconds = setting
    old, new = (each.model if isinstance(each, PolicySet) else each for each in versions)
    one, other = (
        next(each for each in policies.statements if key(each) == name)
        for policies, name in zip((old, new), job, strict=True)
    )
    yield differ(old, new, one, other, seconds)


# ---- changes ------------------------------------------------------------------------------------------------


def _change(match: Match, sort: Sort, words: tuple[str, ...] = ()) -> Change:
    """A change with all that the texts say."""
    one, other = match.old, match.new
    name = called(match.latest)
    if one is None or other is None:
        new = "is new" if one is None else "is gone"
        reworded: tuple[str, ...] = (new,) if isinstance(match.latest, Note) else ()
        return Change(
            name,
            kind_of(match.latest),
            sort,
            rewording=reworded,
            old=one.span if one is not None else None,
            new=other.span if other is not None else None,
        )
    both = (one, other)
    own = () if any(isinstance(each, Note) for each in both) else tuple(_in_words(_there(one), _there(other)))
    return Change(
        name,
        kind_of(other),
        sort,
        words=(*words, *own),
        rewording=tuple(rewording(one, other)),
        renamed="" if called(one) == name else called(one),
        old=one.span,
        new=other.span,
    )


def _in_words(one: Statement, other: Statement) -> Iterator[str]:
    """What binds and is shown by no state: the force, the bearers, what a decision allocates."""
    if isinstance(one, Norm) and isinstance(other, Norm):
        if one.force != other.force:
            was, is_ = ("is encouraged to" if norm.force == "encouraged" else norm.force for norm in (one, other))
            yield f"was `{was}`, is `{is_}`"
        bearers = [" and ".join(bearer.name for bearer in norm.bearers) for norm in (one, other)]
        if bearers[0] != bearers[1]:
            yield f"bound {bearers[0]}, binds {bearers[1]}"
    if isinstance(one, Decision) and isinstance(other, Decision) and one.kind.name != other.kind.name:
        yield f"gave a {one.kind.name}, gives a {other.kind.name}"


def _with(match: Match, found: Found | None) -> Change:
    """A change of a statement that both versions have, with what the solver says; None where it was not asked."""
    change = _change(match, Sort.SAME)
    sort = _sort(match, change, found)
    if not sort.equivalent:  # a change of meaning is no other wording
        change = attrs.evolve(change, rewording=tuple(each for each in change.rewording if each != REWRITTEN))
    if found is None:
        return attrs.evolve(change, sort=sort)
    return attrs.evolve(
        change,
        sort=sort,
        stricter=found.stricter,
        laxer=found.laxer,
        otherwise=found.otherwise,
        reason=found.reason,
        bounds=found.bounds,
    )


def _sort(match: Match, change: Change, found: Found | None) -> Sort:
    if found is not None and found.mismatch:
        return Sort.MISMATCH
    stronger, weaker = _force(match.old, match.new)
    stricter = stronger or (found is not None and found.stricter is not None)
    laxer = weaker or (found is not None and found.laxer is not None)
    if stricter or laxer:
        return Sort.STRICTER_AND_LAXER if stricter and laxer else Sort.STRICTER if stricter else Sort.LAXER
    if change.words or (found is not None and found.otherwise is not None and not found.unknown):
        return Sort.OTHER
    if found is not None and found.reason:
        return Sort.UNDECIDED
    if found is not None and found.otherwise is not None:
        return Sort.UNKNOWN
    if REWRITTEN in change.rewording:
        return Sort.EQUIVALENT
    if change.renamed:
        return Sort.RENUMBERED
    return Sort.TEXT if change.rewording else Sort.SAME


def _force(one: object, other: object) -> tuple[bool, bool]:
    """Whether a duty got a stronger force, and whether it got a weaker one."""
    if not (isinstance(one, Norm) and isinstance(other, Norm)) or one.is_permission or other.is_permission:
        return False, False
    if one.is_prohibition != other.is_prohibition:
        return False, False
    return not as_strong(one, other), not as_strong(other, one)
