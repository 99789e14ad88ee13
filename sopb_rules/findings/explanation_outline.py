"""An explanation as lines, in words for people who do not program.

A condition on one fact is one line: the fact with its value, what is needed, and beside it what the fact means, who
judged it, and where it stands. What was told once is not told again. The opposite of a condition is told as what is
needed instead, so that no line says “not” of another line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import assert_never

import attrs

from sopb_rules.findings import reasons as x
from sopb_rules.findings.explanation import DecisionReasons, DefinitionReasons, Explanation, NormReasons
from sopb_rules.findings.outline import Line
from sopb_rules.findings.outline_words import (
    Telling,
    asked_words,
    clause_words,
    definition_words,
    exists_words,
    holds_words,
    joined_words,
    of_entries,
    own_words,
    said,
    settled_by,
)  # fmt: skip
from sopb_rules.findings.term_words import Naming, compared_words, leaves, side_words, source_name
from sopb_rules.findings.value_words import shown
from sopb_rules.predicates.truth import Truth


def outline(explanation: Explanation) -> tuple[Line, ...]:
    """The lines of an explanation."""
    return tuple(line for line, _ in groupby(_Outline(explanation).lines()))


def outlines_of(
    explanation: Explanation, groups: Iterable[Iterable[x.Condition]], depth: int = 0
) -> list[tuple[Line, ...]]:
    """The lines of some parts of an explanation, group by group, the first of each at a depth."""
    outliner = _Outline(explanation)
    telling = Telling(depth, names=outliner.names)
    told = ((line for part in parts for line in outliner.condition(part, telling)) for parts in groups)
    return [tuple(line for line, _ in groupby(lines)) for lines in told]


class _Outline:
    """Writes lines, and remembers what was told."""

    def __init__(self, explanation: Explanation) -> None:
        self.explanation = explanation
        self.names = Naming((explanation.subject.path, explanation.outer))
        self.told_facts: set[str] = set()
        self.told_texts: set[str] = {explanation.statement.text}
        self.told_statements: set[tuple[x.Statement, str, x.Value | None]] = set()

    # ---- the whole ---------------------------------------------------------------------------------------

    def lines(self) -> Iterator[Line]:
        """All lines."""
        presence = self.explanation.presence
        if presence is not None:
            yield from self.fact(presence, Telling(names=self.names))
        match self.explanation.reasons:
            case NormReasons() as reasons:
                yield from self._norm(reasons)
            case DecisionReasons() as reasons:
                for case in reasons.cases:
                    yield from self.case(case, Telling(names=self.names))
            case DefinitionReasons() as reasons:
                yield Line(0, "heading", reasons.truth, definition_words(self.explanation.statement, reasons.truth))
                yield from self.condition(reasons.condition, Telling(1, names=self.names))

    def _norm(self, reasons: NormReasons) -> Iterator[Line]:
        applies = reasons.applies
        always = isinstance(applies, x.Unconditional)
        words = f"applies to every {self.explanation.subject.entity.replace('_', ' ')}" if always else "applies"
        yield Line(0, "heading", applies.truth, said(applies.truth, words, "does not apply", "whether it applies"))
        yield from self.condition(applies, Telling(1, names=self.names))
        settled = ""
        for clause in reasons.clauses:
            telling = Telling(names=self.names, needed=clause.part == "provided" or reasons.force != "may")
            if settled and clause.truth is Truth.UNKNOWN:
                yield Line(0, "clause", clause.truth, clause_words(clause), settled)
                continue
            yield from self.clause(clause, telling)
            settled = settled or settled_by(clause, reasons.force)

    def clause(self, clause: x.Clause, telling: Telling) -> Iterator[Line]:
        """A clause with what shows its truth; one line where its label is its condition's own words."""
        inner = list(dict.fromkeys(self.condition(clause.condition, telling.deeper())))
        if len(inner) == 1 and clause.label == own_words(clause.condition):
            text = f"({clause.letter}) {inner[0].text}" if clause.letter else inner[0].text
            yield attrs.evolve(inner[0], depth=telling.depth, kind="clause", text=text)
            return
        yield Line(telling.depth, "clause", telling.truth(clause.truth), clause_words(clause))
        if not telling.brief:
            yield from inner

    def case(self, case: x.Case, telling: Telling) -> Iterator[Line]:
        """A case of a decision, with why it holds or not."""
        above = f", but may be outranked by {' or '.join(case.outranked_by)}" if case.active is not case.truth else ""
        if case.active is Truth.FALSE:
            above = above.replace("may be", "is")
        what = said(case.truth, f"holds{above}", "does not hold", "may hold")
        text = f"case {case.id} gives {case.value.label or shown(case.value)}: {what}"
        yield Line(telling.depth, "condition", case.truth, text, place=case.place)
        if case.truth is not Truth.FALSE:
            yield from self.quote(case.text, telling.depth + 1)
        yield from self.condition(case.condition, telling.asking())

    # ---- conditions --------------------------------------------------------------------------------------

    def condition(self, node: x.Condition, telling: Telling) -> Iterator[Line]:
        """The lines of a condition."""
        match node:
            case x.Unconditional():
                return
            case x.Joined():
                yield from self._joined(node, telling)
            case x.Opposite(part=part):
                yield from self.condition(part, attrs.evolve(telling, negated=not telling.negated))
            case x.Holds():
                yield self._leaf(node.truth, node.fact, holds_words(node, telling), telling)
            case x.Exists():
                yield self._leaf(node.truth, node.fact, exists_words(node, telling), telling)
            case x.Judged():
                yield self._judged(node, telling)
            case x.Compared() | x.OneOf():
                yield from self._compared(node, telling)
            case x.Each():
                yield from self._each(node, telling)
            case x.Clause():
                yield from self.clause(node, telling)
            case x.Asked():
                yield from self._asked(node, telling)
            case _:
                assert_never(node)

    def _joined(self, node: x.Joined, telling: Telling) -> Iterator[Line]:
        every = node.every is not telling.negated
        total = len(node.parts) + node.left_out
        heading = total > 1 and not (every and telling.implied)
        truth = telling.truth(node.truth)
        inner = telling
        if heading:
            yield Line(telling.depth, "condition", truth, joined_words(every, total, truth))
            inner = attrs.evolve(telling, depth=telling.depth + 1, implied=False)
        if heading and telling.brief:
            return
        for part in node.parts:
            brief = telling.brief or (node.truth is Truth.UNKNOWN and part.truth is not Truth.UNKNOWN)
            yield from self.condition(part, attrs.evolve(inner, brief=brief))

    def _leaf(self, truth: Truth, fact: x.Fact, words: str, telling: Telling) -> Line:
        note, place = self.beside(fact)
        return Line(telling.depth, "condition", telling.truth(truth), words, note, place)

    def _judged(self, node: x.Judged, telling: Telling) -> Line:
        opened = " and ".join(each.name for each in node.parameters)
        what = f"{opened} {'is' if len(node.parameters) == 1 else 'are'} open"
        wish = f", needed {'no' if telling.negated else 'yes'}" if telling.needed else ""
        judged = said(node.truth, "so it is judged: yes", "so it is judged: no", "and nobody has judged yet")
        failing = wish if telling.truth(node.truth) is Truth.FALSE else ""
        return self._leaf(node.truth, node.fact, f"{what}, {judged}{failing}", telling)

    def _compared(self, node: x.Compared | x.OneOf, telling: Telling) -> Iterator[Line]:
        yield from self._comparison_line(node, telling)
        if telling.brief:
            return
        sides = (node.term,) if isinstance(node, x.OneOf) else (node.left, node.right)
        for side in sides:
            yield from self._leaves(side, telling.asking())

    def _comparison_line(self, node: x.Compared | x.OneOf, telling: Telling) -> Iterator[Line]:
        words = compared_words(node, telling.negated, telling.needed, telling.names)
        sides = (node.term,) if isinstance(node, x.OneOf) else (node.left, node.right)
        beside = [each for each in sides if isinstance(each, x.FactValue | x.ParameterValue | x.Tally)]
        note = place = ""
        if beside:
            note, place = self._beside_term(beside[0])
        yield Line(telling.depth, "condition", telling.truth(node.truth), words, note, place)

    def _beside_term(self, term: x.FactValue | x.ParameterValue | x.Tally) -> tuple[str, str]:
        if isinstance(term, x.FactValue):
            return self.beside(term.fact)
        if isinstance(term, x.Tally):
            return self.beside(term.source.facts[0]) if len(term.source.facts) == 1 else ("", "")
        line = self._parameter(term, 0)
        return (line.note, line.place) if line is not None else ("", "")

    def _leaves(self, term: x.Term, telling: Telling) -> Iterator[Line]:
        """The facts and parameters in a term that were not told yet, and the entries that were counted."""
        for leaf in leaves(term):
            match leaf:
                case x.FactValue(fact):
                    yield from self.fact(fact, telling)
                case x.ParameterValue():
                    line = self._parameter(leaf, telling.depth)
                    if line is not None:
                        yield line
                case x.Tally():
                    yield from self._source(leaf.source, telling)
                    yield from self._elements(leaf.elements, telling)

    def _each(self, node: x.Each, telling: Telling) -> Iterator[Line]:
        every = node.every is not telling.negated
        truth = telling.truth(node.truth)
        first, *others = node.source.facts or (None,)
        note, place = self.beside(first) if first is not None else ("", "")
        text = f"{'every' if every else 'some'} {node.name} in {source_name(node.source, telling.names)}"
        if node.source.size is None:
            text = f"{text}: {self._unstated(node.source, telling.names)}"
        else:
            text = f"{text}: {of_entries(node, every, truth)}"
        yield Line(telling.depth, "condition", truth, text, note, place)
        if telling.brief:
            return
        for fact in others:
            yield from self.fact(fact, telling.deeper())
        yield from self._elements(node.elements, telling.deeper())

    def _unstated(self, source: x.Source, names: Naming) -> str:
        unknown = [fact for fact in source.facts if fact.value is None or not fact.reached]
        return "; ".join(side_words(x.FactValue(fact), names) for fact in unknown[:1]) or "not known"

    def _source(self, source: x.Source, telling: Telling) -> Iterator[Line]:
        for fact in source.facts:
            yield from self.fact(fact, telling)

    def _elements(self, elements: tuple[x.Element, ...], telling: Telling) -> Iterator[Line]:
        """A line for each entry, with what shows its truth; those that belong to somebody else are counted."""
        for element in elements:
            if element.condition is not None:
                yield from self._element(element, element.condition, telling)
        strangers = sum(element.condition is None for element in elements)
        if strangers:
            words = "one other entry belongs" if strangers == 1 else f"{strangers} other entries belong"
            yield Line(telling.depth, "remark", None, f"{words} to somebody else")

    def _element(self, element: x.Element, condition: x.Condition, telling: Telling) -> Iterator[Line]:
        called = telling.names(element.path)
        called += f" ({element.name})" if element.name not in element.path else ""
        inner = attrs.evolve(telling, depth=telling.depth + 1, implied=True, names=telling.names.inside(element.path))
        lines: list[Line] = []
        if element.belongs is not None and element.belongs.truth is Truth.UNKNOWN:
            lines += self.condition(element.belongs, attrs.evolve(inner, negated=False))
        lines += self.condition(condition, inner)
        truth = telling.truth(element.truth)
        if len(lines) == 1 and lines[0].kind == "condition":
            yield attrs.evolve(lines[0], depth=telling.depth, truth=truth, text=f"{called}: {lines[0].text}")
        elif lines:
            yield Line(telling.depth, "condition", truth, called)
            yield from lines

    def _asked(self, node: x.Asked, telling: Telling) -> Iterator[Line]:
        truth = telling.truth(node.truth)
        statement = node.statement
        text = asked_words(node)
        if telling.needed and truth is Truth.FALSE:
            verb = "is" if statement.kind == "decision" or node.verb.startswith("is ") else "does"
            text += f", needed that it {verb}{' not' if telling.negated else ''}"
        if node.subject is not None and node.subject.value != self.explanation.subject.path:
            text += f" — asked of {telling.names.of(node.subject)}"
        note = statement.label if statement.kind == "decision" else ""
        key = (statement, node.verb, node.subject)
        again = key in self.told_statements
        self.told_statements.add(key)
        yield Line(telling.depth, "reference", truth, text, "as shown above" if again else note, statement.place)
        if telling.brief or again:
            return
        inner = telling.asking()
        if node.subject is not None:
            inner = attrs.evolve(inner, names=telling.names.inside(str(node.subject.value)))
        yield from self.quote(statement.text, inner.depth)
        if node.way is not None:
            yield from self.fact(node.way, inner)
        if node.condition is not None:
            yield from self.condition(node.condition, inner)
        for case in node.cases:
            if case.truth is not Truth.FALSE or case.value.value == node.verb:
                yield from self.case(case, inner)

    # ---- leaves ------------------------------------------------------------------------------------------

    def quote(self, text: str, depth: int) -> Iterator[Line]:
        """A sentence, the first time that it is told."""
        if text and text not in self.told_texts:
            self.told_texts.add(text)
            yield Line(depth, "remark", None, f"“{text}”")

    def fact(self, fact: x.Fact, telling: Telling) -> Iterator[Line]:
        """A fact on a line of its own, unless it was told."""
        if fact.path not in self.told_facts:
            text = side_words(x.FactValue(fact), telling.names)
            note, place = self.beside(fact)
            yield Line(telling.depth, "fact", None, text, note, place)

    def beside(self, fact: x.Fact) -> tuple[str, str]:
        """What stands beside a fact the first time that it is told: what it means, who judged, and its place."""
        if fact.path in self.told_facts:
            return "", ""
        self.told_facts.add(fact.path)
        named = fact.path.rsplit(".", 1)[-1].replace("_", " ")
        parts = [fact.label] if fact.label != named else []
        if fact.by:
            parts.append(f"judged by {fact.by}" + (f" on {fact.on}" if fact.on else ""))
        if fact.value is None and fact.assessor:
            parts.append(f"to be judged by {fact.assessor}")
        if fact.asked:
            parts.append("asked, and nobody could say")
        return "; ".join(parts), fact.where

    def _parameter(self, term: x.ParameterValue, depth: int) -> Line | None:
        if term.name in self.told_facts:
            return None
        self.told_facts.add(term.name)
        setter = "the document" if term.set_by == "document" else term.set_by
        by = f"set by {setter}" if setter else "left open"
        value = f"is {shown(term.value)}" if term.value is not None else "is open"
        return Line(depth, "parameter", None, f"{term.name} {value}", f"{term.label}; {by}", term.where)
