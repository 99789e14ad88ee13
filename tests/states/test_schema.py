"""The JSON Schema of state files: valid itself, and of one mind with the checker."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sopb_rules.diagnostics import RulesError
from sopb_rules.model.vocabulary import Vocabulary
from sopb_rules.source import Source
from sopb_rules.states.nodes import Mapping, Node, Scalar, Sequence
from sopb_rules.states.schema import json_schema
from sopb_rules.states.yaml import parse_yaml
from tests.states.reading import state_of
from tests.states.vocabularies import FULL, small_vocabulary

KEYS = {"organization": {"8.3 (a)": "Is it prompt?"}}


def as_an_editor_sees_it(text: str) -> Any:
    """The data of a YAML text by the core schema of YAML 1.2: `yes` and dates are texts."""
    node, diagnostics = parse_yaml(Source("f.yaml", text))
    assert node is not None
    assert not diagnostics
    return _data(node)


def _data(node: Node) -> Any:
    match node:
        case Scalar(text, True) if text in ("null", "~", ""):
            return None
        case Scalar(text, True) if text.lower() in ("true", "false"):
            return text.lower() == "true"
        case Scalar(text, True) if re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?", text):
            return json.loads(text)
        case Scalar(text, _):
            return text
        case Mapping(entries):
            return {key.text: _data(value) for key, value in entries}
        case Sequence(items):
            return [_data(item) for item in items]
    raise AssertionError(node)


def valid(vocabulary: Vocabulary, text: str, keys: Any = None) -> bool:
    validator: Any = Draft202012Validator(json_schema(vocabulary, keys))
    return bool(validator.is_valid(as_an_editor_sees_it(text)))


def test_the_schema_is_a_schema(vocabulary: Vocabulary) -> None:
    for schema in (json_schema(vocabulary), json_schema(vocabulary, KEYS)):
        Draft202012Validator.check_schema(schema)
        assert json.loads(json.dumps(schema)) == schema


def test_a_full_state_is_valid(vocabulary: Vocabulary) -> None:
    assert valid(vocabulary, FULL)
    assert valid(vocabulary, FULL.replace("8.3(a)", "8.3 (a)"), KEYS)


def test_labels_stand_in_the_schema(vocabulary: Vocabulary) -> None:
    schema = json_schema(vocabulary, KEYS)
    definitions = schema["$defs"]
    assert definitions["kind.organization_kind"]["anyOf"][0] == {"const": "social_group", "title": "social group"}
    properties = definitions["entity.organization"]["properties"]
    assert properties["formal_members"]["title"] == "formal members"
    assert properties["judgements"]["properties"]["8.3 (a)"]["title"] == "Is it prompt?"
    assert "organizations" not in definitions["entity.region"]["properties"]


ONE = "organization:\n  - id: o\n    {}\nregion:\n  - id: east\n"


@pytest.mark.parametrize(
    "facts",
    [
        "formal_members: 0", "score: -2.5", "member_share: 12.5%", "dues: 500", "dues: 500 yuan", "notice: 1 day",
        "term: 2 years", "term: 1 year 6 months", "term: 3 months", "dissolved: yes", "dissolved: true",
        "reported_on: 2026-01-01", "reported_on: null", "reported_on: absent", "motto: absent", "name: 5",
        "formal_members: unknown", "changes: []", "changes: [{kind: foundation}]", "changes: unknown",
        "party_organization: absent", "party_organization: {approved: no}", "region: east", "aligned: unknown",
        "aligned: {value: unknown, by: X, on: 2026-01-01}",
    ],
)  # fmt: skip
def test_what_the_checker_accepts_is_valid(vocabulary: Vocabulary, facts: str) -> None:
    assert state_of(vocabulary, ONE.format(facts)).lists["organization"]
    assert valid(vocabulary, ONE.format(facts))


@pytest.mark.parametrize(
    "facts",
    [
        "formal_members: -1", "formal_members: 2.5", "formal_members: '5'", "formal_members: absent", "score: '5'",
        "score: 1000000000000000000000000000000", "member_share: 40", "member_share: many", "dues: 500 euro",
        "notice: 30", "notice: 3 months", "term: 6", "term: 30 days", "dissolved: maybe", "dissolved: 1",
        "registered_on: 2026-13-01", "registered_on: 2026-1-1", "registered_on: 2026-01-01T10:00",
        "registered_on: null", "name: ''", "kind: bank", "changes: null", "changes: {kind: foundation}",
        "changes: [{knd: foundation}]", "party_organization: yes", "party_organization: []", "register: null",
        "region: {id: east}", "region: null", "aligned: yes", "aligned: {value: yes, by: X}", "zzz: 1",
        "aligned: {value: yes, by: X, on: 2026-01-01, at: Y}", "judgements: {8.3 (a): yes}", "judgements: []",
    ],
)  # fmt: skip
def test_what_the_checker_refuses_in_shape_is_invalid(vocabulary: Vocabulary, facts: str) -> None:
    with pytest.raises(RulesError):
        state_of(vocabulary, ONE.format(facts))
    assert not valid(vocabulary, ONE.format(facts))


@pytest.mark.parametrize(
    "text",
    ["organisation: []", "party_organization: []", "region: {id: a}", "region: [{name: A}]", "region: null", "[]",
     "as_of: soon", "region: [{id: unknown}]", "region: [{id: ' a'}]", "region: [{id: a, organizations: []}]"],
)  # fmt: skip
def test_shapes_of_states(vocabulary: Vocabulary, text: str) -> None:
    with pytest.raises(RulesError):
        state_of(vocabulary, text)
    assert not valid(vocabulary, text)


def test_unknown_judgement_keys_are_invalid(vocabulary: Vocabulary) -> None:
    text = ONE.format("judgements: {8.3 (b): unknown}")
    assert valid(vocabulary, text)
    assert not valid(vocabulary, text, KEYS)


def test_without_a_currency_amounts_are_numbers() -> None:
    vocabulary = small_vocabulary(currency=None)
    assert valid(vocabulary, ONE.format("dues: 500"))
    assert not valid(vocabulary, ONE.format("dues: 500 yuan"))
