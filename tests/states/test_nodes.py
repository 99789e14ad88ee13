"""Python objects as trees."""

from __future__ import annotations

import datetime
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from enum import Enum

import attrs
import pytest

from sopb_rules.diagnostics import Code
from sopb_rules.model.vocabulary import Vocabulary
from sopb_rules.states import nodes
from sopb_rules.states.nodes import Refused, Scalar, Sequence, fact_name, from_python, python_name, quoted
from sopb_rules.states.read import build_state
from tests.states.reading import mistake, python_organization


def test_values_keep_their_types() -> None:
    assert from_python([True, 5, "5", None]) == Sequence(
        (
            Scalar("true", plain=True, value=True),
            Scalar("5", plain=True),
            Scalar("5", plain=False),
            Scalar("null", plain=True),
        )
    )


def test_trees_stay_as_they_are() -> None:
    tree = Sequence((Scalar("x", plain=True),))
    assert from_python(tree) is tree


def test_any_attrs_object_is_a_group_of_facts(vocabulary: Vocabulary) -> None:
    @attrs.frozen
    class Mine:
        approved: bool

    assert python_organization(vocabulary, register=Mine(True)).get("register").get("approved") is True


def test_subclasses_of_plain_types_count_as_those(vocabulary: Vocabulary) -> None:
    class Kind(str, Enum):  # noqa: UP042
        FOUNDATION = "foundation"

    assert python_organization(vocabulary, kind=Kind.FOUNDATION).get("kind") == "foundation"
    record = python_organization(vocabulary, register=OrderedDict(approved=True))
    assert record.get("register").get("approved") is True


def test_a_circle_is_too_deep(vocabulary: Vocabulary) -> None:
    circle: list[object] = []
    circle.append(circle)
    node = from_python(circle)
    for _ in range(nodes.DEPTH_LIMIT):
        assert isinstance(node, Sequence)
        (node,) = node.items
    assert isinstance(node, Refused)
    assert node.mistake is not None
    assert node.mistake.code is Code.STATE_TOO_DEEP
    mistake(Code.STATE_SHAPE, lambda: build_state(vocabulary, [circle]))


def test_a_shared_object_does_not_unfold_without_end(monkeypatch: pytest.MonkeyPatch, vocabulary: Vocabulary) -> None:
    monkeypatch.setattr(nodes, "NODE_LIMIT", 10_000)
    bomb: list[object] = []
    for _ in range(40):
        bomb = [bomb, bomb]
    mistake(Code.STATE_SHAPE, lambda: build_state(vocabulary, [{"region": [{"id": "a", "has_office": bomb}]}]))
    found = from_python([bomb, bomb])
    assert isinstance(found, Sequence)


def test_a_mapping_that_fails_is_told(vocabulary: Vocabulary) -> None:
    class Broken(Mapping[str, object]):
        def __getitem__(self, key: str) -> object:
            raise RuntimeError

        def __iter__(self) -> Iterator[str]:
            raise RuntimeError

        def __len__(self) -> int:
            return 1

    found = mistake(Code.STATE_SHAPE, lambda: python_organization(vocabulary, register=Broken()))
    assert "`Broken`" in found.message


@pytest.mark.parametrize("value", [b"x", {1}, object(), range(3), iter([]), 1j, datetime.time(1)])
def test_objects_that_cannot_be_stated(vocabulary: Vocabulary, value: object) -> None:
    found = mistake(Code.STATE_WRONG_VALUE, lambda: python_organization(vocabulary, changes=value))
    assert f"`{type(value).__name__}`" in found.message
    assert found.where == "organization[o].changes"


def test_names_of_python_keywords() -> None:
    for fact, attribute in (("class", "class_"), ("self", "self_"), ("kind", "kind"), ("kind_", "kind_")):
        assert python_name(fact) == attribute
        assert fact_name(attribute) == fact


def test_quoted_texts_are_short_and_harmless() -> None:
    assert quoted("a\nb\x1b[31m") == "`a b�[31m`"
    assert quoted("x" * 100) == "`" + "x" * 60 + "…`"


def test_what_a_reader_of_yaml_1_1_makes_of_on_is_the_day_of_a_judgement() -> None:
    node = from_python({"value": True, True: "2026-05-01"})
    assert isinstance(node, nodes.Mapping)
    assert [key.text for key, _ in node.entries] == ["value", "on"]
