"""Situations of Cedar's tutorials and tests of its analysis, with the answers that stand there.

Those below `cedar-lean-cli/` come from https://github.com/cedar-policy/cedar-spec, those below `cedar-policy-symcc/` and
`cedar-policy-cli/` from https://github.com/cedar-policy/cedar, and those below `cedar-analysis-mcp-server/` from
https://github.com/cedar-policy/cedar-examples. What is a `permit` there is a permission or a definition here, a `forbid`
is a prohibition, and what is denied by default is forbidden unless a definition allows it. “Applies to no requests” is
never applying or always being false, “always allows” is always being true, a `forbid` that is shadowed is implied, and a
`permit` that is overridden permits what is forbidden. Patterns like `"a*"` have no counterpart here; where a situation
is about which patterns lie within which others, numbers with a lower bound do the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from sopb_rules.analysis.questions import Kind, Question, Status
from sopb_rules.analysis.versions import Sort, compare
from sopb_rules.diagnostics import Code, RulesError
from tests.analysis.cedar_pairs import PAIRS, Pair
from tests.analysis.cedar_sets import SETS
from tests.analysis.cedar_words import define, facts
from tests.analysis.situations import (
    DAY,
    Facts,
    Situation,
    answered,
    asked,
    outcomes,
    policy_set,
    replayed,
    status,
    tried,
)


@pytest.mark.parametrize(("situation", "stated", "expected"), tried(SETS))
def test_a_request_comes_to_what_it_comes_to_there(
    situation: Situation, stated: Facts, expected: Mapping[str, str]
) -> None:
    policies = situation.policies
    came = outcomes(policies, policies.state({"request": [{"id": "r", **stated}]}), DAY)
    assert {name: came["request[r]", name] for name in expected} == expected


@pytest.mark.parametrize(("situation", "question", "expected"), asked(SETS))
def test_the_analysis_finds_what_is_found_there(situation: Situation, question: Question, expected: Status) -> None:
    assert status(situation.policies, question) is expected


@pytest.mark.parametrize(
    ("situation", "question", "expected"),
    [each for each in asked(SETS) if each.values[1].kind is Kind.FORBIDS_PERMITTED and each.values[2] is Status.FOUND],  # type: ignore[union-attr, index]
)
def test_a_state_shows_what_is_permitted_and_forbidden(
    situation: Situation, question: Question, expected: Status, tmp_path: Path
) -> None:
    (answer,) = answered(situation.policies, question)
    assert answer.witness is not None
    came = replayed(situation.policies, answer, tmp_path)
    permission, prohibition = question.ids
    assert (came[answer.witness.subject, permission], came[answer.witness.subject, prohibition]) == ("used", "unmet")


# ---- two versions -------------------------------------------------------------------------------------------

NAMES = [each.source for each in PAIRS]


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_requests_are_allowed_by_the_versions_that_allow_them(pair: Pair) -> None:
    expected = {"only_old": ("not_applicable", "unmet"), "only_new": ("unmet", "not_applicable")}
    for name, stated in (("only_old", pair.only_old), ("only_new", pair.only_new), ("both", pair.both)):
        if stated is None:
            continue
        request = {"request": [{"id": "r", "done": True, **stated}]}
        together = pair.in_one_set
        assert outcomes(together, together.state(request), DAY)["request[r]", name] == "yes"
        versions = (pair.version(pair.old), pair.version(pair.new))
        came = tuple(outcomes(each, each.state(request), DAY)["request[r]", "1.1"] for each in versions)
        assert came == expected.get(name, ("not_applicable", "not_applicable"))


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_one_set_tells_how_two_conditions_differ(pair: Pair) -> None:
    policies = pair.in_one_set
    for name, stated in (("only_old", pair.only_old), ("only_new", pair.only_new), ("both", pair.both)):
        expected = Status.FOUND if stated is None else Status.CLEAR
        assert status(policies, Question(Kind.ALWAYS_FALSE, (f"request.{name}",))) is expected, name


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_versions_are_compared_as_they_are_there(pair: Pair) -> None:
    change = compare(pair.version(pair.old), pair.version(pair.new), "1.1")
    assert (change.stricter is not None) is (pair.only_old is not None)
    assert (change.laxer is not None) is (pair.only_new is not None)
    same = pair.only_old is None and pair.only_new is None
    assert change.equivalent is (same and not pair.unknown)
    assert (change.sort is Sort.UNKNOWN) is pair.unknown


# ---- never errors -------------------------------------------------------------------------------------------


def test_what_may_not_be_there_is_not_read_unguarded() -> None:
    """cedar-policy-cli/sample-data/sandbox_b/README.md: an owner that is optional has to be checked before it is read.

    There a policy may err, which the analysis is asked about (`check_never_errors`); here such a policy is refused.
    """
    vocabulary = facts("principal text", "owner optional text", "private yes/no")
    with pytest.raises(RulesError) as refused:
        policy_set(vocabulary, define("allowed", "not private or owner is principal"))
    assert [diagnostic.code for diagnostic in refused.value.diagnostics] == [Code.UNGUARDED]
    policies = policy_set(vocabulary, define("allowed", "not private or (owner exists and owner is principal)"))
    state = policies.state({"request": [{"id": "r", "principal": "a", "owner": None, "private": True}]})
    assert outcomes(policies, state, DAY)["request[r]", "allowed"] == "no"
