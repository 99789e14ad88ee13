"""A state means the same in Python, in JSON and in YAML."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st

from sopb_rules.model import vocabulary as v
from sopb_rules.policy_set import PolicySet
from sopb_rules.source import Source
from sopb_rules.states.files import parse_state
from sopb_rules.states.read import check_state
from sopb_rules.states.stating import UNKNOWN
from sopb_rules.testing.strategies import policy_sets, states
from tests.properties.support import fewer, slots, without_places


@fewer
@given(st.data())
def test_python_json_and_yaml_give_the_same_report(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    plain = data.draw(states(policies))
    for slot in list(slots(policies.model, plain)):  # JSON has no word for a text that is unknown or absent
        if isinstance(slot.of, v.Fact) and isinstance(slot.of.type, v.Text) and slot.data.get(slot.key) is UNKNOWN:
            del slot.data[slot.key]
    expected = without_places(policies.evaluate(plain).as_dict())
    for name, text in (("state.json", _json(plain)), ("state.yaml", "\n".join(_yaml(plain, 0)) + "\n")):
        note(text)
        assert without_places(_evaluated(policies, name, text)) == expected, name


def _evaluated(policies: PolicySet, name: str, text: str) -> dict[str, Any]:
    node, diagnostics = parse_state(Source(name, text))
    assert not diagnostics, "\n".join(map(str, diagnostics))
    assert node is not None
    state = check_state(policies.model.vocabulary, [node], judgement_keys=policies.model.judgement_keys)
    return policies.evaluate(state).as_dict()


def _json(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)}: {_json(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_json, value)) + "]"
        case datetime.date():
            return f'"{value.isoformat()}"'
        case Decimal():
            return format(value, "f")
        case _ if value is UNKNOWN:
            return '"unknown"'
        case _:
            return json.dumps(value, ensure_ascii=False)


def _yaml(value: dict[str, Any], indent: int) -> list[str]:
    """The lines of a mapping in block style."""
    lines = []
    for key, each in value.items():
        start = f"{' ' * indent}{json.dumps(key) if ' ' in key else key}:"
        if isinstance(each, dict) and each:
            lines += [start, *_yaml(each, indent + 2)]
        elif isinstance(each, list) and each:
            lines.append(start)
            for element in each:
                inner = _yaml(element, indent + 4) or [" " * (indent + 4) + "{}"]
                inner[0] = f"{' ' * (indent + 2)}- {inner[0].strip()}"
                lines += inner
        else:
            lines.append(f"{start} {_yaml_scalar(each)}")
    return lines


def _yaml_scalar(value: Any) -> str:
    if value is None:
        return "absent"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value if value.endswith(("%", "days", "months")) else json.dumps(value, ensure_ascii=False)
    return "unknown" if value is UNKNOWN else str(value) if isinstance(value, datetime.date) else _json(value)
