"""The situations of `tests/exception`, `tests/default` and `tests/scope` of Catala."""

from __future__ import annotations

from tests.analysis.catala_words import busy, facts, gap, idle, no_gap, no_overlap, overlap, y
from tests.analysis.situations import Situation, decision

#: Conditions that always hold and do not look like it: an exception that is sure to count is refused.
ALWAYS, EVER = "x or not x", "not x or x"
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
