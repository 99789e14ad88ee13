"""What could be given otherwise, so that a statement is tried at another place: read off its conditions.

For each comparison the values at its border, just below and just above; for each kind its values; for each list one that
is empty and some that are short. Where the other side of a comparison is a fact or a date, its value in a trial tells
where the border lies.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

import attrs

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.literals import moved
from sopb_rules.model.norms import Statement
from sopb_rules.predicates.dates import add_days, add_months
from sopb_rules.predicates.evaluate import Environment, follow, value
from sopb_rules.source import Span
from sopb_rules.states.records import Record
from sopb_rules.syntax import tree as t
from sopb_rules.testing.trials import Trial

#: The longest list that is tried, and how many different elements.
LONGEST, VARIANTS = 6, 10

#: By variable: the names that lead to what it stands for from the subject of the example; None where nothing does.
_Ways = Mapping[e.Variable, tuple[str, ...] | None]


def changes(
    givens: Iterable[t.GivenItem], trial: Trial, readings: Iterable[Statement], currency: str | None
) -> list[t.GivenItem]:
    """What could be given otherwise than in a trial, or in addition, each once.

    Args:
        givens: what is given in the trial.
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
    records = {item.path.text: item.records for item in givens if isinstance(item, t.GivenRecords)}
    found |= dict.fromkeys(item for asked in look.lists.values() for item in look.of_list(asked, records))
    return list(found)


@attrs.define
class _Asked:
    """What conditions ask of a list.

    Args:
        names: that lead to it.
        back: the reference of its elements that leads back to who has the list, which an example need not state.
        elements: for each condition on its elements, the variable and the condition.
        lengths: that make a difference.
    """

    names: tuple[str, ...]
    back: str = ""
    elements: list[tuple[e.Variable, e.Condition]] = attrs.field(factory=list)
    lengths: set[int] = attrs.field(factory=lambda: {0, 1, 2})


@attrs.frozen
class _Look:
    """Looks through conditions for what could be given.

    Args:
        span: the place that made-up parts of the tree get.
        lists: what is asked of each list, noted on the way.
    """

    currency: str | None
    span: Span
    lists: dict[str, _Asked] = attrs.field(factory=dict)

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
                if (asked_list := self._list(source, ways)) is not None:
                    asked_list.elements.append((variable, body))
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
        if isinstance(path.type, v.Contained | v.Reference):
            yield from self._given(path, ways, "exists")
        else:
            yield from self._usual(path, ways)
        yield from self._given(path, ways, "absent")

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
        if (written := literal(given, path.type, self.currency, self.span)) is not None:
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
            yield from self.at(term, ways, env)

    def _solved(self, term: e.Term, target: Any, ways: _Ways, env: Environment | None) -> Iterator[t.GivenItem]:
        """What to give so that a term has a value, as near as it can."""
        match term:
            case e.Read(path):
                yield from self._value(path, ways, target)
            case e.Today() if isinstance(target, datetime.date):
                yield t.GivenToday(t.Constant("date", target.isoformat(), span=self.span), span=self.span)
            case e.Tally(source=source) if 0 <= target <= LONGEST:
                if (asked := self._list(source, ways)) is not None:
                    asked.lengths.add(int(target))
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

    def _list(self, source: e.Path, ways: _Ways) -> _Asked | None:
        names = _names(source, ways)
        back = source.type.by if isinstance(source.type, v.Inverse) else ""
        return self.lists.setdefault(".".join(names), _Asked(names, back)) if names else None

    def of_list(
        self, asked: _Asked, records: Mapping[str, tuple[tuple[t.GivenItem, ...], ...]]
    ) -> Iterator[t.GivenItem]:
        """Lists of the lengths that make a difference, and the list of a trial with one element changed or left out."""
        path = self._path(asked.names)
        options = self._options(asked)
        variants = _variants(options) or self._named(asked)
        given = records.get(path.text, ())
        lists = [
            (variant, *(variants[0],) * (length - 1)) for length in sorted(asked.lengths - {0}) for variant in variants
        ]
        for index, element in enumerate(given):
            before, behind = given[:index], given[index + 1 :]
            lists.append((*before, *behind))
            others = (_with(element, item) for items in options.values() for item in items)
            lists += [(*before, other, *behind) for other in others if other != element]
        yield t.Given(path, "none", span=self.span)
        yield from (t.GivenRecords(path, each, span=self.span) for each in lists if each)

    def _options(self, asked: _Asked) -> dict[str, list[t.GivenItem]]:
        """What could be given of an element, by its path."""
        options: dict[str, list[t.GivenItem]] = {}
        inside = _Look(self.currency, self.span)  # lists of elements are told of the elements, and not tried
        found = (item for variable, body in asked.elements for item in inside.at(body, {variable: ()}, None))
        for item in dict.fromkeys(found):
            if isinstance(item, t.Given) and item.value != "exists" and item.path.text != asked.back:
                options.setdefault(item.path.text, []).append(item)
        return options

    def _named(self, asked: _Asked) -> Sequence[tuple[t.GivenItem, ...]]:
        """An element of which nothing is asked; an example has to state something of it."""
        root = asked.elements[0][0]
        facts = (fact for fact in root.entity.facts.values() if fact.name != asked.back)
        items = (item for fact in facts for item in self._usual(e.Path(root, (fact,)), {root: ()}))
        return [(item,) for item in islice(items, 1)]


def _names(path: e.Path, ways: _Ways) -> tuple[str, ...] | None:
    """The names by which an example reaches what a path leads to; None where it cannot."""
    names = ways.get(path.root)
    for step in path.steps:
        if names is None:
            return None
        if isinstance(step, e.Holder):  # who holds the subject is named by itself; who holds something else, not at all
            names = (step.entity.name,) if not names or step is not path.steps[0] else None
        else:
            names = (*names, step.name)
    return names


def _variants(options: Mapping[str, Sequence[t.GivenItem]]) -> Sequence[tuple[t.GivenItem, ...]]:
    """Elements of a list: one of the first of each option, one of the last, and those that differ from these in one thing."""
    if not options:
        return []
    first = {path: items[0] for path, items in options.items()}
    last = {path: items[-1] for path, items in options.items()}
    rows = [first, last]
    rows += [{**row, path: item} for row in (first, last) for path, items in options.items() for item in items]
    return list(dict.fromkeys(tuple(_consistent(row.values())) for row in rows))[:VARIANTS]


def _with(element: tuple[t.GivenItem, ...], item: t.GivenItem) -> tuple[t.GivenItem, ...]:
    """An element of a list with one thing given otherwise."""
    path = item.path.text if isinstance(item, t.Given) else ""
    kept = tuple(each for each in element if not (isinstance(each, t.Given) and each.path.text == path))
    return tuple(_consistent((*kept, item)))


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
    places = 0 if isinstance(type_, v.Count | v.Days | v.Months) else 4
    whole = round(number * 10**places)
    steps = (whole,) if Fraction(whole, 10**places) == number else (whole - 1, whole, whole + 1)
    return [moved(Decimal(step), -places) for step in steps]


def literal(given: Any, type_: v.FactType, currency: str | None, span: Span) -> t.Literal | None:
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
