"""Statements in canonical layout, cut into the parts that comments can stand between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import assert_never

import attrs

from sopb_rules.source import Span
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.phrases import condition, givens, literal, outcome, type_name
from sopb_rules.syntax.wrap import BREAK, STEP, WIDTH, Deeper, Piece, filled, group, lines, stacked

_GAP = 2
_ACT = " " * _GAP + "act"
_WIDEST_CELL_OF_FACT = 24
_WIDEST_CELL_OF_VALUE = 36


@attrs.frozen
class Part:
    """Some lines of a statement, and the place in the source where their last word ends.

    Args:
        end: where the last node of the part ends; None if it has none.
        closing: the words that follow there, of which the tree keeps no place.
        blank_before: a blank line always stands above.
        keeps_blank: a blank line that the author put above stays.
    """

    indent: int
    lines: tuple[str, ...]
    end: Span | None
    closing: str = ""
    blank_before: bool = False
    keeps_blank: bool = False


def parts(statement: t.Statement, one_by_one: bool = False) -> list[Part]:
    """The parts of a statement from top to bottom; each of its words is in exactly one of them.

    Args:
        one_by_one: the values of a kind stand on lines of their own even where none has a label.
    """
    match statement:
        case t.VocabularyHeader():
            return _vocabulary(statement)
        case t.RoleDeclaration():
            return [_header(f"role {statement.name}", statement.label, _last(statement.name, statement.label))]
        case t.KindDeclaration():
            return _kind(statement, one_by_one)
        case t.EntityDeclaration():
            return _entity(statement)
        case t.ParameterDeclaration():
            return _parameter(statement)
        case t.ArticleHeader():
            return [_header(f"article {statement.number}", statement.title, statement.title.span)]
        case t.NormDeclaration():
            return _norm(statement)
        case t.DecisionDeclaration():
            return _decision(statement)
        case t.DefinitionDeclaration():
            return _definition(statement)
        case t.NoteDeclaration():
            header = _part(0, (f"note {statement.id} {statement.kind}",), statement.kind.span)
            return [header, *_quote(statement.quote, 2)]
        case t.InterplayDeclaration():
            return _interplay(statement)
        case t.MeasuresHeader() | t.ParameterSetting() | t.TighteningDeclaration() | t.FurtherFacts():
            return _of_measures(statement)
        case _:
            assert_never(statement)


def _part(indent: int, pieces: Iterable[Piece], end: Span) -> Part:
    return Part(indent, tuple(lines(pieces, indent)), end)


def _word(indent: int, word: str) -> Part:
    return Part(indent, (" " * indent + word,), None, closing=word)


def _header(words: str, label: t.Label | None, end: Span, after: str = "") -> Part:
    """The first line of a statement; a label for which it has no room continues below it."""
    if label is None:
        return _part(0, (words + after,), end)
    return _part(0, (group(words, Deeper((BREAK, _quoted(label) + after))),), end)


def _quoted(label: t.Label) -> str:
    return f'"{label.text}"'


def _last(name: t.Name, label: t.Label | None) -> Span:
    return name.span if label is None else label.span


# ---- the vocabulary -----------------------------------------------------------------------------------------


def _vocabulary(node: t.VocabularyHeader) -> list[Part]:
    title = f" {_quoted(node.title)}" if node.title is not None else ""
    header = _part(0, (f"vocabulary {node.name}{title}",), _last(node.name, node.title))
    return [header, *(_part(2, (_setting(setting),), setting.span) for setting in node.settings)]


def _setting(node: t.Setting) -> str:
    if node.word == "version":
        return f'version "{node.value}"'
    return f"{node.word} {node.value}" if node.word == "currency" else f"{node.word} has the force of {node.value}"


def _kind(node: t.KindDeclaration, one_by_one: bool) -> list[Part]:
    before, after = ("ordered ", "from low to high") if node.ordered else ("", "")
    label = _quoted(node.label) if node.label is not None else ""
    words = " ".join(filter(None, (f"{before}kind {node.name}", label, after)))
    header = Part(0, (words,), _last(node.name, node.label), closing=after)
    if one_by_one or any(value.label is not None for value in node.values):
        rows = [(value.name.text, _quoted(value.label) if value.label is not None else "") for value in node.values]
        table = zip(_table(rows, _WIDEST_CELL_OF_VALUE), node.values, strict=True)
        return [header, *(Part(2, tuple(row), _last(value.name, value.label)) for row, value in table)]
    return [header, _part(2, filled(value.name.text for value in node.values), node.values[-1].name.span)]


def _entity(node: t.EntityDeclaration) -> list[Part]:
    label = f" {_quoted(node.label)}" if node.label is not None else ""
    header = _part(0, (f"entity {node.name}{label}",), _last(node.name, node.label))
    return [header, *_facts(node.facts)]


def _facts(nodes: Sequence[t.FactDeclaration]) -> list[Part]:
    rows = [_fact_row(fact) for fact in nodes]
    table = _with_acts(_table(rows, _WIDEST_CELL_OF_FACT), [fact.act for fact in nodes])
    facts = [Part(2, tuple(row), fact.span, keeps_blank=True) for row, fact in zip(table, nodes, strict=True)]
    return [*(attrs.evolve(fact, keeps_blank=False) for fact in facts[:1]), *facts[1:]]


def _fact_row(fact: t.FactDeclaration) -> tuple[str, str, str]:
    return fact.name.text, type_name(fact.type), _quoted(fact.label) if fact.label is not None else ""


def _table(rows: Sequence[tuple[str, ...]], widest: int) -> list[list[str]]:
    """The lines of each row: its cells in columns, of which the last is a label.

    A cell wider than `widest` sticks out of its column, so that one long name does not push all labels off the page.
    A label for which its column leaves no room follows closely, or else goes to a deeper line below.
    """
    starts = [2]
    for cells in zip(*rows, strict=True):
        width = max((len(cell) for cell in cells if len(cell) <= widest), default=0)
        starts.append(starts[-1] + width + (_GAP if width else 0))
    return [_row(cells, starts) for cells in rows]


def _row(cells: tuple[str, ...], starts: Sequence[int]) -> list[str]:
    *before, label = cells
    line = ""
    for cell, start in zip(before, starts, strict=False):
        line = line.ljust(max(start, len(line) + _GAP if line else 0)) + cell
    if not label:
        return [line]
    close = len(line) + _GAP
    for start in (max(starts[len(before)], close), close):
        if start + len(label) + len(_ACT) <= WIDTH:
            return [line.ljust(start) + label]
    return [line, " " * (2 + STEP) + label]


def _with_acts(table: Sequence[list[str]], acts: Sequence[bool]) -> list[list[str]]:
    """The rows with `act` behind those that have it, in one column where neighbours allow it."""
    result: list[list[str]] = []
    for (act, single), run in groupby(zip(acts, table, strict=True), lambda pair: (pair[0], len(pair[1]) == 1)):
        rows = [row for _, row in run]
        width = max(len(row[-1]) for row in rows) if single else 0
        result += [[*row[:-1], row[-1].ljust(width) + _ACT] if act else row for row in rows]
    return result


def _parameter(node: t.ParameterDeclaration) -> list[Part]:
    fixed = next((value for value in node.values if value.date is None), None)
    words = f"parameter {node.name} {type_name(node.type)}"
    end = node.label.span if node.label is not None else node.type.span
    if fixed is None:
        header = _header(words, node.label, end)
    else:
        header = _header(words, node.label, fixed.span, f" is {literal(fixed.value)}")
    rest = [_part(2, (_dated(value),), value.span) for value in node.values if value.date is not None]
    if node.assessor is not None:
        rest.append(_part(2, (f"judged by {node.assessor}",), node.assessor.span))
    return [header, *rest]


# ---- local measures -----------------------------------------------------------------------------------------


def _of_measures(
    node: t.MeasuresHeader | t.ParameterSetting | t.TighteningDeclaration | t.FurtherFacts,
) -> list[Part]:
    match node:
        case t.MeasuresHeader():
            name = f"{node.name} " if node.name is not None else ""
            words = f"measures {name}{_quoted(node.title)} under {node.base}"
            return [_part(0, (words,), node.base.span)]
        case t.ParameterSetting():
            return _parameter_setting(node)
        case t.TighteningDeclaration():
            return [_part(0, (f"tighten {node.id}",), node.id.span), *_requirement(node)]
        case t.FurtherFacts():
            return [_part(0, (f"facts of {node.entity}",), node.entity.span), *_facts(node.facts)]


def _parameter_setting(node: t.ParameterSetting) -> list[Part]:
    first, *rest = node.values
    if first.date is None:
        result = [_part(0, (f"set {node.name} is {literal(first.value)}",), first.span)]
    elif not rest:
        result = [_part(0, (f"set {node.name} {_dated(first)}",), first.span)]
    else:
        result, rest = [_part(0, (f"set {node.name}",), node.name.span)], [first, *rest]
    result += [_part(2, (_dated(value),), value.span) for value in rest]
    return [*result, *_quote(node.quote, 2), *_examples(node.examples)]


def _dated(value: t.DatedValue) -> str:
    assert value.date is not None
    return f"from {value.date.text} is {literal(value.value)}"


# ---- articles -----------------------------------------------------------------------------------------------


def _quote(quote: t.Quote, indent: int) -> list[Part]:
    return [Part(indent, (" " * indent + f"| {line.text}".rstrip(),), line.span) for line in quote.lines]


def _norm(node: t.NormDeclaration) -> list[Part]:
    return [_part(0, (f"norm {node.id} about {node.entity}",), node.entity.span), *_requirement(node)]


def _requirement(node: t.NormDeclaration | t.TighteningDeclaration) -> list[Part]:
    """All of a norm, or of what tightens one, below its first line."""
    result = _quote(node.quote, 2)
    if node.condition.when is not None:
        result.append(_part(2, ("when ", condition(node.condition.when)), node.condition.when.span))
    if node.condition.unless is not None:
        result.append(_part(2, ("unless ", condition(node.condition.unless)), node.condition.unless.span))
    if node.force is not None:
        bearers = filled((f"the {bearer}" for bearer in node.bearers), "and")
        result.append(_part(2, (Deeper((*bearers, f" {node.force}")),), node.force.span))
    result += _clauses(node.clauses)
    if node.provided:
        result += [_word(2, "provided"), *_clauses(node.provided)]
    return result + _examples(node.examples)


def _clauses(clauses: Iterable[t.Clause]) -> list[Part]:
    result = []
    for clause in clauses:
        letter = f"({clause.letter})" if clause.letter else ""
        if clause.label is not None:
            result.append(_part(4, (f"{letter} {_quoted(clause.label)}".strip(),), clause.label.span))
        elif letter:
            result.append(_word(4, letter))
        indent = 8 if letter or clause.label is not None else 4
        result.append(_part(indent, (condition(clause.expression),), clause.expression.span))
    return result


def _decision(node: t.DecisionDeclaration) -> list[Part]:
    words = f"decision {node.id} {node.name} about {node.entity} gives {node.kind}"
    result = [_header(words, node.label, _last(node.kind, node.label))]
    for case in node.cases:
        result += _case(case)
    return result + _examples(node.examples)


def _case(node: t.CaseDeclaration) -> list[Part]:
    phrases: list[tuple[Piece, ...]] = [(f"case {node.id} gives {literal(node.value)}",)]
    end = node.value.span
    for word, inner in (("when ", node.condition.when), ("unless ", node.condition.unless)):
        if inner is not None:
            phrases.append((word, condition(inner)))
            end = inner.span
    if node.overriding:
        # The comma closes the piece before it.
        phrases[-1] += (",",)
        phrases.append(("overriding ", *filled(id.text for id in node.overriding)))
        end = node.overriding[-1].span
    return [_part(2, (stacked(group(*phrases[0]), phrases[1:]),), end), *_quote(node.quote, 4)]


def _definition(node: t.DefinitionDeclaration) -> list[Part]:
    label = (group(BREAK, _quoted(node.label)),) if node.label is not None else ()
    id = f"{node.id} " if node.id is not None else ""
    header = (f"define {id}{node.name}", Deeper((*label, group(BREAK, f"about {node.entity}"))))
    result = [_part(0, header, node.entity.span), *_quote(node.quote, 2)]
    result.append(_part(2, ("means ", condition(node.expression)), node.expression.span))
    return result + _examples(node.examples)


def _interplay(node: t.InterplayDeclaration) -> list[Part]:
    words = f"{node.kind} {node.name} on {', '.join(id.text for id in node.ids)}"
    return [
        _header(words, node.title, node.title.span),
        *(_part(2, (_quoted(line),), line.span) for line in node.text),
        _word(2, "treatment"),
        *(_part(4, (_quoted(line),), line.span) for line in node.treatment),
    ]


def format_given(item: t.GivenItem) -> str:
    """One given on one line."""
    return " ".join(line.strip() for line in lines(givens((item,)), 0))


def format_example(example: t.Example) -> str:
    """An example in canonical layout, as it stands in a statement."""
    return "".join(f"{line}\n" for part in _examples((example,)) for line in part.lines)


def _examples(examples: Iterable[t.Example]) -> list[Part]:
    result = []
    for example in examples:
        title = f"example {_quoted(example.title)}"
        result.append(Part(2, (f"  {title}",), example.title.span, blank_before=True))
        if example.givens:
            result.append(_part(4, (group("given ", Deeper(givens(example.givens))),), example.givens[-1].span))
        outcomes = filled(map(outcome, example.outcomes), "and")
        result.append(_part(4, ("then ", Deeper(outcomes)), example.outcomes[-1].span))
    return result
