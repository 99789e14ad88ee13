"""The solver itself: whether formulas can hold together, with values that people would choose, the same ones each time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import z3

from sopb_rules.analysis import calendar
from sopb_rules.analysis.logic import Formula, both, holds_in
from sopb_rules.analysis.world import Single, World
from sopb_rules.model import vocabulary as v
from sopb_rules.model.literals import DIGITS

#: Dates, numbers and lists of a state are of these sizes where they can be.
USUAL_DAY = datetime.date(2026, 11, 1)
_USUAL_YEARS = (2000, 2040)
_USUAL_NUMBER = 100
#: The digits after the point that a number of a state is tried with; it may have no more than the last.
_PLACES = (0, 2, 6, DIGITS)
#: How much effort goes into each thing that is preferred: the same on every machine.
_EFFORT = 1_000_000
_UNLIMITED = 2**32 - 1


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
        solver = self._solved(formulas)
        if solver is None:
            return None
        solver.set("timeout", _UNLIMITED)
        solver.set("rlimit", _EFFORT)
        model = solver.model()
        usual = self._usual()
        for each in (*prefer, both(*usual)):
            model = self._with(solver, each) or model
        if not all(holds_in(model, each) for each in usual):
            for each in usual:
                model = self._with(solver, each) or model
        return self._exact(solver, model)

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
        return self._solved(formulas) is not None

    def _solved(self, formulas: Iterable[Formula]) -> z3.Solver | None:
        """A solver with a state in which all hold, with plain dates if that can be; None where there is none."""
        wanted = both(*formulas)
        if wanted is False:
            return None
        plain = [day.day <= 28 for day in self.world.days]
        solver, answer = self._checked([wanted, *plain])
        if answer != z3.sat and plain:
            solver, answer = self._checked([wanted])
        if answer == z3.unknown:
            raise Undecided(f"not decided within {self.seconds:g} s")
        return solver if answer == z3.sat else None

    def _checked(self, formulas: Iterable[Formula]) -> tuple[z3.Solver, z3.CheckSatResult]:
        solver = z3.Solver(ctx=self.world.ctx)
        solver.set("timeout", max(1, int(self.seconds * 1000)))
        solver.set("random_seed", 0)
        solver.add(*(formula for formula in (*self.world.rules, *formulas) if formula is not True))
        return solver, solver.check()

    def _usual(self) -> list[Formula]:
        """What people would write."""
        world = self.world
        today = [] if isinstance(world.today.year, int) else [world.today.code == calendar.fixed(USUAL_DAY).code]
        slots = [(fact, slot) for fact, slot in world.slots.values() if isinstance(slot, Single)]
        return today + [formula for fact, slot in slots for formula in _usual(fact.type, slot.value)]

    def _with(self, solver: z3.Solver, formula: Formula) -> z3.ModelRef | None:
        """A state in which a formula holds too, which is kept from now on; None where there is none."""
        if formula is True:
            return None
        solver.push()
        solver.add(formula)
        if solver.check() == z3.sat:
            return solver.model()
        solver.pop()
        return None

    def _exact(self, solver: z3.Solver, model: z3.ModelRef) -> z3.ModelRef:
        """A model in which every number is an exact decimal."""
        reals = [
            slot.value for _, slot in self.world.slots.values() if isinstance(slot, Single) and z3.is_real(slot.value)
        ]
        if all(places(model.eval(real, model_completion=True)) is not None for real in reals):
            return model
        for digits in _PLACES:
            solver.push()
            solver.add(*(z3.IsInt(real * 10**digits) for real in reals))
            if solver.check() == z3.sat:
                return solver.model()
            solver.pop()
        raise Undecided("only numbers that are no exact decimals were found, and a state cannot state those")


def _usual(type_: v.FactType, value: Any) -> list[Formula]:
    if isinstance(value, calendar.Day):
        return [both(value.year >= _USUAL_YEARS[0], value.year <= _USUAL_YEARS[1])]
    if z3.is_int(value):
        return [value <= _USUAL_NUMBER]
    if z3.is_real(value):
        return [both(value >= 0, z3.IsInt(100 * value if isinstance(type_, v.Percent) else value))]
    return []


def places(number: Any) -> int | None:
    """The digits after the point of a number of the solver; None where it has more than a state can state."""
    denominator = number.denominator_as_long()
    return next((count for count in range(DIGITS + 1) if 10**count % denominator == 0), None)


def decimal(number: Any) -> Decimal:
    """A number of the solver, written out exactly."""
    digits = places(number)
    assert digits is not None
    numerator = number.numerator_as_long() * 10**digits // number.denominator_as_long()
    return Decimal((int(numerator < 0), tuple(map(int, str(abs(numerator)))), -digits))
