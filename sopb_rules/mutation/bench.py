"""Trying the examples on mutants: does some example come to another verdict?"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import expressions as e
from sopb_rules.model.check_set import resolve
from sopb_rules.model.force import has_word
from sopb_rules.model.norms import Decision, Definition, Norm, Policies, Statement
from sopb_rules.mutation.mutants import Declaration, Mutant
from sopb_rules.policy_set import PolicySet
from sopb_rules.syntax import tree as t
from sopb_rules.testing.situations import Situations
from sopb_rules.testing.trials import Trial, owner_name, settled, trials

#: What names a statement in every version of a policy set.
Key = tuple[str, ...]


class Fate(enum.Enum):
    """What became of a mutant."""

    KILLED = "killed"
    TOLD = "told"  # the sentence lacks the word that was put in, and a check says so
    SURVIVED = "survived"
    REFUSED = "refused"  # the checker finds a mistake in it, so that nobody could overlook it


def key(statement: Statement) -> Key:
    """What names a statement in every version of a policy set."""
    match statement:
        case Norm(id=id):
            return ("norm", id)
        case Decision(name=name):
            return ("decision", name)
        case Definition(name=name, entity=entity):
            return ("definition", entity.name, name)


def key_of_declaration(declaration: Declaration) -> Key:
    """The key of the statement that a declaration becomes."""
    match declaration:
        case t.NormDeclaration():
            return ("norm", declaration.id.text)
        case t.DecisionDeclaration():
            return ("decision", declaration.name.text)
        case t.DefinitionDeclaration():
            return ("definition", declaration.entity.text, declaration.name.text)


def by_key(policies: Policies) -> Mapping[Key, Statement]:
    """All statements with conditions, by their keys."""
    return {key(statement): statement for statement in policies.statements}


@attrs.frozen
class _Tried:
    """What an example tries, and what it comes to: "" where that is not settled."""

    trial: Trial
    outcome: str


class Bench:
    """A policy set whose mutants are tried.

    Assumes that every example passes, so that what the policies come to is what the examples say.
    """

    def __init__(self, policies: PolicySet, files: Sequence[t.PolicyFile]) -> None:
        self.policies = policies
        # Remarks name sentences that a mutant may lack; they change no verdict.
        self._files = [attrs.evolve(file, statements=tuple(_without_remarks(file))) for file in files]
        self.statements = by_key(policies.model)
        self._situations: dict[Key, Situations] = {}

    @cached_property
    def _tried(self) -> Mapping[Key, Sequence[_Tried]]:
        """By the statement that is tried."""
        found: dict[Key, list[_Tried]] = {}
        for trial in trials(self.policies.model):
            found.setdefault(key(trial.target), []).append(_Tried(trial, settled(trial)))
        return found

    @cached_property
    def _affected(self) -> Mapping[Key, Sequence[Key]]:
        """By statement: itself and those that refer to it, through others too."""
        affected: dict[Key, list[Key]] = {each: [each] for each in self.statements}
        for name, statement in self.statements.items():
            nodes = (node for condition in statement.parts for node in e.walk(condition))
            for asked in dict.fromkeys(key(node.target) for node in nodes if isinstance(node, e.Applied)):
                affected[asked].append(name)
        return affected

    def changed(self, mutant: Mutant) -> Mapping[Key, Statement] | None:
        """The statements of the policy set with the mutant in it; None where the checker refuses it."""
        name = mutant.span.source
        files = [_replaced(file, mutant) if file.source is name else file for file in self._files]
        policies, diagnostics = resolve(files)
        wrong = any(each.severity is Severity.ERROR and not _about_numbers(each.code) for each in diagnostics)
        return None if wrong else by_key(policies)

    def fate(self, mutant: Mutant) -> Fate:
        """Whether some example comes to something else on the mutant."""
        changed = self.changed(mutant)
        if changed is None:
            return Fate.REFUSED
        if mutant.sort == "strength":
            return _told(changed[key_of_declaration(mutant.original)])
        for name in self._affected[key_of_declaration(mutant.original)]:
            target = changed[name]
            for tried in self._tried.get(name, ()):
                if settled(attrs.evolve(tried.trial, target=target)) != tried.outcome:
                    return Fate.KILLED
        return Fate.SURVIVED

    def telling(self, mutant: Mutant) -> Telling | None:
        """A situation in which a mutant comes to something else, so that an example of it would notice the change.

        What is settled both ways is sought first. None where no situation was found: perhaps the change changes nothing.
        """
        changed = self.changed(mutant) if mutant.sort != "strength" else None
        if changed is None:
            return None
        name = key_of_declaration(mutant.original)
        original, other = self.statements[name], changed[name]

        def both(trial: Trial) -> tuple[str, str]:
            return settled(trial), settled(attrs.evolve(trial, target=other))

        def differs(trial: Trial) -> bool:
            return len(set(both(trial))) == 2

        def differs_for_sure(trial: Trial) -> bool:
            return all(both(trial)) and differs(trial)

        usual = self._situations.setdefault(name, Situations(self.policies, original))
        found = usual.find(differs_for_sure)
        if found is None:  # perhaps where only the mutant looks
            found = Situations(self.policies, original, other).find(differs_for_sure) or usual.find(differs)
        if found is None:
            return None
        is_now, would_be = both(found.trial)
        return Telling(found.example(), owner_name(original), is_now or "unknown", would_be or "unknown")


@attrs.frozen
class Telling:
    """An example that tells a mutant from what is written.

    Args:
        example: ready to paste; it says what the policies come to as they are written.
        owner: the statement that it belongs to.
        is_now: what comes out as it is written.
        would_be: what would come out with the change.
    """

    example: str
    owner: str
    is_now: str
    would_be: str


def _told(norm: Statement) -> Fate:
    """Whether the sentence of a norm lacks the word of its force, which the check `wrong-force` tells."""
    assert isinstance(norm, Norm)
    return Fate.SURVIVED if has_word(norm.text, norm.word) else Fate.TOLD


def _without_remarks(file: t.PolicyFile) -> Iterator[t.Statement]:
    return (statement for statement in file.statements if not isinstance(statement, t.InterplayDeclaration))


def _replaced(file: t.PolicyFile, mutant: Mutant) -> t.PolicyFile:
    statements = tuple(mutant.changed if each is mutant.original else each for each in file.statements)
    return attrs.evolve(file, statements=statements)


def _about_numbers(code: Code) -> bool:
    """Whether a mistake is one of numbers, letters and quotes only, which a dropped clause or case cannot but make."""
    return code.value.startswith("D") and code is not Code.BAD_OVERRIDE
