"""What each layer of measures has to be held against: the same policies without what the layer makes stricter.

Measures may be stricter than what they are under and never laxer. Whether they are is a question about all states, which is
asked elsewhere; here stands what to ask about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from sopb_rules.diagnostics import RulesError, Severity
from sopb_rules.model.check_set import resolve, resolve_stack
from sopb_rules.model.layers import Stack, stacked
from sopb_rules.model.norms import Measures, Policies
from sopb_rules.model.numbering import statement_name
from sopb_rules.source import Source, Span
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.parse import parse_all


@attrs.frozen
class Restatement:
    """A statement of measures that has to be at least as strict as what it stands in the place of.

    Args:
        name: the id of the norm, or the name of the parameter.
        is_norm: whether it tightens a norm; else it sets a parameter that measures below have set.
        said: the statement as people name it: ``tighten 8.1``, ``set prompt_report``.
        span: all of the statement, with its examples.
        place: where it names the norm or the parameter.
    """

    name: str
    is_norm: bool
    said: str
    span: Span
    place: Span


@attrs.frozen
class StrictnessPair:
    """A layer of measures, with the policies as they are with it and as they would be without what it makes stricter.

    Both have all norms of the layer and of those below it, by the same ids, and none of the layers above.

    Args:
        without: with what the layer adds and sets for the first time, but without `restatements`.
        whole: with the whole layer.
        restatements: in the order of the measures; there is at least one.
    """

    layer: Measures
    without: Policies
    whole: Policies
    restatements: tuple[Restatement, ...]


def strictness_pairs(sources: Iterable[Source], kept: bool = False) -> list[StrictnessPair]:
    """A pair for each layer that tightens norms or sets anew what a layer below has set, the lowest layer first.

    Args:
        sources: the files of a policy set with all its measures, as `policy_set_sources` gives them.
        kept: take the trees of files from the user's cache folder, and keep them there.

    Raises:
        RulesError: the set has errors; all of them are in it.
    """
    files, diagnostics = parse_all(sources, kept)
    if not diagnostics:
        _, diagnostics = resolve(files)
    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    if errors:
        raise RulesError(errors)
    stack, _ = stacked(files)
    return list(_pairs(stack))


def _pairs(stack: Stack) -> Iterator[StrictnessPair]:
    set_below: set[str] = set()
    for count, layer in enumerate(stack.layers, 1):
        restating = [each for each in layer.statements if _restates(each, set_below)]
        if restating:
            rest = tuple(each for each in layer.statements if each not in restating)
            below = stack.up_to(count - 1)
            without, _ = resolve_stack(
                attrs.evolve(below, layers=(*below.layers, attrs.evolve(layer, statements=rest)))
            )
            whole, _ = resolve_stack(stack.up_to(count))
            yield StrictnessPair(whole.measures[-1], without, whole, tuple(map(_restatement, restating)))
        set_below |= {each.name.text for each in layer.statements if isinstance(each, t.ParameterSetting)}


def _restates(statement: t.Statement, set_below: set[str]) -> bool:
    if isinstance(statement, t.ParameterSetting):
        return statement.name.text in set_below
    return isinstance(statement, t.TighteningDeclaration)


def _restatement(statement: t.Statement) -> Restatement:
    assert isinstance(statement, t.ParameterSetting | t.TighteningDeclaration)
    is_norm = isinstance(statement, t.TighteningDeclaration)
    name = statement.id if isinstance(statement, t.TighteningDeclaration) else statement.name
    return Restatement(name.text, is_norm, statement_name(statement), statement.span, name.span)
