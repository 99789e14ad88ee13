"""What could be given otherwise, so that a statement is tried at another place: read off its conditions.

For each comparison the values at its border, just below and just above; for each kind its values; for each list one that
is empty and some that are short. Where the other side of a comparison is a fact or a date, its value in a trial tells
where the border lies.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

import attrs

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Statement
from sopb_rules.predicates.dates import add_days, add_months
from sopb_rules.predicates.evaluate import Environment, follow, value
from sopb_rules.source import Span
from sopb_rules.states.records import Record
from sopb_rules.syntax import tree as t
from sopb_rules.testing.examples import Trial

#: The longest list that is tried, and how many different elements.
LONGEST, VARIANTS = 6, 10

#: By variable: the names that lead to what it stands for from the subject of the example; None where nothing does.
_Ways = Mapping[e.Variable, tuple[str, ...] | None]


def changes(trial: Trial, readings: Iterable[Statement], currency: str | None) -> list[t.GivenItem]:
    """What could be given otherwise than in a trial, or in addition, each once.

    Args:
        readings: the statement of the trial, and what else it could be; their conditions are looked through.
        currency: that of the vocabulary.
    """
    look = _Look(currency, trial.target.span)
    found: dict[t.GivenItem, None] = {}
    for statement in readings:
        env = Environment({statement.variable: trial.record}, trial.today)
        found |= dict.fromkeys(
            item for part in statement.parts for item in look.at(part, {statement.variable: ()}, env)
        )
    return list(found)


@attrs.frozen
class _Look:
    """Looks through conditions for what could be given.

    Args:
        span: the place that made-up parts of the tree get.
    """

    currency: str | None
    span: Span

    def at(self, node: e.Node, ways: _Ways, env: Environment | None) -> Iterator[t.GivenItem]:
        """What a condition or a term asks for; without `env` nothing is known of the values of other facts."""
        match node:
            case e.Holds(path):
                yield from self._each(path, ways, ("yes", "no"))
            case e.Existence(path):
                yield from self._existence(path, ways)
            case e.Membership(term=e.Read(path)) if isinstance(path.type, v.KindType):
                yield from self._each(path, ways, path.type.kind.values)
            case e.Comparison():
                yield from self._comparison(node, ways, env)
            case e.Judged(key, parameters=parameters):
                if any(parameter.may_be_open for parameter in parameters):
                    yield t.GivenJudgement(key, True, span=self.span)
                    yield t.GivenJudgement(key, False, span=self.span)
                if all(parameter.values for parameter in parameters):
                    yield from self.at(node.comparison, ways, env)
            case e.Defined() | e.NormIs() | e.Decided():
                asked = follow(node.subject, env) if env is not None else None
                inner = Environment({node.variable: asked}, env.today) if env and isinstance(asked, Record) else None
                yield from self.at(node.body, {node.variable: _names(node.subject, ways)}, inner)
            case e.Quantifier(source=source, variable=variable, condition=body) | e.Tally(source, variable, body):
                yield from self._lists(source, variable, body, ways, (0, 1, 2))
                yield from self.at(body, {**ways, variable: None}, None)
            case _:
                for child in e.children(node):
                    yield from self.at(child, ways, env)

    # ---- facts ---------------------------------------------------------------------------------------------

    def _each(self, path: e.Path, ways: _Ways, words: Iterable[str]) -> Iterator[t.GivenItem]:
        for word in words:
            yield from self._given(path, ways, t.Word(word, span=self.span))

    def _given(self, path: e.Path, ways: _Ways, given: t.Literal | str) -> Iterator[t.GivenItem]:
        if names := _names(path, ways):
            yield t.Given(self._path(names), given, span=self.span)

    def _path(self, names: tuple[str, ...]) -> t.Path:
        return t.Path(tuple(t.Name(name, span=self.span) for name in names), span=self.span)

    def _existence(self, path: e.Path, ways: _Ways) -> Iterator[t.GivenItem]:
        yield from self._given(path, ways, "absent")
        if isinstance(path.type, v.Contained | v.Reference):
            yield from self._given(path, ways, "exists")
        else:
            yield from self._usual(path, ways)

    def _usual(self, path: e.Path, ways: _Ways) -> Iterator[t.GivenItem]:
        """Some value of a fact of which the conditions ask no particular one."""
        match path.type:
            case v.YesNo() | v.Judgement():
                yield from self._each(path, ways, ("yes", "no"))
            case v.KindType(kind):
                yield from self._each(path, ways, kind.values)
            case v.Date():
                yield from self._value(path, ways, datetime.date(2026, 6, 1))
            case v.Count() | v.Number() | v.Days() | v.Months() | v.Money():
                yield from self._value(path, ways, 100)
            case v.Percent():
                yield from self._value(path, ways, Decimal("0.5"))
            case v.Text():
                yield from self._value(path, ways, "one")
            case _:
                pass

    def _value(self, path: e.Path, ways: _Ways, given: Any) -> Iterator[t.GivenItem]:
        if (written := _literal(given, path.type, self.currency, self.span)) is not None:
            yield from self._given(path, ways, written)

    # ---- comparisons ---------------------------------------------------------------------------------------

    def _comparison(self, node: e.Comparison, ways: _Ways, env: Environment | None) -> Iterator[t.GivenItem]:
        for term, other in ((node.left, node.right), (node.right, node.left)):
            known = value(other, env) if env is not None else _constant(other)
            if known is not None and known[0] == known[1]:
                for target in _near(known[0], other.type, node.order):
                    yield from self._solved(term, target, ways, env)
            elif isinstance(term, e.Read):
                yield from self._usual(term.path, ways)
            if isinstance(term, e.Read) and term.path.fact is not None and term.path.fact.optional:
                yield from self._given(term.path, ways, "absent")
            yield from (item for child in e.children(term) for item in self.at(child, ways, env))

    def _solved(self, term: e.Term, target: Any, ways: _Ways, env: Environment | None) -> Iterator[t.GivenItem]:
        """What to give so that a term has a value, as near as it can."""
        match term:
            case e.Read(path):
                yield from self._value(path, ways, target)
            case e.Today() if isinstance(target, datetime.date):
                yield t.GivenToday(t.Constant("date", target.isoformat(), span=self.span), span=self.span)
            case e.Tally(source, variable, body) if 0 <= target <= LONGEST:
                yield from self._lists(source, variable, body, ways, (int(target),))
            case e.Shift(date, sign, period) if env is not None:
                yield from self._moved(date, sign, period, target, ways, env)
            case e.Linear(terms) if env is not None or len(terms) == 1:
                for index, (factor, part) in enumerate(terms):
                    rest = [(f, value(p, env) if env else None) for f, p in (*terms[:index], *terms[index + 1 :])]
                    if factor and all(each is not None and each.low == each.high for _, each in rest):
                        known = sum((Fraction(f) * Fraction(each.low) for f, each in rest if each), Fraction())
                        for exact in _rounded((Fraction(target) - known) / Fraction(factor), part.type):
                            yield from self._solved(part, exact, ways, env)
            case _:
                pass

    def _moved(
        self, date: e.Term, sign: int, period: e.Term, target: datetime.date, ways: _Ways, env: Environment
    ) -> Iterator[t.GivenItem]:
        start, length = value(date, env), value(period, env)
        in_days = isinstance(period.type, v.Days)
        if length is not None:
            move = add_days if in_days else add_months
            yield from self._solved(date, move(target, -sign * length.low), ways, env)
        if start is not None:
            months = (target.year - start.low.year) * 12 + target.month - start.low.month
            needed = sign * ((target - start.low).days if in_days else months)
            if needed >= 0:
                yield from self._solved(period, needed, ways, env)

    # ---- lists ---------------------------------------------------------------------------------------------

    def _lists(
        self, source: e.Path, variable: e.Variable, body: e.Condition, ways: _Ways, lengths: Iterable[int]
    ) -> Iterator[t.GivenItem]:
        names = _names(source, ways)
        if not names:
            return
        variants = self._elements(variable, body)
        for length in lengths:
            if length == 0:
                yield t.Given(self._path(names), "none", span=self.span)
            elif variants:
                for variant in variants:
                    for rest in variants[:1] if length > 1 else ((),):
                        records = (variant, *(rest,) * (length - 1))
                        yield t.GivenRecords(self._path(names), records, span=self.span)

    def _elements(self, variable: e.Variable, body: e.Condition) -> list[tuple[t.GivenItem, ...]]:
        """Elements of a list that differ in what its condition asks: one, and those that differ from it in one thing."""
        options: dict[str, list[t.GivenItem]] = {}
        for item in dict.fromkeys(self.at(body, {variable: ()}, None)):
            if isinstance(item, t.Given) and item.value != "exists":
                options.setdefault(item.path.text, []).append(item)
        if not options:
            return [(self._name(variable),)] if "name" in variable.entity.facts else []
        first = {path: items[0] for path, items in options.items()}
        last = {path: items[-1] for path, items in options.items()}
        rows = [first, last]
        rows += [{**row, path: item} for row in (first, last) for path, items in options.items() for item in items]
        written = dict.fromkeys(tuple(_consistent(row.values())) for row in rows)
        return list(written)[:VARIANTS]

    def _name(self, variable: e.Variable) -> t.GivenItem:
        return t.Given(self._path(("name",)), t.Constant("text", variable.name, span=self.span), span=self.span)


def _names(path: e.Path, ways: _Ways) -> tuple[str, ...] | None:
    """The names by which an example reaches what a path leads to; None where it cannot."""
    names = ways.get(path.root)
    for step in path.steps:
        if names is None:
            return None
        if isinstance(step, e.Holder):
            names = (step.entity.name,) if len(names) == 0 or path.steps[0] is not step else None
        else:
            names = (*names, step.name)
    return names


def _consistent(items: Iterable[t.GivenItem]) -> Iterator[t.GivenItem]:
    """The items without the facts of what is given as absent."""
    kept = list(items)
    absent = [item.path.text for item in kept if isinstance(item, t.Given) and item.value == "absent"]
    for item in kept:
        if not (isinstance(item, t.Given) and any(item.path.text.startswith(f"{each}.") for each in absent)):
            yield item


def _constant(term: e.Term) -> tuple[Any, Any] | None:
    return (term.value, term.value) if isinstance(term, e.Value) else None


def _near(border: Any, type_: v.FactType, order: v.Kind | None) -> Sequence[Any]:
    """A value, one just below and one just above."""
    match type_:
        case v.KindType(kind):
            values = list(kind.values)
            index = values.index(border)
            near = (index - 1, index, index + 1)
            return [values[each] for each in near if 0 <= each < len(values)] if order is not None else values
        case v.Date():
            return [add_days(border, -1), border, add_days(border, 1)]
        case v.Percent():
            return [border - Decimal("0.01"), border, border + Decimal("0.01")]
        case v.Text():
            return [border, f"not {border}"]
        case v.Contained() | v.Reference():
            return []
        case _:
            return [border - 1, border, border + 1]


def _rounded(number: Fraction, type_: v.FactType) -> Iterable[Any]:
    """A number as a value of its type: exact, or else the whole or short ones on both sides."""
    places = Decimal(1) if isinstance(type_, v.Count | v.Days | v.Months) else Decimal("0.0001")
    near = (Decimal(number.numerator) / Decimal(number.denominator)).quantize(places, ROUND_HALF_EVEN)
    return [near] if Fraction(near) == number else [near - places, near, near + places]


def _literal(given: Any, type_: v.FactType, currency: str | None, span: Span) -> t.Literal | None:
    """A value as an example writes it; None where nothing of the type can have it."""
    if isinstance(type_, v.KindType):
        return t.Word(str(given), span=span)
    if isinstance(type_, v.Date):
        return t.Constant("date", given.isoformat(), span=span)
    if isinstance(type_, v.Text):
        return t.Constant("text", str(given), span=span)
    if given < 0 and not isinstance(type_, v.Number | v.Money):
        return None
    match type_:
        case v.Count():
            return t.Constant("integer", str(int(given)), span=span)
        case v.Days():
            return t.Constant("period", f"{int(given)} days", span=span)
        case v.Months():
            return t.Constant("period", f"{int(given)} months", span=span)
        case v.Percent():
            return t.Constant("percent", f"{_short(given * 100)}%", span=span)
        case v.Money() if currency and given >= 0:
            return t.Constant("amount", _short(given), span=span, unit=currency)
        case v.Number() if given >= 0:
            return t.Constant("decimal", _short(given), span=span)
        case _:
            return None


def _short(number: int | Decimal) -> str:
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
