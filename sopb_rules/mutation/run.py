"""All mutants of a policy set, tried on every core."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import attrs

from sopb_rules.diagnostics import Code, Diagnostic, RulesError, Severity
from sopb_rules.model.called import called
from sopb_rules.mutation.bench import Bench, Fate, Telling
from sopb_rules.mutation.mutants import Mutant, mutants
from sopb_rules.policy_set import PolicySet
from sopb_rules.syntax.parse import parse
from sopb_rules.testing.examples import run_examples
from sopb_rules.testing.trials import owner_name

#: Fewer mutants are tried faster by one process, which has not to start others.
WORTH_PROCESSES = 150
_CHUNK = 25


@attrs.frozen
class Tried:
    """A mutant, and what became of it.

    Args:
        telling: for one that survived, an example that would notice it, where one was found.
    """

    mutant: Mutant
    fate: Fate
    telling: Telling | None = None

    def diagnostic(self) -> Diagnostic:
        """That no example notices the change, with one that would."""
        mutant, telling = self.mutant, self.telling
        message = f"no example notices {mutant.owner} {mutant.words}"
        if mutant.sort == "strength":
            help = "the sentence has this word too, and no example can tell them apart: read it again"
            return _warning(message, mutant, help)
        if telling is None:
            help = "no situation was found in which it makes a difference; if there is none, leave the words out"
            return _warning(message, mutant, help)
        is_now, would_be = (each.replace("_", " ") for each in (telling.is_now, telling.would_be))
        help = f"this would: it comes to {is_now} as it is written, and to {would_be} with the change"
        return _warning(message, mutant, help, telling.example)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        telling = None if self.telling is None else attrs.asdict(self.telling)
        return {**self.mutant.as_dict(), "fate": self.fate.value, "example": telling}


def _warning(message: str, mutant: Mutant, help: str, example: str = "") -> Diagnostic:
    warning = Severity.WARNING
    return Diagnostic(Code.UNNOTICED_CHANGE, message, mutant.span, help=help, severity=warning, example=example)


@attrs.frozen
class Score:
    """How many mutants were noticed, of those that the checker does not refuse.

    Args:
        killed: noticed by an example.
        told: noticed by the check that holds the word of force against the sentence.
    """

    killed: int
    told: int
    survived: int
    refused: int

    @classmethod
    def of(cls, tried: Iterable[Tried]) -> Score:
        """Count the fates."""
        fates = Counter(each.fate for each in tried)
        return cls(*(fates[fate] for fate in (Fate.KILLED, Fate.TOLD, Fate.SURVIVED, Fate.REFUSED)))

    @property
    def noticed(self) -> int:
        """How many were noticed by either."""
        return self.killed + self.told

    @property
    def percent(self) -> float:
        """The share of noticed mutants in per cent; 100 where there is none."""
        return 100 * self.noticed / (self.noticed + self.survived) if self.noticed + self.survived else 100.0


class Trials:
    """The mutants of a policy set, or of a part of it, to be tried.

    Args:
        only: the id of a norm or decision, the name of a definition or decision, or the number of an article; "" for all.

    Raises:
        RulesError: nothing is called `only`.
    """

    def __init__(self, policies: PolicySet, only: str = "") -> None:
        self.policies = policies
        self.only = only
        files = [parse(source)[0] for source in policies.model.sources]
        owners = {owner_name(each) for each in called(policies.model, only)} if only else None
        self.mutants = [
            each for each in mutants(policies.model, files) if owners is None or each.owner in owners
        ]  # fmt: skip
        self._bench = Bench(policies, files)

    def one(self, index: int) -> Tried:
        """What becomes of a mutant."""
        mutant = self.mutants[index]
        fate = self._bench.fate(mutant)
        return Tried(mutant, fate, self._bench.telling(mutant) if fate is Fate.SURVIVED else None)

    def all(self, processes: int | None = None) -> Iterator[Tried]:
        """What becomes of each mutant, in their order.

        Args:
            processes: how many; as many as there are cores where it is left out.
        """
        processes = processes or os.cpu_count() or 1
        indexes = range(len(self.mutants))
        if processes == 1 or len(self.mutants) < WORTH_PROCESSES:
            yield from map(self.one, indexes)
            return
        with ProcessPoolExecutor(processes, initializer=_start, initargs=(self.policies, self.only)) as pool:
            try:
                for index, result in zip(indexes, pool.map(_fate, indexes, chunksize=_CHUNK), strict=True):
                    yield Tried(self.mutants[index], *result)
            finally:
                pool.shutdown(cancel_futures=True)


# ---- what runs in the other processes -----------------------------------------------------------------------

_trials: list[Trials] = []  # one in each process


def _start(policies: PolicySet, only: str) -> None:
    _trials[:] = [Trials(policies, only)]


def _fate(index: int) -> tuple[Fate, Telling | None]:
    tried = _trials[0].one(index)
    return tried.fate, tried.telling


def check_passing(policies: PolicySet) -> None:
    """Make sure that the examples pass.

    Raises:
        RulesError: one fails already, so that nothing can be said of changes.
    """
    failures = [failure for result in run_examples(policies) for failure in result.failures]
    if failures:
        raise RulesError(failures)
