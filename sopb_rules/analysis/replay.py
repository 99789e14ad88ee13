"""Witnesses: states that the solver found, written as state files, read again, and held against the reference evaluator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from sopb_rules.analysis.asked import name_of
from sopb_rules.analysis.decode import Draft, StateDraft, record_at
from sopb_rules.analysis.questions import Witness
from sopb_rules.analysis.world import Place
from sopb_rules.diagnostics import RulesError
from sopb_rules.model.norms import Decision, Definition, Norm, Policies, Statement
from sopb_rules.predicates.evaluate import Environment, evaluate_decision, evaluate_norm, truth
from sopb_rules.predicates.verdicts import Verdict
from sopb_rules.source import Source
from sopb_rules.states.nodes import Node
from sopb_rules.states.read import build_state
from sopb_rules.states.records import Record, State
from sopb_rules.states.writing import yaml_text
from sopb_rules.states.yaml import parse_yaml


class Mismatch(Exception):  # noqa: N818 - what it is, and no error of the user
    """The solver and the reference evaluator disagree: a mistake of ours; the text says in what."""


@attrs.frozen
class Claim:
    """What a statement comes to in a witness: one of some verdicts or values, for the record at a place."""

    statement: Statement
    place: Place
    outcomes: tuple[str, ...]

    def of(self, state: State) -> str:
        """What the reference evaluator says; "" where the record is not there."""
        record = record_at(state, self.place)
        return "" if record is None else outcome(self.statement, record, state)

    def holds(self, state: State) -> bool:
        """Whether the reference evaluator says so too."""
        return self.of(state) in self.outcomes


def outcome(statement: Statement, record: Record, state: State) -> str:
    """What a statement comes to by the reference evaluator: a verdict, a value, or for a definition `yes` or `no`."""
    today = state.as_of
    assert today is not None
    match statement:
        case Norm():
            return evaluate_norm(statement, record, today).verdict.value
        case Decision():
            decided = evaluate_decision(statement, record, today)
            return decided.value if decided.value is not None else decided.verdict.value
        case Definition():
            found = truth(statement.condition, Environment({statement.variable: record}, today))
            return {True: "yes", False: "no", None: Verdict.UNKNOWN.value}[found]


def witness(policies: Policies, draft: StateDraft, claims: Iterable[Claim]) -> Witness:
    """The witness that a state is, with nothing in it that could be left out.

    Raises:
        Mismatch: the reference evaluator does not confirm a claim.
    """
    claims = list(claims)
    state = read_again(policies, draft)
    for claim in claims:
        if not claim.holds(state):
            found = claim.of(state) or "no record"
            wanted = " or ".join(claim.outcomes)
            message = f"the solver says that {name_of(claim.statement)} comes to {wanted}, the evaluator says {found}"
            raise Mismatch(f"{message}, in this state:\n{yaml_text(draft.node())}")
    shortened(draft, lambda: _shows(policies, draft, claims))
    state = read_again(policies, draft)
    first = record_at(state, claims[0].place)
    assert first is not None
    outcomes = []
    for claim in claims:
        record = record_at(state, claim.place)
        assert record is not None
        outcomes.append((record.path, name_of(claim.statement), claim.of(state)))
    return Witness(yaml_text(draft.node()), first.path, tuple(outcomes))


def read_again(policies: Policies, draft: StateDraft) -> State:
    """The state that the text of a draft gives.

    Raises:
        Mismatch: the text is refused.
    """
    text = yaml_text(draft.node())
    node, diagnostics = parse_yaml(Source("witness.yaml", text))
    try:
        if node is None or diagnostics:
            raise RulesError(list(diagnostics))
        return _state(policies, node)
    except RulesError as error:
        raise Mismatch(f"a state of the solver cannot be read: {error}\n{text}") from None


def _state(policies: Policies, node: Node) -> State:
    return build_state(policies.vocabulary, [node], judgement_keys=policies.judgement_keys)


def _shows(policies: Policies, draft: StateDraft, claims: Iterable[Claim]) -> bool:
    try:
        state = _state(policies, draft.node())
    except RulesError:
        return False
    return all(claim.holds(state) for claim in claims)


def shortened(draft: StateDraft, shows: Callable[[], bool]) -> None:
    """Leave out of a draft what it does not need to show something."""
    for name in list(draft.lists):
        _without(draft.lists, name, shows)
    for drafts in draft.lists.values():
        _fewer(drafts, shows)
    for record in draft.records():
        for name in list(record.facts):
            _without(record.facts, name, shows)
        for key in list(record.judgements):
            _without(record.judgements, key, shows)
        for value in record.facts.values():
            if isinstance(value, list):
                _fewer(value, shows)


def _without(owner: dict[str, Any], name: str, shows: Callable[[], bool]) -> None:
    kept = dict(owner)
    del owner[name]
    if not shows():
        owner.clear()
        owner.update(kept)


def _fewer(drafts: list[Draft], shows: Callable[[], bool]) -> None:
    """Leave out records: as many as can be at once first, since a list may have dozens that nothing needs."""
    size = len(drafts)
    while size:
        start = 0
        while start < len(drafts):
            kept = list(drafts)
            del drafts[start : start + size]
            if not shows():
                drafts[:] = kept
                start += size
        size //= 2
