"""The tables of Kleene's strong logic."""

from __future__ import annotations

from itertools import product

import pytest

from sopb_rules.predicates.truth import Truth, conjunction, disjunction, negation

VALUES = (False, None, True)
RANK = {False: 0, None: 1, True: 2}


@pytest.mark.parametrize("values", [each for length in range(4) for each in product(VALUES, repeat=length)])
def test_conjunction_is_the_least_and_disjunction_the_greatest(values: tuple[bool | None, ...]) -> None:
    assert conjunction(values) is min(values, key=RANK.__getitem__, default=True)
    assert disjunction(values) is max(values, key=RANK.__getitem__, default=False)


@pytest.mark.parametrize(("value", "opposite"), [(True, False), (False, True), (None, None)])
def test_negation(value: bool | None, opposite: bool | None) -> None:
    assert negation(value) is opposite


@pytest.mark.parametrize(("left", "right"), list(product(VALUES, VALUES)))
def test_the_operators_of_truth(left: bool | None, right: bool | None) -> None:
    assert Truth.of(left) & Truth.of(right) is Truth.of(conjunction((left, right)))
    assert Truth.of(left) | Truth.of(right) is Truth.of(disjunction((left, right)))
    assert ~Truth.of(left) is Truth.of(negation(left))
    assert Truth.of(left).value_or_none is left


@pytest.mark.parametrize("truth", Truth)
def test_a_truth_is_no_python_condition(truth: Truth) -> None:
    with pytest.raises(TypeError, match="compare it"):
        bool(truth)


def test_an_endless_disjunction_stops_at_the_first_truth() -> None:
    def endless() -> object:
        yield None
        while True:
            yield True

    assert disjunction(endless()) is True  # type: ignore[arg-type]
