"""The situations of `tests/proof` of Catala."""

from __future__ import annotations

from decimal import Decimal

from sopb_rules.analysis.questions import Kind
from tests.analysis.catala_words import busy, facts, gap, idle, no_gap, no_overlap, overlap, y
from tests.analysis.situations import Situation, decision, definition, found

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
