"""What was found in files that have not changed, taken from the user's cache folder.

That nothing was found in a file rests on the file and on what it refers to: the vocabulary, the statements and parameters that its
conditions and its examples name, and the examples elsewhere that try its statements. The name of an entry is a digest over
the texts of all of these, so that nothing new is ever missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sopb_rules import cache
from sopb_rules.diagnostics import Diagnostic
from sopb_rules.model import expressions as e
from sopb_rules.model.norms import Norm, Policies, Statement, sentence_of
from sopb_rules.source import Source
from sopb_rules.syntax import tree as t

_MODULES = frozenset({"sopb_rules.source", "sopb_rules.diagnostics"})

Find = Callable[[Source], list[Diagnostic]]


class Kept:
    """Looks through the files of one policy set, but for those in which nothing was found before."""

    def __init__(self, policies: Policies) -> None:
        self._rests_on = _rests_on(policies)

    def find(self, kind: str, source: Source, find: Find) -> list[Diagnostic]:
        """What is found in a file.

        Args:
            kind: tells apart what is looked for.
            find: finds it, if it is not kept.
        """
        name = cache.name_of(kind, *cache.texts([source]), *cache.texts(self._rests_on[source]))
        found = cache.load(name, _MODULES)
        if isinstance(found, list):
            return found
        made = find(source)
        if not made:  # what is wrong may also rest on what is not there
            cache.store(name, made)
        return made


def _rests_on(policies: Policies) -> Mapping[Source, set[Source]]:
    """By file, the other files that what is found in it rests on."""
    statements: dict[str, list[Statement]] = {}
    for each in policies.statements:
        for name in {each.id, getattr(each, "name", "")} - {""}:
            statements.setdefault(name, []).append(each)
    numbered = {each.id: each.span.source for each in policies.numbered}
    vocabulary = {
        each.span.source
        for group in (policies.vocabulary.entities, policies.vocabulary.kinds, policies.vocabulary.roles)
        for each in group.values()
        if each.span is not None
    }
    found: dict[Source, set[Source]] = {source: set(vocabulary) for source in policies.sources}
    reached = {each: set(_reached(each)) for each in policies.statements}
    for each in policies.statements:
        own = found[each.span.source]
        own |= reached[each]
        if isinstance(each, Norm) and (first := numbered.get(sentence_of(each.id))) is not None:
            own.add(first)  # which quotes the sentence
        for example in each.examples:
            for name in _named(example):
                for target in statements.get(name, ()):
                    own |= {target.span.source, *reached[target]}
                    found[target.span.source].add(each.span.source)
    for layer in policies.measures:  # its examples may name anything
        found[layer.span.source] |= set(policies.sources)
    for remark in policies.interplay.values():
        found[remark.span.source] |= {numbered[id] for id in remark.ids if id in numbered}
    return found


def _reached(statement: Statement) -> Iterator[Source]:
    """The files of all that the conditions of a statement refer to, through others too."""
    for part in statement.parts:
        for node in e.walk(part):
            if isinstance(node, e.Applied):
                yield node.target.span.source
            elif isinstance(node, e.ParameterValue) and node.parameter.span is not None:
                yield node.parameter.span.source


def _named(example: t.Example) -> Iterator[str]:
    """The statements that an example names: those that it says something of, and those whose judgements it gives."""
    yield from (outcome.subject.text for outcome in example.outcomes)
    yield from (item.key.partition(" ")[0] for item in example.givens if isinstance(item, t.GivenJudgement))
