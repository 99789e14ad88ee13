"""Examples of norms, as trees: what they state can be stated, whatever it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sopb_rules.model import vocabulary as v
from sopb_rules.syntax import tree as t
from sopb_rules.testing import nodes
from sopb_rules.testing.nodes import NOWHERE
from sopb_rules.testing.some_terms import AMOUNTS, DAYS, NUMBERS, PERCENTS, PERIODS_IN_DAYS, PERIODS_IN_MONTHS
from sopb_rules.testing.some_vocabulary import CURRENCY

if TYPE_CHECKING:
    from sopb_rules.testing.drawing import Choices

_TITLES = ("an example", "with # and | in it", "“so”")


class Examples:
    """Writes examples."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices

    def of(self, entity: v.Entity, norm: str) -> tuple[t.Example, ...]:
        """Perhaps an example of a norm about an entity. It says that the norm is unknown, which need not be so."""
        if not self.choices.chance(4):
            return ()
        givens = (t.GivenToday(nodes.date(self.choices.one(DAYS[:10])), span=NOWHERE), *self._givens(entity, 3, 2))
        outcome = t.Outcome(nodes.name(norm), "unknown", span=NOWHERE)
        title = nodes.label(self.choices.one(_TITLES))
        return (t.Example(title, givens, (outcome,), span=NOWHERE),)

    def _givens(self, entity: v.Entity, most: int, depth: int) -> Iterator[t.GivenItem]:
        for fact in self.choices.some(list(entity.facts.values()), 0, most):
            path = nodes.path((fact.name,))
            match fact.type:
                case v.ListOf(element) | v.Inverse(element) if depth and element.listed is isinstance(
                    fact.type, v.Inverse
                ):
                    records = [tuple(self._givens(element, 2, 0)) for _ in range(self.choices.below(3))]
                    filled = tuple(record for record in records if record)
                    yield t.GivenRecords(path, filled, span=NOWHERE) if filled else t.Given(path, "none", span=NOWHERE)
                case v.ListOf() | v.Inverse() | v.Reference():
                    continue
                case _:
                    yield t.Given(path, self._value(fact), span=NOWHERE)

    def _value(self, fact: v.Fact) -> t.Literal | str:
        if fact.optional and self.choices.chance(2):
            return "absent"
        if isinstance(fact.type, v.Contained):
            return "exists"
        return self._literal(fact.type) if not self.choices.chance(4) else "unknown"

    def _literal(self, type_: v.FactType) -> t.Literal:
        one = self.choices.one
        match type_:
            case v.YesNo() | v.Judgement():
                return nodes.word(one(("yes", "no")))
            case v.Count():
                return nodes.number(str(self.choices.below(4)))
            case v.Number():
                return nodes.number(one(NUMBERS))
            case v.Percent():
                return nodes.constant("percent", one(PERCENTS))
            case v.Money():
                return nodes.constant("amount", one(AMOUNTS), CURRENCY)
            case v.Date():
                return nodes.date(one(DAYS))
            case v.Days():
                return nodes.constant("period", one(PERIODS_IN_DAYS[:4]))
            case v.Months():
                return nodes.constant("period", one(PERIODS_IN_MONTHS[:6]))
            case v.KindType(kind):
                return nodes.word(one(list(kind.values)))
            case _:
                return nodes.constant("text", one(("red", "blue")))
