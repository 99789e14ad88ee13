"""The solver gives values that a state can state, the ones that people would choose, and the same ones each time."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
import z3

from sopb_rules.analysis import calendar
from sopb_rules.analysis.solve import USUAL_DAY, Solver, Undecided, decimal, places
from sopb_rules.analysis.world import Single, World
from sopb_rules.model.literals import DIGITS
from sopb_rules.model.load import compile_policies
from tests.model.reading import norm, sources


class Some:
    """A world with one organization, and its solver."""

    def __init__(self, today: datetime.date | None = USUAL_DAY, seconds: float = 20.0) -> None:
        policies = compile_policies(sources(norm("8.1", "the organization must\n  active")))
        self.world = World(policies.vocabulary, {"organization": 1}, today=today)
        self.place = next(self.world.of("organization"))
        self.world.rules.append(self.place.there)
        self.solver = Solver(self.world, seconds)

    def value(self, fact: str) -> z3.ExprRef:
        slot = self.world.slot(self.place, self.place.entity.facts[fact])
        assert isinstance(slot, Single)
        return slot.value


def of(some: Some, fact: str, *formulas: object) -> Decimal:
    """The number that a fact is given."""
    found = some.solver.model(*formulas)
    assert found is not None
    return decimal(found.eval(some.value(fact), model_completion=True))


def test_a_number_that_is_no_exact_decimal_is_not_decided() -> None:
    some = Some()
    with pytest.raises(Undecided, match="no exact decimals"):
        some.solver.model(some.value("income") * 3 == 1)


@pytest.mark.parametrize(
    "wanted", ["0.1", "-2.5", "0.000001", f"0.{'0' * (DIGITS - 1)}1", "123456789012345678901234567890"[:DIGITS]]
)
def test_exact_decimals(wanted: str) -> None:
    some = Some()
    number = of(some, "income", some.value("income") == z3.RealVal(wanted, some.world.ctx))
    assert number == Decimal(wanted)
    assert places(z3.RealVal(wanted, some.world.ctx)) == len(wanted.partition(".")[2])


def test_more_digits_than_a_state_can_state() -> None:
    some = Some()
    assert places(z3.RealVal(f"0.{'0' * DIGITS}1", some.world.ctx)) is None
    assert places(z3.Q(1, 3, some.world.ctx)) is None


def test_between_two_numbers_stands_one_with_few_digits() -> None:
    some = Some()
    income = some.value("income")
    number = of(some, "income", income > z3.RealVal("0.3", some.world.ctx), income < z3.RealVal("0.4", some.world.ctx))
    assert Decimal("0.3") < number < Decimal("0.4")
    assert len(str(number).partition(".")[2]) <= 6


def test_usual_values_are_preferred_and_others_found_where_they_must_be() -> None:
    some = Some(today=None)
    members, income, founded = some.value("members"), some.value("income"), some.value("founded")
    assert isinstance(founded, calendar.Day)
    found = some.solver.model(members >= 3)
    assert found is not None
    assert found.eval(members).as_long() in range(3, 101)
    assert found.eval(income, model_completion=True).denominator_as_long() == 1
    assert 2000 <= found.eval(founded.year, model_completion=True).as_long() <= 2040
    assert found.eval(some.world.today.code, model_completion=True).as_long() == calendar.fixed(USUAL_DAY).code
    found = some.solver.model(members > 100, founded.year < 1000)
    assert found is not None
    assert found.eval(members).as_long() > 100
    assert found.eval(founded.year).as_long() < 1000


def test_each_preference_holds_where_it_can() -> None:
    some = Some()
    members, active = some.value("members"), some.value("active")
    found = some.solver.model(members >= 3, prefer=[members == 2, members == 7, active, members == 8])
    assert found is not None
    assert found.eval(members).as_long() == 7
    assert z3.is_true(found.eval(active))


def test_the_same_question_has_the_same_answer() -> None:
    answers = []
    for asked in (["members"], ["term", "members"]):
        some = Some(today=None)
        members, founded = some.value("members"), some.value("founded")
        for name in asked:  # what was asked before changes nothing
            assert some.solver.possible(some.value("members") > 5) or name
        found = some.solver.model(members > 5, founded.day > 28)
        assert found is not None
        answers.append(
            [found.eval(each, model_completion=True).as_long() for each in (members, founded.day, founded.year)]
        )
    assert answers[0] == answers[1]


def test_what_cannot_be() -> None:
    some = Some()
    members = some.value("members")
    assert some.solver.model(members < 0) is None
    assert some.solver.model(False) is None
    assert not some.solver.possible(members > 3, members < 4)
    assert some.solver.core([members > 1, members > 3, members < 9], members < 4) == [1]
    assert some.solver.core([members > 1], members < 4) is None


def test_days_after_the_28th_are_found_where_they_are_needed() -> None:
    some = Some()
    founded = some.value("founded")
    assert isinstance(founded, calendar.Day)
    assert some.solver.possible(founded.day == 29, founded.month == 1, founded.year == 2024)
    assert not some.solver.possible(founded.day == 29, founded.month == 1, founded.year == 2023)


def test_what_takes_too_long_is_not_decided() -> None:
    some = Some(seconds=0.001)
    one, other = some.value("members"), some.value("term")
    with pytest.raises(Undecided, match=r"not decided within 0\.001 s"):
        some.solver.model(
            one * one * one + other * other * other == 114_000_000_000_000_000_003, one > 10**6, other > 1
        )
