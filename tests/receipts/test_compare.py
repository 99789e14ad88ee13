"""A receipt held against a new evaluation: what counts as a difference, and what does not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopb_rules import PolicySet, Replay, load_policies
from sopb_rules.receipts.compare import Change, FileChange
from sopb_rules.receipts.receipt import receipt_of
from sopb_rules.testing.strategies import policy_sets, states
from tests.apps import sample
from tests.properties.support import few
from tests.receipts.conftest import DAY

Json = dict[str, Any]


def replayed(policies: PolicySet, receipt: Json, state: Path) -> Replay:
    return policies.replay(receipt, policies.read_state(state))


def rewrite(file: Path, change: Callable[[str], str]) -> None:
    file.write_text(change(file.read_text("utf-8")), encoding="utf-8")


@few
@given(st.data())
def test_an_evaluation_that_is_made_again_comes_to_the_same(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    plain = data.draw(states(policies))
    saved = json.loads(json.dumps(policies.evaluate(plain).as_dict()))
    replay = policies.replay(saved, plain)
    assert replay.same, replay.as_dict()
    assert replay.as_dict()["differences"] == []


@few
@given(st.data())
def test_another_state_differs_in_what_is_found_only_if_a_report_does(data: st.DataObject) -> None:
    policies = data.draw(policy_sets())
    first, second = data.draw(states(policies)), data.draw(states(policies))
    second["as_of"] = first["as_of"]
    one, other = policies.evaluate(first), policies.evaluate(second)
    replay = policies.replay(one.as_dict(), second)
    outcomes = [
        {(f.norm, f.subject.path): (f.verdict, f.possible, f.applies, f.clauses) for f in report.findings}
        | {(d.decision, d.subject.path): (d.verdict, d.value, d.possible) for d in report.decisions}
        for report in (one, other)
    ]
    differ = {key for key in outcomes[0].keys() | outcomes[1] if outcomes[0].get(key) != outcomes[1].get(key)}
    told = {(each.entry.name, each.entry.subject) for each in replay.differences if each.entry.kind != "standing"}
    assert differ <= told  # a case of a decision may become active without changing what it comes to
    assert {name for name, _ in told - differ} <= set(policies.decisions)


def test_a_receipt_object_serves_as_well(policies: PolicySet, receipt: Json, state: Path) -> None:
    assert policies.replay(receipt_of(receipt), policies.read_state(state)).same


def test_a_place_that_moved_is_no_difference(policies: PolicySet, receipt: Json, state: Path) -> None:
    rewrite(state, lambda text: "# a remark\n\n" + text.replace("county", '"county"'))
    replay = replayed(policies, receipt, state)
    assert replay.same
    assert replay.files == (FileChange(state.as_posix(), "changed"),)


def test_a_fact_that_changes_no_verdict_is_told_as_another_state(
    policies: PolicySet, receipt: Json, state: Path
) -> None:
    rewrite(state, lambda text: text.replace("formal_members: 12", "formal_members: 13"))
    replay = replayed(policies, receipt, state)
    assert not replay.same
    assert replay.differences == ()
    assert replay.state is not None
    assert replay.state.old == receipt["state"]["digest"]


def test_verdicts_that_differ(policies: PolicySet, receipt: Json, state: Path) -> None:
    rewrite(state, lambda text: text.replace("formal_members: 3", "formal_members: 2").replace("{made: no}, ", ""))
    replay = replayed(policies, receipt, state)
    found = {(each.entry.kind, each.entry.name, each.entry.subject): each for each in replay.differences}
    assert found["finding", "1.1", "organization[bad]"].changes == (
        Change("verdict", "unmet", "not_applicable"),
        Change("possible", ("unmet",), ("not_applicable",)),
        Change("applies", "true", "false"),
    )
    assert found["finding", "1.4", "organization[bad].reports[#1]"].how == "changed"
    assert found["finding", "1.4", "organization[bad].reports[#2]"].how == "vanished"
    standing = found["standing", "", "organization[bad]"]
    assert Change("status", "breach", "compliant") in standing.changes
    assert Change("breaches", ("1.1",), ()) in standing.changes
    assert Change("owed by others", ("1.4 for organization[bad].reports[#1]",), ()) in standing.changes
    back = replayed(policies, policies.evaluate(policies.read_state(state), DAY).as_dict(), state)
    assert back.same


def test_another_entity(policies: PolicySet, receipt: Json, state: Path) -> None:
    rewrite(state, lambda text: text.replace("id: good", "id: other"))
    hows = {each.entry.subject: each.how for each in replayed(policies, receipt, state).differences}
    assert hows == {"organization[other]": "appeared", "organization[good]": "vanished"}


def test_other_policies(policies: PolicySet, receipt: Json, state: Path, tmp_path: Path) -> None:
    other = load_policies(
        sample.policies(
            tmp_path / "other", sample.ARTICLE.replace("formal_members is at least 3", "formal_members is at least 4")
        )
    )
    replay = replayed(other, receipt, state)
    assert replay.policies == (Change("digest", policies.digest, other.digest),)
    assert replay.state is None
    assert {each.entry.name for each in replay.differences} == {"1.1", ""}


def test_another_decision(policies: PolicySet, receipt: Json, state: Path) -> None:
    rewrite(state, lambda text: text.replace("level: national", "level: county"))
    (decision,) = (each for each in replayed(policies, receipt, state).differences if each.entry.kind == "decision")
    assert decision.changes[:2] == (Change("verdict", "conflict", "decided"), Change("value", None, "local"))
    assert decision.as_dict()["decision"] == "leading_body"


def test_other_measures_and_another_version(policies: PolicySet, receipt: Json, state: Path) -> None:
    receipt["software"]["version"] = "0.0.1"
    receipt["policies"]["measures"] = "Measures of Riverside"
    replay = replayed(policies, receipt, state)
    assert not replay.same
    assert replay.policies == (Change("measures", "Measures of Riverside", ""),)
    assert replay.software is not None
    assert replay.software.old == "sopb_rules 0.0.1"
    told = replay.as_dict()
    assert (told["same"], told["differences"]) == (False, [])


@pytest.mark.parametrize("only", ["1.1", "leading_body", "bad"])
def test_the_receipt_of_a_part(policies: PolicySet, state: Path, only: str) -> None:
    checked = policies.read_state(state)
    report = policies.evaluate(checked, DAY).about(only)
    assert 0 < len(report.findings) + len(report.decisions) < 12
    receipt = report.as_dict()
    assert receipt["only"] == only
    assert policies.replay(receipt, checked).same


FILES = [
    ("a.yaml 1", "a.yaml 1", {}),
    ("a.yaml 1", "a.yaml 2", {"a.yaml": "changed"}),
    ("a.yaml 1", "b.yaml 1", {}),
    ("a.yaml 1", "x/a.yaml 2", {"x/a.yaml": "changed"}),
    ("a.yaml 1", "b.yaml 2", {"a.yaml": "gone", "b.yaml": "added"}),
    ("a.yaml 1, b.yaml 2", "a.yaml 2, b.yaml 1", {"a.yaml": "changed", "b.yaml": "changed"}),
    ("a.yaml 1", "a.yaml 1, b.yaml 2", {"b.yaml": "added"}),
    ("a.yaml 1, b.yaml 2", "x/b.yaml 3", {"a.yaml": "gone", "x/b.yaml": "changed"}),
]


@pytest.mark.parametrize(("before", "now", "told"), FILES)
def test_which_file_changed(policies: PolicySet, receipt: Json, before: str, now: str, told: dict[str, str]) -> None:
    from sopb_rules.receipts.compare import compare

    def with_files(text: str) -> Json:
        named = copy.deepcopy(receipt)
        pairs = (each.split() for each in text.split(", "))
        named["state"]["files"] = [{"path": path, "digest": digit * 64} for path, digit in pairs]
        return named

    replay = compare(receipt_of(with_files(before)), receipt_of(with_files(now)))
    assert {each.path: each.how for each in replay.files} == told
    assert replay.same
