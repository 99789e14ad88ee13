"""Terms and comparisons in words, with their numbers: ``formal_members is 2, needed at least 3``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

import attrs

from sopb_rules.findings import reasons as x
from sopb_rules.findings.value_words import shown
from sopb_rules.predicates.truth import Truth

#: The operator of the opposite of a comparison.
FLIPPED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}

_WORDS = {"==": "", "!=": "other than", "<": "less than", "<=": "at most", ">": "more than", ">=": "at least"}
_WORDS_BY_TYPE = {
    "count": {"<": "fewer than"},
    "date": {"<": "before", "<=": "on or before", ">": "after", ">=": "on or after"},
    "kind": {"<": "below", ">": "above"},
}


@attrs.frozen
class Naming:
    """How facts are called: by the rest of their path, once it is clear whose they are.

    Args:
        known: the paths of the records that need no mention, the nearest first.
    """

    known: tuple[str, ...] = ()

    def __call__(self, path: str) -> str:
        """The name of what stands at a path."""
        return next((path.removeprefix(f"{each}.") for each in self.known if path.startswith(f"{each}.")), path)

    def of(self, entry: x.Value) -> str:
        """The name of a record: its own, or else that of its place."""
        return self(entry.label) if entry.label == entry.value else shown(entry)

    def inside(self, path: str) -> Naming:
        """For what is said of the record at a path."""
        return Naming((path, *self.known))


def compared_words(node: x.Compared | x.OneOf, negated: bool, needed: bool, names: Naming) -> str:
    """A comparison with its numbers, and what is needed; without need, only what is so."""
    truth = ~node.truth if negated else node.truth
    if isinstance(node, x.OneOf):
        subject, bound = node.term, _one_of(node.values, negated)
    else:
        operator = FLIPPED[node.operator] if negated else node.operator
        subject, bound = node.left, bound_words(operator, node.right, names)
    said = side_words(subject, names)
    if isinstance(subject, x.FactValue) and not subject.fact.reached:
        return said
    if needed and truth is Truth.FALSE and bound == f"other than {value_words(subject)}":
        return f"{said}, needed another"
    if needed and not (truth is Truth.TRUE and bound == value_words(subject)):
        return f"{said}, needed {bound}"
    return f"{said}, not {bound}" if not needed and truth is Truth.FALSE else said


def _one_of(values: tuple[x.Value, ...], negated: bool) -> str:
    *most, last = map(shown, values)
    listed = f"{', '.join(most)} or {last}" if most else last
    return f"other than {listed}" if negated else listed


def bound_words(operator: str, right: x.Term, names: Naming) -> str:
    """What the left side of a comparison is held against: ``at least 3``."""
    return " ".join(filter(None, [operator_word(operator, type_of(right)), _bound(right, names)]))


def operator_word(operator: str, type: str) -> str:
    """An operator in words: ``at least``, of dates ``on or after``; "" for equality."""
    return _WORDS_BY_TYPE.get(type, {}).get(operator, _WORDS[operator])


def _bound(right: x.Term, names: Naming) -> str:
    value = value_words(right)
    if isinstance(right, x.Constant) or (isinstance(right, x.Entry) and value):
        return value
    said = f"which {_is(right, value)}"
    return f"{name(right, names)}, {said}"


def side_words(term: x.Term, names: Naming) -> str:
    """A term with its value: ``formal_members is 2``."""
    if isinstance(term, x.FactValue) and not term.fact.reached and term.fact.value is not None:
        return f"{names(term.fact.path)} is absent"
    return f"{name(term, names)} {_is(term, value_words(term))}"


def _is(term: x.Term, value: str) -> str:
    if value:
        return f"{'lists' if type_of(term) == 'list' else 'is'} {value}"
    match term:
        case x.FactValue(fact):
            return "is not known" if fact.asked else "is not yet judged" if fact.assessor else "is not stated"
        case x.ParameterValue():
            return "is open"
        case _:
            return "is unknown"


def name(term: x.Term, names: Naming) -> str:
    """How the norm would name a term."""
    match term:
        case x.Constant(value):
            return shown(value)
        case x.FactValue(fact):
            return names(fact.path)
        case x.ParameterValue(name=called):
            return called
        case x.Today():
            return "today"
        case x.Entry(value):
            return shown(value) if value is not None else "it"
        case x.Sum(addends=addends):
            return _sum(addends, names)
        case x.Shifted(date, later, period):
            return f"{name(date, names)} {'plus' if later else 'minus'} {name(period, names)}"
        case x.Tally(source, words):
            return f"the number of {source_name(source, names)}" + (f" where {words}" if words else "")
        case _:
            assert_never(term)


def source_name(source: x.Source, names: Naming) -> str:
    """How a list is called: like the fact that states it, or as the norm does where several do."""
    return names(source.facts[0].path) if len(source.facts) == 1 and "." in source.facts[0].path else source.words


def _sum(addends: tuple[x.Addend, ...], names: Naming) -> str:
    words = ""
    for addend in addends:
        factor = addend.factor.value
        assert isinstance(factor, int | Decimal)
        negative, told = factor < 0, name(addend.term, names)
        size = Decimal(factor).copy_abs()  # which, unlike abs, does not round
        if size != 1:
            whole = size == size.to_integral_value()
            told = (
                f"{shown(x.Value('number', size))} times {told}"
                if whole
                else f"{shown(x.Value('percent', size))} of {told}"
            )
        words += f" {'minus' if negative else 'plus'} {told}" if words or negative else told
    return words.strip()


def value_words(term: x.Term) -> str:
    """The value of a term, or the two between which it lies; "" while nothing is known."""
    match term:
        case x.Constant(value) | x.Today(value):
            return shown(value)
        case x.FactValue(fact):
            return shown(fact.value) if fact.value is not None and fact.reached else ""
        case x.ParameterValue(value=value) | x.Entry(value):
            return shown(value) if value is not None else ""
        case x.Sum(low=low, high=high) | x.Shifted(low=low, high=high) | x.Tally(low=low, high=high):
            if low is None or high is None:
                return ""
            return shown(low) if low == high else f"between {shown(low)} and {shown(high)}"
        case _:
            assert_never(term)


def type_of(term: x.Term) -> str:
    """The type of the values of a term."""
    match term:
        case x.Constant(value) | x.Today(value):
            return value.type
        case x.FactValue(fact):
            return fact.type
        case x.ParameterValue(type=type) | x.Sum(type):
            return type
        case x.Entry():
            return "entry"
        case x.Shifted():
            return "date"
        case x.Tally():
            return "count"
        case _:
            assert_never(term)


def leaves(term: x.Term) -> Iterator[x.FactValue | x.ParameterValue | x.Tally]:
    """What a term rests on: facts, parameters, and counted lists, in reading order."""
    match term:
        case x.FactValue() | x.ParameterValue() | x.Tally():
            yield term
        case x.Sum(addends=addends):
            for addend in addends:
                yield from leaves(addend.term)
        case x.Shifted(date=date, period=period):
            yield from leaves(date)
            yield from leaves(period)
        case _:
            return
