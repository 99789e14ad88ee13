"""`level is county or level is municipal` names the level twice; `level is one of county, municipal` says the same
once, and shows at a glance which values are there and which are missing. `is one of` with a single value is just
`is`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.checks.conditions import all_parts, groups, place, words
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v


def _find(file: File) -> Iterator[Complaint]:
    for part in all_parts(file.statements):
        for group, members in groups(part.condition):
            if isinstance(group, e.Some):
                yield from _chained(members, part.where)
        for node in e.walk(part.condition, into_applied=False):
            if isinstance(node, e.Membership) and len(node.values) != len(set(node.values)):
                yield Complaint(f"`{words(node)}` lists a value twice", place(node), part.where, "take one out")
            elif isinstance(node, e.Membership) and len(node.values) == 1:
                help = "write `is` and the value"
                yield Complaint(f"`{words(node)}` lists one value alone", place(node), part.where, help)


def _chained(members: tuple[e.Condition, ...], where: str) -> Iterator[Complaint]:
    found: dict[e.Term, list[e.Comparison]] = {}
    for each in members:
        match each:
            case e.Comparison("==", left, e.Value(_, v.KindType())):
                found.setdefault(left, []).append(each)
            case _:
                pass
    for same in found.values():
        if len(same) > 1:
            front = same[0].words.partition(" is ")[0]
            values = ", ".join(str(each.right.value) for each in same if isinstance(each.right, e.Value))
            message = f"the values of `{front}` are listed one by one"
            yield Complaint(message, place(e.Some(tuple(same))), where, f"write `{front} is one of {values}`")


CHECK = Check(
    Code.LISTED_VALUES,
    "listed-values",
    Severity.NOTE,
    explained(
        Code.LISTED_VALUES,
        "Values of one thing are listed one by one",
        __doc__,
        """
        norm 8.1 about organization
          | An organization of the county or the municipal level must have a Party organization.
          when level is county or level is municipal
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | An organization of the county or the municipal level must have a Party organization.
          when level is one of county, municipal
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_file=_find,
)
