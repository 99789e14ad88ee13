"""The table of verdicts: what every combination of truth values comes to, and what stays possible."""

from __future__ import annotations

from itertools import product

import pytest

from sopb_rules.predicates.verdicts import DUTY, PERMISSION, Outcome, Verdict, decision_outcome

V = Verdict
NA, MET, UNMET, OPEN, USED, EXCEEDED = V.NOT_APPLICABLE, V.MET, V.UNMET, V.OPEN, V.USED, V.EXCEEDED
T, F, N = True, False, None

# As section 4 of the language has it, written out by hand.
DUTIES = {
    (F, F): {NA}, (F, T): {NA}, (F, N): {NA},
    (T, T): {MET}, (T, F): {UNMET}, (T, N): {MET, UNMET},
    (N, T): {NA, MET}, (N, F): {NA, UNMET}, (N, N): {NA, MET, UNMET},
}  # fmt: skip
PERMISSIONS = {
    (T, T, T): {USED}, (T, T, F): {EXCEEDED}, (T, T, N): {USED, EXCEEDED},
    (T, F, T): {OPEN}, (T, F, F): {OPEN}, (T, F, N): {OPEN},
    (T, N, T): {OPEN, USED}, (T, N, F): {OPEN, EXCEEDED}, (T, N, N): {OPEN, USED, EXCEEDED},
    (N, T, T): {NA, USED}, (N, T, F): {NA, EXCEEDED}, (N, T, N): {NA, USED, EXCEEDED},
    (N, F, T): {NA, OPEN}, (N, F, F): {NA, OPEN}, (N, F, N): {NA, OPEN},
    (N, N, T): {NA, OPEN, USED}, (N, N, F): {NA, OPEN, EXCEEDED}, (N, N, N): {NA, OPEN, USED, EXCEEDED},
}  # fmt: skip


def outcome(possible: set[Verdict]) -> Outcome:
    return Outcome(next(iter(possible)) if len(possible) == 1 else V.UNKNOWN, frozenset(possible))


@pytest.mark.parametrize("key", list(DUTY))
def test_duties(key: tuple[bool | None, ...]) -> None:
    assert DUTY[key] == outcome(DUTIES[key])  # type: ignore[index]


@pytest.mark.parametrize("key", list(PERMISSION))
def test_permissions(key: tuple[bool | None, ...]) -> None:
    expected = {NA} if key[0] is False else PERMISSIONS[key]  # type: ignore[index]
    assert PERMISSION[key] == outcome(expected)


def test_the_tables_are_complete() -> None:
    assert set(DUTY) == set(product((T, F, N), repeat=2))
    assert set(PERMISSION) == set(product((T, F, N), repeat=3))


@pytest.mark.parametrize("truths", list(product((T, F, N), repeat=3)))
def test_a_decision_against_all_completions(truths: tuple[bool | None, ...]) -> None:
    """What stays possible is what some completion of the unknown truths leads to, and nothing else."""
    reached = set()
    for complete in product(*((T, F) if each is None else (each,) for each in truths)):
        given = [value for value, truth in zip("abc", complete, strict=True) if truth]
        reached.add("no_case" if not given else given[0] if len(given) == 1 else "conflict")
    found = decision_outcome(dict(zip("abc", truths, strict=True)))
    assert found.possible == reached
    if len(reached) > 1:
        assert (found.verdict, found.value) == (V.UNKNOWN, None)
    elif reached <= set("abc"):
        assert (found.verdict, found.value) == (V.DECIDED, next(iter(reached)))
    else:
        assert (found.verdict.value, found.value) == (next(iter(reached)), None)
