"""What the tests of states share."""

from __future__ import annotations

import pytest

from sopb_rules.model.vocabulary import Vocabulary
from tests.states.vocabularies import small_vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return small_vocabulary()
