"""Comparisons of ranges, against all the values in them."""

from __future__ import annotations

import operator
from itertools import product

import pytest

from sopb_rules.predicates.evaluate import Range, compare

OPERATORS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
RANGES = [Range(low, high) for low, high in product(range(4), repeat=2) if low <= high]


@pytest.mark.parametrize("name", OPERATORS)
def test_true_or_false_only_where_it_is_so_for_all_values(name: str) -> None:
    for left, right in product(RANGES, repeat=2):
        pairs = product(range(left.low, left.high + 1), range(right.low, right.high + 1))
        came = {OPERATORS[name](one, other) for one, other in pairs}
        assert compare(name, left, right, None) is (came.pop() if len(came) == 1 else None), (left, name, right)


@pytest.mark.parametrize("name", OPERATORS)
def test_a_side_of_which_nothing_is_known(name: str) -> None:
    assert compare(name, None, RANGES[0], None) is None
    assert compare(name, RANGES[0], None, None) is None
