"""Ways to read a state in a test: from YAML text, or as the one mistake in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sopb_rules.diagnostics import Code, Diagnostic, RulesError
from sopb_rules.model.vocabulary import Vocabulary
from sopb_rules.source import Source
from sopb_rules.states.judgements import JudgementKeys
from sopb_rules.states.mistakes import Mistakes
from sopb_rules.states.read import build_state, check_state
from sopb_rules.states.records import Record, State
from sopb_rules.states.yaml import parse_yaml


def state_of(vocabulary: Vocabulary, text: str, keys: JudgementKeys | None = None) -> State:
    """The state that a YAML text states."""
    node, diagnostics = parse_yaml(Source("state.yaml", text))
    mistakes = Mistakes()
    mistakes.extend(diagnostics)
    return check_state(vocabulary, [] if node is None else [node], None, keys, mistakes)


def organization(vocabulary: Vocabulary, facts: str, keys: JudgementKeys | None = None) -> Record:
    """The organization `o` with the facts, each on a line of its own, and the region `east`."""
    lines = "".join(f"    {line}\n" for line in facts.splitlines())
    text = f"organization:\n  - id: o\n{lines}region:\n  - id: east\n"
    (record,) = state_of(vocabulary, text, keys).lists["organization"] or ()
    return record


def python_organization(vocabulary: Vocabulary, **facts: object) -> Record:
    """The organization `o` with the facts, from Python values."""
    state = build_state(vocabulary, [{"organization": [{"id": "o", **facts}], "region": [{"id": "east"}]}])
    (record,) = state.lists["organization"] or ()
    return record


def mistakes(read: Callable[[], object]) -> tuple[Diagnostic, ...]:
    """All the mistakes that reading tells of."""
    with pytest.raises(RulesError) as caught:
        read()
    return caught.value.diagnostics


def mistake(code: Code, read: Callable[[], object]) -> Diagnostic:
    """The only mistake that reading tells of, which has the code."""
    found = mistakes(read)
    assert [each.code for each in found] == [code], "\n".join(map(str, found))
    return found[0]
