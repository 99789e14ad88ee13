"""The checker tells drafters' mistakes at their place, once, and says what to write; the README says what is counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sopb_rules.model.load import check
from sopb_rules.source import Source
from tests.corpus.reading import VOCABULARY, corpus
from tests.corpus.scoring import FLOORS, Score, score


@pytest.fixture(scope="module")
def whole() -> Score:
    return score(corpus())


def test_the_score_stays_above_its_floors(whole: Score, record_property: Callable[[str, object], None]) -> None:
    record_property("corpus", whole.table())
    report = "\n".join([*whole.misses(), "", whole.table()])
    for what, floor in FLOORS.items():
        assert whole.counts[what].percent >= floor, report


def test_no_message_names_a_token(whole: Score) -> None:
    assert not whole.tokens


def test_no_mistake_leads_to_an_exception(whole: Score) -> None:
    assert not whole.exceptions


def test_the_corpus_is_large(whole: Score) -> None:
    assert len(whole.results) >= 155
    assert whole.counts["right suggestion"].all >= 80
    assert all(1 <= len(each.told) <= 5 for each in whole.results)


def test_the_shared_vocabulary_has_no_mistake() -> None:
    assert check([Source("vocabulary.policy", VOCABULARY.read_text("utf-8"))])[1] == []
