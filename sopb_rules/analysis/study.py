"""The world of one question: what some statements are about, with a solver that looks for states of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import z3

from sopb_rules.analysis.decode import decode
from sopb_rules.analysis.encode import Encoder
from sopb_rules.analysis.logic import Formula, both, implies, no
from sopb_rules.analysis.questions import Bound, Witness
from sopb_rules.analysis.replay import Claim, read_again, witness
from sopb_rules.analysis.sizes import sizes
from sopb_rules.analysis.solve import USUAL_DAY, Solver, Undecided
from sopb_rules.analysis.world import Place, World
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Norm, Policies, Statement, depend_on_date
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.states.records import State


class Study:
    """All states with one record at least of what each statement is about.

    Args:
        statements: what is asked about.
        seconds: after which one search is given up.
        complete: whether every fact is known.
    """

    def __init__(
        self, policies: Policies, statements: Iterable[Statement], seconds: float, complete: bool = True
    ) -> None:
        statements = list(statements)
        self.policies = policies
        entities = dict.fromkeys(statement.entity for statement in statements)
        parts = [part for each in statements for part in each.parts]
        needed = sizes(parts, entities, policies.vocabulary)
        self.bounds: tuple[Bound, ...] = needed.bounds()
        today = None if depend_on_date(*parts) else USUAL_DAY
        self.world = World(policies.vocabulary, needed.most, complete, today)
        self.encoder = Encoder(self.world)
        self.solver = Solver(self.world, seconds)

    def subject(self, statement: Statement) -> Place:
        """The first record of what a statement is about: it is there in every state, with all facts that are read of it."""
        place = next(self.world.of(statement.entity.name))
        if place.there not in self.world.rules:
            self.world.rules.append(place.there)
        for part in statement.parts:
            self.encoder.truth(part, {statement.variable: place})
        return place

    def never_unmet(self, norm: Norm) -> Formula:
        """That a norm is unmet, or exceeded, for no record that is there."""
        return both(
            *(implies(place.there, no(self.breached(norm, place))) for place in self.world.of(norm.entity.name))
        )

    def breached(self, norm: Norm, place: Place) -> Formula:
        """That a norm is unmet, or exceeded, for a record."""
        return self.encoder.comes_to(norm, place, Verdict.UNMET, Verdict.EXCEEDED)

    def witness(self, model: z3.ModelRef, *claims: Claim) -> Witness:
        """The state of a model as a witness of what is claimed of it.

        Raises:
            Mismatch: the reference evaluator does not confirm it.
        """
        return witness(self.policies, decode(self.world, model), claims)

    def state(self, model: z3.ModelRef) -> State:
        """The whole state of a model.

        Raises:
            Mismatch: it cannot be read.
        """
        return read_again(self.policies, decode(self.world, model))

    def sure(self) -> None:
        """Make sure that nothing is lost by looking at no more records.

        Raises:
            Undecided: that is not proved.
        """
        if short := [bound for bound in self.bounds if not bound.enough]:
            lists = " and ".join(f"at most {bound.most} records of `{bound.list}`" for bound in short)
            raise Undecided(f"looked at with {lists} only, where nothing else was found")


def conjuncts(condition: e.Condition) -> Iterator[e.Condition]:
    """The parts that a condition joins by `and`."""
    match condition:
        case e.Always():
            return
        case e.All(parts):
            for part in parts:
                yield from conjuncts(part)
        case _:
            yield condition


def in_words(condition: e.Condition) -> str:
    """A condition as it is written."""
    match condition:
        case e.Always():
            return "always"
        case e.All(parts):
            return _joined(parts, "and")
        case e.Some(parts):
            return f"({_joined(parts, 'or')})"
        case e.Negation(e.Existence(words=words)):
            return words if words.endswith("is absent") else f"not ({words})"
        case e.Negation(part):
            return f"not ({in_words(part)})"
        case e.Judged(comparison=comparison) if not condition.words:
            return in_words(comparison)
        case _:
            return condition.words


def _joined(parts: Iterable[e.Condition], word: str) -> str:
    return f" {word} ".join(map(in_words, parts))
