"""How documents say the force of a norm: which words a sentence has, and whether it binds somebody."""

from __future__ import annotations

import re

#: How documents say each word of force; a bare imperative has no word of its own.
_WORDS = {
    "must": r"\bmust\b",
    "should": r"\bshould\b",
    "will": r"\bwill\b",
    "may": r"\b(may|can)\b",
    "is encouraged to": r"\bencouraged?\b",
}
_PATTERNS = {word: re.compile(pattern, re.IGNORECASE) for word, pattern in _WORDS.items()}
#: What must not be done, in the other words that documents have for it.
_FORBIDDEN = re.compile(r"\b(?:may not|shall not|can ?not)\b", re.IGNORECASE)
#: Of these words `will` alone also tells what is going to happen.
_BINDING = [pattern for word, pattern in _PATTERNS.items() if word != "will"]


def has_word(sentence: str, word: str) -> bool:
    """Whether a sentence has the word of a norm's force; always for a bare imperative, which has none.

    Args:
        word: as a norm has it: `must`, `should not`, `is encouraged to`, …
    """
    if word == "must not" and _FORBIDDEN.search(sentence):
        return True
    pattern = _PATTERNS.get(word.removesuffix(" not"))
    return pattern is None or pattern.search(sentence) is not None


def words_in(sentence: str) -> list[re.Match[str]]:
    """The words of force in a sentence, in its order."""
    found = [match for pattern in _PATTERNS.values() for match in pattern.finditer(sentence)]
    return sorted(found, key=lambda match: match.start())


def binds(sentence: str) -> bool:
    """Whether a sentence says that somebody must, should or may, or is encouraged."""
    return any(pattern.search(sentence) for pattern in _BINDING)
