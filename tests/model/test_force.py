"""Words of force, as sentences have them."""

from __future__ import annotations

import pytest

from sopb_rules.model.force import binds, has_word, words_in


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("It must be so.", "must"),
        ("It must not be so.", "must not"),
        ("It may not be so.", "must not"),
        ("It cannot be so.", "must not"),
        ("It can be so.", "may"),
        ("We encourage it.", "is encouraged to"),
        ("Do it.", "is to"),
        ("It WILL be so.", "will"),
    ],
)
def test_a_sentence_has_a_word(sentence: str, word: str) -> None:
    assert has_word(sentence, word)


@pytest.mark.parametrize(
    ("sentence", "word"), [("It should be so.", "must"), ("A mustard seed.", "must"), ("Do it.", "may")]
)
def test_a_sentence_lacks_a_word(sentence: str, word: str) -> None:
    assert not has_word(sentence, word)


def test_words_stand_in_the_order_of_the_sentence() -> None:
    assert [match[0] for match in words_in("They may, and should, where it must be.")] == ["may", "should", "must"]


def test_what_will_be_binds_nobody() -> None:
    assert binds("It can be so.")
    assert not binds("It will be so.")
