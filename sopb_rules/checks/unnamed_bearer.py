"""Before its word of force the sentence names another role or entity of the vocabulary, and the bearer of the norm
nowhere: the wrong one would be found in breach. A sentence that names nobody (“we will …”, a bare imperative) is
read from what stands around it, and is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sopb_rules.checks.check import Check, Complaint, File, explained, title_line
from sopb_rules.checks.words import all_words, related, stems
from sopb_rules.diagnostics import Code, Severity
from sopb_rules.model import vocabulary as v
from sopb_rules.model.force import has_word, words_in
from sopb_rules.model.norms import Norm, sentence_of

#: Whoever stands behind one of these is no subject: “the training of organizations must …”.
_PREPOSITIONS = frozenset(
    ["among", "at", "between", "by", "for", "from", "in", "of", "on", "through", "to", "with", "within"]
)
_ARTICLES = frozenset(
    ["a", "all", "an", "any", "each", "every", "its", "our", "such", "the", "their", "these", "this", "those"]
)
#: “must be approved” does not say by whom.
_PASSIVE = re.compile(r"\s+(?:(?:\w+ly|also|not|then)\s+)*be\b", re.IGNORECASE)

_Label = tuple[str, ...]


def _find(file: File) -> Iterator[Complaint]:
    actors: tuple[v.Actor, ...] = (
        *file.model.vocabulary.roles.values(),
        *file.model.vocabulary.entities.values(),
    )
    labels = {actor: words for actor in actors if (words := tuple(stems(actor.label)))}
    bearers: dict[str, set[v.Actor]] = {}
    for norm in file.norms:
        bearers.setdefault(sentence_of(norm.id), set()).update(norm.bearers)
    for norm in file.norms:
        found = _subject(norm, labels)
        if found is None:
            continue
        subject, others = found
        if subject not in bearers[sentence_of(norm.id)] and not any(
            _is_named(labels.get(bearer, ()), labels[subject], others) for bearer in norm.bearers
        ):
            message = f"the sentence speaks of “{subject.label}”, and the norm binds {_told(norm)}"
            help = f"see who is bound: `the {subject.name}`?"
            yield Complaint(message, title_line(norm.span), f"norm {norm.id}", help)


def _subject(norm: Norm, labels: Mapping[v.Actor, _Label]) -> tuple[v.Actor, list[str]] | None:
    """Whom the sentence names right before the word of force, by the longest label that ends there; and its other words."""
    for match in words_in(norm.text) if norm.word != "is to" else ():
        if not has_word(match[0], norm.word) or _PASSIVE.match(norm.text, match.end()):
            continue
        words = list(all_words(norm.text[: match.start()]))
        before = [word for word in words if stems(word)]
        ended = [stems(word)[0] for word in before]
        found = [actor for actor, label in labels.items() if tuple(ended[-len(label) :]) == label]
        if found:
            subject = max(found, key=lambda actor: len(labels[actor]))
            size = len(labels[subject])
            ahead = words[: _start(words, before[-size:])]
            while ahead and ahead[-1] in _ARTICLES:
                ahead.pop()
            if not ahead or ahead[-1] not in _PREPOSITIONS:
                return subject, [*ended[:-size], "", *stems(norm.text[match.end() :])]
    return None


def _start(words: list[str], last: list[str]) -> int:
    """Where the last words that carry a meaning begin."""
    index, left = len(words), len(last)
    while left:
        index -= 1
        left -= bool(stems(words[index]))
    return index


def _is_named(bearer: _Label, subject: _Label, others: list[str]) -> bool:
    """Whether the other words of a sentence have the whole label of a bearer, or one word that sets it apart."""
    apart = [word for word in bearer if word not in subject]
    whole = any(tuple(others[index : index + len(bearer)]) == bearer for index in range(len(others)))
    return whole or any(related(word, frozenset(others)) for word in apart)


def _told(norm: Norm) -> str:
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
