"""Conditions, values and the parts of examples as they are written: pieces of text that know where they may wrap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from sopb_rules.syntax import tree as t
from sopb_rules.syntax.wrap import BREAK, Deeper, Group, Piece, filled, group, stacked

_VERDICTS = {"not_applicable": "does not apply", "no_case": "has no case", "conflict": "is in conflict"}


def literal(value: t.Literal) -> str:
    """``3``, ``40%``, ``500 yuan``, ``"text"``, ``county``"""
    match value:
        case t.Word():
            return value.text
        case t.Constant(form="text"):
            return f'"{value.text}"'
        case t.Constant(form="amount"):
            return f"{value.text} {value.unit}"
        case t.Constant():
            return value.text
        case _:
            assert_never(value)


def type_name(type_: t.TypeName) -> str:
    """A type as a fact or a parameter has it, with its `optional`."""
    before = {"reference": "reference to ", "list": "list of ", "inverse": "list of ", "judgement": "judgement by "}
    by = f" by {type_.by}" if type_.by is not None else ""
    return ("optional " if type_.optional else "") + before.get(type_.form, "") + type_.name.text + by


# ---- terms and conditions -----------------------------------------------------------------------------------


def term(node: t.Term) -> Group:
    """A fact, a value or a sum."""
    match node:
        case t.Path():
            return group(node.text)
        case t.Constant():
            return group(literal(node))
        case t.Today():
            return group("today")
        case t.Share():
            return group(f"{node.percent.text} of {node.path.text}")
        case t.Multiple():
            return group(f"{node.factor.text} times {node.path.text}")
        case t.NumberOf(variable=None) | t.NumberOf(condition=None):
            return group(f"number of {node.path.text}")
        case t.NumberOf():
            assert node.condition is not None
            return _members(f"number of {node.variable} in {node.path.text} where", node.condition)
        case t.Sum():
            rest = ((f"{sign} ", term(each)) for sign, each in zip(node.signs[1:], node.terms[1:], strict=True))
            return stacked(term(node.terms[0]), rest)
        case _:
            assert_never(node)


def condition(node: t.Expression) -> Group:
    """A condition. One that is too long for its line has each `and` or `or` on a line of its own."""
    match node:
        case t.Holds():
            return term(node.term)
        case t.Compare():
            return stacked(term(node.left), [(f"{node.operator} ", term(node.right))])
        case t.OneOf():
            return group(term(node.term), " is one of ", Deeper(filled(map(literal, node.values))))
        case t.Exists():
            return group(term(node.term), " exists")
        case t.IsAbsent():
            return group(term(node.term), " is absent")
        case t.Not():
            return group("not ", condition(node.condition))
        case t.Parenthesis():
            return group("(", condition(node.condition), ")")
        case t.Conjunction():
            return stacked(condition(node.parts[0]), (("and ", condition(part)) for part in node.parts[1:]))
        case t.Disjunction():
            return stacked(condition(node.parts[0]), (("or ", condition(part)) for part in node.parts[1:]))
        case t.Quantified():
            word, last = ("every", "satisfies") if node.every else ("any", "where")
            return _members(f"{word} {node.variable} in {node.path.text} {last}", node.condition)
        case t.NormReference():
            return group(f"{node.norm} {node.verb}")
        case _:
            assert_never(node)


def _members(opening: str, inner: t.Expression) -> Group:
    """A condition on the members of a list, in the parentheses that the language asks for there."""
    return group(opening, Deeper((BREAK, "(", condition(inner), ")")))


# ---- examples -----------------------------------------------------------------------------------------------


def givens(items: Iterable[t.GivenItem]) -> tuple[Piece, ...]:
    """What an example states, comma by comma."""
    return filled(map(_given, items))


def _given(item: t.GivenItem) -> Piece:
    match item:
        case t.Given(value="exists"):
            return f"{item.path.text} exists"
        case t.Given():
            value = item.value if isinstance(item.value, str) else literal(item.value)
            return f"{item.path.text} is {value}"
        case t.GivenToday():
            return f"today is {literal(item.date)}"
        case t.GivenJudgement():
            return f"judgement {item.key} is {'yes' if item.value else 'no'}"
        case t.GivenRecords():
            records = [group("(", Deeper(givens(record)), ")") for record in item.records]
            return stacked(group(f"{item.path.text} are ", records[0]), (("and ", record) for record in records[1:]))
        case _:
            assert_never(item)


def outcome(node: t.Outcome) -> str:
    """``8.1 is unmet``, ``8.2 does not apply``, ``leading_body is central_body``"""
    if node.value is not None:
        return f"{node.subject} is {literal(node.value)}"
    return f"{node.subject} {_VERDICTS.get(node.verdict) or f'is {node.verdict}'}"
