"""The solver itself: whether formulas can hold together, with values that people would choose, the same ones each time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import z3

from sopb_rules.analysis import calendar
from sopb_rules.analysis.logic import Formula, both
from sopb_rules.analysis.world import Single, World

#: Dates, numbers and lists of a state are of these sizes where they can be.
USUAL_DAY = datetime.date(2026, 11, 1)
_USUAL_YEARS = (2000, 2040)
_USUAL_NUMBER = 100
#: The digits after the point that a number of a state is tried with; it may have no more than the last.
_PLACES = (0, 2, 6, 30)


class Undecided(Exception):  # noqa: N818 - an outcome, and no error
    """The solver came to no end: the text says why."""


class Solver:
    """Asks about one world. The order in which it is asked changes no answer: every search starts anew.

    Args:
        seconds: after which a search is given up.
    """

    def __init__(self, world: World, seconds: float) -> None:
        self.world = world
        self.seconds = seconds

    def model(self, *formulas: Formula, prefer: Sequence[Formula] = ()) -> z3.ModelRef | None:
        """A state in which all hold; None where there is none.

        Args:
            prefer: what should hold too, each where it can.

        Raises:
            Undecided: it takes too long.
        """
        wanted = both(*formulas)
        if wanted is False:
            return None
        solver = self._solver([wanted])
        if not self._holds(solver.check()):
            return None
        for each in prefer:
            self._tried(solver, each)
        self._prefer(solver)
        return self._exact(solver)

    def core(self, parts: Sequence[Formula], *others: Formula) -> list[int] | None:
        """The positions of some parts that cannot hold together with the others, none of which can be left out; None where
        all can hold.

        Raises:
            Undecided: it takes too long.
        """
        needed = list(range(len(parts)))
        if self.possible(*others, *parts):
            return None
        for position in range(len(parts)):
            rest = [each for each in needed if each != position]
            if not self.possible(*others, *(parts[each] for each in rest)):
                needed = rest
        return needed

    def possible(self, *formulas: Formula) -> bool:
        """Whether all can hold in some state.

        Raises:
            Undecided: it takes too long.
        """
        wanted = both(*formulas)
        return wanted is not False and self._holds(self._solver([wanted]).check())

    def _solver(self, formulas: Iterable[Formula]) -> z3.Solver:
        solver = z3.Solver(ctx=self.world.ctx)
        solver.set("timeout", max(1, int(self.seconds * 1000)))
        solver.set("random_seed", 0)
        solver.add(*(formula for formula in (*self.world.rules, *formulas) if formula is not True))
        return solver

    def _holds(self, answer: z3.CheckSatResult) -> bool:
        if answer == z3.unknown:
            raise Undecided(f"not decided within {self.seconds:g} s")
        return bool(answer == z3.sat)

    def _prefer(self, solver: z3.Solver) -> None:
        """Ask for what people would write, all of it if that can be, else each where it can."""
        world = self.world
        today = [] if isinstance(world.today.year, int) else [world.today.code == calendar.fixed(USUAL_DAY).code]
        values = [slot.value for _, slot in world.slots.values() if isinstance(slot, Single)]
        usual = today + [formula for value in values for formula in _usual(value)]
        if not self._tried(solver, both(*usual)):
            for each in usual:
                self._tried(solver, each)

    def _tried(self, solver: z3.Solver, formula: Formula) -> bool:
        solver.push()
        solver.add(formula)
        if solver.check() == z3.sat:
            return True
        solver.pop()
        return False

    def _exact(self, solver: z3.Solver) -> z3.ModelRef:
        """A model in which every number is an exact decimal."""
        reals = [
            slot.value for _, slot in self.world.slots.values() if isinstance(slot, Single) and z3.is_real(slot.value)
        ]
        if solver.check() != z3.sat:
            raise Undecided(f"not decided within {self.seconds:g} s")
        model = solver.model()
        if all(is_decimal(model.eval(real, model_completion=True)) for real in reals):
            return model
        for places in _PLACES:
            solver.push()
            solver.add(*(z3.IsInt(real * 10**places) for real in reals))
            if solver.check() == z3.sat:
                return solver.model()
            solver.pop()
        raise Undecided("only numbers that are no exact decimals were found, and a state cannot state those")


def _usual(value: Any) -> list[Formula]:
    if isinstance(value, calendar.Day):
        return [both(value.year >= _USUAL_YEARS[0], value.year <= _USUAL_YEARS[1])]
    if z3.is_int(value):
        return [value <= _USUAL_NUMBER]
    if z3.is_real(value):
        return [both(value >= 0, z3.IsInt(value))]
    return []


def is_decimal(number: Any) -> bool:
    """Whether a number of the solver can be written out."""
    rest = number.denominator_as_long()
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return bool(rest == 1)


def decimal(number: Any) -> Decimal:
    """A number of the solver, written out exactly."""
    numerator, denominator = number.numerator_as_long(), number.denominator_as_long()
    places = 0
    while 10**places % denominator:
        places += 1
    digits = tuple(map(int, str(abs(numerator) * (10**places // denominator))))
    return Decimal((int(numerator < 0), digits, -places))
