"""States for a policy set, as plain data: near its constants, with much left out, unknown or absent."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import attrs

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.predicates.dates import add_days, add_months
from sopb_rules.states.stating import UNKNOWN
from sopb_rules.testing.some_terms import DAYS, type_key

if TYPE_CHECKING:
    from sopb_rules.model.norms import Policies
    from sopb_rules.testing.drawing import Choices

#: Amounts and numbers are stated with at most 30 digits before their point, periods with at most 9.
_MOST = Decimal(10) ** 30
_LONGEST = 10**9

# How many records a list has: seldom none, since a list without any shows little.
_LENGTHS = (0, 1, 2, 3, 1, 2, 3, 2)

Data = dict[str, Any]


@attrs.frozen
class Values:
    """The values worth stating, by the key of their type, ordinary ones first."""

    by_key: Mapping[str, tuple[Any, ...]]

    @classmethod
    def near(cls, policies: Policies) -> Values:
        """The constants of a policy set with the values just below and above them, and some ordinary values."""
        if policies not in _NEAR:
            _NEAR[policies] = cls._near(policies)
        return _NEAR[policies]

    @classmethod
    def _near(cls, policies: Policies) -> Values:
        found: dict[str, set[Any]] = {}
        for literal, type_ in _constants(policies):
            found.setdefault(type_key(type_), set()).add(literal)
        numbers = _sorted(_around({*found.get("number", ()), 0, 1, 3}), lambda number: abs(number) < _MOST)
        days = _sorted(_around({*found.get("days", ()), 0, 30}), lambda days: 0 <= days < _LONGEST)
        months = _sorted(_around({*found.get("months", ()), 0, 6}), lambda months: 0 <= months < _LONGEST)
        return cls(
            {
                "count": tuple(int(number) for number in numbers if number >= 0 and number == int(number)),
                "number": tuple(numbers),
                "percent": tuple(
                    map(_percent, _sorted(_around({*found.get("percent", ()), Decimal("0.4")}, Decimal("0.01"))))
                ),
                "money": tuple(_sorted(_around({*found.get("money", ()), 500}), lambda amount: abs(amount) < _MOST)),
                "date": tuple(_dates({*found.get("date", ())}, days, months)),
                "days": tuple(f"{each} days" for each in days),
                "months": tuple(f"{each} months" for each in months),
                "text": tuple(
                    dict.fromkeys((*_sorted(found.get("text", ()), bool), "red", "green", "yes", "null", "3"))
                ),
            }
        )


#: The values for the policy sets that are in use: finding them takes longer than writing a state.
_NEAR: WeakKeyDictionary[Policies, Values] = WeakKeyDictionary()


def _constants(policies: Policies) -> Iterable[tuple[Any, v.FactType]]:
    for condition in policies.conditions():
        for node in e.walk(condition, into_applied=False):
            if isinstance(node, e.Value):
                yield node.value, node.type
    for parameter in policies.parameters.values():
        for start, value in parameter.values:
            yield value, parameter.type
            if start > datetime.date.min:
                yield start, v.Date()


def _around(values: Iterable[Any], step: Any = 1) -> set[Any]:
    return {each for value in values for each in (value, value - step, value + step)}


def _sorted(values: Iterable[Any], allowed: Any = None) -> list[Any]:
    """The values that are allowed, small ones first."""
    kept = [value for value in values if allowed is None or allowed(value)]
    return sorted(kept, key=lambda value: (abs(value), value) if not isinstance(value, str) else (len(value), value))


def _percent(share: Decimal) -> str:
    sign, digits, exponent = share.as_tuple()
    assert isinstance(exponent, int)
    return f"{format(Decimal((sign, digits, exponent + 2)), 'f')}%"


def _dates(constants: set[datetime.date], days: list[int], months: list[int]) -> list[datetime.date]:
    """The dates of a policy set, those that its periods lead to and from, and their neighbours."""
    near = {*constants, *DAYS[:2]}
    for date in tuple(near):
        near |= {add_days(date, sign * each) for each in days for sign in (-1, 1)}
        near |= {add_months(date, sign * each) for each in months for sign in (-1, 1)}
    near |= {add_days(date, each) for date in tuple(near) for each in (-1, 1)}
    return [*DAYS, *sorted(near - set(DAYS), key=lambda date: (date not in constants, abs(date - DAYS[0])))]


class States:
    """Writes states.

    Args:
        complete: state everything, so that nothing is unknown.
        ids: give an id to everything in a list.
    """

    def __init__(self, choices: Choices, policies: Policies, complete: bool = False, ids: bool = False) -> None:
        self.choices = choices
        self.policies = policies
        self.complete = complete
        self.ids = ids
        self.values = Values.near(policies).by_key
        self.targets: dict[str, list[str]] = {name: [] for name in policies.vocabulary.entities}
        self._referred = _referred(policies.vocabulary)
        self._open: list[tuple[Data, v.Fact, v.Entity]] = []

    def data(self) -> Data:
        """A state of the shape of a state file."""
        data: Data = {"as_of": self.date()}
        for entity in self.policies.vocabulary.listed():
            if self.complete or not self.choices.chance(12):
                count = self.choices.one(_LENGTHS[1:] if self.complete else _LENGTHS)
                data[entity.name] = [self.record(entity) for _ in range(count)]
        self.refer()
        return data

    def date(self) -> datetime.date:
        """A date near those of the policies."""
        chosen: datetime.date = self.choices.one(self.values["date"])
        return chosen

    def record(self, entity: v.Entity, in_list: bool = False) -> Data:
        """The facts of an entity; references stay open until `refer`."""
        data: Data = {}
        if entity.listed or (in_list and self.ids) or (entity.name in self._referred and not self.choices.chance(3)):
            ids = self.targets[entity.name]
            ids.append(f"{entity.name}-{len(ids) + 1}")
            data["id"] = ids[-1]
        for fact in entity.facts.values():
            self._state(data, fact)
        keys = self.policies.judgement_keys.get(entity.name, {})
        judged = {key: self.judgement() for key in keys if self.complete or not self.choices.chance(3)}
        if judged:
            data["judgements"] = judged
        return data

    def _state(self, data: Data, fact: v.Fact) -> None:
        """State a fact, unless it is left out."""
        if isinstance(fact.type, v.Inverse):
            return
        form = 0 if self.complete else self.choices.below(12)
        if form < 8:
            if isinstance(fact.type, v.Reference):
                self._open.append((data, fact, fact.type.entity))
            else:
                data[fact.name] = self.value(fact)
        elif form == 8:
            data[fact.name] = UNKNOWN

    def value(self, fact: v.Fact) -> Any:
        """A value that can be stated for a fact; for a reference, only if there is something to refer to."""
        if fact.optional and self.choices.chance(4):
            return None
        match fact.type:
            case v.YesNo():
                return self.choices.chance(2)
            case v.Judgement():
                return self.judgement()
            case v.KindType(kind):
                return self.choices.one(list(kind.values))
            case v.Contained(entity):
                return self.record(entity)
            case v.ListOf(entity):
                return [self.record(entity, in_list=True) for _ in range(self.choices.one(_LENGTHS))]
            case v.Reference(entity):
                return self.choices.one(self.targets[entity.name])
            case v.Count():
                return self.choices.one(self.values["count"])
            case type_:
                return self.choices.one(self.values[type_key(type_)])

    def judgement(self) -> Data:
        """A judgement, with who and when."""
        return {"value": self.choices.chance(2), "by": "the assessor", "on": datetime.date(2026, 5, 1)}

    def refer(self) -> None:
        """Lead the references to records; a reference to nothing is absent, or left out."""
        for data, fact, entity in self._open:
            if self.targets[entity.name]:
                data[fact.name] = self.value(fact)
            elif fact.optional:
                data[fact.name] = None
        self._open.clear()


def _referred(vocabulary: v.Vocabulary) -> set[str]:
    """The names of the entities that references lead to."""
    facts = (fact for entity in vocabulary.entities.values() for fact in entity.facts.values())
    return {fact.type.entity.name for fact in facts if isinstance(fact.type, v.Reference)}
