"""One change at a time to a condition or a term: a threshold moved by one, a word swapped, a part left out.

A change is made to the tree, so that it is what a drafter could have written by mistake, and the checker reads it like
everything else.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from textwrap import shorten
from typing import Any, assert_never

import attrs

from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Statement
from sopb_rules.source import Span
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.phrases import literal

#: The comparison that differs from another at the border alone.
_AT_THE_BORDER = {
    "is at least": ("is more than", "is above"), "is at most": ("is fewer than", "is below"),
    "is more than": ("is at least",), "is fewer than": ("is at most",), "is less than": ("is at most",),
    "is above": ("is at least",), "is below": ("is at most",),
    "is on or after": ("is after",), "is after": ("is on or after",),
    "is on or before": ("is before",), "is before": ("is on or before",),
}  # fmt: skip
_OTHER_VERB = {"is met": "is unmet", "is unmet": "is met", "applies": "is met"}
_OTHER_SIGN = {"plus": "minus", "minus": "plus"}
_FIRST_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@attrs.frozen
class Edit:
    """A node with one thing in it changed.

    Args:
        sort: what was changed: one of the keys of `SORTS`.
        words: how it differs: ``with `4` instead of `3` ``.
        span: the place of what was changed.
        node: the changed node.
    """

    sort: str
    words: str
    span: Span
    node: Any

    def within(self, owner: Any, field: str, index: int | None = None) -> Edit:
        """The same change, with the node around the changed one: of which that is a field, or an element of a field."""
        parts = getattr(owner, field)
        new = self.node if index is None else (*parts[:index], self.node, *parts[index + 1 :])
        return attrs.evolve(self, node=attrs.evolve(owner, **{field: new}))


#: The sorts of changes, and what each is.
SORTS = {
    "threshold": "a number, a period or a date moved by one",
    "border": "a comparison that differs at its border alone",
    "value": "a value of a kind swapped for another",
    "connective": "`and` for `or`, `any` for `every`, `plus` for `minus`",
    "negation": "a condition turned into its opposite",
    "dropped part": "a part of a condition left out",
    "dropped clause": "a clause left out",
    "dropped condition": "`when` left out",
    "dropped exception": "`unless` or an `overriding` left out",
    "dropped case": "a case left out",
    "force": "a duty turned into its opposite or a permission, a permission into a duty",
    "strength": "a duty made stronger or weaker, which changes no verdict: its sentence has to tell",
}


def swapped(sort: str, old: str, new: str, span: Span, node: Any) -> Edit:
    """An edit that puts some words in the place of others."""
    return Edit(sort, f"with `{new}` instead of `{old}`", span, node)


def without(sort: str, span: Span, node: Any, words: str = "") -> Edit:
    """An edit that leaves words out."""
    return Edit(sort, f"without `{words or shortened(span)}`", span, node)


def shortened(span: Span) -> str:
    """The words of a place on one line."""
    return shorten(re.sub(r"#[^\n]*", "", span.text), 60, placeholder=" …")


class Edits:
    """The changes of conditions in one policy set, whose model says what the words of its tree mean."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._kinds: dict[tuple[str, int, int], v.Kind] = {}
        self._judged: set[tuple[str, int, int]] = set()
        self._always_kept: set[tuple[str, int, int]] = set()  # asked of a permission that cannot be exceeded
        for statement in statements:
            for condition in statement.parts:
                for node in e.walk(condition, into_applied=False):
                    self._note(node)

    def _note(self, node: e.Node) -> None:
        match node:
            case e.Comparison(left=left, span=Span() as span) if isinstance(left.type, v.KindType):
                self._kinds[_place(span)] = left.type.kind
            case e.Membership(term=term, span=Span() as span) if isinstance(term.type, v.KindType):
                self._kinds[_place(span)] = term.type.kind
            case e.Decided(decision=decision, span=Span() as span):
                self._kinds[_place(span)] = decision.kind
            case e.Judged(parameters=parameters, span=Span() as span) if any(not each.values for each in parameters):
                self._judged.add(_place(span))
            case e.NormIs(norm=norm, span=Span() as span) if norm.is_permission and not norm.provided:
                self._always_kept.add(_place(span))
            case _:
                pass

    # ---- conditions ----------------------------------------------------------------------------------------

    def of(self, node: t.Expression) -> Iterator[Edit]:
        """Every change of a condition."""
        match node:
            case t.Conjunction(parts) | t.Disjunction(parts):
                yield from self._of_parts(node, parts)
            case t.Parenthesis(inner):
                yield from (edit.within(node, "condition") for edit in self.of(inner))
            case t.Not(inner):
                yield without("negation", node.span, t.Parenthesis(inner, span=node.span), "not")
                yield from (edit.within(node, "condition") for edit in self.of(inner) if edit.sort != "negation")
            case t.Quantified():
                words = ("every", "any") if node.every else ("any", "every")
                yield swapped("connective", *words, node.span, attrs.evolve(node, every=not node.every))
                yield _negated(node)
                yield from (edit.within(node, "condition") for edit in self.of(node.condition))
            case t.NormReference(verb=verb):
                other = (
                    "is unmet" if verb == "applies" and _place(node.span) in self._always_kept else _OTHER_VERB[verb]
                )
                yield swapped("negation", verb, other, node.span, attrs.evolve(node, verb=other))
            case t.Exists(term):
                yield swapped("negation", "exists", "is absent", node.span, t.IsAbsent(term, span=node.span))
            case t.IsAbsent(term):
                yield swapped("negation", "is absent", "exists", node.span, t.Exists(term, span=node.span))
            case t.OneOf():
                yield _negated(node)
                yield from self._of_values(node)
            case t.Holds():
                yield _negated(node)
            case t.Compare():
                yield _negated(node)
                if _place(node.span) not in self._judged:  # while the parameter is open, the comparison is asked whole
                    yield from self._of_comparison(node)
            case _:
                assert_never(node)

    def _of_parts(self, node: t.Conjunction | t.Disjunction, parts: tuple[t.Expression, ...]) -> Iterator[Edit]:
        other, words = (
            (t.Disjunction, ("and", "or")) if isinstance(node, t.Conjunction) else (t.Conjunction, ("or", "and"))
        )
        yield swapped("connective", *words, node.span, other(parts, span=node.span))
        for index, part in enumerate(parts):
            rest = parts[:index] + parts[index + 1 :]
            left = attrs.evolve(node, parts=rest) if len(rest) > 1 else rest[0]
            yield without("dropped part", part.span, left)
            for edit in self.of(part):
                yield edit.within(node, "parts", index)

    def _of_values(self, node: t.OneOf) -> Iterator[Edit]:
        kind = self._kinds.get(_place(node.span))
        named = {literal(value) for value in node.values}
        for index, value in enumerate(node.values):
            rest = node.values[:index] + node.values[index + 1 :]
            yield without("value", value.span, attrs.evolve(node, values=rest))
            for other in _neighbours(kind, literal(value)) if kind else ():
                if other not in named:
                    values = (*node.values[:index], t.Word(other, span=value.span), *node.values[index + 1 :])
                    yield swapped("value", literal(value), other, value.span, attrs.evolve(node, values=values))

    def _of_comparison(self, node: t.Compare) -> Iterator[Edit]:
        kind = self._kinds.get(_place(node.span))
        if kind is not None and isinstance(node.right, t.Path) and node.right.text in kind.values:
            for other in _neighbours(kind, node.right.text):
                right = attrs.evolve(node.right, names=(t.Name(other, span=node.right.span),))
                edited = attrs.evolve(node, right=right)
                yield swapped("value", node.right.text, other, node.right.span, edited)
        elif not isinstance(node.right, t.Constant):
            for operator in _AT_THE_BORDER.get(node.operator.text, ()):
                edited = attrs.evolve(node, operator=attrs.evolve(node.operator, text=operator))
                yield swapped("border", node.operator.text, operator, node.operator.span, edited)
        for side, term in (("left", node.left), ("right", node.right)):
            yield from (edit.within(node, side) for edit in self._of_term(term))

    # ---- terms ---------------------------------------------------------------------------------------------

    def _of_term(self, node: t.Term) -> Iterator[Edit]:
        match node:
            case t.Constant():
                yield from _moved(node)
            case t.Share(percent):
                yield from (edit.within(node, "percent") for edit in _moved(percent))
            case t.Multiple(factor):
                yield from (edit.within(node, "factor") for edit in _moved(factor))
            case t.NumberOf(condition=inner) if inner is not None:
                bare = attrs.evolve(node, variable=None, condition=None)
                yield without("dropped part", inner.span, bare)
                yield from (edit.within(node, "condition") for edit in self.of(inner))
            case t.Sum():
                yield from self._of_sum(node)
            case t.Path() | t.Today() | t.NumberOf():
                pass
            case _:
                assert_never(node)

    def _of_sum(self, node: t.Sum) -> Iterator[Edit]:
        for index, (sign, term) in enumerate(zip(node.signs, node.terms, strict=True)):
            if index:
                other = _OTHER_SIGN[sign]
                signs = (*node.signs[:index], other, *node.signs[index + 1 :])
                yield swapped("connective", sign, other, term.span, attrs.evolve(node, signs=signs))
            for edit in self._of_term(term):
                yield edit.within(node, "terms", index)


def _place(span: Span) -> tuple[str, int, int]:
    return span.source.name, span.start, span.end


def _negated(node: t.Holds | t.Compare | t.OneOf | t.Quantified) -> Edit:
    words = shortened(node.span)
    return swapped("negation", words, f"not {words}", node.span, t.Not(node, span=node.span))


def _neighbours(kind: v.Kind, value: str) -> Iterator[str]:
    """The values beside a value in its kind; of an ordered kind those just below and just above."""
    values = list(kind.values)
    index = values.index(value)
    beside = (index - 1, index + 1) if kind.ordered else ((index - 1) % len(values), (index + 1) % len(values))
    yield from dict.fromkeys(values[each] for each in beside if 0 <= each < len(values) and each != index)


def _moved(node: t.Constant) -> Iterator[Edit]:
    """A constant, one step less and one step more."""
    for step in (-1, 1):
        text = _stepped(node, step)
        if text is not None:
            moved = attrs.evolve(node, text=text)
            yield swapped("threshold", literal(node), literal(moved), node.span, moved)


def _stepped(node: t.Constant, step: int) -> str | None:
    if node.form == "date":
        day = datetime.date.fromisoformat(node.text)
        edge = datetime.date.min if step < 0 else datetime.date.max
        return None if day == edge else (day + datetime.timedelta(step)).isoformat()
    match = _FIRST_NUMBER.search(node.text)
    if node.form == "text" or match is None:
        return None
    number = Decimal(match[0])
    number += step * Decimal(1).scaleb(int(number.as_tuple().exponent))
    return None if number < 0 else f"{node.text[: match.start()]}{number:f}{node.text[match.end() :]}"
