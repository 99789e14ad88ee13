"""Before its word of force the sentence names another role or entity of the vocabulary, and the bearer of the norm
nowhere: the wrong one would be found in breach. A sentence that names nobody (“we will …”, a bare imperative) is
read from what stands around it, and is not told.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.checks.check import Check, Complaint, File, explained, title_line
from sopb_rules.checks.words import related, stems
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import vocabulary as v
from sopb_rules.model.force import words_in
from sopb_rules.model.norms import Norm


def _find(file: File) -> Iterator[Complaint]:
    actors: tuple[v.Actor, ...] = (*file.model.vocabulary.roles.values(), *file.model.vocabulary.entities.values())
    named = [(actor, words) for actor in actors if (words := tuple(stems(actor.label)))]
    for norm in file.norms:
        sentence = frozenset(stems(norm.text))
        if any(related(word, sentence) for bearer in norm.bearers for word in stems(bearer.label)):
            continue
        if (other := _subject(norm, named)) is not None:
            message = f"the sentence speaks of “{other.label}”, and the norm binds {_bearers(norm)}"
            yield Complaint(
                message, title_line(norm.span), f"norm {norm.id}", f"see who is bound: `the {other.name} …`?"
            )


def _subject(norm: Norm, named: list[tuple[v.Actor, tuple[str, ...]]]) -> v.Actor | None:
    """Whom the sentence names right before its word of force: the longest label that ends there."""
    for match in words_in(norm.text):
        before = stems(norm.text[: match.start()])
        found = [(len(words), actor) for actor, words in named if tuple(before[-len(words) :]) == words]
        if found:
            return max(found, key=lambda pair: pair[0])[1]
    return None


def _bearers(norm: Norm) -> str:
    return " and ".join(v.called(bearer) for bearer in norm.bearers)


CHECK = Check(
    Code.UNNAMED_BEARER,
    "unnamed-bearer",
    Severity.WARNING,
    explained(
        Code.UNNAMED_BEARER,
        "The sentence says of somebody else what the norm lays upon its bearer",
        __doc__,
        """
        norm 8.1 about region
          | Each region should have an office.
          the higher_level should
            "have an office"
                has_office
        """,
        """
        norm 8.1 about region
          | Each region should have an office.
          the region should
            "have an office"
                has_office
        """,
    ),
    in_file=_find,
)
