"""A policy set with its layers of measures, checked: each layer with what is below it, as if nothing were above."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from sopb_rules.diagnostics import Code, Diagnostic
from sopb_rules.model.declare import Declarations
from sopb_rules.model.layers import Stack, header_of, only_sets, stacked
from sopb_rules.model.measures import apply_measures
from sopb_rules.model.norms import Policies
from sopb_rules.model.numbering import check_numbering, statement_name
from sopb_rules.model.resolve import Resolver
from sopb_rules.model.unfinished import told_by_unfinished, unfinished
from sopb_rules.source import Span
from sopb_rules.syntax import tree as t


def resolve(files: Iterable[t.PolicyFile]) -> tuple[Policies, list[Diagnostic]]:
    """Check a policy set.

    Returns:
        The policy set, and what is wrong with it in the order of files and lines. It may be evaluated only if no
        diagnostic is an error.
    """
    files = list(files)
    stack, strangers = stacked(files)
    policies, found = _resolve_layers(stack)
    diagnostics = [*strangers, *found]
    if (
        any(header_of(file) for file in files) and not stack.has_vocabulary
    ):  # that is told, and all else follows from it
        diagnostics = strangers
    elif not stack.has_vocabulary:
        name = stack.files[0].source.name if stack.files else ""
        help = 'begin a file with `vocabulary` and a name, as in `vocabulary measures "Measures of the region"`'
        span = next((Span(file.source, 0, 1) for file in stack.files if file.source.text), None)
        message = "the policy set has no vocabulary"
        diagnostics.append(Diagnostic(Code.NO_VOCABULARY, message, span, file=name, help=help))
    if missing := unfinished(stack.files):
        diagnostics = [*missing, *(each for each in diagnostics if not told_by_unfinished(stack.files, each))]
    unique = dict.fromkeys(diagnostics)
    return policies, sorted(unique, key=lambda d: (d.span.source.name, d.span.start) if d.span else ("", 0))


def _resolve_layers(stack: Stack) -> tuple[Policies, list[Diagnostic]]:
    """The whole set, and what is wrong with it and with the sets of its lower layers.

    A layer has to stand without those above it, so each is read alone with what is below, unless what is above adds
    nothing that it could refer to.
    """
    found: dict[tuple[Code, Span | None, str], Diagnostic] = {}
    for count, above in enumerate(stack.layers):
        if not only_sets(above):
            found.update(_resolve_layer(stack.up_to(count))[1] | found)
    policies, last = _resolve_layer(stack)
    lacking = {key: _lacks_what_is_above(each) for key, each in found.items() if key not in last}
    return policies, list((last | found | lacking).values())


def _resolve_layer(stack: Stack) -> tuple[Policies, dict[tuple[Code, Span | None, str], Diagnostic]]:
    """A set, and each mistake in it once; the norms that a layer tightens are read with and without it."""
    policies, diagnostics = resolve_stack(stack)
    once = {(each.code, each.span, each.message): each for each in reversed(diagnostics)}
    return policies, {key: _of_tightening(each, stack) for key, each in once.items()}


def _lacks_what_is_above(diagnostic: Diagnostic) -> Diagnostic:
    """A mistake in a layer that the layers above would put right."""
    help = "what is missing stands in measures above, and measures refer only to what they are under"
    return attrs.evolve(diagnostic, help=help)


def _of_tightening(diagnostic: Diagnostic, stack: Stack) -> Diagnostic:
    """A mistake that a tightening makes in what it leaves as it was, told at the tightening."""
    tightenings = (
        each for file in stack.layers for each in file.statements if isinstance(each, t.TighteningDeclaration)
    )
    of_it = [each.id.span for each in tightenings if statement_name(each) == diagnostic.where]
    span = diagnostic.span
    if not of_it or span is None or span.source is of_it[-1].source:
        return diagnostic
    help = f"this stands at {span}, and no longer fits with what is restated"
    return attrs.evolve(diagnostic, span=of_it[-1], help="; ".join(filter(None, (diagnostic.help, help))))


def resolve_stack(stack: Stack) -> tuple[Policies, list[Diagnostic]]:
    """Read policies with layers of measures on them, all as one, and say what is wrong."""
    declarations = Declarations(stack.files)
    measures = apply_measures(declarations)
    policies = attrs.evolve(Resolver(declarations).policies(), measures=measures)
    return policies, [*declarations.diagnostics, *check_numbering(stack.files)]
