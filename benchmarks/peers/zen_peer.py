"""The six norms in ZEN (`zen-engine`): a decision whose expression node has a key for each norm."""

from __future__ import annotations

import json
from typing import Any

import zen

from benchmarks.peers.facts import (
    DATES,
    LEADERSHIP_TERM_MONTHS,
    MEMBERS_REQUIRED,
    NEWLY_ESTABLISHED_MONTHS,
    PROMPT_DAYS,
    TODAY,
    records,
)
from benchmarks.peers.peer import Peer
from benchmarks.peers.rows import ROWS, verdict_frame


def duty(applies: str, satisfied: str) -> str:
    return f"not ({applies}) ? 'not_applicable' : ({satisfied}) ? 'met' : 'unmet'"


def permission(applies: str, act: str, provided: str = "true") -> str:
    return f"not ({applies}) ? 'not_applicable' : not ({act}) ? 'open' : ({provided}) ? 'used' : 'exceeded'"


DEADLINE = f"d(conditions_met_since).add({PROMPT_DAYS}, 'd')"
LATER = "d(conditions_met_since) > d(registered_on)"
EXPRESSIONS = {
    "8.1": duty(
        "formal_members >= 3",
        "has_party_organization and form_appropriate and approved and d(leadership_in_office_since)"
        f" >= d('{TODAY}').sub({LEADERSHIP_TERM_MONTHS}, 'M')",
    ),
    "8.2": permission(
        f"larger and numerous_member_units and formal_members < {MEMBERS_REQUIRED}",
        "has_party_organization and form == 'party_committee'",
        "approved and approving_committee_level in ['county', 'municipal', 'provincial', 'national']",
    ),
    "11.3": duty(
        f"formal_members >= 3 and {LATER} and (has_party_organization or d('{TODAY}') > {DEADLINE})",
        f"has_party_organization and d(established_on) <= {DEADLINE}",
    ),
    "11.4": duty(
        f"d(registered_on) >= d('{TODAY}').sub({NEWLY_ESTABLISHED_MONTHS}, 'M')"
        f" and formal_members >= 3 and not ({LATER})",
        "establishment_encouraged and establishment_facilitated",
    ),
    "17.2": duty("suitable_candidate_within", "secretary_position != 'from_outside'"),
    "17.4": permission("not suitable_candidate_within", "appointment_requested"),
}


def decision() -> dict[str, Any]:
    """The graph of the decision: input, the expressions, output. A key of ZEN has no dot."""
    expressions = [{"id": key(norm), "key": key(norm), "value": expression} for norm, expression in EXPRESSIONS.items()]
    return {
        "nodes": [
            {"id": "input", "type": "inputNode", "name": "organization"},
            {
                "id": "norms",
                "type": "expressionNode",
                "name": "norms",
                "content": {"expressions": expressions, "passThrough": False},
            },
            {"id": "output", "type": "outputNode", "name": "verdicts"},
        ],
        "edges": [
            {"id": "first", "sourceId": "input", "targetId": "norms", "type": "edge"},
            {"id": "second", "sourceId": "norms", "targetId": "output", "type": "edge"},
        ],
    }


def key(norm: str) -> str:
    return f"norm_{norm.replace('.', '_')}"


KEYS = {key(norm): norm for norm in EXPRESSIONS}
ENGINE = zen.ZenEngine({"loader": {"type": "static", "content": {"norms": decision()}}})
DECISION = ENGINE.create_decision(json.dumps(decision()))


def context(facts: dict[str, Any]) -> dict[str, Any]:
    """An organization as JSON has it: dates as text."""
    return {name: value.isoformat() if name in DATES else value for name, value in facts.items()}


def verdicts(answer: Any) -> dict[str, str]:
    return {KEYS[each]: value for each, value in answer["result"].items()}


def population(requests: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [verdicts(each["data"]) for each in ENGINE.evaluate_batch(requests)]


PEER = Peer(
    name="ZEN",
    unknowns=False,
    one=lambda facts: verdicts(DECISION.evaluate(context(facts))),
    native=lambda table: [{"key": "norms", "context": context(facts)} for facts in records(table)],
    population=population,
    frame=verdict_frame,
    limit=ROWS,
    remark="a batch of requests, few rows",
)
