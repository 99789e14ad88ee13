"""Records and states as the evaluator sees them."""

from __future__ import annotations

import gc
import weakref

from sopb_rules.model.vocabulary import Vocabulary
from sopb_rules.states.records import ABSENT, blank, own_facts, record_classes
from tests.states.reading import organization, state_of
from tests.states.vocabularies import FULL, small_vocabulary


def test_classes_are_made_once_for_a_vocabulary(vocabulary: Vocabulary) -> None:
    assert record_classes(vocabulary) is record_classes(vocabulary)
    assert type(organization(vocabulary, "class: 1")) is record_classes(vocabulary)["organization"]


def test_a_vocabulary_is_not_kept_alive_by_its_classes() -> None:
    vocabulary = small_vocabulary()
    record_classes(vocabulary)
    watched = weakref.ref(vocabulary)
    del vocabulary
    gc.collect()
    assert watched() is None


def test_facts_are_slots(vocabulary: Vocabulary) -> None:
    record = organization(vocabulary, "class: 1\nreported_on: absent")
    assert record.f_class == 1  # type: ignore[attr-defined]
    assert record.get("reported_on") is ABSENT
    assert own_facts(record) == {"class": 1, "reported_on": ABSENT}
    assert not hasattr(record, "__dict__")
    assert not record.hypothetical


def test_names_that_reports_print(vocabulary: Vocabulary) -> None:
    state = state_of(vocabulary, FULL)
    first, second = state.lists["organization"] or ()
    assert [each.display for each in (first, second)] == ["Riverside Foundation", "17"]
    assert first.get("register").display == "organization[riverside].register"
    assert repr(first) == "<organization[riverside]>"


def test_a_blank_record_knows_nothing_and_where_it_would_stand(vocabulary: Vocabulary) -> None:
    record = organization(vocabulary, "class: 1")
    fact = record.entity.facts["party_organization"]
    empty = blank(vocabulary.entities["party_organization"], record, fact)
    assert empty.hypothetical
    assert own_facts(empty) == {}
    assert empty.path == "organization[o].party_organization"


def test_all_records_are_known_only_where_every_list_is_stated(vocabulary: Vocabulary) -> None:
    change, region = vocabulary.entities["change"], vocabulary.entities["region"]
    assert state_of(vocabulary, "region: []").all_records(change) is None
    assert state_of(vocabulary, "region: []").all_records(region) == ()
    assert state_of(vocabulary, "organization: [{id: a, changes: [{}]}, {id: b}]").all_records(change) is None
    state = state_of(vocabulary, "organization: [{id: a, changes: [{}, {}]}, {id: b, changes: []}]")
    assert len(state.all_records(change) or ()) == 2
