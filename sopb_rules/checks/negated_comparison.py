"""`not (level is county)` is `level is not county`, and `not (formal_members is at least 3)` is `formal_members is
fewer than 3`. Readers who are no programmers read the second form at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained
from sopb_rules.checks.conditions import all_parts, place
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import expressions as e
from sopb_rules.model import vocabulary as v

_INSTEAD = {
    "is": "is not", "is not": "is", "is at least": "is fewer than", "is at most": "is more than",
    "is more than": "is at most", "is fewer than": "is at least", "is less than": "is at least",
    "is before": "is on or after", "is after": "is on or before", "is on or before": "is after",
    "is on or after": "is before", "is above": "is at most", "is below": "is at least",
}  # fmt: skip


def _find(file: File) -> Iterator[Complaint]:
    for part in all_parts(file.statements):
        for node in e.walk(part.condition, into_applied=False):
            match node:
                case e.Negation(e.Comparison(words=words, order=order, span=span) as inner) if span is not None:
                    told = _told(words, order)
                    if told and _is_written_out(span.source.text, span.start):
                        yield Complaint(f"`not ({words})` has a word of its own", place(inner), part.where, told)
                case _:
                    pass


def _told(words: str, order: v.Kind | None) -> str:
    for word in sorted(_INSTEAD, key=len, reverse=True):
        front, found, back = words.partition(f" {word} ")
        if found:
            instead = "is below" if order is not None and word == "is at least" else _INSTEAD[word]
            instead = "is above" if order is not None and word == "is at most" else instead
            return f"write `{front} {instead} {back}`"
    return ""


def _is_written_out(text: str, start: int) -> bool:
    """Whether `not` stands before it; `unless` negates as well, and has no other word."""
    before = text[:start].rstrip(" \n(")
    return before.endswith("not")


CHECK = Check(
    Code.NEGATED_COMPARISON,
    "negated-comparison",
    Severity.NOTE,
    explained(
        Code.NEGATED_COMPARISON,
        "A comparison is negated that has a word of its own",
        __doc__,
        """
        norm 8.1 about organization
          | An organization that is not of the county level must have a Party organization.
          when not (level is county)
          the organization must
            "have a Party organization"
                party_organization exists
        """,
        """
        norm 8.1 about organization
          | An organization that is not of the county level must have a Party organization.
          when level is not county
          the organization must
            "have a Party organization"
                party_organization exists
        """,
    ),
    in_file=_find,
)
