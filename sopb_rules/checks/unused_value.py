"""A value that nothing speaks of turns no verdict by itself: often a case or a norm for it is missing. An ordered kind
that is compared by its order needs its values in between, so they are not told.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, explained, spot
from sopb_rules.checks.usage import nodes, said_words, used_kinds
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v
from sopb_rules.model.norms import Policies


def _find(policies: Policies) -> Iterator[Complaint]:
    named, scales = _named(policies)
    used = used_kinds(policies)
    words = said_words(policies)
    for kind in policies.vocabulary.kinds.values():
        for value in kind.values if kind in used - scales else ():
            if (kind.name, value) not in named and value not in words:
                message = f"no condition, case or example names the value `{value}`"
                help = "write an example with it, or see whether a case or a norm for it is missing"
                yield Complaint(message, spot(kind.span, value), f"kind {kind.name}", help)


def _named(policies: Policies) -> tuple[set[tuple[str, str]], set[v.Kind]]:
    """The values that conditions, cases and parameters name, by their kinds; and the kinds that are compared by order."""
    named = {(each.kind.name, case.value) for each in policies.decisions.values() for case in each.cases}
    scales: set[v.Kind] = set()
    for parameter in policies.parameters.values():
        if isinstance(parameter.type, v.KindType):
            named |= {(parameter.type.kind.name, str(value)) for _, value in parameter.values}
    for node in nodes(policies):
        match node:
            case e.Value(value, v.KindType(kind)):
                named.add((kind.name, str(value)))
            case e.Membership(term, values) if isinstance(term.type, v.KindType):
                named |= {(term.type.kind.name, str(value)) for value in values}
            case e.Decided(decision, value):
                named.add((decision.kind.name, value))
            case e.Comparison(order=v.Kind() as order):
                scales.add(order)
            case _:
                pass
    return named, scales


CHECK = Check(
    Code.UNUSED_VALUE,
    "unused-value",
    Severity.NOTE,
    explained(
        Code.UNUSED_VALUE,
        "No condition, case or example names a value of a kind",
        __doc__,
        """
        vocabulary samples

        role higher_level "the higher level"

        kind form
          branch          "Branch"
          general_branch  "General Branch"

        entity organization "organization"
          approved  yes/no  "approved by the higher level"  act
          form      form

        article 8 "Approval"

        norm 8.1 about organization
          | The higher level should approve each organization that is a branch.
          when form is branch
          the higher_level should
            "approve each organization that is a branch"
                approved
        """,
        """
        vocabulary samples

        role higher_level "the higher level"

        kind form
          branch          "Branch"
          general_branch  "General Branch"

        entity organization "organization"
          approved  yes/no  "approved by the higher level"  act
          form      form

        article 8 "Approval"

        norm 8.1 about organization
          | The higher level should approve each organization that is a branch.
          when form is branch
          the higher_level should
            "approve each organization that is a branch"
                approved

          example "a general branch"
            given form is general_branch
            then 8.1 does not apply
        """,
        whole=True,
    ),
    in_set=_find,
)
