"""For each layer that makes something stricter: the policies with it, and as they would be without that."""

from __future__ import annotations

import datetime

import pytest

from sopb_rules.diagnostics import Code, RulesError
from sopb_rules.model.strictness import strictness_pairs
from sopb_rules.source import Source
from tests.model.reading import norm, sources
from tests.model.test_layers import layer
from tests.model.test_tighten import DOCUMENT, WHEN

LOW = layer(
    "low", "samples", f"set enough is 3\n\ntighten 8.1\n{WHEN}\n" + norm("low:1.1", "the organization should\n  fit")
)
MIDDLE = layer(
    "middle",
    "low",
    "facts of organization\n  sports  yes/no\n\n" + norm("middle:1.1", "the organization must\n  sports"),
)
HIGH = layer(
    "high",
    "middle",
    "set enough is 5\n\ntighten low:1.1\n  | All.\n  the organization must\n    fit and sports\n\ntighten 8.1\n  | x\n  when active\n",
)


def test_a_pair_for_each_layer_that_makes_something_stricter() -> None:
    low, high = strictness_pairs([*sources(DOCUMENT), HIGH, MIDDLE, LOW])
    assert [(low.layer.layer), (high.layer.layer)] == ["low", "high"]
    assert [each.said for each in low.restatements] == ["tighten 8.1"]
    assert [(each.name, each.is_norm, each.said) for each in high.restatements] == [
        ("enough", False, "set enough"), ("low:1.1", True, "tighten low:1.1"), ("8.1", True, "tighten 8.1"),
    ]  # fmt: skip
    assert [each.place.text for each in high.restatements] == ["enough", "low:1.1", "8.1"]
    assert high.restatements[1].span.text.startswith("tighten low:1.1")


def test_both_of_a_pair_have_the_same_norms_and_none_of_the_layers_above() -> None:
    low, high = strictness_pairs([*sources(DOCUMENT), HIGH, MIDDLE, LOW])
    for pair, count in ((low, 1), (high, 3)):
        assert list(pair.without.norms) == list(pair.whole.norms)
        assert len(pair.without.measures) == len(pair.whole.measures) == count
        assert {name: list(each.facts) for name, each in pair.without.vocabulary.entities.items()} == {
            name: list(each.facts) for name, each in pair.whole.vocabulary.entities.items()
        }
    assert "middle:1.1" not in low.whole.norms


def test_without_what_a_layer_makes_stricter_the_layers_below_still_count() -> None:
    low, high = strictness_pairs([*sources(DOCUMENT), HIGH, MIDDLE, LOW])
    day = datetime.date(2026, 11, 1)
    assert (low.without.norms["8.1"].layer, low.whole.norms["8.1"].layer) == ("", "low")
    assert (high.without.norms["8.1"].layer, high.whole.norms["8.1"].layer) == ("low", "high")
    assert (high.without.norms["low:1.1"].force, high.whole.norms["low:1.1"].force) == ("should", "must")
    # What is set for the first time counts on both sides.
    assert (low.without.parameters["enough"].on(day), low.whole.parameters["enough"].on(day)) == (3, 3)
    assert (high.without.parameters["enough"].on(day), high.whole.parameters["enough"].on(day)) == (3, 5)


def test_where_nothing_is_made_stricter_there_is_no_pair() -> None:
    assert strictness_pairs(sources(DOCUMENT)) == []
    assert strictness_pairs([*sources(DOCUMENT), layer("low", "samples", "set enough is 3\n"), layer("b", "low")]) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("tighten 8.9\n  | x\n  when active\n", Code.UNKNOWN_NORM), ("tighten\n", Code.UNEXPECTED)],
)
def test_what_has_errors_has_no_pairs(text: str, code: Code) -> None:
    with pytest.raises(RulesError) as raised:
        strictness_pairs([*sources(DOCUMENT), Source("a.policy", f'measures a "A" under samples\n\n{text}')])
    assert [each.code for each in raised.value.diagnostics] == [code]
