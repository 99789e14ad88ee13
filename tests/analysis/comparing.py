"""Two versions of small policies, compared, and what is shown of them evaluated again in both ways."""

from __future__ import annotations

from collections.abc import Iterator

from sopb_rules.analysis.changes import Change, Comparison, Shown
from sopb_rules.analysis.stated import without_unknown
from sopb_rules.analysis.versions import compare_policies
from sopb_rules.model.load import compile_policies
from sopb_rules.model.norms import Norm
from sopb_rules.policy_set import PolicySet, subjects
from sopb_rules.source import Source
from sopb_rules.states.nodes import Mapping
from sopb_rules.states.read import build_state
from sopb_rules.states.records import State
from sopb_rules.states.yaml import parse_yaml

End = tuple[str, ...]


def policy_set(*files: str, name: str = "") -> PolicySet:
    """A policy set of some texts."""
    return PolicySet(compile_policies(Source(f"{name}{number}.policy", text) for number, text in enumerate(files)))


def read(policies: PolicySet, text: str) -> State:
    """A state of the comparison, as a version reads it."""
    node, diagnostics = parse_yaml(Source("state.yaml", text))
    assert isinstance(node, Mapping)
    assert not diagnostics
    keys = policies.model.judgement_keys
    known = without_unknown(node, policies.model.vocabulary, keys)
    return build_state(policies.model.vocabulary, [known], judgement_keys=keys)


def ends(policies: PolicySet, state: State) -> Iterator[tuple[str, str, End]]:
    """What norms and decisions come to: the path of the subject, the name, and the end; the same in both ways of evaluating."""
    today = state.as_of
    assert today is not None
    model = policies.model
    for statement in (*model.norms.values(), *model.decisions.values()):
        for record in subjects(state, statement.entity):
            found = []
            for reference in (True, False):
                if isinstance(statement, Norm):
                    finding = policies.find(statement, record, today, reference)
                    verdict, possible = finding.outcome.verdict.value, finding.outcome.possible
                    unknown = sorted(each.value for each in possible) if verdict == "unknown" else []
                    found.append((verdict, *unknown))
                else:
                    decided = policies.decide(statement, record, today, reference).outcome
                    found.append((decided.value or decided.verdict.value,))
            assert found[0] == found[1]
            yield record.path, statement.id if isinstance(statement, Norm) else statement.name, found[0]


def of(comparison: Comparison, name: str) -> Change:
    """What became of one statement."""
    return next(change for change in comparison.changes if change.name == name)


def confirmed(old: PolicySet, new: PolicySet, comparison: Comparison) -> int:
    """How many states show what they say they show; definitions are left to the replay."""
    confirmed = 0
    for change in comparison.changes:
        for shown in change.shown if change.kind != "definition" else ():
            was, is_ = (shown.old, *shown.old_possible), (shown.new, *shown.new_possible)
            assert was != is_
            assert (shown.subject, change.renamed or change.name, was) in set(ends(old, read(old, shown.state)))
            assert (shown.subject, change.name, is_) in set(ends(new, read(new, shown.state)))
            confirmed += 1
    return confirmed


__all__ = ["Shown", "compare_policies", "confirmed", "ends", "of", "policy_set", "read"]
