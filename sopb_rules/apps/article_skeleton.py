"""The skeleton of an article: its sentences to the letter, each as what its words make it look like.

Nothing is decided here that a person has to decide: what was found in a sentence stands in a comment above it, and where
something has still to be written stands the placeholder that the checker knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from sopb_rules.document import Document, Sentence
from sopb_rules.model.norms import sentence_of
from sopb_rules.model.numbering import numbered
from sopb_rules.model.unfinished import PLACEHOLDER
from sopb_rules.source import Source
from sopb_rules.syntax import tree as t
from sopb_rules.syntax.format import format_source
from sopb_rules.syntax.wrap import WIDTH

# The force of each word; those of two words are looked for first.
_FORCES = {
    "must not": "must not", "may not": "must not", "can not": "must not", "cannot": "must not",
    "should not": "should not", "will not": "should not",
    "must": "must", "should": "should", "will": "will", "may": "may", "can": "may",
    "encouraged": "is encouraged to", "encourage": "is encouraged to",
}  # fmt: skip
_FORCE = re.compile(rf"\b({'|'.join(_FORCES)})\b(?:\s+to\b)?", re.IGNORECASE)
# Words by which a sentence without a word of force tells how things are, and commands nothing; in a relative clause they
# tell of what is commanded.
_TELLING = re.compile(r"(?:(?!\b(?:that|which|who|whose|where)\b).)*?\b(?:is|are|was|were|has|have|had|includes?)\b")
# Behind the word of force: what stands before it is acted upon.
_WE = re.compile(r"\bwe\s+(?:\w+\s+)?$", re.IGNORECASE)
_PASSIVE = re.compile(r"\s+(?:\w+ly\s+|also\s+)?be\b")
# A line of a quote may end only at a single space, for the lines are joined by one.
_WORD = re.compile(r"(?<=\S) (?=\S)")

_HEAD = (
    "Written by `sopb new article {number}`: the sentences to the letter, and of the norms only what their words say. "
    "Decide for each sentence what it is: a norm, a case of a decision, a definition or a note; then write what belongs in "
    "the place of each `{placeholder}`, and examples. `sopb check` tells what is left."
)


@attrs.frozen
class Words:
    """Who and what can be named: the labels of roles and entities, each with its name."""

    roles: tuple[tuple[str, str], ...]
    entities: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, files: Iterable[t.PolicyFile]) -> Words:
        """The words that a vocabulary declares."""
        statements = [statement for file in files for statement in file.statements]
        roles = tuple(map(_labelled, (each for each in statements if isinstance(each, t.RoleDeclaration))))
        entities = tuple(map(_labelled, (each for each in statements if isinstance(each, t.EntityDeclaration))))
        return cls(roles, entities)

    def named_in(self, text: str) -> list[str]:
        """The names of roles and entities whose labels stand in a text, in its order; of two at one place the longer."""
        labelled = sorted({*self.roles, *self.entities}, key=lambda pair: (-len(pair[0]), pair))
        patterns = [_plural(label) for label, _ in labelled]
        if not patterns:
            return []
        found = re.finditer("|".join(rf"\b({pattern})\b" for pattern in patterns), text, re.IGNORECASE)
        return list(dict.fromkeys(labelled[(match.lastindex or 1) - 1][1] for match in found))

    def entity(self, names: Sequence[str]) -> str:
        """The first entity among some names; the only one that there is; or the placeholder."""
        entities = [name for _, name in self.entities]
        found = [name for name in names if name in entities] or (entities if len(entities) == 1 else [])
        return found[0] if found else PLACEHOLDER


def _labelled(node: t.RoleDeclaration | t.EntityDeclaration) -> tuple[str, str]:
    label = node.label.text if node.label is not None else node.name.text.replace("_", " ")
    return label.removeprefix("the "), node.name.text


def _plural(label: str) -> str:
    """A pattern for a label, also in the plural."""
    if label.endswith("y"):
        return re.escape(label[:-1]) + "(?:y|ies)"
    return re.escape(label) + "(?:s|es)?"


def quoted_sentences(files: Iterable[t.PolicyFile], document: Document) -> set[str]:
    """The numbers of the sentences that some statement has the number of, or quotes."""
    by_text = {sentence.text: sentence.id for sentence in document.sentences}
    found = [(id.text, quote) for file in files for id, what, quote in numbered(file) if what != "decision"]
    quoted = {by_text[quote.text] for _, quote in found if quote is not None and quote.text in by_text}
    return quoted | {sentence_of(id) for id, _ in found}


def article_skeleton(document: Document, number: int, files: Sequence[t.PolicyFile], header: bool = True) -> str:
    """What a drafter finds of an article: its sentences that no statement quotes yet, in the layout of `sopb fmt`.

    Args:
        document: has an article of this number.
        files: the policies that there are already, with a vocabulary.
        header: whether the article has none yet.
    """
    words, done = Words.of(files), quoted_sentences(files, document)
    own = {sentence.id: sentence for sentence in reversed(document.sentences) if sentence.article == number}
    missing = [sentence for sentence in reversed(own.values()) if sentence.id not in done]
    pieces = list(_skeletons(missing, words))
    if header:
        title = next(each.title for each in document.headings if each.number == number)
        head = comment(_HEAD.format(number=number, placeholder=PLACEHOLDER))
        pieces.insert(0, "\n".join([*head, f"article {number} {label(title)}"]) + "\n")
    return format_source(Source("skeleton.policy", "\n".join(pieces)))


def _skeletons(sentences: Iterable[Sentence], words: Words) -> Iterator[str]:
    """The skeletons of sentences; the first norm shows how an example is written."""
    first = True
    for sentence in sentences:
        match = _FORCE.search(sentence.text)
        if sentence.lead or (match is None and _TELLING.match(sentence.text)):
            yield _note(sentence)
        else:
            yield _norm(sentence, match, words, first)
            first = False


def _note(sentence: Sentence) -> str:
    told = "the lead phrase of an item" if sentence.lead else "no word of force, and it tells how things are"
    said = comment(f"{sentence.id}: {told}, so perhaps a note: `background`, `principle` or `aim`.")
    return "\n".join([*said, f"note {sentence.id} {PLACEHOLDER}", *bar_lines(sentence.text)]) + "\n"


def _norm(sentence: Sentence, match: re.Match[str] | None, words: Words, hints: bool) -> str:
    text = sentence.text
    word = _folded(match[1]) if match is not None else ""
    force = _FORCES[word] if word else "is to"
    named = words.named_in(text)
    bearer = _bearer(text, match, force, words)
    lines = [
        *_comment(sentence, match, named),
        f"norm {sentence.id} about {words.entity([bearer, *named])}",
        *bar_lines(text),
        *(["  # when …"] if hints else []),
        f"  the {bearer} {force}",
        f"    {label(_act(text[match.end() :]) if match is not None else _imperative(text))}",
        f"        {PLACEHOLDER}",
    ]
    if force == "may":
        lines += ["  provided", f"    {PLACEHOLDER}"]
    if hints:
        verdict = "used" if force == "may" else "met"
        lines += ["", '  # example "how it comes to be so"', "  #   given …", f"  #   then {sentence.id} is {verdict}"]
    return "\n".join(lines) + "\n"


def _bearer(text: str, match: re.Match[str] | None, force: str, words: Words) -> str:
    """Who stands directly before the word of force, and acts; who is encouraged may stand behind it."""
    if match is None or _PASSIVE.match(text, match.end()) or _WE.search(text, 0, match.start()):
        return PLACEHOLDER
    if force == "is encouraged to":
        return next(iter(words.named_in(text)), PLACEHOLDER)
    return next(reversed(words.named_in(text[: match.start()])), PLACEHOLDER)


def _comment(sentence: Sentence, match: re.Match[str] | None, named: Sequence[str]) -> list[str]:
    """What was found in a sentence."""
    if match is None:
        found = "no word of force, so `is to`, if it commands something"
    else:
        more = dict.fromkeys(_folded(each[1]) for each in _FORCE.finditer(sentence.text, match.end()))
        others = [f"“{word}”" for word in more if word != _folded(match[1])]
        found = f"it says “{match[1]}”" + (f", and then {' and '.join(others)}" if others else "")
    names = f"; it names {', '.join(named)}" if named else ""
    return comment(f"{sentence.id}: {found}{names}.")


def _folded(word: str) -> str:
    return " ".join(word.lower().split())


def _act(text: str) -> str:
    """The words behind the word of force, as a label."""
    return re.sub(r"""[.!?]["'”’)]*$""", "", text.strip(" ,;:—"))


def _imperative(text: str) -> str:
    """A bare imperative as a label: its first word is written small."""
    act = _act(text)
    return act[:1].lower() + act[1:] if act[1:2].islower() else act


def label(text: str) -> str:
    """A text in quotes; the plain quotation marks in it become typographic ones, in pairs."""
    parts = text.split('"')
    marks = [part + ("“" if index % 2 == 0 else "”") for index, part in enumerate(parts[:-1])]
    return f'"{"".join(marks)}{parts[-1]}"'


def bar_lines(text: str) -> list[str]:
    """A sentence in bar lines, to the letter."""
    return [f"  | {line}" for line in filled_lines(text, WIDTH - len("  | "))]


def comment(text: str) -> list[str]:
    """A text in comment lines."""
    return [f"# {line}" for line in filled_lines(text, WIDTH - len("# "))]


def filled_lines(text: str, width: int) -> list[str]:
    """A text in lines of some width, which joined by one space each are the text again."""
    lines: list[str] = []
    for word in _WORD.split(text):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
