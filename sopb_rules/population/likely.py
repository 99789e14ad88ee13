"""How often a fact has which value in a population that is made up: a thousand cells, each as likely as another.

Numbers and dates lie mostly around the borders that conditions compare them with, and else thin out; kinds have a few frequent
values and some rare ones.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random
from typing import Any

import polars as pl

from sopb_rules.completions.borders import LONGEST as LONGEST_PERIOD
from sopb_rules.model import vocabulary as v
from sopb_rules.population.program import DECIMALS, DIGITS
from sopb_rules.predicates.dates import add_days

#: How many cells there are: a power of two.
CELLS = 1024
#: How long lists are, from none: how often in a hundred.
LENGTHS = (34, 32, 16, 10, 5, 3)
#: The longest list that conditions may ask for so that it is made.
LONGEST = 100
#: In how many cases a number or a date is at a border or next to it, in a hundred.
_NEAR = 65


def cells(type_: v.FactType, borders: Collection[Any], as_of: datetime.date, chance: Random) -> pl.Series:
    """The cells of a fact that is stated to be there.

    Args:
        type_: neither yes/no nor a judgement, a reference or anything that contains facts.
        borders: what conditions compare it with, as in `compared.Compared`.
        chance: what draws them.
    """
    near = sorted(borders)
    match type_:
        case v.KindType(kind):
            values = list(kind.values)
            weights = [1 / (place + 1) for place in range(len(values))]
            return pl.Series(chance.choices(values, weights, k=CELLS), dtype=pl.Enum(values))
        case v.Date():
            return pl.Series([_date(near, as_of, chance) for _ in range(CELLS)], dtype=pl.Date)
        case v.Text():
            stated = [text for text in near if text.strip()]  # nobody can state an empty text
            texts = [*stated, *(f"text {number}" for number in range(1, 9))]
            return pl.Series(chance.choices(texts, k=CELLS), dtype=pl.String)
        case v.Count() | v.Days() | v.Months():
            most = 10**DIGITS - 1 if isinstance(type_, v.Count) else LONGEST_PERIOD
            return pl.Series([min(_whole(near, chance), most) for _ in range(CELLS)], dtype=pl.Int64)
        case _:
            return _decimals([_exact(type_, near, chance) for _ in range(CELLS)])


def lengths(asked: Collection[int], chance: Random) -> pl.Series:
    """The cells of the length of a list; lengths that conditions ask for are among them."""
    near = [length for length in asked if length <= LONGEST]
    weights = list(LENGTHS) + [2] * (max(near, default=0) + 2 - len(LENGTHS))
    for length in near:
        weights[length] += 5
    return pl.Series(chance.choices(range(len(weights)), weights, k=CELLS), dtype=pl.UInt32)


def _date(near: list[datetime.date], as_of: datetime.date, chance: Random) -> datetime.date:
    if near and chance.randrange(100) < _NEAR:
        spread = chance.choice((0, 0, 1, 1, 30, 400))
        return add_days(chance.choice(near), chance.randint(-spread, spread))
    if chance.randrange(100) < 4:
        return add_days(as_of, chance.randint(0, 90))
    return add_days(as_of, -_thinning(700, chance))


def _whole(near: list[Fraction], chance: Random) -> int:
    if near and chance.randrange(100) < _NEAR:
        return max(0, floor(chance.choice(near)) + chance.choice((-2, -1, -1, 0, 0, 1, 1, 2)))
    return _thinning(max(4, min(floor(near[-1]), 10**15)) if near else 4, chance)


def _thinning(mean: int, chance: Random) -> int:
    """A whole number from 0 up with a mean, small ones most often; without logarithms, which machines round differently."""
    drawn = chance.random()
    cube: float = drawn * drawn * drawn
    return int(4 * mean * cube)


def _exact(type_: v.FactType, near: list[Fraction], chance: Random) -> Fraction:
    step, most = (Fraction(1, 100), 1) if isinstance(type_, v.Percent) else (Fraction(1), 40_000)
    if near and chance.randrange(100) < _NEAR:
        found = chance.choice(near) + step * chance.choice((-1, 0, 0, 1))
    else:
        found = Fraction(chance.randrange(101), 100) * max([Fraction(most), *near])
    return found if not isinstance(type_, v.Percent) else max(Fraction(0), found)


def _decimals(numbers: list[Fraction]) -> pl.Series:
    """Numbers with as many digits after the point as the longest of them needs, and as tables can have."""
    units = [
        min(max(round(number * 10**DECIMALS), 1 - 10 ** (DIGITS + DECIMALS)), 10 ** (DIGITS + DECIMALS) - 1)
        for number in numbers
    ]
    places = next(each for each in range(DECIMALS + 1) if all(unit % 10 ** (DECIMALS - each) == 0 for unit in units))
    exact = [Decimal(unit).scaleb(-DECIMALS) for unit in units]
    return pl.Series(exact, dtype=pl.Decimal(DIGITS + DECIMALS, max(1, places)))
