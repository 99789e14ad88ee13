"""Nodes of the tree of a policy, made without a text: they have no place in one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from sopb_rules.source import Source, Span
from sopb_rules.syntax import tree as t

SOURCE = Source("<generated>", "")
NOWHERE = Span(SOURCE, 0, 0)

Names = tuple[str, ...]


def name(text: str) -> t.Name:
    """A name."""
    return t.Name(text, span=NOWHERE)


def label(text: str) -> t.Label:
    """A text in quotes."""
    return t.Label(text, span=NOWHERE)


def path(names: Iterable[str]) -> t.Path:
    """Names joined by dots."""
    return t.Path(tuple(map(name, names)), span=NOWHERE)


def quote(lines: Iterable[str] = ()) -> t.Quote:
    """Bar lines."""
    return t.Quote(tuple(map(name, lines)))


def word(text: str) -> t.Word:
    """A value of a kind, `yes` or `no`."""
    return t.Word(text, span=NOWHERE)


def constant(form: str, text: str, unit: str = "") -> t.Constant:
    """A literal by its form and its words."""
    return t.Constant(form, text, span=NOWHERE, unit=unit)


def number(text: str) -> t.Constant:
    """``3`` or ``2.5``"""
    return constant("decimal" if "." in text else "integer", text)


def date(value: datetime.date) -> t.Constant:
    """``2026-11-01``"""
    return constant("date", value.isoformat())


def exists(names: Names) -> t.Exists:
    """``party_organization exists``"""
    return t.Exists(path(names), span=NOWHERE)


def absent(names: Names) -> t.IsAbsent:
    """``party_organization is absent``"""
    return t.IsAbsent(path(names), span=NOWHERE)


def negation(condition: t.Expression) -> t.Not:
    """`not` and a condition, in parentheses where it needs them."""
    joined = isinstance(condition, t.Conjunction | t.Disjunction | t.Not)
    return t.Not(parenthesis(condition) if joined else condition, span=NOWHERE)


def parenthesis(condition: t.Expression) -> t.Parenthesis:
    """A condition in parentheses."""
    return t.Parenthesis(condition, span=NOWHERE)


def conjunction(parts: Sequence[t.Expression]) -> t.Expression:
    """Conditions joined by `and`; one alone stays as it is."""
    return parts[0] if len(parts) == 1 else t.Conjunction(tuple(map(_operand, parts)), span=NOWHERE)


def disjunction(parts: Sequence[t.Expression]) -> t.Expression:
    """Conditions joined by `or`; one alone stays as it is."""
    return parts[0] if len(parts) == 1 else t.Disjunction(tuple(map(_operand, parts)), span=NOWHERE)


def _operand(condition: t.Expression) -> t.Expression:
    return parenthesis(condition) if isinstance(condition, t.Conjunction | t.Disjunction) else condition


def compare(left: t.Term, operator: str, right: t.Term) -> t.Compare:
    """Two terms with an operator."""
    return t.Compare(name(operator), left, right, span=NOWHERE)
