"""Chance that anybody can compute again: hashes of a row's number and of the name of what is drawn, in whole numbers.

No state is carried from row to row, so that a row is the same whatever is drawn before it, in whatever pieces and on whatever
machine. `mixed` is the finalizer of SplitMix64 (Steele, Lea and Flood, 2014) and gives each row 64 bits; `drawn` mixes one half of
these with the key of a column, by multiplications modulo 2**32 as in MurmurHash3 (Appleby), which processors do eight at a time.
"""

from __future__ import annotations

import hashlib

import polars as pl

#: How many numbers there are to draw.
ALL = 2**32

_GOLDEN = 0x9E3779B97F4A7C15
_WIDE = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_NARROW = ((0, 0x85EBCA6B), (15, 0xC2B2AE35))


def key(*parts: object) -> int:
    """64 bits that stand for some words: the first of their SHA-256."""
    text = "\0".join(map(str, parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def mixed(number: pl.Expr, salt: int) -> pl.Expr:
    """64 bits for each number, unlike those of any other number or salt."""
    x = number * _u64(_GOLDEN) + _u64(salt)
    for shift, factor in _WIDE:
        x = (x ^ (x // _u64(2**shift))) * _u64(factor)
    return x ^ (x // _u64(2**31))


def halves(bits: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The lower and the upper 32 of 64 bits."""
    return (bits % _u64(ALL)).cast(pl.UInt32), (bits // _u64(ALL)).cast(pl.UInt32)


def drawn(half: pl.Expr, column: int) -> pl.Expr:
    """A number below `ALL` for each row, as good as evenly spread and independent of that of another column.

    Args:
        half: 32 bits of the row.
        column: the key of what is drawn.
    """
    x = half ^ pl.lit(column % ALL, dtype=pl.UInt32)
    for shift, factor in _NARROW:
        x = (x if not shift else x ^ (x // pl.lit(2**shift, dtype=pl.UInt32))) * pl.lit(factor, dtype=pl.UInt32)
    return x


def below(number: pl.Expr, size: pl.Expr) -> pl.Expr:
    """A number below `ALL` as one below a size, 64 bits with at most `ALL` in them; each about as often."""
    return number.cast(pl.UInt64) * size // _u64(ALL)


def share(part: float) -> int:
    """Below which number a draw is in so many of all cases."""
    return round(part * (ALL - 1))


def _u64(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.UInt64)
