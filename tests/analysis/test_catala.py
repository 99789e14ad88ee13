"""Situations of Catala's own tests on exceptions, conflicts and gaps, with the answers that stand there.

Each is named by its path below `tests/` in https://github.com/CatalaLang/catala. What is a variable there is a decision
here: its definitions are cases, an `exception` is a case that is `overriding`, “might return an empty error” is a gap,
and “two exceptions overlap” or “conflict between multiple valid consequences” an overlap. A variable by which a
definition is conditioned is a fact, since the proofs there do not look at how it is defined either.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from sopb_rules.analysis.questions import Kind, Question, Status
from sopb_rules.diagnostics import Code, RulesError
from sopb_rules.predicates.verdicts import Verdict
from tests.analysis.situations import (
    DAY,
    Facts,
    Situation,
    answered,
    asked,
    clear,
    decision,
    definition,
    found,
    outcomes,
    policy_set,
    replayed,
    status,
    tried,
)

VOCABULARY = """\
vocabulary catala
  currency yuan
kind value
  minus_one, zero, one, two, three, four, five, other
kind rate
  thirty, forty, fifty
kind form
  a, b
entity thing
"""


def facts(*lines: str) -> str:
    """The vocabulary with the facts of a thing; lines in the first column are statements of their own."""
    return VOCABULARY + "".join(f"  {line}\n" for line in lines)


def gap(name: str = "y") -> dict[Question, Status]:
    return found(Kind.GAP, name)


def overlap(name: str = "y") -> dict[Question, Status]:
    return found(Kind.OVERLAP, name)


def no_gap(name: str = "y") -> dict[Question, Status]:
    return clear(Kind.GAP, name)


def no_overlap(name: str = "y") -> dict[Question, Status]:
    return clear(Kind.OVERLAP, name)


def idle(*cases: str, name: str = "y") -> dict[Question, Status]:
    return {Question(Kind.IDLE_CASE, (name, case)): Status.FOUND for case in cases}


def busy(*cases: str, name: str = "y") -> dict[Question, Status]:
    return {Question(Kind.IDLE_CASE, (name, case)): Status.CLEAR for case in cases}


def y(outcome: str, **stated: object) -> tuple[Facts, Mapping[str, str]]:
    """A state, and what the decision `y` comes to."""
    return stated, {"y": outcome}


YEARS = (
    "zero when x is on or after 2010-01-01 and x is before 2015-01-01",
    "one when x is on or after 2015-01-01 and x is before 2020-01-01",
)
AMOUNTS = ("one when x is at least 10000 yuan and x is less than 100000 yuan", "zero when x is at least 100000 yuan")
PARTS = ("a number", "part part\n\nentity part\n  c yes/no\n  d number")
SATISFIED = (
    "(x1 or x2 or x3 or x4 or x5) and (not x1 or not x2 or not x3 or not x4 or not x5) and (x1 or not x2) and "
    "(x3 or not x4 or x5) and x5 and (not x1 or x2) and (x6 or not x7 or x8 or not x1) and "
    "(x2 or not x4 or x5 or not x6) and (x7 or x8 or x9 or not x2)"
)
#: Conditions that always hold and do not look like it: an exception that is sure to count is refused.
ALWAYS, EVER = "x or not x", "not x or x"
OTHERWISE = "other when today is before 2020-01-01 or today is on or after 2022-12-31"

PROOFS = [
    Situation(
        "proof/bad/no_vars-conflict.catala_en",
        facts("x number"),
        (decision("y", "minus_one when x is at most 0", "one when x is at least 0"),),
        overlap(),
        no_gap() | busy("1.1", "1.2"),
        (y("conflict", x=0), y("one", x=1), y("minus_one", x=-1)),
    ),
    Situation(
        "proof/bad/no_vars-empty.catala_en",
        facts("x number"),
        (decision("y", "minus_one when x is at most 0", "one when x is at least 2"),),
        gap(),
        no_overlap() | busy("1.1", "1.2"),
        (y("no_case", x=1), y("one", x=2), y("minus_one", x=0)),
    ),
    Situation(
        "proof/good/simple_vars.catala_en",
        facts("x number"),
        (decision("y", "zero when x is 0", "minus_one when x is less than 0", "one when x is more than 0"),),
        no_gap() | no_overlap(),
        busy("1.1", "1.2", "1.3"),
        (y("zero", x=0), y("minus_one", x=-1), y("one", x=1)),
    ),
    Situation(
        "proof/bad/let_in_condition-empty.catala_en",
        facts("x yes/no"),
        (definition("it", "x and not x"), decision("y", "one when it")),
        gap(),
        idle("1.1") | found(Kind.ALWAYS_FALSE, "thing.it"),
        (y("no_case", x=True), y("no_case", x=False)),
    ),
    Situation(
        "proof/good/let_in_condition.catala_en",
        facts("x yes/no"),
        (definition("it", "x or not x"), decision("y", "one when it")),
        no_gap(),
        no_overlap() | busy("1.1") | found(Kind.ALWAYS_TRUE, "thing.it"),
        (y("one", x=True), y("one", x=False)),
    ),
    Situation(
        "proof/bad/dates_simple-empty.catala_en",
        facts("x date"),
        (decision("y", *YEARS, "zero when x is on or after 2020-01-01"),),
        gap(),
        no_overlap(),
        (y("no_case", x="2009-12-31"), y("zero", x="2010-01-01"), y("one", x="2019-12-31")),
    ),
    Situation(
        "proof/bad/dates_simple-overlap.catala_en",
        facts("x date"),
        (decision("y", "one when x is on or before 2010-01-01", *YEARS, "zero when x is on or after 2020-01-01"),),
        overlap(),
        no_gap(),
        (y("conflict", x="2010-01-01"), y("one", x="2009-12-31"), y("zero", x="2010-01-02")),
    ),
    Situation(
        "proof/good/dates_simple.catala_en",
        facts("x date"),
        (decision("y", "one when x is before 2010-01-01", *YEARS, "zero when x is on or after 2020-01-01"),),
        no_gap() | no_overlap(),
        busy("1.1", "1.2", "1.3", "1.4"),
        (y("one", x="2009-12-31"), y("zero", x="9999-12-31")),
    ),
    Situation(
        "proof/bad/dates_get_year-empty.catala_en",  # the year 2020 is left out
        facts("x date"),
        (decision("y", "one when x is before 2010-01-01", *YEARS, "zero when x is on or after 2021-01-01"),),
        gap(),
        no_overlap(),
        (y("no_case", x="2020-01-01"), y("no_case", x="2020-12-31"), y("zero", x="2021-01-01")),
    ),
    Situation(
        "proof/bad/dates_get_year-overlap.catala_en",  # the year 2020 is in two of them
        facts("x date"),
        (
            decision(
                "y",
                "one when x is before 2010-01-01",
                YEARS[0],
                "one when x is on or after 2015-01-01 and x is before 2021-01-01",
                "zero when x is on or after 2020-01-01",
            ),
        ),
        overlap(),
        no_gap(),
        (y("conflict", x="2020-02-29"), y("one", x="2019-12-31"), y("zero", x="2021-01-01")),
    ),
    Situation(
        "proof/bad/assert-empty.catala_en",  # what the assertion rules out is a case of its own
        facts("x yes/no"),
        (
            decision(
                "y",
                "one when today is on or after 2020-01-01 and today is before 2020-12-31",
                "two when today is on or after 2021-01-01 and today is on or before 2021-12-31",
                "three when today is on or after 2022-01-01 and today is before 2022-12-31",
                OTHERWISE,
            ),
        ),
        gap(),
        no_overlap(),
    ),
    Situation(
        "proof/good/assert.catala_en",
        facts("x yes/no"),
        (
            decision(
                "y",
                "one when today is on or after 2020-01-01 and today is on or before 2020-12-31",
                "two when today is on or after 2021-01-01 and today is on or before 2021-12-31",
                "three when today is on or after 2022-01-01 and today is before 2022-12-31",
                OTHERWISE,
            ),
        ),
        no_gap() | no_overlap(),
    ),
    Situation(
        "proof/bad/duration-empty.catala_en",
        facts("x period in days"),
        (decision("y", "one when x plus x is more than 100 days"),),
        gap(),
        no_overlap(),
        (y("no_case", x="50 days"), y("one", x="51 days")),
    ),
    Situation(
        "proof/bad/duration-overlap.catala_en",
        facts("x period in days"),
        (decision("y", "one when x plus x is at least 100 days", "zero when x plus x is at most 100 days"),),
        overlap(),
        no_gap(),
        (y("conflict", x="50 days"), y("one", x="51 days"), y("zero", x="49 days")),
    ),
    Situation(
        "proof/good/duration.catala_en",
        facts("x period in days"),
        (decision("y", "one when x plus x is more than 100 days", "zero when x plus x is at most 100 days"),),
        no_gap() | no_overlap(),
        {},
        (y("zero", x="50 days"), y("one", x="51 days")),
    ),
    Situation(
        "proof/bad/money-empty.catala_en",
        facts("x money"),
        (decision("y", "zero when x is at least 1000 yuan and x is less than 10000 yuan", *AMOUNTS),),
        gap(),
        no_overlap(),
        (y("no_case", x="999.99 yuan"), y("zero", x="1000 yuan"), y("one", x="20000 yuan")),
    ),
    Situation(
        "proof/bad/money-overlap.catala_en",
        facts("x money"),
        (
            decision(
                "y",
                "one when x is at most 1000 yuan",
                "zero when x is at least 1000 yuan and x is less than 10000 yuan",
                *AMOUNTS,
            ),
        ),
        overlap(),
        no_gap(),
        (y("conflict", x="1000 yuan"), y("one", x="999.99 yuan"), y("zero", x="1000.01 yuan")),
    ),
    Situation(
        "proof/bad/rationals-empty.catala_en",
        facts("x number"),
        (decision("y", "one when 3 times x is more than 1"),),
        gap(),
        no_overlap(),
        (y("no_case", x=Decimal(f"0.{30 * '3'}")), y("one", x=Decimal(f"0.{29 * '3'}4"))),
    ),
    Situation(
        "proof/bad/enums-empty.catala_en",
        facts("x form"),
        (decision("y", "zero when x is a and not (x is b)", "one when x is a and x is b"),),
        gap(),
        no_overlap() | busy("1.1") | idle("1.2"),
        (y("zero", x="a"), y("no_case", x="b")),
    ),
    Situation(
        "proof/bad/enums-overlap.catala_en",
        facts("x form"),
        (decision("y", "zero when x is a", "one when x is a or x is b"),),
        overlap(),
        no_gap(),
        (y("conflict", x="a"), y("one", x="b")),
    ),
    Situation(
        "proof/bad/enums-nonbool-empty.catala_en",
        facts("x form", "amount number"),
        (decision("y", "zero when x is b", "one when x is a and amount is less than 0"),),
        gap(),
        no_overlap(),
        (y("no_case", x="a", amount=0), y("one", x="a", amount=-1), y("zero", x="b", amount=0)),
    ),
    Situation(
        "proof/bad/enums-nonbool-overlap.catala_en",
        facts("x form", "amount number"),
        (decision("y", "zero when x is a", "one when (x is a and amount is less than 0) or x is b"),),
        overlap(),
        no_gap(),
        (y("conflict", x="a", amount=-1), y("zero", x="a", amount=0), y("one", x="b", amount=0)),
    ),
    Situation(
        "proof/good/enums-arith.catala_en",
        facts("x form", "amount number"),
        (
            decision(
                "y",
                "zero when x is a and amount is at least 0",
                "one when (x is a and amount is less than 0) or x is b",
            ),
        ),
        no_gap() | no_overlap(),
        {},
        (y("one", x="a", amount=-1), y("zero", x="a", amount=0), y("one", x="b", amount=0)),
    ),
    Situation(
        "proof/bad/enums_inj-empty.catala_en",
        facts("x form"),
        (decision("y", "one when x is a"),),
        gap(),
        no_overlap(),
        (y("one", x="a"), y("no_case", x="b")),
    ),
    Situation(
        "proof/bad/enums_unit-empty.catala_en",  # what is stated with the first form stands in something optional
        facts("held optional held\n\nentity held\n  i number"),
        (decision("y", "two when held exists and held.i is more than 0", "two when held is absent"),),
        gap(),
        no_overlap(),
        (y("no_case", held={"i": 0}), y("two", held={"i": 1}), y("two", held=None)),
    ),
    Situation(
        "proof/bad/enums_unit-overlap.catala_en",
        facts("held optional held\n\nentity held\n  i number"),
        (decision("y", "three when held exists or held is absent", "four when held is absent"),),
        overlap(),
        no_gap(),
        (y("three", held={"i": 0}), y("conflict", held=None)),
    ),
    Situation(
        "proof/good/enums_unit.catala_en",
        facts("held optional held\n\nentity held\n  i number"),
        (decision("y", "two when held exists", "two when held is absent"),),
        no_gap() | no_overlap(),
        {},
        (y("two", held={"i": 0}), y("two", held=None)),
    ),
    Situation(
        "proof/bad/structs-empty.catala_en",
        facts(*PARTS),
        (decision("y", "zero when a is 0 and part.c", "one when not (a is 0)"),),
        gap(),
        no_overlap(),
        (y("no_case", a=0, part={"c": False}), y("zero", a=0, part={"c": True}), y("one", a=1, part={"c": True})),
    ),
    Situation(
        "proof/bad/structs-overlap.catala_en",
        facts(*PARTS),
        (decision("y", "zero when a is 0 or part.c", "one when not (a is 0) or not part.c"),),
        overlap(),
        no_gap(),
        (y("conflict", a=0, part={"c": False}), y("zero", a=0, part={"c": True}), y("conflict", a=1, part={"c": True})),
    ),
    Situation(
        "proof/good/structs.catala_en",
        facts(*PARTS),
        (decision("y", "zero when a is 0 and part.c", "one when not (a is 0) or not part.c"),),
        no_gap() | no_overlap(),
        {},
        (y("one", a=0, part={"c": False}), y("zero", a=0, part={"c": True}), y("one", a=1, part={"c": True})),
    ),
    Situation(
        "proof/bad/array_length-empty.catala_en",
        facts("x list of part\n\nentity part\n  i count"),
        (decision("y", "one when number of x is more than 0"),),
        gap(),
        no_overlap(),
        (y("no_case", x=[]), y("one", x=[{"i": 0}])),
    ),
    Situation(
        "proof/bad/array_length-overlap.catala_en",
        facts("x list of part\n\nentity part\n  i count"),
        (decision("y", "one when number of x is at least 0", "zero when number of x is 1"),),
        overlap(),
        no_gap(),
        (y("one", x=[]), y("conflict", x=[{"i": 0}]), y("one", x=[{"i": 0}, {"i": 5}])),
    ),
    Situation(
        "proof/good/array_length.catala_en",
        facts("x list of part\n\nentity part\n  i count"),
        (decision("y", "one when number of x is more than 0", "zero when number of x is 0"),),
        no_gap() | no_overlap(),
        {},
        (y("zero", x=[]), y("one", x=[{"i": 0}, {"i": 5}])),
    ),
    Situation(
        "proof/bad/sat_solving.catala_en",
        facts(*(f"x{number} yes/no" for number in range(1, 10))),
        (decision("y", f"zero when {SATISFIED}"),),
        gap(),
        no_overlap() | busy("1.1"),
        (
            y("zero", **{f"x{number}": number == 5 for number in range(1, 10)}),
            y("no_case", **{f"x{number}": True for number in range(1, 10)}),
        ),
    ),
    Situation(
        "proof/bad/prolala_motivating_example.catala_en",  # the bonus of students, as it was written first
        facts("student yes/no", "professor yes/no"),
        (decision("y", "one when student", "zero when professor"),),
        gap() | overlap(),
        busy("1.1", "1.2"),
        (
            y("one", student=True, professor=False),
            y("zero", student=False, professor=True),
            y("conflict", student=True, professor=True),
            y("no_case", student=False, professor=False),
        ),
    ),
    Situation(
        "proof/bad/prolala_motivating_example.catala_en (corrected)",  # not eligible is the default of a condition there
        facts("student yes/no", "professor yes/no"),
        (decision("y", "zero", "one when student, overriding 1.1", "zero when professor, overriding 1.1, 1.2"),),
        no_gap() | no_overlap(),
        busy("1.1", "1.2", "1.3"),
        (
            y("one", student=True, professor=False),
            y("zero", student=False, professor=True),
            y("zero", student=True, professor=True),
            y("zero", student=False, professor=False),
        ),
    ),
    Situation(
        "proof/bad/prolala_motivating_example.catala_en (amount)",  # nothing is said of three advisors
        facts("eligible yes/no", "advisors count"),
        (
            decision(
                "y", "one when eligible and advisors is at most 2", "two when eligible and advisors is more than 3"
            ),
        ),
        gap(),
        no_overlap(),
        (y("no_case", eligible=True, advisors=3), y("no_case", eligible=False, advisors=1)),
    ),
    Situation(
        "proof/bad/prolala_motivating_example.catala_en (corrected amount)",
        facts("eligible yes/no", "advisors count"),
        (
            decision(
                "y",
                "zero",
                "one when eligible and advisors is at most 2, overriding 1.1",
                "two when eligible and advisors is at least 3, overriding 1.1",
            ),
        ),
        no_gap() | no_overlap(),
        {},
        (y("two", eligible=True, advisors=3), y("zero", eligible=False, advisors=1)),
    ),
]

EXCEPTIONS = [
    Situation(
        "exception/good/exception.catala_en",
        facts("x yes/no"),
        (decision("y", "zero", f"one when {ALWAYS}, overriding 1.1"),),
        no_gap() | no_overlap(),
        idle("1.1") | busy("1.2"),
        (y("one", x=True), y("one", x=False)),
    ),
    Situation(
        "exception/good/exceptions_squared.catala_en",
        facts("x yes/no"),
        (decision("y", "zero", f"one when {ALWAYS}, overriding 1.1", f"two when {EVER}, overriding 1.2"),),
        no_gap() | no_overlap(),
        idle("1.1", "1.2") | busy("1.3"),
        (y("two", x=True), y("two", x=False)),
    ),
    Situation(
        "exception/good/groups_of_exceptions.catala_en",  # here an exception names all that it goes before
        facts("x number"),
        (
            decision(
                "y",
                "zero when x is 0",
                "one when x is 1",
                "two when x is 2, overriding 1.1, 1.2",
                "three when x is 3, overriding 1.1, 1.2",
                "four when x is 4, overriding 1.1, 1.2, 1.3, 1.4",
                "five when x is 5, overriding 1.1, 1.2, 1.3, 1.4",
            ),
        ),
        busy("1.3"),
        gap() | no_overlap() | busy("1.1", "1.2", "1.4", "1.5", "1.6"),
        (y("zero", x=0), y("two", x=2), y("three", x=3), y("five", x=5), y("no_case", x=6)),
    ),
    Situation(
        "exception/good/grouped_exceptions.catala_en",
        facts("age count", "disabled yes/no"),
        (
            decision(
                "y",
                "one when age is at most 25",
                "zero when age is more than 25",
                "two when disabled, overriding 1.1, 1.2",
            ),
        ),
        busy("1.3"),
        no_gap() | no_overlap() | busy("1.1", "1.2"),
        (y("two", age=26, disabled=True), y("zero", age=26, disabled=False), y("one", age=25, disabled=False)),
    ),
    Situation(
        "exception/good/duplicate_labels.catala_en",  # no_vars-conflict, of which the overlap is excepted
        facts("x number"),
        (
            decision(
                "y",
                "minus_one when x is at least 0",
                "one when x is at most 0",
                "zero when x is 0, overriding 1.1, 1.2",
            ),
        ),
        busy("1.3"),
        no_gap() | no_overlap() | busy("1.1", "1.2"),
        (y("zero", x=0), y("minus_one", x=1), y("one", x=-1)),
    ),
    Situation(
        "exception/good/two_exceptions_same_outcome.catala_en",
        facts("a number", "b number"),
        (decision("y", "minus_one", "zero when a is 0, overriding 1.1", "zero when b is 0, overriding 1.1"),),
        no_overlap(),
        no_gap() | busy("1.1"),
        (y("zero", a=0, b=0), y("zero", a=0, b=1), y("minus_one", a=1, b=1)),
    ),
    Situation(
        "exception/good/same_label_two_variables.catala_en",  # an exception to one decision is none to another
        facts("z number"),
        (decision("x", "minus_one", "zero when z is 0, overriding 1.1"), decision("y", "one", first=3)),
        no_gap("x") | no_overlap("x") | no_gap() | no_overlap(),
        busy("1.1", "1.2", name="x") | busy("1.3"),
        (({"z": 0}, {"x": "zero", "y": "one"}), ({"z": 1}, {"x": "minus_one", "y": "one"})),
    ),
    Situation(
        "exception/good/double_definition.catala_en",
        facts("x yes/no"),
        (decision("y", "one", "one"),),
        no_overlap(),
        no_gap(),
        (y("one"),),
    ),
    Situation(
        "exception/bad/two_exceptions.catala_en",
        facts("x yes/no"),
        (decision("y", "zero", f"one when {ALWAYS}, overriding 1.1", f"two when {ALWAYS}, overriding 1.1"),),
        overlap(),
        no_gap() | idle("1.1"),
        (y("conflict", x=True), y("conflict", x=False)),
    ),
    Situation(
        "exception/bad/multi_same_result.catala_en",
        facts("x count"),
        (
            decision(
                "y",
                "fifty when x is 1",
                "thirty when x is 2",
                "forty when x is 3",
                "fifty when x is 4",
                "thirty when x is 5",
                "thirty when x is 6",
                "forty when x is more than 5",
            ).replace("gives value", "gives rate"),
        ),
        overlap(),
        gap(),
        (y("conflict", x=6), y("thirty", x=5), y("forty", x=7), y("no_case", x=0)),
    ),
]

DEFAULTS = [
    Situation(
        "default/bad/conflict.catala_en",
        facts("x yes/no"),
        (decision("y", "one", "zero"),),
        overlap(),
        no_gap(),
        (y("conflict"),),
    ),
    Situation(
        "default/bad/empty_with_rules.catala_en",
        facts("x count"),
        (decision("y", "one when x is 2", "one when x is 3", "one when x is 4"),),
        gap(),
        no_overlap(),
        (y("no_case", x=1), y("one", x=2)),
    ),
    Situation(
        "default/good/no_conflict.catala_en",  # one of the two exceptions never holds
        facts("x number"),
        (
            decision(
                "y", "one", "two when x is less than x, overriding 1.1", "three when x is at least x, overriding 1.1"
            ),
        ),
        no_gap() | no_overlap() | busy("1.3"),
        idle("1.1", "1.2"),
        (y("three", x=0),),
    ),
    Situation(
        "scope/bad/scope.catala_en",
        facts("c yes/no"),
        (
            decision("x", "one when c", "zero when not c"),
            decision("y", "three when not c", "zero when not c", first=3),
        ),
        overlap(),
        no_gap("x") | no_overlap("x") | gap(),
        (({"c": False}, {"x": "zero", "y": "conflict"}), ({"c": True}, {"x": "one", "y": "no_case"})),
    ),
    Situation(
        "scope/good/sub_sub_scope.catala_en",  # two conditions that say the same, and give the same
        facts("x number"),
        (decision("y", "one when x is 1", "one when x plus 1 is 2"),),
        no_overlap(),
        gap(),
        (y("one", x=1), y("no_case", x=0)),
    ),
]

SITUATIONS = [*PROOFS, *EXCEPTIONS, *DEFAULTS]


@pytest.mark.parametrize(("situation", "stated", "expected"), tried(SITUATIONS))
def test_a_state_comes_to_what_it_comes_to_there(
    situation: Situation, stated: Facts, expected: Mapping[str, str]
) -> None:
    policies = situation.policies
    state = policies.state({"thing": [{"id": "t", **stated}]})
    assert {name: outcomes(policies, state, DAY)["thing[t]", name] for name in expected} == expected


@pytest.mark.parametrize(("situation", "question", "expected"), asked(SITUATIONS))
def test_the_analysis_finds_what_is_found_there(situation: Situation, question: Question, expected: Status) -> None:
    assert status(situation.policies, question) is expected


SHOWN = {Kind.GAP: Verdict.NO_CASE, Kind.OVERLAP: Verdict.CONFLICT}


@pytest.mark.parametrize(
    ("situation", "question", "expected"),
    [each for each in asked(SITUATIONS) if each.values[2] is Status.FOUND and each.values[1].kind in SHOWN],  # type: ignore[union-attr, index]
)
def test_a_state_shows_it(situation: Situation, question: Question, expected: Status, tmp_path: Path) -> None:
    (answer,) = answered(situation.policies, question)
    assert answer.witness is not None
    came = replayed(situation.policies, answer, tmp_path)
    assert came[answer.witness.subject, question.ids[0]] == SHOWN[question.kind].value


def test_two_cases_that_meet_in_a_third_meet_nowhere() -> None:
    """proof/bad/rationals-overlap.catala_en: they meet at a third, which is a rational there; here numbers are decimals.

    No state shows an overlap, so none may be said to be there.
    """
    policies = policy_set(
        facts("x number"), decision("y", "one when 3 times x is at least 1", "zero when 3 times x is at most 1")
    )
    answers = answered(policies, Question(Kind.OVERLAP, ("y",)))
    assert {answer.status for answer in answers} <= {Status.CLEAR, Status.UNDECIDED}


CIRCLE = ("zero when a, overriding 1.3", "one when b, overriding 1.1", "two when c, overriding 1.2")


@pytest.mark.parametrize(
    ("source", "statements", "code"),
    [
        (
            "exception/bad/exceptions_cycle.catala_en",
            (decision("y", *CIRCLE),),
            Code.BAD_OVERRIDE,
        ),
        ("exception/bad/self_exception.catala_en", (decision("y", "zero when a, overriding 1.1"),), Code.BAD_OVERRIDE),
        (
            "exception/bad/dangling_exception.catala_en",
            (decision("x", "zero"), decision("y", "one when a, overriding 1.1", first=2)),
            Code.BAD_OVERRIDE,
        ),
        (
            "scope/bad/cyclic_scopes.catala_en",
            (decision("x", "one when y is one"), decision("y", "one when x is one", first=2)),
            Code.CYCLE,
        ),
    ],
)
def test_what_is_refused_there_is_refused_here(source: str, statements: tuple[str, ...], code: Code) -> None:
    with pytest.raises(RulesError) as refused:
        policy_set(facts("a yes/no", "b yes/no", "c yes/no"), *statements)
    assert {diagnostic.code for diagnostic in refused.value.diagnostics} == {code}
